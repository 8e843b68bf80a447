// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/desktopscheme.h"

#include <QWinEventNotifier>

#include <windows.h>

namespace poolscope {

namespace {

constexpr wchar_t Personalize[] = L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";

} // namespace

/// Settings ▸ Personalisation ▸ Colours, "choose your app mode": a value in the registry, which tells when it
/// changes. Absent on Windows before 10.
class DesktopScheme::Private
{
public:
    explicit Private(DesktopScheme *scheme)
        : q(scheme)
        , changed(::CreateEventW(nullptr, FALSE, FALSE, nullptr))
        , notifier(changed)
    {
        notifier.setEnabled(false);
        connect(&notifier, &QWinEventNotifier::activated, q, [this] { ask(); });
    }

    ~Private()
    {
        notifier.setEnabled(false);
        if (key != nullptr)
            ::RegCloseKey(key);
        ::CloseHandle(changed);
    }

    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    void watch()
    {
        if (::RegOpenKeyExW(HKEY_CURRENT_USER, Personalize, 0, KEY_QUERY_VALUE | KEY_NOTIFY, &key)
            != ERROR_SUCCESS) {
            key = nullptr;
            return;
        }
        notifier.setEnabled(true);
        ask();
    }

    /// Asks to be told of the next change first, so that none slips between.
    void ask()
    {
        ::RegNotifyChangeKeyValue(key, FALSE, REG_NOTIFY_CHANGE_LAST_SET, changed, TRUE);
        DWORD light = 1;
        DWORD size = sizeof(light);
        const LSTATUS found =
            ::RegGetValueW(key, nullptr, L"AppsUseLightTheme", RRF_RT_REG_DWORD, nullptr, &light, &size);
        if (found == ERROR_SUCCESS)
            emit q->darkWanted(light == 0);
    }

    DesktopScheme *q;
    HANDLE changed;
    QWinEventNotifier notifier;
    HKEY key = nullptr;
};

DesktopScheme::DesktopScheme(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

DesktopScheme::~DesktopScheme() = default;

void DesktopScheme::watch()
{
    d->watch();
}

} // namespace poolscope
