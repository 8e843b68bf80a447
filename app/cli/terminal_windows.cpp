// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/terminal.h"

#include <QWinEventNotifier>

#include <array>
#include <cstdio>
#include <optional>

#include <fcntl.h>
#include <io.h>
#include <windows.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

HANDLE input()
{
    return ::GetStdHandle(STD_INPUT_HANDLE);
}

HANDLE output()
{
    return ::GetStdHandle(STD_OUTPUT_HANDLE);
}

bool isConsole(HANDLE handle)
{
    DWORD mode = 0;
    return ::GetConsoleMode(handle, &mode) != 0;
}

std::optional<TerminalKey> keyFrom(const KEY_EVENT_RECORD &event)
{
    using Kind = TerminalKey::Kind;
    if (!event.bKeyDown)
        return std::nullopt;
    switch (event.wVirtualKeyCode) {
    case VK_UP:
        return TerminalKey{Kind::Up, 0};
    case VK_DOWN:
        return TerminalKey{Kind::Down, 0};
    case VK_PRIOR:
        return TerminalKey{Kind::PageUp, 0};
    case VK_NEXT:
        return TerminalKey{Kind::PageDown, 0};
    case VK_HOME:
        return TerminalKey{Kind::Home, 0};
    case VK_END:
        return TerminalKey{Kind::End, 0};
    case VK_ESCAPE:
        return TerminalKey{Kind::Escape, 0};
    case VK_SHIFT:
    case VK_CAPITAL:
        return std::nullopt; // on the way to a letter
    default:
        break;
    }
    const char32_t character = event.uChar.UnicodeChar;
    return character != 0 && character < 0x80 ? TerminalKey{Kind::Character, character} : TerminalKey{};
}

} // namespace

class Terminal::Private
{
public:
    explicit Private(Terminal *terminal)
        : q(terminal)
    {
    }

    void read()
    {
        std::array<INPUT_RECORD, 64> records;
        DWORD count = 0;
        if (!::ReadConsoleInputW(input(), records.data(), static_cast<DWORD>(records.size()), &count)) {
            notifier.reset();
            emit q->closed();
            return;
        }
        for (DWORD i = 0; i < count; ++i) {
            if (records[i].EventType != KEY_EVENT)
                continue;
            if (const auto key = keyFrom(records[i].Event.KeyEvent))
                emit q->keyPressed(*key);
        }
    }

    Terminal *q;
    std::optional<DWORD> inputBefore;
    std::optional<DWORD> outputBefore;
    std::unique_ptr<QWinEventNotifier> notifier;
};

Terminal::Terminal(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

Terminal::~Terminal()
{
    leave();
}

void Terminal::prepareOutput()
{
    ::_setmode(::_fileno(stdout), _O_BINARY);
    ::SetConsoleOutputCP(CP_UTF8);
}

bool Terminal::isInteractive()
{
    return isConsole(input()) && isConsole(output());
}

bool Terminal::outputIsTerminal()
{
    return isConsole(output());
}

bool Terminal::errorIsTerminal()
{
    return isConsole(GetStdHandle(STD_ERROR_HANDLE));
}

TerminalSize Terminal::size()
{
    CONSOLE_SCREEN_BUFFER_INFO info = {};
    if (!::GetConsoleScreenBufferInfo(output(), &info))
        return {};
    return {info.srWindow.Right - info.srWindow.Left + 1, info.srWindow.Bottom - info.srWindow.Top + 1};
}

Result<Done> Terminal::enter()
{
    DWORD inputMode = 0;
    DWORD outputMode = 0;
    ::GetConsoleMode(input(), &inputMode);
    ::GetConsoleMode(output(), &outputMode);
    d->inputBefore = inputMode;
    d->outputBefore = outputMode;
    const DWORD wanted = outputMode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING
        | DISABLE_NEWLINE_AUTO_RETURN;
    if (!::SetConsoleMode(output(), wanted)) {
        leave();
        return Error{ErrorKind::SourceUnavailable, u"this console cannot move its cursor"_s, {},
            u"use Windows Terminal or Windows 10 and later, or --once or --samples N for plain text"_s};
    }
    // Ctrl+C stays with the console's handler; the mouse does not select, which would stop all output.
    ::SetConsoleMode(input(),
        (inputMode & ~DWORD(ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT | ENABLE_QUICK_EDIT_MODE))
            | ENABLE_PROCESSED_INPUT | ENABLE_EXTENDED_FLAGS);
    d->notifier = std::make_unique<QWinEventNotifier>(input());
    connect(d->notifier.get(), &QWinEventNotifier::activated, this, [this] { d->read(); });
    return Done{};
}

void Terminal::leave()
{
    d->notifier.reset();
    if (d->inputBefore)
        ::SetConsoleMode(input(), *d->inputBefore);
    if (d->outputBefore)
        ::SetConsoleMode(output(), *d->outputBefore);
    d->inputBefore.reset();
    d->outputBefore.reset();
}

} // namespace poolscope
