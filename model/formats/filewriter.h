// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

QT_BEGIN_NAMESPACE
class QFileDevice;
QT_END_NAMESPACE

namespace poolscope {

/// Writes a whole file under a temporary name, brings it to the disk and renames it: under `path` stands
/// either what stood there before or all of `bytes`, also after a crash or a power cut. A device or pipe
/// (/dev/stdout) is written to directly. Blocks: not for the window's thread. The error is WriteFailed and
/// says what to do.
[[nodiscard]] Result<Done> writeFileWhole(const QString &path, const QByteArray &bytes);

/// The same for what does not fit into memory: write() piece by piece, then commit(). Without commit(), or
/// after an error, nothing of it stays (of what went into a device or pipe, of course). One thread.
class WholeFileWriter
{
public:
    [[nodiscard]] static Result<std::unique_ptr<WholeFileWriter>> open(const QString &path);
    ~WholeFileWriter();
    WholeFileWriter(const WholeFileWriter &) = delete;
    WholeFileWriter &operator=(const WholeFileWriter &) = delete;

    [[nodiscard]] Result<Done> write(QByteArrayView bytes);
    [[nodiscard]] Result<Done> commit();

private:
    WholeFileWriter(const QString &path, std::unique_ptr<QFileDevice> file, bool isDirect);

    QString m_path;
    std::unique_ptr<QFileDevice> m_file;
    bool m_isDirect;
};

} // namespace poolscope
