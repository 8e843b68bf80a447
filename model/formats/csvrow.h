// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace poolscope {

/// Walks the rows of an RFC 4180 text, or one with another separator than the comma; quoted fields may hold
/// commas, quotes and line ends; a UTF-8 byte order mark at the start is skipped; empty lines are skipped.
/// The text must outlive the reader.
class CsvReader
{
public:
    explicit CsvReader(QByteArrayView text, char separator = ',');

    enum class Outcome : quint8
    {
        Row,
        End,
        Unclosed, ///< a quoted field that never ends: see line() for where it began
        TextAfterQuote, ///< `"a"b`
    };
    [[nodiscard]] Outcome next();

    [[nodiscard]] const std::vector<QByteArray> &fields() const { return m_fields; }
    /// The row at hand has no line end: it may be cut off.
    [[nodiscard]] bool isUnended() const { return m_isUnended; }
    [[nodiscard]] qsizetype line() const { return m_rowLine; } ///< from 1: where the row begins

private:
    [[nodiscard]] bool atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == '\n' || isCrLf(); }
    [[nodiscard]] bool isCrLf() const
    {
        return m_text[m_at] == '\r' && (m_at + 1 == m_text.size() || m_text[m_at + 1] == '\n');
    }
    void skipLineEnd();
    [[nodiscard]] Outcome readQuoted(QByteArray &field);

    QByteArrayView m_text;
    char m_separator;
    qsizetype m_at = 0;
    qsizetype m_line = 1;
    qsizetype m_rowLine = 1;
    bool m_isUnended = false;
    std::vector<QByteArray> m_fields;
};

} // namespace poolscope
