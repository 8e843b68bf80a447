// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/counterseries.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr size_t AllocationOverhead = 16;

size_t sizeOf(const Chunk &chunk)
{
    return chunk.bytes.capacity() + sizeof(Chunk) + AllocationOverhead;
}

} // namespace

size_t CounterSeries::hotBytes() const
{
    size_t sum = 0;
    for (const ChangeList &list : m_hot)
        sum += list.memoryBytes();
    return sum;
}

size_t CounterSeries::changes() const
{
    size_t sum = m_coldRows;
    for (const ChangeList &list : m_hot)
        sum += list.changes();
    return sum;
}

void CounterSeries::pack(ChunkCoder &coder)
{
    std::vector<ChangeList::Cursor> cursors;
    for (const ChangeList &list : m_hot)
        cursors.emplace_back(list, 0);
    // A change at sample 0 is not one that the cursor announces.
    const bool startsAtOnce =
        m_cold.empty() && std::ranges::any_of(m_hot, [](const ChangeList &list) { return list.startsAt(0); });
    std::vector<ChangeRow> rows;
    const auto take = [&](Index index) {
        ChangeRow row{index, {}};
        for (size_t i = 0; i < row.values.size(); ++i)
            row.values[i] = cursors[i].value();
        rows.push_back(row);
    };
    if (startsAtOnce)
        take(0);
    while (true) {
        Index next = ChangeList::Cursor::End;
        for (const ChangeList::Cursor &cursor : cursors)
            next = std::min(next, cursor.next());
        if (next == ChangeList::Cursor::End)
            break;
        for (ChangeList::Cursor &cursor : cursors) {
            if (cursor.next() == next)
                cursor.advance();
        }
        take(next);
    }
    if (rows.empty())
        return;
    m_cold.push_back(coder.encode(m_packed, rows));
    m_coldBytes += sizeOf(m_cold.back());
    m_coldRows += rows.size();
    m_packed = rows.back().values;
    for (ChangeList &list : m_hot)
        list.forget();
}

void CounterSeries::dropBefore(Index index)
{
    const auto kept = std::ranges::find_if(m_cold, [&](const Chunk &chunk) { return chunk.last >= index; });
    for (auto chunk = m_cold.begin(); chunk != kept; ++chunk)
        m_coldBytes -= sizeOf(*chunk);
    m_cold.erase(m_cold.begin(), kept);
}

CounterSeries::Cursor::Cursor(const CounterSeries &series, size_t counter, Index index, ChunkCoder &coder)
    : m_series(series)
    , m_counter(counter)
    , m_index(index)
    , m_coder(coder)
{
    const auto after = std::ranges::upper_bound(series.m_cold, index, {}, &Chunk::first);
    const auto before = static_cast<size_t>(after - series.m_cold.begin());
    enter(before == 0 ? 0 : before - 1);
    while (next() <= index)
        advance();
}

/// The first chunk from `chunk` on in which this counter changes at all.
void CounterSeries::Cursor::enter(size_t chunk)
{
    m_position = 0;
    for (m_chunk = chunk; m_chunk < m_series.m_cold.size(); ++m_chunk) {
        m_changes.clear();
        m_coder.decode(m_series.m_cold[m_chunk], m_counter, m_value, m_changes);
        if (!m_changes.empty())
            return;
    }
    // All that is hot comes after the last chunk.
    const ChangeList &hot = m_series.m_hot[m_counter];
    m_hot.emplace(hot, m_series.m_cold.empty() ? m_index : m_series.m_cold.back().last);
}

void CounterSeries::Cursor::advance()
{
    if (m_hot) {
        m_hot->advance();
        return;
    }
    m_value = m_changes[m_position].value;
    if (++m_position == m_changes.size())
        enter(m_chunk + 1);
}

} // namespace poolscope
