// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/portalscheme_linux.h"

#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

const auto Service = "org.freedesktop.portal.Desktop"_L1;
const auto Path = "/org/freedesktop/portal/desktop"_L1;
const auto Interface = "org.freedesktop.portal.Settings"_L1;
const auto Group = "org.freedesktop.appearance"_L1;
const auto Key = "color-scheme"_L1;

enum Scheme : uint
{
    NoPreference,
    Dark,
    Light
};

/// The portal wraps the value once more than its documentation says, older ones do not.
QVariant unwrapped(QVariant value)
{
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

PortalScheme::PortalScheme(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
{
}

void PortalScheme::watch()
{
    // Or connect() would refuse the slot while nothing else has used the type.
    qDBusRegisterMetaType<QDBusVariant>();
    m_bus.connect(
        Service, Path, Interface, u"SettingChanged"_s, this, SLOT(changed(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(Service, Path, Interface, u"Read"_s);
    read << QString(Group) << QString(Key);
    auto *call = new QDBusPendingCallWatcher(m_bus.asyncCall(read), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (reply.isValid())
            take(unwrapped(reply.value().variant()));
        call->deleteLater();
    });
}

void PortalScheme::changed(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == Group && key == Key)
        take(unwrapped(value.variant()));
}

void PortalScheme::take(const QVariant &scheme)
{
    switch (static_cast<Scheme>(scheme.toUInt())) {
    case NoPreference:
        return;
    case Dark:
        emit darkWanted(true);
        return;
    case Light:
        emit darkWanted(false);
        return;
    }
}

} // namespace poolscope
