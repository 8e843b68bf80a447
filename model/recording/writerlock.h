// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QString>

#include <memory>

namespace poolscope {

/// Says that a recording is being written: at most one holder of a path at a time, also between processes.
/// The system lets go of it when the process dies in whatever way. A file NAME-lock beside the recording
/// stands for it, which goes with the lock; one that a crash left behind locks nothing.
class WriterLock
{
public:
    /// Refused while somebody else holds it.
    [[nodiscard]] static Result<std::unique_ptr<WriterLock>> acquire(const QString &recordingPath);
    ~WriterLock();
    WriterLock(const WriterLock &) = delete;
    WriterLock &operator=(const WriterLock &) = delete;

private:
    class Native;
    explicit WriterLock(std::unique_ptr<Native> native);
    std::unique_ptr<Native> m_native;
};

/// What acquire() says when the lock is held.
[[nodiscard]] Error writerLockRefused(const QString &recordingPath);
[[nodiscard]] QString writerLockPath(const QString &recordingPath);

} // namespace poolscope
