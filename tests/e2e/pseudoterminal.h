// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/e2e/terminalscreen.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <optional>

#include <sys/types.h>
#include <termios.h>

namespace poolscope::testing {

/// A program that runs in a terminal of its own, and that terminal. Kills the program when destroyed.
class PseudoTerminal
{
public:
    PseudoTerminal(const QString &program, const QStringList &arguments, int columns = 100, int rows = 24);
    ~PseudoTerminal();
    PseudoTerminal(const PseudoTerminal &) = delete;
    PseudoTerminal &operator=(const PseudoTerminal &) = delete;

    void type(const QByteArray &bytes);
    void resize(int columns, int rows);
    void signal(int number);
    /// Reads until `condition` holds; false when it does not within some seconds.
    [[nodiscard]] bool waitFor(const std::function<bool(const TerminalScreen &)> &condition);
    [[nodiscard]] bool waitForText(const QString &text);
    /// Its exit code once it has ended; -1 when a signal ended it, nullopt when it goes on running.
    [[nodiscard]] std::optional<int> waitForEnd();

    [[nodiscard]] const TerminalScreen &screen() const { return m_screen; }
    [[nodiscard]] QByteArray output() const { return m_output; } ///< all that it ever wrote
    [[nodiscard]] termios mode() const;
    [[nodiscard]] bool isCooked() const; ///< lines are edited and echoed, as a shell expects

private:
    /// Reads what comes within a short while; false at the end of output.
    bool readSome();

    pid_t m_pid = -1;
    int m_master = -1;
    TerminalScreen m_screen;
    QByteArray m_output;
};

} // namespace poolscope::testing
