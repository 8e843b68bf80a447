// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QStringView>

#include <chrono>
#include <optional>

namespace poolscope {

/// What a user says of the times in a log that leaves them open.
struct LogTimes
{
    /// When its first sample was taken; also settles which number of a date is the month. nullopt: the last
    /// one was taken when the file was changed last.
    std::optional<WallTime> start;
    std::optional<std::chrono::milliseconds> interval; ///< between two samples; nullopt: DefaultLogInterval

    friend bool operator==(const LogTimes &, const LogTimes &) = default;
};

/// The time that a user gives for LogTimes::start: ISO 8601 to the millisecond, with Z, an offset, or neither
/// (then local time, as in the logs), or a date alone, which is its first moment. nullopt for anything else.
[[nodiscard]] std::optional<WallTime> logStartFromText(QStringView text);

} // namespace poolscope
