// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/changelist.h"
#include "model/history/decimator.h"
#include "model/history/seriesquery.h"
#include "model/history/timeaxis.h"

#include <optional>
#include <vector>

namespace poolscope {

/// Answers one range of one or more series: finds the pixel columns once, then walks through the changes of
/// each series only. Lives as long as one request.
class SeriesReader
{
public:
    SeriesReader(const TimeAxis &axis, WallTime from, WallTime to, int columns);

    [[nodiscard]] std::vector<SeriesPoint> values(
        const ChangeList &list, std::optional<WallTime> changeSince) const;
    /// Change per second of a cumulative counter, from measured times.
    [[nodiscard]] std::vector<SeriesPoint> rates(
        const ChangeList &list, std::optional<WallTime> changeSince) const;

private:
    using Index = TimeAxis::Index;
    class Output;

    [[nodiscard]] double valueReference(const ChangeList &list, std::optional<WallTime> since) const;
    [[nodiscard]] double rateReference(const ChangeList &list, std::optional<WallTime> since) const;
    [[nodiscard]] Index indexAtOrBefore(WallTime wall) const;

    const TimeAxis &m_axis;
    ColumnGrid m_grid;
    /// First sample of each column that has any, then one behind the last sample.
    std::vector<Index> m_columns;
};

} // namespace poolscope
