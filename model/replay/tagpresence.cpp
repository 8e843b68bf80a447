// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/tagpresence.h"

#include <algorithm>

namespace poolscope {

void TagPresence::extend(const std::vector<SampleArchive::Rows> &rows)
{
    for (; m_entries < rows.size(); ++m_entries) {
        const SampleArchive::Rows &entry = rows[m_entries];
        const size_t mark = m_entries + 1;
        for (const TagId id : *entry.ids) {
            if (id >= m_runs.size()) {
                m_runs.resize(id + 1);
                m_heldBy.resize(id + 1, 0);
            }
            const bool runsOn = m_entries > 0 && m_heldBy[id] == m_entries;
            if (!runsOn)
                m_runs[id].push_back({.from = entry.first});
            m_heldBy[id] = mark;
        }
        if (m_current) {
            for (const TagId id : *m_current) {
                if (m_heldBy[id] != mark)
                    m_runs[id].back().end = entry.first;
            }
        }
        m_current = entry.ids;
    }
}

const TagPresence::Run *TagPresence::runAt(TagId id, Index index) const
{
    if (id >= m_runs.size())
        return nullptr;
    const std::vector<Run> &runs = m_runs[id];
    const auto after = std::ranges::upper_bound(runs, index, {}, &Run::from);
    return after == runs.begin() ? nullptr : &*(after - 1);
}

} // namespace poolscope
