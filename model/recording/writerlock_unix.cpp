// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/writerlock.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

class WriterLock::Native
{
public:
    explicit Native(int descriptor, QByteArray path)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
    {
    }
    /// Removed while it is still locked, so that nobody can hold a lock on the name in between.
    ~Native()
    {
        if (m_owns)
            ::unlink(m_path.constData());
        ::close(m_descriptor);
    }
    Native(const Native &) = delete;
    Native &operator=(const Native &) = delete;

    [[nodiscard]] bool lock()
    {
        while (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
            if (errno != EINTR)
                return false;
        }
        return true;
    }
    /// False: whoever held the lock before removed the file while we opened it.
    [[nodiscard]] bool isStillThere()
    {
        struct stat mine = {};
        struct stat named = {};
        m_owns = ::fstat(m_descriptor, &mine) == 0 && ::stat(m_path.constData(), &named) == 0
            && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev;
        return m_owns;
    }

private:
    int m_descriptor;
    QByteArray m_path;
    bool m_owns = false;
};

WriterLock::WriterLock(std::unique_ptr<Native> native)
    : m_native(std::move(native))
{
}

WriterLock::~WriterLock() = default;

Result<std::unique_ptr<WriterLock>> WriterLock::acquire(const QString &recordingPath)
{
    const QByteArray path = QFile::encodeName(writerLockPath(recordingPath));
    while (true) {
        const int descriptor = ::open(path.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            return Error{ErrorKind::WriteFailed,
                u"cannot write here (%1)"_s.arg(QString::fromLocal8Bit(std::strerror(errno))),
                writerLockPath(recordingPath), u"choose a folder that you may write to"_s};
        }
        auto native = std::make_unique<Native>(descriptor, path);
        if (!native->lock())
            return writerLockRefused(recordingPath);
        if (native->isStillThere())
            return std::unique_ptr<WriterLock>(new WriterLock(std::move(native)));
    }
}

} // namespace poolscope
