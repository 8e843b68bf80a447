// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/counterseries.h"
#include "model/history/decimator.h"
#include "model/history/seriesquery.h"
#include "model/history/timeaxis.h"

#include <optional>
#include <vector>

namespace poolscope {

/// Where the points of one line come together, from one stretch of history after the other, oldest first.
class SeriesLine
{
public:
    SeriesLine(const ColumnGrid &grid, double reference)
        : m_decimator(grid)
        , m_reference(reference)
    {
    }

    void add(WallTime wall, double value) { m_decimator.add(wall, value - m_reference, m_stretch); }
    /// Nothing is drawn between what came before and what follows.
    void interrupt() { ++m_stretch; }
    [[nodiscard]] std::vector<SeriesPoint> take() { return m_decimator.take(); }

private:
    Decimator m_decimator;
    double m_reference;
    quint32 m_stretch = 0;
};

/// Answers one range of one or more series on one axis: finds the pixel columns once, then walks through
/// the changes of each series only. Lives as long as one request.
class SeriesReader
{
public:
    /// `stride`: every how many samples a cumulative counter is told; the last of each such group has it.
    SeriesReader(
        const TimeAxis &axis, const ColumnGrid &grid, WallTime from, WallTime to, TimeAxis::Index stride = 1);

    void values(const CounterSeries &series, size_t counter, ChunkCoder &coder, SeriesLine &line) const;
    /// Change per second of a cumulative counter, from measured times. The axis' first sample has none.
    void rates(const CounterSeries &series, size_t counter, ChunkCoder &coder, SeriesLine &line) const;

    /// What the series was at `since`; where it is unknown then, its next known value; nothing if it has
    /// none on this axis.
    [[nodiscard]] std::optional<double> valueReference(
        const CounterSeries &series, size_t counter, ChunkCoder &coder, WallTime since) const;
    [[nodiscard]] std::optional<double> rateReference(
        const CounterSeries &series, size_t counter, ChunkCoder &coder, WallTime since) const;

private:
    using Index = TimeAxis::Index;

    /// Tells the line of what is missing up to `index`.
    class Gaps;
    [[nodiscard]] Index indexAtOrBefore(WallTime wall) const;
    /// The first sample at or after `index` that tells a cumulative counter.
    [[nodiscard]] Index tellingFrom(Index index) const { return (index / m_stride + 1) * m_stride - 1; }
    /// The last one at or before `index` that has a rate; the first that has one if there is none.
    [[nodiscard]] Index ratedAtOrBefore(Index index) const;
    [[nodiscard]] std::optional<double> rateAt(Index index, Counter before, Counter now) const;

    const TimeAxis &m_axis;
    ColumnGrid m_grid;
    Index m_stride;
    /// First sample of each column that has any, then one behind the last sample.
    std::vector<Index> m_columns;
};

} // namespace poolscope
