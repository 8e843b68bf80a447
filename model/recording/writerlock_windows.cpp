// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/writerlock.h"

#include <QDir>

#include <windows.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

class WriterLock::Native
{
public:
    explicit Native(HANDLE handle)
        : m_handle(handle)
    {
    }
    ~Native() { CloseHandle(m_handle); }
    Native(const Native &) = delete;
    Native &operator=(const Native &) = delete;

private:
    HANDLE m_handle;
};

WriterLock::WriterLock(std::unique_ptr<Native> native)
    : m_native(std::move(native))
{
}

WriterLock::~WriterLock() = default;

/// Nobody else can open a file that is open without sharing; Windows removes it with its handle.
Result<std::unique_ptr<WriterLock>> WriterLock::acquire(const QString &recordingPath)
{
    const QString path = writerLockPath(recordingPath);
    const HANDLE handle = CreateFileW(reinterpret_cast<LPCWSTR>(QDir::toNativeSeparators(path).utf16()),
        GENERIC_WRITE, 0, nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_HIDDEN | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    if (handle != INVALID_HANDLE_VALUE)
        return std::unique_ptr<WriterLock>(new WriterLock(std::make_unique<Native>(handle)));
    const DWORD code = GetLastError();
    if (code == ERROR_SHARING_VIOLATION || code == ERROR_DELETE_PENDING)
        return writerLockRefused(recordingPath);
    return Error{ErrorKind::WriteFailed, u"cannot write here (error %1)"_s.arg(code), path,
        u"choose a folder that you may write to"_s};
}

} // namespace poolscope
