// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/gui/startplatform.h"

#include <windows.h>
// After windows.h, which it builds on.
#include <shellapi.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A file or a pipe that the program was started with; a console's handle is not one.
bool writeRedirected(DWORD which, const QByteArray &utf8)
{
    const HANDLE handle = ::GetStdHandle(which);
    if (handle == nullptr || handle == INVALID_HANDLE_VALUE)
        return false;
    const DWORD kind = ::GetFileType(handle);
    if (kind != FILE_TYPE_DISK && kind != FILE_TYPE_PIPE)
        return false;
    DWORD written = 0;
    return ::WriteFile(handle, utf8.constData(), static_cast<DWORD>(utf8.size()), &written, nullptr) != 0;
}

/// cmd and PowerShell do not wait for a program with a window: their next prompt stands there already, so the
/// text begins on a line of its own.
bool writeToParentConsole(const QString &text)
{
    if (!::AttachConsole(ATTACH_PARENT_PROCESS))
        return false;
    const HANDLE console = ::CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr);
    if (console == INVALID_HANDLE_VALUE)
        return false;
    const std::wstring lines = QString(u'\n' + text).replace(u'\n', u"\r\n"_s).toStdWString();
    DWORD written = 0;
    const bool done =
        ::WriteConsoleW(console, lines.data(), static_cast<DWORD>(lines.size()), &written, nullptr) != 0;
    ::CloseHandle(console);
    return done;
}

} // namespace

QStringList commandLineArguments(int argc, char *argv[])
{
    int count = 0;
    wchar_t **const words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
    QStringList arguments;
    if (words == nullptr) {
        for (int i = 0; i < argc; ++i)
            arguments << QString::fromLocal8Bit(argv[i]);
        return arguments;
    }
    for (int i = 0; i < count; ++i)
        arguments << QString::fromWCharArray(words[i]);
    ::LocalFree(words);
    return arguments;
}

void tell(const QString &text, Tone tone)
{
    const bool answer = tone == Tone::Answer;
    if (writeRedirected(answer ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE, text.toUtf8())
        || writeToParentConsole(text))
        return;
    ::MessageBoxW(nullptr, text.toStdWString().c_str(), L"PoolScope",
        MB_OK | (answer ? MB_ICONINFORMATION : MB_ICONERROR));
}

} // namespace poolscope
