// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace poolscope {

/// A table of finished cell texts that knows how to lay itself out for people.
struct TextTable
{
    enum class Align : quint8
    {
        Left,
        Right,
    };
    struct Column
    {
        QString title;
        Align align = Align::Right;
    };
    std::vector<Column> columns;
    std::vector<QStringList> rows; ///< as many cells each as there are columns

    /// GitHub's pipe table; `|` and what else Markdown would read is escaped.
    [[nodiscard]] QString toMarkdown() const;
    /// Columns padded with blanks, two between neighbours, none at line ends.
    [[nodiscard]] QString toText() const;
    /// Cells parted by tabs: pastes as a table into a spreadsheet. Tabs and line feeds in cells become
    /// blanks.
    [[nodiscard]] QString toTabbed() const;
};

/// Text that stands in a Markdown table as it is: backslash, pipe, backquote, stars, underscores and angle
/// brackets escaped, line feeds as blanks.
[[nodiscard]] QString markdownEscaped(QStringView text);

/// One field of RFC 4180: quoted when it holds a comma, a quote, a line end, or blanks at an end.
[[nodiscard]] QByteArray csvField(QByteArrayView text);

} // namespace poolscope
