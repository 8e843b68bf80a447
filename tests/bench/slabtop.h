// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QStandardPaths>
#include <QString>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

namespace poolscope::bench {

/// `slabtop -d 1` running in a pseudo terminal of its own, as the peer that others are compared with.
class Slabtop
{
public:
    Slabtop()
    {
        const QByteArray program = QStandardPaths::findExecutable(QStringLiteral("slabtop")).toLocal8Bit();
        if (program.isEmpty())
            return;
        // It wants a terminal, or leaves at once.
        winsize size{.ws_row = 40, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
        m_process = ::forkpty(&m_terminal, nullptr, nullptr, &size);
        if (m_process == 0) {
            ::setenv("TERM", "xterm", 1);
            ::execl(program.constData(), "slabtop", "-d", "1", nullptr);
            ::_exit(127);
        }
        // Somebody has to read what it draws, or it would wait.
        m_reader = std::thread([terminal = m_terminal] {
            char buffer[4096];
            while (::read(terminal, buffer, sizeof(buffer)) > 0) { }
        });
    }
    ~Slabtop()
    {
        if (m_process <= 0)
            return;
        ::kill(m_process, SIGTERM);
        ::waitpid(m_process, nullptr, 0);
        m_reader.join();
        ::close(m_terminal);
    }
    Slabtop(const Slabtop &) = delete;
    Slabtop &operator=(const Slabtop &) = delete;

    /// CPU time so far; nothing when slabtop is not installed or did not stay.
    [[nodiscard]] std::optional<double> cpuMicroseconds() const
    {
        std::ifstream file("/proc/" + std::to_string(m_process) + "/schedstat");
        double nanoseconds = 0;
        return m_process > 0 && file >> nanoseconds ? std::optional(nanoseconds / 1e3) : std::nullopt;
    }

private:
    pid_t m_process = -1;
    int m_terminal = -1;
    std::thread m_reader;
};

} // namespace poolscope::bench
