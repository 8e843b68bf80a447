// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagtabletext.h"

#include "model/core/tagtext.h"

#include <QStringList>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Half a table column: the value or the change of one.
struct TextColumn
{
    const TagColumnInfo *info = nullptr;
    bool isChange = false;

    [[nodiscard]] QString title() const
    {
        const QString title = info->title.toString();
        if (!info->showsChange)
            return title;
        QString bare = title;
        bare.remove(u" (Δ)"_s);
        return isChange ? bare + u" Δ"_s : bare;
    }

    [[nodiscard]] bool isNumber() const { return info->unit != ColumnUnit::None; }

    [[nodiscard]] Counter number(const TagRow &row) const
    {
        return isChange ? info->change(row) : info->sortValue(row);
    }

    /// Of a column that is not a number.
    [[nodiscard]] QString text(const TagRow &row) const
    {
        if (info->column == TagColumn::Driver)
            return driverText(row.entry.driver);
        return tagCell(info->column, row, NumberStyle::Grouped).value;
    }
};

std::vector<TextColumn> textColumns(std::span<const TagColumn> columns)
{
    std::vector<TextColumn> result;
    for (const TagColumn column : columns) {
        if (column == TagColumn::Pin || column == TagColumn::Trend)
            continue;
        const TagColumnInfo &info = tagColumnInfo(column);
        result.push_back({&info, false});
        if (info.showsChange)
            result.push_back({&info, true});
    }
    return result;
}

QString plainText(const TextColumn &column, const TagRow &row)
{
    if (!column.isNumber())
        return column.text(row);
    const Counter number = column.number(row);
    return number.isKnown() ? QString::number(number.value()) : QString();
}

QString markdownText(const TextColumn &column, const TagRow &row)
{
    if (column.isNumber())
        return column.isChange ? signedGroupedText(column.number(row)) : groupedText(column.number(row));
    QString text = column.text(row);
    if (text.isEmpty())
        return unknownText();
    // A bar would end the cell; the rest of Markdown's special characters only matter in pairs, which
    // code spans switch off for names.
    text.replace(u'|', u"\\|"_s);
    return column.info->column == TagColumn::Tag ? u'`' + text + u'`' : text;
}

} // namespace

QString tabSeparatedText(std::span<const TagRow> rows, std::span<const TagColumn> columns)
{
    const std::vector<TextColumn> parts = textColumns(columns);
    QStringList titles;
    for (const TextColumn &column : parts)
        titles += column.title();
    QString out = titles.join(u'\t') + u'\n';
    for (const TagRow &row : rows) {
        QStringList cells;
        for (const TextColumn &column : parts)
            cells += plainText(column, row);
        out += cells.join(u'\t') + u'\n';
    }
    return out;
}

QString htmlTable(std::span<const TagRow> rows, std::span<const TagColumn> columns)
{
    const std::vector<TextColumn> parts = textColumns(columns);
    QString out = u"<table>\n<tr>"_s;
    for (const TextColumn &column : parts)
        out += u"<th>"_s + column.title().toHtmlEscaped() + u"</th>"_s;
    out += u"</tr>\n"_s;
    for (const TagRow &row : rows) {
        out += u"<tr>"_s;
        for (const TextColumn &column : parts) {
            out += column.isNumber() ? u"<td align=\"right\">"_s : u"<td>"_s;
            out += plainText(column, row).toHtmlEscaped() + u"</td>"_s;
        }
        out += u"</tr>\n"_s;
    }
    return out + u"</table>\n"_s;
}

QString markdownTable(std::span<const TagRow> rows, std::span<const TagColumn> columns)
{
    const std::vector<TextColumn> parts = textColumns(columns);
    QString out = u"|"_s;
    for (const TextColumn &column : parts)
        out += u' ' + column.title() + u" |"_s;
    out += u"\n|"_s;
    for (const TextColumn &column : parts)
        out += column.isNumber() ? u"---:|"_s : u"---|"_s;
    out += u'\n';
    for (const TagRow &row : rows) {
        out += u'|';
        for (const TextColumn &column : parts)
            out += u' ' + markdownText(column, row) + u" |"_s;
        out += u'\n';
    }
    return out;
}

} // namespace poolscope
