// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/core/tag.h"

#include <optional>
#include <variant>
#include <vector>

namespace poolscope {

/// What a chart shows of a tag.
enum class Metric : quint8
{
    Bytes,
    Outstanding,
    AllocsPerSecond,
    FreesPerSecond,
};

/// A series of the history: a tag's metric or a machine-wide field (which ignores the metric).
using SeriesId = std::variant<TagId, SystemField>;

/// Who asks for series: each asker has one request under way at a time, a newer one replaces it.
enum class SeriesAsker : quint8
{
    Chart = 1,
    TableTrend = 2,
    SystemBar = 3,
};

/// The token of an asker's request number `number`: the asker in the upper 8 bits.
[[nodiscard]] constexpr quint64 seriesToken(SeriesAsker asker, quint64 number)
{
    return (static_cast<quint64>(asker) << 56) | (number & 0x00FF'FFFF'FFFF'FFFFULL);
}
[[nodiscard]] constexpr quint8 askerOf(quint64 token)
{
    return static_cast<quint8>(token >> 56);
}
[[nodiscard]] constexpr bool isFrom(SeriesAsker asker, quint64 token)
{
    return askerOf(token) == static_cast<quint8>(asker);
}

/// One wanted series.
struct SeriesWish
{
    SeriesId id;
    /// Values are shown as change since the sample at or before this time, if given.
    std::optional<WallTime> changeSince;
};

/// A range of history at pixel resolution.
struct SeriesRequest
{
    quint64 token = 0; ///< handed back in the answer; a newer request of the same asker replaces an older one
    std::vector<SeriesWish> wishes;
    Metric metric = Metric::Bytes;
    WallTime
        from{}; ///< the sample before `from` and the one after `to` are included, so lines reach the edge
    WallTime to{};
    int columns = 1000; ///< pixel columns between from and to; at most two points come per column
};

/// A point of a line. Times within a series rise strictly.
struct SeriesPoint
{
    WallTime wall{};
    double value = 0;
    bool afterGap = false; ///< nothing is drawn between the previous point and this one

    friend bool operator==(const SeriesPoint &, const SeriesPoint &) = default;
};

struct SeriesAnswer
{
    quint64 token = 0;
    WallTime first{}; ///< of the whole history, for "all"
    WallTime last{};
    std::vector<std::vector<SeriesPoint>> series; ///< one per wish, in their order
    /// What was subtracted from the values of each series because of changeSince, else 0.
    std::vector<double> references;
};

} // namespace poolscope
