// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <memory>

namespace poolscope {

/// Asks the desktop whether it wants dark windows, which Qt's own palette does not tell everywhere: on Linux
/// the portal's setting (org.freedesktop.appearance), on Windows the personalisation setting. Window thread.
class DesktopScheme : public QObject
{
    Q_OBJECT

public:
    explicit DesktopScheme(QObject *parent = nullptr);
    ~DesktopScheme() override;

    /// Asks without waiting; darkWanted() follows if there is an answer, and again at every change.
    void watch();

signals:
    void darkWanted(bool dark);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace poolscope
