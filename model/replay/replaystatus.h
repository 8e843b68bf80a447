// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/history/timeaxis.h"

#include <optional>

namespace poolscope {

enum class ReplayState : quint8
{
    Closed,
    Ready, ///< a file is open, with at least one sample
};

/// Where a replay stands.
struct ReplayStatus
{
    ReplayState state = ReplayState::Closed;
    QString opening; ///< path of the file that is being opened; what was open stays until it is
    std::optional<Error> error; ///< the moment wanted cannot be read
    WallTime at{}; ///< the moment wanted; the sample at or before it is shown
    TimeAxis::Index index = 0; ///< of that sample
    bool playing = false;
    double speed = 1;
    bool growing = false; ///< somebody writes to it
    double analysed = 0; ///< share of the file, 0..1, that verdicts were made from and damage was sought in
    bool following = false; ///< goes on to each new sample of a growing one
};

/// Where playing from `at` for `by` of recorded time leads: gaps are jumped over, the end is the last sample.
/// The axis is not empty.
[[nodiscard]] WallTime playedOn(const TimeAxis &axis, WallTime at, std::chrono::nanoseconds by);

} // namespace poolscope
