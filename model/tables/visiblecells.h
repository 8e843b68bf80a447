// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"
#include "model/tables/tagcolumns.h"

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace poolscope {

using TrendPtr = std::shared_ptr<const std::vector<SeriesPoint>>;

/// All that a row of the table looks like.
struct TagLook
{
    TagRow row;
    bool isNew = false;
    TrendPtr trend;
};

/// A rectangle of cells, all bounds inclusive.
struct CellRange
{
    int firstRow = 0;
    int lastRow = -1;
    int firstColumn = 0;
    int lastColumn = -1;

    friend bool operator==(const CellRange &, const CellRange &) = default;
};

/// Remembers how the visible rows looked when they were announced last, so that an update can name just the
/// cells that read differently now.
class VisibleCells
{
public:
    using LookAt = std::function<TagLook(TagId)>;

    /// May reach beyond the last row.
    void setRange(int first, int last);
    /// False until the first setRange().
    [[nodiscard]] bool isRestricted() const { return m_isRestricted; }
    [[nodiscard]] int firstRow() const { return m_first; }
    [[nodiscard]] int lastRow(int rowCount) const;

    /// Forgets everything: the next update() takes what it finds for announced.
    void forget() { m_rows.clear(); }

    /// Compares the visible ones of `rows` with what was announced and announces the difference: merged
    /// rectangles, at most MaxRanges or one for each visible row. Rows that just became visible are taken
    /// as they are.
    std::vector<CellRange> update(std::span<const TagId> rows, NumberStyle style, const LookAt &lookAt);

    /// The cell as announced last; null when `row` is not visible or held another tag.
    [[nodiscard]] const TagCell *cell(int row, TagId id, TagColumn column) const;

    static constexpr int MaxRanges = 64;

private:
    using ColumnMask = quint32; // bit n: column n
    /// What was announced of one row.
    struct Row
    {
        TagId id = 0;
        FrameRow frame;
        int pinSlot = -1;
        bool isNew = false;
        TrendPtr trend;
        NumberStyle style = NumberStyle::Grouped;
        std::array<TagCell, static_cast<size_t>(TagColumnCount)> cells;
    };

    [[nodiscard]] static Row painted(TagId id, const TagLook &look, NumberStyle style);
    [[nodiscard]] static bool looksSame(const Row &row, TagId id, const TagLook &look, NumberStyle style);
    [[nodiscard]] static ColumnMask difference(const Row &before, const Row &now);
    [[nodiscard]] static std::vector<CellRange> merged(std::span<const ColumnMask> masks, int firstRow);

    bool m_isRestricted = false;
    int m_first = 0;
    int m_last = -1;
    std::vector<Row> m_rows; // from m_first on; may be shorter than the range
};

} // namespace poolscope
