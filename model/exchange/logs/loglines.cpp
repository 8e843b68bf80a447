// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/loglines.h"

namespace poolscope {

namespace {

/// A soft break; a rule of several "=" is none.
bool isBroken(QByteArrayView line)
{
    return line.size() >= 2 && line.endsWith('=') && line[line.size() - 2] != '=';
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

bool LogLines::next()
{
    constexpr int MostBreaks = 4;
    if (!m_lines.next())
        return false;
    m_number = m_lines.number();
    m_line = unquoted(m_lines.line());
    if (!isBroken(m_line))
        return true;
    m_joined = m_line.toByteArray();
    for (int i = 0; i < MostBreaks && isBroken(m_joined); ++i) {
        m_joined.chop(1);
        // Some mail programs leave an empty line after the break.
        m_isBroken = !m_lines.next() || (m_lines.line().isEmpty() && !m_lines.next());
        if (m_isBroken)
            break;
        // A blank after the mark may be the row's own.
        m_joined += withoutMarks(m_lines.line());
    }
    m_line = m_joined;
    return true;
}

} // namespace poolscope
