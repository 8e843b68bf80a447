// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/timerange.h"

#include <QString>
#include <QTimeZone>

#include <vector>

namespace poolscope {

/// What the numbers of a value axis are.
enum class AxisUnit : quint8
{
    Bytes, ///< labels in B, KiB, MiB, …
    Count,
    PerSecond,
};

struct ValueTick
{
    double value = 0;
    QString label;

    friend bool operator==(const ValueTick &, const ValueTick &) = default;
};

/// A value axis: limits rounded to whole steps, one tick a step. A step is 1, 2 or 5 times a power of ten
/// of the label's unit; bytes and counts never step by less than one.
struct ValueAxis
{
    double low = 0;
    double high = 1;
    double step = 1;
    std::vector<ValueTick> ticks;

    friend bool operator==(const ValueAxis &, const ValueAxis &) = default;
};

struct TimeTick
{
    WallTime time{};
    QString label; ///< "18:25", "18:25:10"; the date when a step is a day or more
    QString date; ///< "2026-11-22" at the first tick of the axis and wherever the date changes, else empty

    friend bool operator==(const TimeTick &, const TimeTick &) = default;
};

/// Chooses round ticks for chart axes. Pure.
class AxisTicks
{
public:
    /// An axis that holds lowest..highest with at most `maxTicks` (at least 2) steps. A range that starts
    /// near zero starts at zero; an empty range is widened.
    [[nodiscard]] static ValueAxis values(double lowest, double highest, int maxTicks, AxisUnit unit);

    /// Ticks of at most `maxTicks` within `range`, at round local times of `zone`, right across changes
    /// between summer and winter time.
    [[nodiscard]] static std::vector<TimeTick> times(
        const TimeRange &range, int maxTicks, const QTimeZone &zone);
};

} // namespace poolscope
