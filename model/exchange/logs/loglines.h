// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/linereader.h"

namespace poolscope {

/// The line without the marks of mail quoting ("> > "), which must begin in its first column.
[[nodiscard]] QByteArrayView unquoted(QByteArrayView line);

/// Walks a log as people send it around: without mail quoting, and with the soft line breaks of
/// quoted-printable mail (RFC 2045, 6.7: a "=" at the end) taken back. Blanks that do not break are blanks,
/// colours of terminals are left out, and so are the backquotes and bars of Markdown around code and tables.
/// See LineReader, whose rules hold here.
class LogLines
{
public:
    explicit LogLines(QIODevice &device)
        : m_lines(device)
    {
    }

    [[nodiscard]] bool next();
    [[nodiscard]] QByteArrayView line() const { return m_line; } ///< valid until next()
    [[nodiscard]] qint64 number() const { return m_number; } ///< of its first line, from 1
    /// Also where the file ends with a soft break.
    [[nodiscard]] bool isUnended() const { return m_isBroken || m_lines.isUnended(); }
    [[nodiscard]] QString failure() const { return m_lines.failure(); }

private:
    [[nodiscard]] QByteArrayView cleaned(QByteArrayView line);

    LineReader m_lines;
    QByteArray m_joined; ///< over a soft break
    QByteArray m_cleaned;
    QByteArrayView m_line;
    qint64 m_number = 0;
    bool m_isBroken = false;
};

} // namespace poolscope
