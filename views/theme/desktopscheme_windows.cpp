// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/desktopscheme.h"

#include <QSettings>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

class DesktopScheme::Private
{
};

DesktopScheme::DesktopScheme(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
}

DesktopScheme::~DesktopScheme() = default;

/// Read once: Windows says nothing of a later change but through window messages.
void DesktopScheme::watch()
{
    const QSettings personal(
        u"HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"_s,
        QSettings::NativeFormat);
    const QVariant light = personal.value(u"AppsUseLightTheme"_s);
    if (light.isValid())
        emit darkWanted(light.toInt() == 0);
}

} // namespace poolscope
