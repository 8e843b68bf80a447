// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QString>

namespace poolscope {

/// A line on the terminal's stderr that is written over as work goes on, from half a second on. Says nothing
/// when stderr is no terminal. Main thread.
class ProgressLine
{
public:
    explicit ProgressLine(const QString &what);
    /// Takes the line away.
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    /// "WHAT 42 %"; at most ten times a second.
    void show(double done);
    /// `text` instead of the whole line; at once.
    void showText(const QString &text);
    void clear();

private:
    QString m_what;
    bool m_isTerminal;
    QElapsedTimer m_since;
    qint64 m_nextAt;
    qsizetype m_width = 0; ///< of what stands there now
};

} // namespace poolscope
