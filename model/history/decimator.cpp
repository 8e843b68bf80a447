// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/decimator.h"

#include <algorithm>
#include <bit>

namespace poolscope {

namespace {

constexpr qint64 LargestWidth = qint64(1) << 62;

qint64 roundedWidth(qint64 width)
{
    constexpr int StepBits = 6; // 64 steps per octave
    const auto bits = static_cast<int>(std::bit_width(static_cast<quint64>(width)));
    if (bits <= StepBits + 1)
        return width;
    const qint64 step = qint64(1) << (bits - StepBits - 1);
    return (width + step - 1) / step * step;
}

qint64 columnWidth(qint64 from, qint64 to, int columns)
{
    const auto wanted = static_cast<quint64>(std::max(columns, 1));
    // Unsigned, because the two may lie further apart than a qint64 reaches.
    const quint64 span = to > from ? static_cast<quint64>(to) - static_cast<quint64>(from) : 1;
    const quint64 width = span / wanted + (span % wanted != 0 ? 1 : 0);
    return roundedWidth(static_cast<qint64>(std::min(width, static_cast<quint64>(LargestWidth))));
}

} // namespace

ColumnGrid::ColumnGrid(WallTime from, WallTime to, int columns)
    : m_width(columnWidth(from.time_since_epoch().count(), to.time_since_epoch().count(), columns))
{
}

WallTime ColumnGrid::startOf(WallTime wall) const
{
    const qint64 remainder = wall.time_since_epoch().count() % m_width;
    const std::chrono::nanoseconds inside(remainder < 0 ? remainder + m_width : remainder);
    return wall < WallTime::min() + inside ? WallTime::min() : wall - inside;
}

WallTime ColumnGrid::endOf(WallTime wall) const
{
    const WallTime start = startOf(wall);
    return start > WallTime::max() - width() ? WallTime::max() : start + width();
}

Decimator::Decimator(const ColumnGrid &grid)
    : m_grid(grid)
{
}

void Decimator::add(WallTime wall, double value, quint32 stretch)
{
    if (m_hasColumn && wall < m_columnEnd) {
        if (value < m_min.value)
            m_min = {wall, value, stretch};
        if (value > m_max.value)
            m_max = {wall, value, stretch};
        return;
    }
    flush();
    m_columnEnd = m_grid.endOf(wall);
    m_hasColumn = true;
    m_min = m_max = {wall, value, stretch};
}

std::vector<SeriesPoint> Decimator::take()
{
    flush();
    m_hasColumn = false;
    m_lastStretch = 0;
    return std::exchange(m_points, {});
}

void Decimator::flush()
{
    if (!m_hasColumn)
        return;
    const bool minFirst = m_min.wall <= m_max.wall;
    emitPoint(minFirst ? m_min : m_max);
    if (m_min.wall != m_max.wall)
        emitPoint(minFirst ? m_max : m_min);
}

void Decimator::emitPoint(const Candidate &candidate)
{
    const bool afterGap = !m_points.empty() && candidate.stretch != m_lastStretch;
    m_points.push_back({candidate.wall, candidate.value, afterGap});
    m_lastStretch = candidate.stretch;
}

} // namespace poolscope
