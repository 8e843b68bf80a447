// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagcolumns.h"

#include <span>
#include <vector>

namespace poolscope {

/// What the table is sorted by. Ties are broken by the previous column, then by tag bytes and pool type, so
/// that the order is total: one set of values has exactly one order.
struct SortSpec
{
    TagColumn column = TagColumn::Bytes;
    Qt::SortOrder order = Qt::DescendingOrder;
    TagColumn previousColumn = TagColumn::Tag;
    Qt::SortOrder previousOrder = Qt::AscendingOrder;
    bool byChange = false; ///< columns that have a change sort by it (PoolMon's "(" key)

    /// The spec after the user asked for a column: the one before it becomes the tie-breaker.
    [[nodiscard]] SortSpec sortedBy(TagColumn newColumn, Qt::SortOrder newOrder) const;

    friend bool operator==(const SortSpec &, const SortSpec &) = default;
};

/// The sort keys of all tags of a session and the order that they give. Keys are typed numbers turned into
/// unsigned integers whose natural order is the wanted one, so that comparing is two integer compares.
/// Not thread-safe.
class TagOrder
{
public:
    /// Forgets every tag.
    void clear();
    /// Ranks the tags that were appended since the last call. The list is append-only.
    void adoptTags(const TagList &tags);

    [[nodiscard]] const SortSpec &spec() const { return m_spec; }
    /// All keys are stale until updateKey() was called for each tag.
    void setSpec(const SortSpec &spec);

    [[nodiscard]] quint32 tagRank(TagId id) const { return m_tagRanks[id]; }
    [[nodiscard]] Counter driverRank(TagId id) const { return m_driverRanks[id]; }

    /// Computes the key of a tag anew and remembers whether it differs from the last one.
    void updateKey(TagId id, const TagRow &row);

    /// Strict and total over different tags.
    [[nodiscard]] bool isBefore(TagId left, TagId right) const
    {
        const Key &a = m_keys[left];
        const Key &b = m_keys[right];
        if (a.first != b.first)
            return a.first < b.first;
        if (a.second != b.second)
            return a.second < b.second;
        return m_tagRanks[left] < m_tagRanks[right];
    }

    /// `rows` in order. For rows in any order: O(n log n).
    void sort(std::vector<TagId> &rows) const;
    /// `rows` (which were in order before the last round of updateKey()) and `arriving` (in any order)
    /// together, in order. Rows that are still in order stay, only the displaced ones are sorted and merged
    /// in: O(n + d log d).
    [[nodiscard]] std::vector<TagId> merged(std::span<const TagId> rows, std::vector<TagId> arriving) const;

private:
    struct Key
    {
        quint64 first = 0;
        quint64 second = 0;

        friend bool operator==(const Key &, const Key &) = default;
    };

    /// Where a key comes from, looked up once for all rows.
    struct KeySource
    {
        Counter (*value)(const TagRow &row) = nullptr;
        Qt::SortOrder order = Qt::AscendingOrder;

        [[nodiscard]] quint64 key(const TagRow &row) const;
    };
    [[nodiscard]] static KeySource keySource(TagColumn column, Qt::SortOrder order, bool byChange);

    SortSpec m_spec;
    KeySource m_first = keySource(m_spec.column, m_spec.order, m_spec.byChange);
    KeySource m_second = keySource(m_spec.previousColumn, m_spec.previousOrder, m_spec.byChange);
    std::vector<Key> m_keys; // by TagId, as all below
    std::vector<quint8> m_keyChanged;
    std::vector<quint32> m_tagRanks;
    std::vector<Counter> m_driverRanks;
    std::vector<TagId> m_byTag; // in order of tag bytes and type
    std::vector<TagId> m_byDriver;
};

} // namespace poolscope
