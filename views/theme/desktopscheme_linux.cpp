// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/desktopscheme.h"

#include "views/theme/portalscheme_linux.h"

#include <QDBusConnection>
#include <QFile>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

class DesktopScheme::Private
{
public:
    std::unique_ptr<PortalScheme> portal;
};

DesktopScheme::DesktopScheme(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

DesktopScheme::~DesktopScheme() = default;

void DesktopScheme::watch()
{
    // Without a bus, libdbus would start one, which takes seconds.
    const QString runtimeFolder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool hasBus = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (!runtimeFolder.isEmpty() && QFile::exists(runtimeFolder + u"/bus"_s));
    if (!hasBus)
        return;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    d->portal = std::make_unique<PortalScheme>(bus);
    connect(d->portal.get(), &PortalScheme::darkWanted, this, &DesktopScheme::darkWanted);
    d->portal->watch();
}

} // namespace poolscope
