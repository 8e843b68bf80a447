// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace poolscope {

/// The colour scheme of org.freedesktop.portal.Settings: namespace org.freedesktop.appearance, key
/// color-scheme, 0: no preference, 1: dark, 2: light (XDG Desktop Portal documentation, "Settings").
class PortalScheme : public QObject
{
    Q_OBJECT

public:
    explicit PortalScheme(const QDBusConnection &bus, QObject *parent = nullptr);

    void watch();

signals:
    void darkWanted(bool dark);

private slots: // reached by name, over the bus
    void changed(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &scheme);

    QDBusConnection m_bus;
};

} // namespace poolscope
