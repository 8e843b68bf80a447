// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>
#include <QStringView>

#include <chrono>
#include <optional>

#include "model/core/sample.h"

namespace poolscope {

/// "250ms", "2s", "1.5s", "5m", "1h", "2d"; a number without unit is seconds. nullopt for anything else,
/// negative values included.
[[nodiscard]] std::optional<std::chrono::milliseconds> durationFromText(QStringView text);
/// Shortest exact form that durationFromText() reads back: "250ms", "2s", "90s", "5m", "1h".
[[nodiscard]] QString durationText(std::chrono::milliseconds duration);
/// For the screen, rounded to two units: "12 s", "3 min 20 s", "2 h 5 min", "4 d 3 h".
[[nodiscard]] QString elapsedText(std::chrono::nanoseconds elapsed);

/// ISO 8601 in UTC, with exactly `fractionDigits` (0..9) digits of a second: "2026-11-22T18:25:04.123Z".
[[nodiscard]] QString isoUtc(WallTime time, int fractionDigits = 3);
/// Reads ISO 8601 with up to nine fraction digits, with Z, an offset, or neither (then UTC).
[[nodiscard]] std::optional<WallTime> wallTimeFromIso(QStringView text);

[[nodiscard]] QDateTime toDateTime(WallTime time); ///< local time, to the millisecond
[[nodiscard]] WallTime wallTimeNow();
[[nodiscard]] MonotonicTime monotonicNow(); ///< std::chrono::steady_clock

} // namespace poolscope
