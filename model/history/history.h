// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/changelist.h"
#include "model/history/decimator.h"
#include "model/history/seriesquery.h"
#include "model/history/timeaxis.h"

#include <array>
#include <span>
#include <vector>

namespace poolscope {

/// Every series of a session in memory, lossless: four counters of each tag and each machine-wide field,
/// on one time axis. A value that a sample does not know is a hole in its series, never 0. One thread.
class History
{
public:
    /// `ids` are the tags of the sample's rows, `vanished` those that the sample before held and this one
    /// does not. Returns the sample's time on the axis, which may differ from its wall clock where that was
    /// set back. The work depends on the number of rows and changes, not on the length of the history.
    WallTime append(const Sample &sample, std::span<const TagId> ids, std::span<const TagId> vanished,
        TimeAxis::Joint joint);

    /// Ranges at pixel resolution, see seriesquery.h. A series that does not exist has no points.
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) const;

    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }
    [[nodiscard]] size_t changes() const;
    [[nodiscard]] size_t memoryBytes() const;

private:
    enum CounterIndex : quint8
    {
        Allocs,
        Frees,
        Outstanding,
        Bytes,
        CounterCount,
    };
    using TagSeries = std::array<ChangeList, CounterCount>;

    TimeAxis m_axis;
    std::vector<Reading> m_newest; ///< by TagId; unknown while vanished
    std::vector<TagSeries> m_tags; ///< by TagId
    SystemReading m_newestSystem;
    std::array<ChangeList, static_cast<size_t>(SystemField::Count)> m_system;
};

} // namespace poolscope
