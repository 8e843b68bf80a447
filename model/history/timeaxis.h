// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <vector>

namespace poolscope {

/// The times of all samples of a history; every series refers to them by index. Wall times rise strictly
/// (see append()). One thread.
class TimeAxis
{
public:
    using Index = quint32;

    enum class Joint : quint8
    {
        Continuous, ///< follows the sample before without anything missing
        AfterGap, ///< samples are missing before this one
        NewSegment, ///< after a reboot: counters do not run on; also a gap
    };

    /// A wall clock that was set back does not turn the axis around: time then goes on by the monotonic
    /// clock, or by one nanosecond where that does not help. Returns the time on the axis.
    WallTime append(WallTime wall, MonotonicTime monotonic, Joint joint, int counterBits);

    [[nodiscard]] Index size() const { return static_cast<Index>(m_wall.size()); }
    [[nodiscard]] WallTime wall(Index index) const { return m_wall[index]; }
    /// First index at or after `wall`, not below `start`; size() if none.
    [[nodiscard]] Index lowerBound(WallTime wall, Index start = 0) const;
    /// Index of the first sample after gap number `gap`, counted from 0; size() or above if there is none.
    [[nodiscard]] Index nextGap(size_t gap) const;
    /// Measured time since the sample before; 0 where nothing runs on from it.
    [[nodiscard]] std::chrono::nanoseconds step(Index index) const;
    [[nodiscard]] int counterBits(Index index) const;
    [[nodiscard]] MonotonicTime monotonic(Index index) const { return m_monotonic[index]; }
    /// The first sample of the boot that `index` belongs to.
    [[nodiscard]] Index segmentStart(Index index) const { return segment(index).first; }
    /// Indices before which samples are missing; a new segment counts.
    [[nodiscard]] const std::vector<Index> &gaps() const { return m_gaps; }

private:
    struct Segment
    {
        Index first = 0;
        int counterBits = 64;
    };
    [[nodiscard]] const Segment &segment(Index index) const;

    std::vector<WallTime> m_wall;
    std::vector<MonotonicTime> m_monotonic;
    std::vector<Index> m_gaps; ///< indices before which samples are missing
    std::vector<Segment> m_segments;
};

} // namespace poolscope
