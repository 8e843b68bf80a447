// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/history/timeaxis.h"

#include <memory>
#include <vector>

namespace poolscope {

/// One series as the list of its changes: lossless, and nothing while nothing changes. A change is two
/// numbers of variable length (LEB128):
///     (samples since the change before) * 2 + (1 if the value became unknown)
///     and, if known, the zigzag difference to the last known value
/// in blocks of about BlockBytes. A block can be read without the ones before it and knows its smallest and
/// largest value, so that a whole one inside a pixel column need not be decoded, and so that old ones can
/// be moved elsewhere. Before the first change a series is unknown, or what forget() left in force. One
/// thread.
class ChangeList
{
public:
    using Index = TimeAxis::Index;
    static constexpr size_t BlockBytes = 1024;

    /// The value at `index` and after. Indices must rise; a value that equals newest() adds nothing.
    void append(Index index, Counter value);

    [[nodiscard]] Counter newest() const { return m_newest; }
    [[nodiscard]] size_t changes() const;
    /// Whether its first change is at `index`.
    [[nodiscard]] bool startsAt(Index index) const { return blockCount() > 0 && block(0).first == index; }
    /// Heap memory, about.
    [[nodiscard]] size_t memoryBytes() const { return m_open.bytes.capacity() + m_sealedBytes; }
    /// Drops all changes, which are kept elsewhere from now on. The newest value stays: it is what was in
    /// force before the first change that follows.
    void forget();

    /// What a block says of its values without being decoded.
    struct Extremes
    {
        Index minIndex = 0; ///< of the first change to the smallest value
        Index maxIndex = 0;
        qint64 min = 0;
        qint64 max = 0;
    };

    /// Walks through the changes in order.
    class Cursor
    {
    public:
        static constexpr Index End = ~Index(0);

        /// At sample `index`: value() is what was in force there.
        Cursor(const ChangeList &list, Index index);

        [[nodiscard]] Counter value() const { return m_value; }
        /// Index of the next change; End: none.
        [[nodiscard]] Index next() const { return m_next; }
        /// Makes the next change. Only while next() is not End.
        void advance();
        /// The values of the current block if it starts with the next change, ends before `end` and holds
        /// no unknown; else null. skipBlock() then jumps behind it.
        [[nodiscard]] const Extremes *wholeBlock(Index end) const;
        void skipBlock();

    private:
        void enter(size_t block);
        void peek();

        const ChangeList &m_list;
        size_t m_block = 0;
        size_t m_position = 0; ///< behind the change that next() announces
        Index m_at = 0; ///< index of the change before
        Index m_next = End;
        Counter m_value;
        Counter m_nextValue;
        qint64 m_lastKnown = 0;
        bool m_atBlockStart = false;
    };

private:
    struct Block
    {
        Extremes extremes;
        Index first = 0; ///< index of the first change
        Index last = 0;
        qint64 before = 0; ///< last known value before the block
        qint64 lastKnown = 0;
        quint32 count = 0;
        bool hasUnknown = false;
        bool endsUnknown = false;
        std::vector<quint8> bytes;
    };
    void seal();
    [[nodiscard]] size_t blockCount() const { return m_sealed.size() + (m_open.count > 0 ? 1 : 0); }
    [[nodiscard]] const Block &block(size_t number) const
    {
        return number < m_sealed.size() ? m_sealed[number] : m_open;
    }
    static constexpr size_t AllocationOverhead = 16;

    Counter m_newest;
    Counter m_base; ///< in force before the first change
    size_t m_sealedBytes = 0;
    Block m_open; ///< takes the changes; in here, because every append goes to it
    std::vector<Block> m_sealed;
};

} // namespace poolscope
