// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/changelist.h"
#include "model/history/chunkcoder.h"

#include <optional>

namespace poolscope {

/// Four series that belong together: the newest changes as one ChangeList each, the older ones in chunks
/// that all four share. One thread.
class CounterSeries
{
public:
    using Index = TimeAxis::Index;

    /// What the counters are at `index` and after. Indices must rise; what stays the same adds nothing.
    void append(Index index, const Counters &values)
    {
        for (size_t i = 0; i < values.size(); ++i)
            m_hot[i].append(index, values[i]);
    }

    [[nodiscard]] Counters newest() const
    {
        return {m_hot[0].newest(), m_hot[1].newest(), m_hot[2].newest(), m_hot[3].newest()};
    }
    /// Memory of the changes that are not packed yet.
    [[nodiscard]] size_t hotBytes() const;
    /// Heap memory, about.
    [[nodiscard]] size_t memoryBytes() const { return hotBytes() + m_coldBytes; }
    [[nodiscard]] size_t changes() const; ///< of those that are not packed, and rows of those that are

    /// Packs all changes so far.
    void pack(ChunkCoder &coder);
    /// Drops the chunks that end before `index`. Of what is left, only what holds at `index` and after may
    /// be asked for.
    void dropBefore(Index index);

    /// Walks through the changes of one counter in order.
    class Cursor
    {
    public:
        static constexpr Index End = ChangeList::Cursor::End;

        /// At sample `index`: value() is what was in force there. Series and coder outlive the cursor; the
        /// coder may be used by others in between.
        Cursor(const CounterSeries &series, size_t counter, Index index, ChunkCoder &coder);

        [[nodiscard]] Counter value() const { return m_hot ? m_hot->value() : m_value; }
        /// Index of the next change; End: none.
        [[nodiscard]] Index next() const { return m_hot ? m_hot->next() : m_changes[m_position].index; }
        /// Makes the next change. Only while next() is not End.
        void advance();
        /// See ChangeList::Cursor.
        [[nodiscard]] const ChangeList::Extremes *wholeBlock(Index end) const
        {
            return m_hot ? m_hot->wholeBlock(end) : nullptr;
        }
        void skipBlock() { m_hot->skipBlock(); }

    private:
        void enter(size_t chunk);

        const CounterSeries &m_series;
        size_t m_counter;
        Index m_index; ///< where it begins
        ChunkCoder &m_coder;
        size_t m_chunk = 0;
        std::vector<Change> m_changes; ///< of the chunk; at m_position there is one, or the hot ones follow
        size_t m_position = 0;
        Counter m_value;
        std::optional<ChangeList::Cursor> m_hot;
    };

private:
    std::array<ChangeList, CountersPerSeries> m_hot;
    std::vector<Chunk> m_cold;
    size_t m_coldBytes = 0;
    Counters m_packed; ///< in force where the last chunk ended
    size_t m_coldRows = 0;
};

} // namespace poolscope
