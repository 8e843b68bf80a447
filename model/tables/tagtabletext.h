// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagcolumns.h"

#include <QString>

#include <span>

namespace poolscope {

/// Rows of the tag table as text for the clipboard. Numbers are exact whatever the screen shows; a column
/// with a change becomes two. The picture columns Pin and Trend are left out.

/// Header line and rows, cells separated by tabs, digits without separators: pastes into a spreadsheet.
/// Unknown is an empty cell.
[[nodiscard]] QString tabSeparatedText(std::span<const TagRow> rows, std::span<const TagColumn> columns);
/// The same as an HTML table with escaped text.
[[nodiscard]] QString htmlTable(std::span<const TagRow> rows, std::span<const TagColumn> columns);
/// GitHub-flavoured, numbers right-aligned and grouped; unknown is "–".
[[nodiscard]] QString markdownTable(std::span<const TagRow> rows, std::span<const TagColumn> columns);

} // namespace poolscope
