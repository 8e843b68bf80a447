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
    const auto from = m_wall.begin() + (std::max(start, m_begin) - m_begin);
    const auto found = std::lower_bound(from, m_wall.end(), wall);
    return m_begin + static_cast<Index>(found - m_wall.begin());
}

TimeAxis::Index TimeAxis::gapAfter(Index index) const
{
    const auto found = std::upper_bound(m_gaps.begin(), m_gaps.end(), index);
    return found == m_gaps.end() ? std::numeric_limits<Index>::max() : *found;
}

const TimeAxis::Segment &TimeAxis::segment(Index index) const
{
    const auto after = std::upper_bound(m_segments.begin(), m_segments.end(), index,
        [](Index wanted, const Segment &segment) { return wanted < segment.first; });
    return *(after - 1);
}

TimeAxis::Joint TimeAxis::joint(Index index) const
{
    if (index > 0 && segment(index).first == index)
        return Joint::NewSegment;
    const bool isGap = std::binary_search(m_gaps.begin(), m_gaps.end(), index);
    return isGap ? Joint::AfterGap : Joint::Continuous;
}

std::chrono::nanoseconds TimeAxis::step(Index index, Index stride) const
{
    if (index < m_begin + stride || segment(index).first + stride > index)
        return 0ns;
    return std::max<std::chrono::nanoseconds>(monotonic(index) - monotonic(index - stride), 0ns);
}

int TimeAxis::counterBits(Index index) const
{
    return segment(index).counterBits;
}

void TimeAxis::dropBefore(Index index)
{
    const std::ptrdiff_t count = index - m_begin;
    m_wall.erase(m_wall.begin(), m_wall.begin() + count);
    m_monotonic.erase(m_monotonic.begin(), m_monotonic.begin() + count);
    m_begin = index;
    // A gap before the first sample that is left still separates it from what is older elsewhere.
    m_gaps.erase(m_gaps.begin(), std::lower_bound(m_gaps.begin(), m_gaps.end(), index));
    const auto current = std::upper_bound(m_segments.begin(), m_segments.end(), index,
        [](Index wanted, const Segment &segment) { return wanted < segment.first; });
    m_segments.erase(m_segments.begin(), current - 1);
}

size_t TimeAxis::memoryBytes() const
{
    return m_wall.size() * (sizeof(WallTime) + sizeof(MonotonicTime)) + m_gaps.size() * sizeof(Index)
        + m_segments.size() * sizeof(Segment);
}

} // namespace poolscope
