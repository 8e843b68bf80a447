// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/topquery.h"

#include <QString>

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

/// The two lines of PoolMon's header; "–" for what the system reading does not know. Sizes in KiB.
/// Page faults are
/// those since the previous sample with `changes`, else those since boot. `width` as in topCaption().
[[nodiscard]] std::vector<TopLine> topHeader(const Frame &frame, bool changes, int width = 0);

/// One line that says what the rows are: source, time, number of tags, order, filter. A long source title
/// is shortened in the middle to fit `width` cells (0: no limit).
[[nodiscard]] TopLine topCaption(const Frame &frame, const TopAnswer &answer, const TopQuery &query,
    const QString &sourceTitle, int width = 0);

} // namespace poolscope
