// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/terminal.h"

#include "app/cli/keydecoder.h"

#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A terminal sends the bytes of one key together; after this long, Escape was the Escape key.
constexpr std::chrono::milliseconds EscapePause = 50ms;

} // namespace

class Terminal::Private
{
public:
    explicit Private(Terminal *terminal)
        : q(terminal)
    {
        escapeTimer.setSingleShot(true);
        escapeTimer.setInterval(EscapePause);
    }

    void read()
    {
        std::array<char, 256> buffer;
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (count <= 0) {
            notifier.reset();
            emit q->closed();
            return;
        }
        deliver(decoder.feed(QByteArrayView(buffer.data(), count)));
        if (decoder.isPending())
            escapeTimer.start();
        else
            escapeTimer.stop();
    }

    void deliver(const std::vector<TerminalKey> &keys)
    {
        for (const TerminalKey &key : keys)
            emit q->keyPressed(key);
    }

    Terminal *q;
    std::optional<termios> before;
    std::unique_ptr<QSocketNotifier> notifier;
    KeyDecoder decoder;
    QTimer escapeTimer;
};

Terminal::Terminal(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->escapeTimer, &QTimer::timeout, this, [this] { d->deliver(d->decoder.flush()); });
}

Terminal::~Terminal()
{
    leave();
}

void Terminal::prepareOutput() { } // it does

bool Terminal::isInteractive()
{
    const QByteArray kind = qgetenv("TERM");
    return ::isatty(STDIN_FILENO) == 1 && outputIsTerminal() && !kind.isEmpty() && kind != "dumb";
}

bool Terminal::outputIsTerminal()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool Terminal::errorIsTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

TerminalSize Terminal::size()
{
    winsize size = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return {};
    return {size.ws_col, size.ws_row};
}

Result<Done> Terminal::enter()
{
    termios mode = {};
    const bool known = ::tcgetattr(STDIN_FILENO, &mode) == 0;
    if (known && !d->before)
        d->before = mode;
    mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | IEXTEN);
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    // ISIG stays: Ctrl+C and Ctrl+Z arrive as the signals that everyone expects.
    if (!known || ::tcsetattr(STDIN_FILENO, TCSADRAIN, &mode) != 0) {
        return Error{ErrorKind::SourceUnavailable,
            u"cannot set up the terminal (%1)"_s.arg(QString::fromLocal8Bit(std::strerror(errno))), {},
            u"use --once or --samples N for plain text"_s};
    }
    d->notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(d->notifier.get(), &QSocketNotifier::activated, this, [this] { d->read(); });
    return Done{};
}

void Terminal::leave()
{
    d->notifier.reset();
    d->escapeTimer.stop();
    if (d->before)
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &*d->before);
    d->before.reset();
}

} // namespace poolscope
