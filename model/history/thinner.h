// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/counterseries.h"

#include <span>
#include <vector>

namespace poolscope {

/// The samples of one wall-clock minute, as far as nothing is missing between them, on the exact axis.
struct Minute
{
    TimeAxis::Index first = 0;
    TimeAxis::Index last = 0; ///< inclusive
};

/// How many samples a minute becomes on the thinned axis, see Thinner.
constexpr TimeAxis::Index SlotsPerMinute = 4;

/// Thins a history: of each minute four samples remain, spread over its time.
///     0  unknown if the series had a hole within the minute, else as the next
///     1  the smallest or the largest value, whichever came first
///     2  the other one
///     3  the last sample's value at the last sample's time
/// Cumulative counters (see isCumulative) are told by slot 3 alone. So what is drawn through the thinned
/// samples reaches as high and as low as the exact line, gaps and holes stay, and a rate is the exact mean
/// of its minute.
class Thinner
{
public:
    /// Which of the four counters are cumulative.
    using Cumulative = std::array<bool, CountersPerSeries>;

    /// The minutes of the samples from `begin` to before `end`. The last one may be cut.
    [[nodiscard]] static std::vector<Minute> minutesOf(
        const TimeAxis &axis, TimeAxis::Index begin, TimeAxis::Index end);
    /// Adds the times of `minutes` to `thinned`.
    static void appendTimes(const TimeAxis &axis, std::span<const Minute> minutes, TimeAxis &thinned);
    /// Adds what `series` was in `minutes` to `thinned`; the first slot has index `slot`.
    static void appendValues(const CounterSeries &series, const Cumulative &cumulative,
        std::span<const Minute> minutes, TimeAxis::Index slot, ChunkCoder &coder, CounterSeries &thinned);
};

} // namespace poolscope
