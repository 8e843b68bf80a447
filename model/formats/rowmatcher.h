// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"

#include <QByteArrayView>
#include <QHash>

#include <memory>
#include <vector>

namespace poolscope {

/// Turns the rows of one sample after another into tag lists, and gives the very same list again as long as
/// the rows stay the same in the same order. A row is compared with the row that stood there before; only
/// when one differs are the rows hashed. Rows of an equal tag share one entry, so that their readings can be
/// added up. One thread at a time.
class RowMatcher
{
public:
    /// Starts a sample; rows of one that was not finished are forgotten.
    void begin();

    /// Entries of the sample before.
    [[nodiscard]] size_t expectedEntries() const { return m_tags->size(); }

    /// The tag that stood at the coming row in the sample before; empty when there was none or when the rows
    /// differ already. Valid until the next call.
    [[nodiscard]] QByteArrayView expectedName() const
    {
        return m_same && m_row < m_rows.size() ? QByteArrayView((*m_tags)[m_rows[m_row]].tag.bytes)
                                               : QByteArrayView();
    }

    /// Takes the coming row to be expectedName(); returns its entry. Only while that is not empty.
    quint32 takeExpected() { return m_rows[m_row++]; }

    /// The entry of the coming row. Entries are numbered from 0 in the order in which their tags first came.
    quint32 take(QByteArrayView name, PoolType type = PoolType::None, QByteArrayView driver = {});

    /// Ends the sample: its tags, never null.
    [[nodiscard]] std::shared_ptr<const TagList> finish();

private:
    void diverge();

    // The sample before, and for each of its rows the entry in *m_tags.
    std::shared_ptr<const TagList> m_tags = std::make_shared<const TagList>();
    std::vector<quint32> m_rows;

    // The sample at hand: its rows so far are those of the sample before while m_same, else they are here.
    bool m_same = true;
    size_t m_row = 0;
    TagList m_newTags;
    std::vector<quint32> m_newRows;
    QHash<Tag, quint32> m_entryOf;
};

} // namespace poolscope
