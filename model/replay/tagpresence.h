// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"

#include <limits>
#include <vector>

namespace poolscope {

/// Which tag was there when: for each the runs of samples that held it. One thread.
class TagPresence
{
public:
    using Index = TimeAxis::Index;

    struct Run
    {
        static constexpr Index Open = std::numeric_limits<Index>::max();
        Index from = 0; ///< first sample that holds the tag
        Index end = Open; ///< first one after that does not

        [[nodiscard]] bool holds(Index index) const { return index >= from && index < end; }
    };

    /// Takes in the entries of `rows` behind those that it knows.
    void extend(const std::vector<SampleArchive::Rows> &rows);
    /// The run that sample `index` lies in, or the last one before it; null: the tag comes later.
    [[nodiscard]] const Run *runAt(TagId id, Index index) const;
    /// The first sample ever that holds the tag; only of tags with a run.
    [[nodiscard]] Index firstIndex(TagId id) const { return m_runs[id].front().from; }

private:
    std::vector<std::vector<Run>> m_runs; ///< by TagId
    std::vector<size_t> m_heldBy; ///< by TagId: the last entry that held it, counted from 1
    std::shared_ptr<const std::vector<TagId>> m_current;
    size_t m_entries = 0;
};

} // namespace poolscope
