// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of TagTableModel that turns the next state of the rows into signals.

#include "model/tables/tagtablemodel.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

/// More rows coming and going than this many ranges are announced as one change of layout: each range costs
/// the view work in the order of all its rows.
constexpr size_t MaxRowRanges = 16;
/// Trends of rows that were scrolled away are kept up to this number.
constexpr qsizetype MaxTrends = 512;

struct Range
{
    size_t first = 0;
    size_t end = 0;
};

/// Runs of neighbours for which `holds` is true.
template <typename Predicate>
std::vector<Range> runs(const std::vector<TagId> &rows, Predicate holds)
{
    std::vector<Range> result;
    for (size_t row = 0; row < rows.size(); ++row) {
        if (!holds(rows[row]))
            continue;
        if (!result.empty() && result.back().end == row)
            ++result.back().end;
        else
            result.push_back({row, row + 1});
    }
    return result;
}

} // namespace

void TagTableModel::applyRows(std::vector<TagId> next, bool arriving, bool leaving)
{
    if (!arriving && !leaving) {
        reorderRows(std::move(next));
        m_isUpdating = false;
        if (m_rangeMoved)
            announceAll();
        else
            announceDifferences();
        return;
    }
    const size_t ranges = runs(m_rows, [&](TagId id) { return m_shown[id] == Shown::Leaving; }).size()
        + runs(next, [&](TagId id) { return m_shown[id] == Shown::No; }).size();
    if (ranges <= MaxRowRanges)
        applyAsRanges(next);
    else
        applyAsLayout(std::move(next));
    m_isUpdating = false;
    announceAll();
}

void TagTableModel::applyAsRanges(const std::vector<TagId> &next)
{
    const std::vector<Range> leaving = runs(m_rows, [&](TagId id) { return m_shown[id] == Shown::Leaving; });
    const auto at = [&](size_t row) { return m_rows.begin() + static_cast<std::ptrdiff_t>(row); };
    for (auto range = leaving.rbegin(); range != leaving.rend(); ++range) {
        beginRemoveRows({}, static_cast<int>(range->first), static_cast<int>(range->end) - 1);
        for (size_t row = range->first; row < range->end; ++row) {
            m_shown[m_rows[row]] = Shown::No;
            m_rowOf[m_rows[row]] = -1;
        }
        m_rows.erase(at(range->first), at(range->end));
        renumber(range->first, m_rows.size());
        endRemoveRows();
    }

    std::vector<TagId> staying = next;
    std::erase_if(staying, [&](TagId id) { return m_shown[id] == Shown::No; });
    reorderRows(std::move(staying));

    for (const Range &range : runs(next, [&](TagId id) { return m_shown[id] == Shown::No; })) {
        beginInsertRows({}, static_cast<int>(range.first), static_cast<int>(range.end) - 1);
        const auto source = next.begin() + static_cast<std::ptrdiff_t>(range.first);
        m_rows.insert(at(range.first), source, source + static_cast<std::ptrdiff_t>(range.end - range.first));
        for (size_t row = range.first; row < range.end; ++row)
            m_shown[m_rows[row]] = Shown::Yes;
        renumber(range.first, m_rows.size());
        endInsertRows();
    }
}

void TagTableModel::applyAsLayout(std::vector<TagId> next)
{
    emit layoutAboutToBeChanged();
    const std::vector<TagId> before = std::exchange(m_rows, std::move(next));
    for (const TagId id : before) {
        m_rowOf[id] = -1;
        m_shown[id] = Shown::No;
    }
    for (const TagId id : m_rows)
        m_shown[id] = Shown::Yes;
    renumber(0, m_rows.size());
    movePersistentIndexes(before);
    emit layoutChanged();
}

void TagTableModel::reorderRows(std::vector<TagId> next)
{
    if (next == m_rows)
        return;
    const auto change = [&] {
        const std::vector<TagId> before = std::exchange(m_rows, std::move(next));
        renumber(0, m_rows.size());
        movePersistentIndexes(before);
    };
    if (m_quietMoves) {
        change();
        emit rowsMovedQuietly();
        return;
    }
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    change();
    emit layoutChanged({}, VerticalSortHint);
}

void TagTableModel::movePersistentIndexes(const std::vector<TagId> &rowsBefore)
{
    QModelIndexList from;
    QModelIndexList to;
    for (const QModelIndex &index : persistentIndexList()) {
        const int row = m_rowOf[rowsBefore[static_cast<size_t>(index.row())]];
        if (row == index.row())
            continue;
        from.append(index);
        to.append(row < 0 ? QModelIndex() : this->index(row, index.column()));
    }
    if (!from.isEmpty())
        changePersistentIndexList(from, to);
}

void TagTableModel::renumber(size_t first, size_t end)
{
    for (size_t row = first; row < end; ++row)
        m_rowOf[m_rows[row]] = static_cast<int>(row);
}

std::vector<CellRange> TagTableModel::updateVisible()
{
    return m_visible.update(m_rows, m_style,
        [this](TagId id) { return TagLook{.row = tagRow(id), .isNew = isNew(id), .trend = trend(id)}; });
}

void TagTableModel::announceAll()
{
    m_visible.forget();
    const int rows = static_cast<int>(m_rows.size());
    if (m_visible.isRestricted()) {
        updateVisible();
        announce({m_visible.firstRow(), m_visible.lastRow(rows), 0, TagColumnCount - 1});
    } else {
        announce({0, rows - 1, 0, TagColumnCount - 1});
    }
}

void TagTableModel::announceDifferences()
{
    if (!m_visible.isRestricted()) {
        announceAll();
        return;
    }
    for (const CellRange &range : updateVisible())
        announce(range);
}

void TagTableModel::announce(const CellRange &range)
{
    if (range.firstRow <= range.lastRow)
        emit dataChanged(index(range.firstRow, range.firstColumn), index(range.lastRow, range.lastColumn));
}

void TagTableModel::setVisibleRows(int first, int last)
{
    m_visible.setRange(first, last);
    // Everything shown so far was announced, so the rows that become visible need no signal.
    if (m_isUpdating)
        m_rangeMoved = true;
    else if (m_frame != nullptr)
        updateVisible();
}

void TagTableModel::setTrend(TagId id, std::vector<SeriesPoint> points)
{
    if (id >= m_rowOf.size())
        return;
    if (m_trends.size() >= MaxTrends)
        trimTrends();
    TrendPtr &trend = m_trends[id];
    if (trend != nullptr && *trend == points)
        return;
    trend = std::make_shared<const std::vector<SeriesPoint>>(std::move(points));
    if (m_rowOf[id] < 0)
        return;
    if (m_visible.isRestricted()) {
        announceDifferences();
    } else {
        const int column = static_cast<int>(TagColumn::Trend);
        announce({m_rowOf[id], m_rowOf[id], column, column});
    }
}

void TagTableModel::trimTrends()
{
    m_trends.removeIf([this](const auto &entry) {
        const int row = m_rowOf[entry.key()];
        return row < m_visible.firstRow() || row > m_visible.lastRow(static_cast<int>(m_rows.size()));
    });
}

} // namespace poolscope
