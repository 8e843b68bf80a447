// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QSet>
#include <QString>
#include <QStringList>

namespace poolscope::testing {

/// A small terminal without a window: understands what a full-screen program of ours may send, and
/// remembers what it does not understand.
class TerminalScreen
{
public:
    TerminalScreen(int columns, int rows);

    void resize(int columns, int rows);
    void feed(QByteArrayView bytes);

    [[nodiscard]] QStringList lines() const; ///< without trailing blanks
    [[nodiscard]] QString text() const { return lines().join(u'\n'); }
    [[nodiscard]] bool isBold(int row) const { return m_boldRows.contains(row); }
    [[nodiscard]] bool isAlternate() const { return m_alternate; }
    [[nodiscard]] bool isCursorVisible() const { return m_cursorVisible; }
    [[nodiscard]] bool wraps() const { return m_wraps; }
    [[nodiscard]] QByteArrayList unknownSequences() const { return m_unknown; }

private:
    /// Length of the sequence at the front, 0 while it is incomplete.
    qsizetype takeSequence(QByteArrayView bytes);
    void obey(const QByteArray &parameters, char final);
    void setMode(const QByteArray &mode, bool on);
    void put(QChar c);
    void clear();

    int m_columns;
    int m_rows;
    QList<QString> m_lines;
    QSet<int> m_boldRows;
    int m_row = 0;
    int m_column = 0;
    bool m_bold = false;
    bool m_alternate = false;
    bool m_cursorVisible = true;
    bool m_wraps = true;
    QByteArray m_pending;
    QByteArrayList m_unknown;
};

} // namespace poolscope::testing
