// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/loglines.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace poolscope {

namespace {

constexpr char Escape = '\x1B';
constexpr char NoBreak = '\xA0'; ///< a blank in Latin-1; in UTF-8 with Utf8Lead before it
constexpr char Utf8Lead = '\xC2';

bool hasByte(QByteArrayView line, char byte)
{
    return !line.isEmpty() && std::memchr(line.data(), byte, static_cast<size_t>(line.size())) != nullptr;
}

/// A soft break; a rule of several "=" is none, nor is the end of a line that mail would have broken before.
bool isBroken(QByteArrayView line)
{
    constexpr qsizetype LongestInMail = 76;
    return line.size() >= 2 && line.size() <= LongestInMail && line.endsWith('=')
        && line[line.size() - 2] != '=';
}

/// Web pages and word processors keep columns with blanks that do not break. A pool tag may hold that byte,
/// but has four bytes only.
bool isSpacedWithNoBreaks(QByteArrayView line)
{
    constexpr qsizetype TagSize = 4;
    return line.count(NoBreak) > TagSize || (hasByte(line, NoBreak) && !hasByte(line.trimmed(), ' '));
}

QByteArray withPlainBlanks(QByteArrayView line)
{
    QByteArray text;
    text.reserve(line.size());
    for (const char c : line) {
        if (c == NoBreak && text.endsWith(Utf8Lead))
            text.chop(1);
        text += c == NoBreak ? ' ' : c;
    }
    return text;
}

/// Without the colours of `grep --color` and of terminals. Whatever moves the cursor stays, and makes the
/// line unreadable: what it wrote over is not in the file.
QByteArray withoutColours(QByteArrayView line)
{
    QByteArray text;
    text.reserve(line.size());
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QByteArrayView rest = line.sliced(i);
        if (rest.startsWith("\x1B[K") || rest.startsWith("\x1B(B")) {
            i += 2;
            continue;
        }
        if (rest.startsWith("\x1B[")) {
            const auto isPart = [](char c) { return (c >= '0' && c <= '9') || c == ';'; };
            const auto *const end = std::find_if_not(rest.begin() + 2, rest.end(), isPart);
            if (end != rest.end() && *end == 'm') {
                i += end - rest.begin();
                continue;
            }
        }
        text += line[i];
    }
    return text;
}

/// A row of a Markdown table with blanks for its bars, the rule below its heading as an empty line.
QByteArray withoutBars(QByteArrayView row)
{
    const bool isRule = std::ranges::all_of(
        row, [](char c) { return c == '|' || c == '-' || c == ':' || c == ' ' || c == '\t'; });
    if (isRule && hasByte(row, '-'))
        return {};
    QByteArray text = row.sliced(1, row.size() - 2).toByteArray();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == '|' && (i == 0 || text[i - 1] != '\\'))
            text[i] = ' ';
    }
    return text;
}

QByteArrayView trimmedEnd(QByteArrayView line)
{
    while (line.endsWith(' ') || line.endsWith('\t'))
        line.chop(1);
    return line;
}

QByteArrayView withoutMarks(QByteArrayView line)
{
    while (line.startsWith('>'))
        line = line.sliced(line.startsWith("> >") ? 2 : 1);
    return line;
}

} // namespace

QByteArrayView unquoted(QByteArrayView line)
{
    const QByteArrayView text = withoutMarks(line);
    return text.size() < line.size() && text.startsWith(' ') ? text.sliced(1) : text;
}

/// Takes back what web pages, terminals and Markdown add to a line; almost no line needs it.
QByteArrayView LogLines::cleaned(QByteArrayView line)
{
    if (hasByte(line, Escape)) {
        m_cleaned = withoutColours(line);
        line = m_cleaned;
    }
    if (hasByte(line, NoBreak) && isSpacedWithNoBreaks(line)) {
        m_cleaned = withPlainBlanks(line);
        line = m_cleaned;
    }
    if (!line.startsWith('`') && !line.startsWith('|'))
        return line;
    const QByteArrayView text = trimmedEnd(line);
    if (text.size() > 2 && text.startsWith('`') && text.endsWith('`') && text[1] != '`')
        return text.sliced(1, text.size() - 2);
    constexpr qsizetype FewestBars = 3;
    if (!text.startsWith('|') || !text.endsWith('|') || text.count('|') < FewestBars)
        return line;
    m_cleaned = withoutBars(text);
    return m_cleaned;
}

bool LogLines::next()
{
    constexpr int MostBreaks = 4;
    if (!m_lines.next())
        return false;
    m_number = m_lines.number();
    m_line = cleaned(unquoted(m_lines.line()));
    if (!isBroken(m_line))
        return true;
    m_joined = m_line.toByteArray();
    QByteArrayView part = m_line;
    for (int i = 0; i < MostBreaks && isBroken(part); ++i) {
        m_joined.chop(1);
        // Some mail programs leave an empty line after the break.
        m_isBroken = !m_lines.next() || (m_lines.line().isEmpty() && !m_lines.next());
        if (m_isBroken)
            break;
        // A blank after the mark may be the row's own.
        part = withoutMarks(m_lines.line());
        m_joined += part;
    }
    m_line = cleaned(m_joined);
    return true;
}

} // namespace poolscope
