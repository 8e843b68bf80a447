// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/kernelfile.h"

#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr size_t FirstBufferSize = 65'536;
constexpr size_t LargestFile = 67'108'864;

} // namespace

KernelFile::~KernelFile()
{
    close();
}

int KernelFile::open(const QString &path)
{
    close();
    m_path = path;
    // Without O_NONBLOCK a pipe in a copied tree would wait for its writer.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return errno;
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return EINVAL;
    }
    m_descriptor = descriptor;
    return 0;
}

void KernelFile::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

Result<QByteArrayView> KernelFile::read()
{
    if (m_buffer.empty())
        m_buffer.resize(FirstBufferSize);
    // The kernel hands out about a page of whole rows per call, however large the buffer is; a reading that
    // starts at 0 makes it print everything anew.
    size_t size = 0;
    while (true) {
        if (size == m_buffer.size()) {
            if (size >= LargestFile) {
                return Error{ErrorKind::BadInput, u"the file is larger than 64 MiB"_s, m_path,
                    u"give a copy of the kernel's own file"_s};
            }
            m_buffer.resize(size * 2);
        }
        const ssize_t count =
            ::pread(m_descriptor, m_buffer.data() + size, m_buffer.size() - size, static_cast<off_t>(size));
        if (count == 0)
            return QByteArrayView(m_buffer.data(), static_cast<qsizetype>(size));
        if (count > 0) {
            size += static_cast<size_t>(count);
        } else if (errno != EINTR) {
            return Error{ErrorKind::SourceUnavailable,
                u"cannot read: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno))), m_path,
                u"it is tried again"_s};
        }
    }
}

} // namespace poolscope
