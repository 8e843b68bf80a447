// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/timeaxis.h"

#include <algorithm>
#include <limits>

namespace poolscope {

using namespace std::chrono_literals;

WallTime TimeAxis::append(WallTime wall, MonotonicTime monotonic, Joint joint, int counterBits)
{
    const Index index = size();
    const bool startsSegment = m_wall.empty() || joint == Joint::NewSegment;
    if (!m_wall.empty() && wall <= m_wall.back()) {
        const auto elapsed = startsSegment ? 1ns : monotonic - m_monotonic.back();
        wall = m_wall.back() + std::max<std::chrono::nanoseconds>(elapsed, 1ns);
    }
    if (startsSegment)
        m_segments.push_back({index, counterBits});
    if (index > 0 && joint != Joint::Continuous)
        m_gaps.push_back(index);
    m_wall.push_back(wall);
    m_monotonic.push_back(monotonic);
    return wall;
}

TimeAxis::Index TimeAxis::lowerBound(WallTime wall, Index start) const
{
    const auto found = std::lower_bound(m_wall.begin() + start, m_wall.end(), wall);
    return static_cast<Index>(found - m_wall.begin());
}

TimeAxis::Index TimeAxis::nextGap(size_t gap) const
{
    return gap < m_gaps.size() ? m_gaps[gap] : std::numeric_limits<Index>::max();
}

const TimeAxis::Segment &TimeAxis::segment(Index index) const
{
    const auto after = std::upper_bound(m_segments.begin(), m_segments.end(), index,
        [](Index wanted, const Segment &segment) { return wanted < segment.first; });
    return *(after - 1);
}

std::chrono::nanoseconds TimeAxis::step(Index index) const
{
    if (index == segment(index).first)
        return 0ns;
    return std::max<std::chrono::nanoseconds>(m_monotonic[index] - m_monotonic[index - 1], 0ns);
}

int TimeAxis::counterBits(Index index) const
{
    return segment(index).counterBits;
}

} // namespace poolscope
