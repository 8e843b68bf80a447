// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/visiblecells.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace poolscope {

namespace {

constexpr quint32 bit(TagColumn column)
{
    return quint32(1) << static_cast<unsigned>(column);
}

/// Leaves out what only tool tips show: times and the change since the baseline.
bool readsSame(const FrameRow &a, const FrameRow &b)
{
    return a.reading == b.reading && a.sinceLast == b.sinceLast && bytesPerHour(a) == bytesPerHour(b)
        && a.present == b.present && a.suspicion.isKnown() == b.suspicion.isKnown() && a.verdict == b.verdict;
}

} // namespace

void VisibleCells::setRange(int first, int last)
{
    first = std::max(first, 0);
    last = std::max(last, first - 1);
    if (m_isRestricted && first == m_first && last == m_last)
        return;
    // Keep the rows that stay visible: they were announced.
    const int overlapFirst = std::max(first, m_first);
    const int overlapEnd = std::min(last + 1, m_first + static_cast<int>(m_rows.size()));
    std::vector<Row> rows;
    if (overlapFirst == first && overlapFirst < overlapEnd) {
        const auto begin = m_rows.begin() + (overlapFirst - m_first);
        rows.assign(
            std::make_move_iterator(begin), std::make_move_iterator(begin + (overlapEnd - overlapFirst)));
    }
    m_rows = std::move(rows);
    m_isRestricted = true;
    m_first = first;
    m_last = last;
}

int VisibleCells::lastRow(int rowCount) const
{
    return std::min(m_last, rowCount - 1);
}

VisibleCells::Row VisibleCells::painted(TagId id, const TagLook &look, NumberStyle style)
{
    Row row{.id = id,
        .frame = look.row.frame,
        .pinSlot = look.row.pinSlot,
        .isNew = look.isNew,
        .trend = look.trend,
        .style = style,
        .cells = {}};
    for (const TagColumnInfo &info : tagColumns())
        row.cells[static_cast<size_t>(info.column)] = tagCell(info.column, look.row, style);
    return row;
}

bool VisibleCells::looksSame(const Row &row, TagId id, const TagLook &look, NumberStyle style)
{
    return row.id == id && row.pinSlot == look.row.pinSlot && row.isNew == look.isNew
        && row.trend == look.trend && row.style == style && readsSame(row.frame, look.row.frame);
}

VisibleCells::ColumnMask VisibleCells::difference(const Row &before, const Row &now)
{
    constexpr ColumnMask All = (ColumnMask(1) << TagColumnCount) - 1;
    // A vanished row is dimmed in every column.
    if (before.frame.present != now.frame.present)
        return All;
    ColumnMask mask = 0;
    for (const TagColumnInfo &info : tagColumns()) {
        const auto index = static_cast<size_t>(info.column);
        if (before.cells[index] != now.cells[index])
            mask |= bit(info.column);
    }
    if (before.isNew != now.isNew)
        mask |= bit(TagColumn::Tag);
    if (before.pinSlot != now.pinSlot)
        mask |= bit(TagColumn::Pin) | bit(TagColumn::Trend);
    const bool sameTrend = before.trend == now.trend
        || (before.trend != nullptr && now.trend != nullptr && *before.trend == *now.trend);
    if (!sameTrend)
        mask |= bit(TagColumn::Trend);
    return mask;
}

std::vector<CellRange> VisibleCells::update(
    std::span<const TagId> rows, NumberStyle style, const LookAt &lookAt)
{
    const int end = lastRow(static_cast<int>(rows.size())) + 1;
    const auto count = static_cast<size_t>(std::max(end - m_first, 0));
    const size_t known = std::min(m_rows.size(), count);
    m_rows.resize(known);
    std::vector<ColumnMask> masks(known, 0);
    for (size_t i = 0; i < count; ++i) {
        const TagId id = rows[static_cast<size_t>(m_first) + i];
        const TagLook look = lookAt(id);
        if (i >= known) {
            m_rows.push_back(painted(id, look, style));
        } else if (!looksSame(m_rows[i], id, look, style)) {
            Row now = painted(id, look, style);
            masks[i] = difference(m_rows[i], now);
            m_rows[i] = std::move(now);
        }
    }
    return merged(masks, m_first);
}

std::vector<CellRange> VisibleCells::merged(std::span<const ColumnMask> masks, int firstRow)
{
    const auto collect = [&](auto boundsOfMask) {
        std::vector<CellRange> ranges;
        for (size_t i = 0; i < masks.size();) {
            size_t end = i + 1;
            while (end < masks.size() && masks[end] == masks[i])
                ++end;
            for (ColumnMask rest = masks[i]; rest != 0;) {
                const auto [first, last] = boundsOfMask(rest);
                ranges.push_back(
                    {firstRow + static_cast<int>(i), firstRow + static_cast<int>(end) - 1, first, last});
                rest &= ~((ColumnMask(2) << last) - 1);
            }
            i = end;
        }
        return ranges;
    };
    std::vector<CellRange> ranges = collect([](ColumnMask mask) {
        const int first = std::countr_zero(mask);
        return std::pair(first, first + std::countr_one(mask >> first) - 1);
    });
    if (ranges.size() > MaxRanges) {
        ranges = collect([](ColumnMask mask) {
            return std::pair(std::countr_zero(mask), static_cast<int>(std::bit_width(mask)) - 1);
        });
    }
    return ranges;
}

const TagCell *VisibleCells::cell(int row, TagId id, TagColumn column) const
{
    const int index = row - m_first;
    if (index < 0 || index >= static_cast<int>(m_rows.size()) || m_rows[static_cast<size_t>(index)].id != id)
        return nullptr;
    return &m_rows[static_cast<size_t>(index)].cells[static_cast<size_t>(column)];
}

} // namespace poolscope
