// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"

#include <chrono>
#include <vector>

namespace poolscope {

/// Pixel columns on the time axis. They are aligned to absolute time (a boundary lies at a whole multiple
/// of the width since 1970), so a window that slides shows the same columns and does not flicker.
class ColumnGrid
{
public:
    /// At most `columns` columns between `from` and `to`, plus one that both cut. The width is rounded up to
    /// one of 64 steps per octave, so that a span which jitters keeps its columns.
    ColumnGrid(WallTime from, WallTime to, int columns);

    [[nodiscard]] std::chrono::nanoseconds width() const { return std::chrono::nanoseconds(m_width); }
    [[nodiscard]] WallTime startOf(WallTime wall) const; ///< of the column that holds `wall`
    [[nodiscard]] WallTime endOf(WallTime wall) const; ///< exclusive

private:
    qint64 m_width; ///< ns, at least 1
};

/// Reduces a series to at most two points per column: its smallest and its largest value, in the order in
/// which they occurred (one where they are equal). What is drawn through them covers the same pixels as
/// the whole series would. Pure; feed it in the order of time.
class Decimator
{
public:
    explicit Decimator(const ColumnGrid &grid);

    /// `stretch` numbers the uninterrupted pieces of the series, rising: nothing is drawn between points of
    /// different stretches.
    void add(WallTime wall, double value, quint32 stretch);
    /// What was added since construction or the last take().
    [[nodiscard]] std::vector<SeriesPoint> take();

private:
    struct Candidate
    {
        WallTime wall{};
        double value = 0;
        quint32 stretch = 0;
    };
    void flush();
    void emitPoint(const Candidate &candidate);

    ColumnGrid m_grid;
    std::vector<SeriesPoint> m_points;
    WallTime m_columnEnd{};
    bool m_hasColumn = false;
    Candidate m_min;
    Candidate m_max;
    quint32 m_lastStretch = 0;
};

} // namespace poolscope
