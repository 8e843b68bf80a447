// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/csvrow.h"

namespace poolscope {

CsvReader::CsvReader(QByteArrayView text, char separator)
    : m_text(text)
    , m_separator(separator)
{
    if (m_text.startsWith("\xEF\xBB\xBF"))
        m_at = 3;
}

void CsvReader::skipLineEnd()
{
    if (m_at < m_text.size() && m_text[m_at] == '\r')
        ++m_at;
    if (m_at < m_text.size())
        ++m_at;
    ++m_line;
}

CsvReader::Outcome CsvReader::readQuoted(QByteArray &field)
{
    for (++m_at; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '\n')
            ++m_line;
        if (c != '"') {
            field += c;
        } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == '"') {
            field += c;
            ++m_at;
        } else {
            ++m_at;
            return atLineEnd() || m_text[m_at] == m_separator ? Outcome::Row : Outcome::TextAfterQuote;
        }
    }
    return Outcome::Unclosed;
}

CsvReader::Outcome CsvReader::next()
{
    m_fields.clear();
    while (m_at < m_text.size() && atLineEnd())
        skipLineEnd();
    if (m_at >= m_text.size())
        return Outcome::End;
    m_rowLine = m_line;
    for (;;) {
        QByteArray field;
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            const Outcome outcome = readQuoted(field);
            if (outcome != Outcome::Row)
                return outcome;
        } else {
            const qsizetype begin = m_at;
            while (!atLineEnd() && m_text[m_at] != m_separator)
                ++m_at;
            field = m_text.sliced(begin, m_at - begin).toByteArray();
        }
        m_fields.push_back(std::move(field));
        if (atLineEnd()) {
            m_isUnended = m_at >= m_text.size();
            skipLineEnd();
            return Outcome::Row;
        }
        ++m_at; // the separator
    }
}

} // namespace poolscope
