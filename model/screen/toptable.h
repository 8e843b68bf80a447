// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/topheader.h"
#include "model/screen/topquery.h"

#include <QString>

#include <array>
#include <vector>

namespace poolscope {

/// PoolMon's columns, and those that it lacks.
enum class TopColumn : quint8
{
    Tag,
    Type,
    Allocs,
    AllocsChange,
    Frees,
    FreesChange,
    Outstanding, ///< PoolMon's Diff
    OutstandingChange,
    Bytes,
    BytesChange,
    PerAlloc,
    Rate,
    Driver,
    Count
};
/// Cells per column, by TopColumn.
using TopWidths = std::array<int, static_cast<size_t>(TopColumn::Count)>;

/// How the table is laid out.
struct TopTableStyle
{
    int width = 0; ///< cells; what does not fit is left out, least important column first; 0: no limit
    bool changes = false; ///< changes since the previous sample stand in parentheses beside the values
    bool markSort = false; ///< the head of the column that orders the rows carries an arrow
    TopWidths atLeast{}; ///< narrowest widths; those of the previous sample keep the columns from dancing
};

/// The rows of an answer as text in PoolMon's columns. All lines of one table have the same columns.
/// Refers to the answer and its frame, which must outlive it.
class TopTable
{
public:
    TopTable(const Frame &frame, const TopAnswer &answer, const TopQuery &query, const TopTableStyle &style);

    [[nodiscard]] TopLine heads() const;
    /// What the columns take when there is room for all.
    [[nodiscard]] const TopWidths &widths() const { return m_widths; }
    /// `index` counts the answer's rows from 0.
    [[nodiscard]] TopLine row(size_t index) const;
    /// Sums of the shown tags of each pool type and of all, and what no tag accounts for.
    [[nodiscard]] std::vector<TopLine> totals() const;

private:
    struct Place
    {
        TopColumn column;
        int width;
    };

    void measure();
    void choosePlaces();
    void fit();
    [[nodiscard]] int usedWidth() const;
    [[nodiscard]] bool fits() const { return m_style.width <= 0 || usedWidth() <= m_style.width; }
    void drop(TopColumn column);
    void shrink(TopColumn column, int atLeast);
    [[nodiscard]] QString headText(TopColumn column) const;
    [[nodiscard]] TopLine line(TopLineKind kind, const auto &textOf) const;
    [[nodiscard]] TopLine totalLine(const QString &name, PoolType type, const TopTotal &total) const;

    const Frame &m_frame;
    const TopAnswer &m_answer;
    TopQuery m_query;
    TopTableStyle m_style;
    bool m_knowsAllocs = false; ///< some row knows its allocations or frees
    TopWidths m_widths{};
    std::vector<Place> m_places;
};

/// A whole sample as text: header, caption, heads, rows and, if wanted, totals; each line ends with \n.
[[nodiscard]] QString topText(const Frame &frame, const TopQuery &query, bool totals,
    const QString &sourceTitle, const TopTableStyle &style);

} // namespace poolscope
