// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace poolscope {

/// A small text file that the kernel writes anew for each reading (/proc, /sys), or a copy of one. Keeps its
/// descriptor and its buffer, so that a reading costs what the kernel takes and nothing else. POSIX only; one
/// thread at a time.
class KernelFile
{
public:
    KernelFile() = default;
    ~KernelFile();
    Q_DISABLE_COPY_MOVE(KernelFile)

    /// 0, or the errno that stood in its way; EINVAL for what is not a regular file. Closes what was open.
    [[nodiscard]] int open(const QString &path);
    void close();
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] const QString &path() const { return m_path; }

    /// The whole text as it is now; valid until the next call. Files above 64 MiB are refused.
    [[nodiscard]] Result<QByteArrayView> read();

private:
    QString m_path;
    int m_descriptor = -1;
    std::vector<char> m_buffer;
};

} // namespace poolscope
