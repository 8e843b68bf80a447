// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/process/processsignals.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <map>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poolscope {

namespace {

// A signal handler can reach nothing else. It writes the signal's number into a pipe, which the event loop
// reads: the way of signal-safety(7).
std::atomic<int> g_writeEnd = -1;
std::atomic<bool> g_stopWanted = false;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

constexpr std::array StopSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
constexpr std::array TerminalSignals{SIGWINCH, SIGTSTP, SIGCONT};

bool isStopSignal(int number)
{
    return std::ranges::find(StopSignals, number) != StopSignals.end();
}

} // namespace

extern "C" {
static void poolscopeHandleSignal(int number)
{
    const int keptError = errno;
    if (isStopSignal(number))
        g_stopWanted = true;
    const auto byte = static_cast<unsigned char>(number);
    // A full pipe already holds what wakes the loop.
    [[maybe_unused]] const ssize_t written = ::write(g_writeEnd, &byte, 1);
    errno = keptError;
}
}

class ProcessSignals::Private
{
public:
    void handle(int number)
    {
        struct sigaction action = {};
        action.sa_handler = poolscopeHandleSignal;
        sigemptyset(&action.sa_mask);
        // No SA_RESTART: a write that waits for a reader has to return.
        struct sigaction before = {};
        ::sigaction(number, &action, &before);
        m_before.try_emplace(number, before);
    }

    void restore()
    {
        for (const auto &[number, action] : m_before)
            ::sigaction(number, &action, nullptr);
        m_before.clear();
    }

    std::array<int, 2> pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> notifier;
    std::unique_ptr<QSocketNotifier> readerWatch;

private:
    std::map<int, struct sigaction> m_before;
};

ProcessSignals::ProcessSignals(Output output)
    : d(std::make_unique<Private>())
{
    if (::pipe2(d->pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("pipe2 failed: no descriptors are left");
    g_stopWanted = false;
    g_writeEnd = d->pipe[1];
    d->notifier = std::make_unique<QSocketNotifier>(d->pipe[0], QSocketNotifier::Read);
    connect(d->notifier.get(), &QSocketNotifier::activated, this, [this] {
        unsigned char number = 0;
        while (::read(d->pipe[0], &number, 1) == 1) {
            if (isStopSignal(number))
                emit stopWanted();
            else if (number == SIGWINCH)
                emit terminalResized();
            else if (number == SIGTSTP)
                emit suspendWanted();
            else if (number == SIGCONT)
                emit resumed();
        }
    });
    for (const int number : StopSignals)
        d->handle(number);
    // Whoever reads our output may go at any time: the write tells.
    std::signal(SIGPIPE, SIG_IGN);
    if (output == Output::Watched)
        watchReader();
}

/// The next write may be an hour away. The writing end of a pipe is never readable; it becomes so, as an
/// error, when the last reader goes. Of sockets and terminals that is not true.
void ProcessSignals::watchReader()
{
    struct stat status = {};
    if (::fstat(STDOUT_FILENO, &status) != 0 || !S_ISFIFO(status.st_mode))
        return;
    d->readerWatch = std::make_unique<QSocketNotifier>(STDOUT_FILENO, QSocketNotifier::Read);
    connect(d->readerWatch.get(), &QSocketNotifier::activated, this, [this] {
        d->readerWatch->setEnabled(false);
        emit stopWanted();
    });
}

ProcessSignals::~ProcessSignals()
{
    d->restore();
    d->notifier.reset();
    d->readerWatch.reset();
    g_writeEnd = -1;
    ::close(d->pipe[0]);
    ::close(d->pipe[1]);
}

void ProcessSignals::watchTerminal()
{
    for (const int number : TerminalSignals)
        d->handle(number);
}

void ProcessSignals::suspend()
{
    std::signal(SIGTSTP, SIG_DFL);
    std::raise(SIGTSTP);
    d->handle(SIGTSTP);
}

void ProcessSignals::outliveFileLimits()
{
    std::signal(SIGXFSZ, SIG_IGN);
}

bool ProcessSignals::wasAskedToStop()
{
    return g_stopWanted;
}

} // namespace poolscope
