// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/texttable.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

QString TextTable::toMarkdown() const
{
    QString head = u"|"_s;
    QString rule = u"|"_s;
    for (const Column &column : columns) {
        head += u' ' + markdownEscaped(column.title) + u" |"_s;
        rule += column.align == Align::Right ? u"---:|"_s : u"---|"_s;
    }
    QString out = head + u'\n' + rule + u'\n';
    for (const QStringList &row : rows) {
        out += u'|';
        for (const QString &cell : row)
            out += u' ' + markdownEscaped(cell) + u" |"_s;
        out += u'\n';
    }
    return out;
}

QString TextTable::toText() const
{
    std::vector<qsizetype> widths;
    for (const Column &column : columns)
        widths.push_back(column.title.size());
    for (const QStringList &row : rows) {
        for (size_t i = 0; i < columns.size(); ++i)
            widths[i] = std::max(widths[i], row[static_cast<qsizetype>(i)].size());
    }
    QString out;
    const auto addLine = [&](auto &&cellAt) {
        QString line;
        for (size_t i = 0; i < columns.size(); ++i) {
            const QString cell = cellAt(i);
            const QString pad(widths[i] - cell.size(), u' ');
            if (i > 0)
                line += u"  "_s;
            line += columns[i].align == Align::Right ? QString(pad + cell) : QString(cell + pad);
        }
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    };
    addLine([&](size_t i) { return columns[i].title; });
    for (const QStringList &row : rows)
        addLine([&](size_t i) { return row[static_cast<qsizetype>(i)]; });
    return out;
}

QString TextTable::toTabbed() const
{
    const auto cleaned = [](QString cell) {
        return cell.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
    };
    QStringList titles;
    for (const Column &column : columns)
        titles.append(cleaned(column.title));
    QString out = titles.join(u'\t') + u'\n';
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            out += (i > 0 ? u"\t"_s : QString()) + cleaned(row[i]);
        out += u'\n';
    }
    return out;
}

QString markdownEscaped(QStringView text)
{
    QString out;
    out.reserve(text.size() + 8);
    for (const QChar c : text) {
        if (c == u'\n' || c == u'\r') {
            out += u' ';
            continue;
        }
        if (u"\\|`*_<>[]"_s.contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

QByteArray csvField(QByteArrayView text)
{
    const bool ends = !text.isEmpty() && (text.front() == ' ' || text.back() == ' ');
    const bool quoted = ends
        || std::ranges::any_of(text, [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; });
    if (!quoted)
        return text.toByteArray();
    QByteArray out = "\""_ba;
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + '"';
}

} // namespace poolscope
