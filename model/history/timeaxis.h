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

    /// One behind the last sample.
    [[nodiscard]] Index size() const { return m_begin + static_cast<Index>(m_wall.size()); }
    /// The first sample that is not dropped; the others must not be asked for.
    [[nodiscard]] Index begin() const { return m_begin; }
    [[nodiscard]] WallTime wall(Index index) const { return m_wall[index - m_begin]; }
    [[nodiscard]] MonotonicTime monotonic(Index index) const { return m_monotonic[index - m_begin]; }
    /// How the sample follows the one before it; Continuous for the very first.
    [[nodiscard]] Joint joint(Index index) const;
    /// First index at or after `wall`, not below `start`; size() if none.
    [[nodiscard]] Index lowerBound(WallTime wall, Index start = 0) const;
    /// The next sample behind `index` before which samples are missing; the largest number if there is none.
    [[nodiscard]] Index gapAfter(Index index) const;
    /// Measured time since the sample `stride` before; 0 where nothing runs on from it.
    [[nodiscard]] std::chrono::nanoseconds step(Index index, Index stride = 1) const;
    [[nodiscard]] int counterBits(Index index) const;
    /// The first sample of the boot that `index` belongs to.
    [[nodiscard]] Index segmentStart(Index index) const { return segment(index).first; }
    /// Indices before which samples are missing; a new segment counts.
    [[nodiscard]] const std::vector<Index> &gaps() const { return m_gaps; }

    /// Drops the times of the samples before `index`, which is one of the axis; the others keep their
    /// indices.
    void dropBefore(Index index);
    [[nodiscard]] size_t memoryBytes() const; ///< in use

private:
    struct Segment
    {
        Index first = 0;
        int counterBits = 64;
    };
    [[nodiscard]] const Segment &segment(Index index) const;

    Index m_begin = 0;
    std::vector<WallTime> m_wall; ///< from m_begin on, as the monotonic times
    std::vector<MonotonicTime> m_monotonic;
    std::vector<Index> m_gaps; ///< indices before which samples are missing
    std::vector<Segment> m_segments;
};

} // namespace poolscope
