// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>
#include <QTimeZone>

#include <optional>

namespace poolscope {

/// The zone that stands behind a time: "" (local time), "Z", "UTC", "+05", "+0530", "-08:00", "UTC + 1:00",
/// "CEST", "Europe/Berlin", "W. Europe Standard Time". Abbreviations are those of the system's zone data, and
/// only where all zones of the world that use one mean the same by it: not "CST" and "IST". nullopt: not
/// known.
[[nodiscard]] std::optional<QTimeZone> timeZoneFromText(QStringView text);

} // namespace poolscope
