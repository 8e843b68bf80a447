// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/topquery.h"

#include <QString>

#include <array>
#include <vector>

namespace poolscope {

/// What a line of the terminal screen is, so that a terminal can choose how it looks.
enum class TopLineKind : quint8
{
    Header, ///< PoolMon's two lines of system facts, and the line on what is shown
    Columns, ///< the column heads
    Row,
    ChangedRow, ///< a row of which a value changed since the previous sample
    Total,
    Help,
    Status,
    Problem, ///< the source fails
};

/// One line of plain text: no control characters, every character one cell wide, no trailing blanks.
struct TopLine
{
    QString text;
    TopLineKind kind = TopLineKind::Row;

    friend bool operator==(const TopLine &, const TopLine &) = default;
};

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

/// The two lines of PoolMon's header; "–" for what the system reading does not know. Sizes in KiB.
/// Page faults are those since the previous sample with `changes`, else those since boot.
[[nodiscard]] std::vector<TopLine> topHeader(const Frame &frame, const TopTableStyle &style);

/// One line that says what the rows are: source, time, number of tags, order, filter. A long source title
/// is shortened in the middle to fit `width` cells (0: no limit).
[[nodiscard]] TopLine topCaption(const Frame &frame, const TopAnswer &answer, const TopQuery &query,
    const QString &sourceTitle, int width = 0);

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

/// `text` with control characters replaced: what a stranger's host name or path could do to a terminal.
[[nodiscard]] QString printable(QString text);

} // namespace poolscope
