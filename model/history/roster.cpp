// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/roster.h"

#include <algorithm>

namespace poolscope {

void Roster::match(const std::shared_ptr<const TagList> &tags)
{
    m_vanished.clear();
    if (tags == m_current)
        return;
    ++m_matches;
    std::swap(m_ids, m_previousIds);
    m_ids.clear();
    m_ids.reserve(tags->size());

    std::vector<TagEntry> added;
    const TagList &before = *m_current;
    size_t cursor = 0;
    for (const TagEntry &entry : *tags) {
        // Row by row as before; a row that went leaves a hole of one, a row that came leaves the cursor.
        const auto isAt = [&](size_t row) { return row < before.size() && before[row].tag == entry.tag; };
        if (!isAt(cursor) && isAt(cursor + 1))
            ++cursor;
        if (isAt(cursor))
            m_ids.push_back(m_previousIds[cursor++]);
        else
            find(entry, added);
    }

    publish(added, *tags);
    m_seen.resize(m_tags->size());
    for (const TagId id : m_ids)
        m_seen[id] = m_matches;
    for (const TagId id : m_previousIds) {
        if (m_seen[id] != m_matches)
            m_vanished.push_back(id);
    }
    m_current = tags;
}

void Roster::find(const TagEntry &entry, std::vector<TagEntry> &added)
{
    const auto next = static_cast<TagId>(m_byTag.size());
    const auto known = m_byTag.constFind(entry.tag);
    if (known != m_byTag.cend()) {
        m_ids.push_back(*known);
        return;
    }
    m_byTag.insert(entry.tag, next);
    m_ids.push_back(next);
    added.push_back(entry);
}

/// Frames that are out share the old list, so a change makes a new one.
void Roster::publish(const std::vector<TagEntry> &added, const TagList &current)
{
    std::vector<size_t> rowsWithNewDriver;
    for (size_t row = 0; row < current.size(); ++row) {
        const TagId id = m_ids[row];
        if (id < m_tags->size() && (*m_tags)[id].driver != current[row].driver)
            rowsWithNewDriver.push_back(row);
    }
    if (added.empty() && rowsWithNewDriver.empty())
        return;
    TagList all;
    all.reserve(m_tags->size() + added.size());
    all = *m_tags;
    all.insert(all.end(), added.begin(), added.end());
    for (const size_t row : rowsWithNewDriver)
        all[m_ids[row]].driver = current[row].driver;
    m_tags = std::make_shared<const TagList>(std::move(all));
}

} // namespace poolscope
