// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/pseudoterminal.h"

#include <QDeadlineTimer>

#include <array>
#include <vector>

#include <csignal>

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace poolscope::testing {

namespace {

constexpr int Patience = 20'000; // ms; only a failing test waits so long
constexpr int Glance = 50; // ms

winsize sizeOf(int columns, int rows)
{
    winsize size = {};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    return size;
}

} // namespace

PseudoTerminal::PseudoTerminal(const QString &program, const QStringList &arguments, int columns, int rows)
    : m_screen(columns, rows)
{
    std::vector<QByteArray> words{program.toLocal8Bit()};
    words.reserve(static_cast<size_t>(arguments.size()) + 1);
    for (const QString &argument : arguments)
        words.push_back(argument.toLocal8Bit());
    std::vector<char *> pointers;
    pointers.reserve(words.size() + 1);
    for (QByteArray &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);

    const winsize size = sizeOf(columns, rows);
    m_pid = ::forkpty(&m_master, nullptr, nullptr, &size);
    if (m_pid == 0) {
        ::setenv("TERM", "xterm", 1);
        ::execvp(pointers[0], pointers.data());
        ::_exit(127);
    }
    if (m_pid < 0)
        qFatal("forkpty failed");
}

PseudoTerminal::~PseudoTerminal()
{
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    ::close(m_master);
}

void PseudoTerminal::type(const QByteArray &bytes)
{
    if (::write(m_master, bytes.constData(), static_cast<size_t>(bytes.size())) != bytes.size())
        qFatal("cannot type into the pseudo terminal");
}

void PseudoTerminal::resize(int columns, int rows)
{
    m_screen.resize(columns, rows);
    const winsize size = sizeOf(columns, rows);
    ::ioctl(m_master, TIOCSWINSZ, &size);
}

void PseudoTerminal::signal(int number)
{
    ::kill(m_pid, number);
}

bool PseudoTerminal::readSome()
{
    pollfd ready = {m_master, POLLIN, 0};
    if (::poll(&ready, 1, Glance) <= 0)
        return true;
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(m_master, buffer.data(), buffer.size());
    if (count <= 0)
        return false;
    const QByteArrayView bytes(buffer.data(), count);
    m_output += bytes;
    m_screen.feed(bytes);
    return true;
}

bool PseudoTerminal::waitFor(const std::function<bool(const TerminalScreen &)> &condition)
{
    const QDeadlineTimer deadline(Patience);
    while (!condition(m_screen)) {
        if (deadline.hasExpired() || !readSome())
            return condition(m_screen);
    }
    return true;
}

bool PseudoTerminal::waitForText(const QString &text)
{
    return waitFor([&text](const TerminalScreen &screen) { return screen.text().contains(text); });
}

std::optional<int> PseudoTerminal::waitForEnd()
{
    const QDeadlineTimer deadline(Patience);
    while (readSome() && !deadline.hasExpired()) {
        int status = 0;
        if (::waitpid(m_pid, &status, WNOHANG) != m_pid)
            continue;
        while (readSome() && !deadline.hasExpired()) {
            pollfd more = {m_master, POLLIN, 0};
            if (::poll(&more, 1, 0) <= 0 || (more.revents & POLLIN) == 0)
                break;
        }
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    // The terminal is closed: only the status is missing.
    int status = 0;
    if (deadline.hasExpired() || ::waitpid(m_pid, &status, 0) != m_pid)
        return std::nullopt;
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

termios PseudoTerminal::mode() const
{
    termios mode = {};
    ::tcgetattr(m_master, &mode);
    return mode;
}

bool PseudoTerminal::isCooked() const
{
    constexpr tcflag_t Flags = ICANON | ECHO | IEXTEN | ISIG;
    return (mode().c_lflag & Flags) == Flags;
}

} // namespace poolscope::testing
