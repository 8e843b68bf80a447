// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/changelist.h"

#include "model/history/varint.h"

#include <algorithm>
#include <utility>

namespace poolscope {

void ChangeList::append(Index index, Counter value)
{
    if (value == m_newest)
        return;
    m_newest = value;
    if (m_open.bytes.size() >= BlockBytes)
        seal();

    Block &block = m_open;
    if (block.count == 0)
        block.first = block.last = index;
    const quint64 gap = index - block.last;
    appendVarint(block.bytes, gap << 1 | (value.isKnown() ? 0 : 1));
    block.last = index;
    ++block.count;
    block.endsUnknown = !value.isKnown();
    if (!value.isKnown()) {
        block.hasUnknown = true;
        return;
    }
    const qint64 now = value.value();
    appendVarint(block.bytes, zigzag(wrappingMinus(now, block.lastKnown)));
    block.lastKnown = now;
    Extremes &extremes = block.extremes;
    const bool isFirst = block.count == 1;
    if (isFirst || now < extremes.min) {
        extremes.min = now;
        extremes.minIndex = index;
    }
    if (isFirst || now > extremes.max) {
        extremes.max = now;
        extremes.maxIndex = index;
    }
}

void ChangeList::seal()
{
    m_open.bytes.shrink_to_fit();
    const qint64 before = m_open.lastKnown;
    m_sealedBytes += m_open.bytes.capacity() + sizeof(Block) + AllocationOverhead;
    m_sealed.push_back(std::exchange(m_open, {}));
    m_open.before = m_open.lastKnown = before;
}

void ChangeList::forget()
{
    const qint64 before = m_open.lastKnown;
    m_sealed = {};
    m_sealedBytes = 0;
    m_open = {};
    m_open.before = m_open.lastKnown = before;
    m_base = m_newest;
}

size_t ChangeList::changes() const
{
    size_t sum = m_open.count;
    for (const Block &block : m_sealed)
        sum += block.count;
    return sum;
}

ChangeList::Cursor::Cursor(const ChangeList &list, Index index)
    : m_list(list)
    , m_value(list.m_base)
{
    const auto after = std::upper_bound(list.m_sealed.begin(), list.m_sealed.end(), index,
        [](Index wanted, const Block &block) { return wanted < block.first; });
    auto number = static_cast<size_t>(after - list.m_sealed.begin());
    // The last one that starts at or before `index`; the open block comes behind all sealed ones.
    const bool inOpen = after == list.m_sealed.end() && list.m_open.count > 0 && list.m_open.first <= index;
    if (!inOpen && number > 0)
        --number;
    enter(number);
    while (m_next <= index)
        advance();
}

void ChangeList::Cursor::enter(size_t block)
{
    m_block = block;
    m_position = 0;
    m_atBlockStart = true;
    if (block >= m_list.blockCount()) {
        m_next = End;
        return;
    }
    m_at = m_list.block(block).first;
    m_lastKnown = m_list.block(block).before;
    peek();
}

/// Reads the change behind the current one ahead.
void ChangeList::Cursor::peek()
{
    const quint8 *const begin = m_list.block(m_block).bytes.data();
    const quint8 *at = begin + m_position;
    const quint64 head = takeVarint(at);
    m_next = m_at + static_cast<Index>(head >> 1);
    m_nextValue = (head & 1) != 0 ? Counter() : Counter(wrappingPlus(m_lastKnown, unzigzag(takeVarint(at))));
    m_position = static_cast<size_t>(at - begin);
}

void ChangeList::Cursor::advance()
{
    m_value = m_nextValue;
    m_at = m_next;
    m_lastKnown = m_value.valueOr(m_lastKnown);
    if (m_position < m_list.block(m_block).bytes.size()) {
        m_atBlockStart = false;
        peek();
    } else {
        enter(m_block + 1);
    }
}

const ChangeList::Extremes *ChangeList::Cursor::wholeBlock(Index end) const
{
    if (!m_atBlockStart || m_next == End)
        return nullptr;
    const Block &block = m_list.block(m_block);
    return block.hasUnknown || block.last >= end ? nullptr : &block.extremes;
}

void ChangeList::Cursor::skipBlock()
{
    m_value = m_list.block(m_block).lastKnown;
    enter(m_block + 1);
}

} // namespace poolscope
