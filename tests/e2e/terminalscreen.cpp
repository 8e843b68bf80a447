// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/terminalscreen.h"

#include <algorithm>

namespace poolscope::testing {

TerminalScreen::TerminalScreen(int columns, int rows)
    : m_columns(columns)
    , m_rows(rows)
{
    clear();
}

void TerminalScreen::resize(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    clear(); // what stays is up to each terminal: rely on nothing
}

void TerminalScreen::clear()
{
    m_lines.fill(QString(m_columns, u' '), m_rows);
    m_boldRows.clear();
}

QStringList TerminalScreen::lines() const
{
    QStringList out;
    for (QString line : m_lines) {
        while (line.endsWith(u' '))
            line.chop(1);
        out += line;
    }
    return out;
}

void TerminalScreen::feed(QByteArrayView bytes)
{
    m_pending += bytes;
    qsizetype at = 0;
    while (at < m_pending.size()) {
        const auto byte = static_cast<unsigned char>(m_pending[at]);
        if (byte == 0x1b) {
            const qsizetype length = takeSequence(QByteArrayView(m_pending).sliced(at));
            if (length == 0)
                break;
            at += length;
            continue;
        }
        const qsizetype length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        if (at + length > m_pending.size())
            break;
        put(QString::fromUtf8(m_pending.sliced(at, length)).at(0));
        at += length;
    }
    m_pending.remove(0, at);
}

void TerminalScreen::put(QChar c)
{
    if (c == u'\r') {
        m_column = 0;
    } else if (c == u'\n') {
        m_row = std::min(m_row + 1, m_rows - 1);
    } else if (c.isPrint() && m_row < m_rows) {
        m_lines[m_row][std::min(m_column, m_columns - 1)] = c;
        ++m_column;
        if (m_bold)
            m_boldRows.insert(m_row);
    }
}

qsizetype TerminalScreen::takeSequence(QByteArrayView bytes)
{
    if (bytes.size() < 2)
        return 0;
    if (bytes[1] != '[') {
        m_unknown += bytes.first(2).toByteArray();
        return 2;
    }
    qsizetype end = 2;
    while (end < bytes.size() && bytes[end] >= 0x20 && bytes[end] <= 0x3F)
        ++end;
    if (end == bytes.size())
        return 0;
    obey(bytes.sliced(2, end - 2).toByteArray(), bytes[end]);
    return end + 1;
}

void TerminalScreen::obey(const QByteArray &parameters, char final)
{
    const QByteArrayList numbers = parameters.split(';');
    if (final == 'H') {
        m_row = std::clamp(numbers.value(0).toInt() - 1, 0, m_rows - 1);
        m_column = std::clamp(numbers.value(1).toInt() - 1, 0, m_columns - 1);
        // Every line of ours is written as a whole, from its start.
        if (m_column == 0)
            m_boldRows.remove(m_row);
    } else if (final == 'J' && parameters == "2") {
        clear();
    } else if (final == 'K' && parameters.isEmpty()) {
        if (m_column < m_columns)
            m_lines[m_row].replace(m_column, m_columns - m_column, QString(m_columns - m_column, u' '));
    } else if (final == 'm') {
        m_bold = numbers.contains("1");
    } else if ((final == 'h' || final == 'l') && parameters.startsWith('?')) {
        setMode(parameters, final == 'h');
    } else {
        m_unknown += parameters + final;
    }
}

void TerminalScreen::setMode(const QByteArray &mode, bool on)
{
    if (mode == "?1049") {
        m_alternate = on;
        clear();
    } else if (mode == "?25") {
        m_cursorVisible = on;
    } else if (mode == "?7") {
        m_wraps = on;
    } else if (mode != "?2004") { // bracketed paste, which shells switch on
        m_unknown += mode;
    }
}

} // namespace poolscope::testing
