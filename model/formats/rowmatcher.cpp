// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/rowmatcher.h"

#include <algorithm>

namespace poolscope {

void RowMatcher::begin()
{
    m_same = true;
    m_row = 0;
    m_newTags.clear();
    m_newRows.clear();
    m_entryOf.clear();
}

quint32 RowMatcher::take(QByteArrayView name, PoolType type, QByteArrayView driver)
{
    if (m_same) {
        if (m_row < m_rows.size()) {
            const quint32 entry = m_rows[m_row];
            const TagEntry &before = (*m_tags)[entry];
            if (before.tag.bytes == name && before.tag.type == type && before.driver == driver) {
                ++m_row;
                return entry;
            }
        }
        diverge();
    }
    const Tag tag{name.toByteArray(), type};
    quint32 entry = 0;
    if (const auto found = m_entryOf.constFind(tag); found != m_entryOf.cend()) {
        entry = *found;
    } else {
        entry = static_cast<quint32>(m_newTags.size());
        m_newTags.push_back({tag, driver.toByteArray()});
        m_entryOf.insert(tag, entry);
    }
    m_newRows.push_back(entry);
    return entry;
}

std::shared_ptr<const TagList> RowMatcher::finish()
{
    if (m_same && m_row != m_rows.size())
        diverge();
    if (!m_same) {
        // Equal after all where only rows of an equal tag came or went.
        if (m_newTags != *m_tags)
            m_tags = std::make_shared<const TagList>(std::move(m_newTags));
        m_rows = std::move(m_newRows);
    }
    begin();
    return m_tags;
}

void RowMatcher::diverge()
{
    m_same = false;
    m_newRows.assign(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_row));
    // Entries are numbered in the order of their first row, so those of the first rows are the first entries.
    const auto lastEntry = std::ranges::max_element(m_newRows);
    const size_t entries = lastEntry == m_newRows.end() ? 0 : *lastEntry + 1;
    m_newTags.assign(m_tags->begin(), m_tags->begin() + static_cast<std::ptrdiff_t>(entries));
    m_entryOf.reserve(static_cast<qsizetype>(std::max(m_rows.size(), m_newRows.size())));
    for (quint32 entry = 0; entry < entries; ++entry)
        m_entryOf.insert(m_newTags[entry].tag, entry);
}

} // namespace poolscope
