// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/filewriter.h"

#include "model/formats/foldersync.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

Error writeError(const QString &path, const QFileDevice &file)
{
    const QString shown = QDir::toNativeSeparators(path);
    QString whatToDo = u"choose a folder that exists and that you may write to"_s;
    switch (file.error()) {
    case QFileDevice::WriteError:
    case QFileDevice::ResourceError:
    case QFileDevice::FatalError:
    case QFileDevice::ResizeError:
        whatToDo = u"free space on the disk, or choose a folder on another one"_s;
        break;
    default:
        break;
    }
    return {ErrorKind::WriteFailed, u"cannot write the file (%1)"_s.arg(file.errorString()), shown, whatToDo};
}

/// A disk that fills up takes a part of the bytes without calling it an error; the reason comes with the
/// next write.
bool writePiece(QFileDevice &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qint64 taken = file.write(bytes.data(), bytes.size());
        if (taken <= 0)
            return false;
        bytes = bytes.sliced(taken);
    }
    return true;
}

bool writeAll(QFileDevice &file, QByteArrayView bytes)
{
    return writePiece(file, bytes) && file.flush();
}

Result<Done> writeDirectly(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    // Unbuffered: a full device answers to the write itself.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || !writeAll(file, bytes))
        return writeError(path, file);
    file.close();
    if (file.error() != QFileDevice::NoError)
        return writeError(path, file);
    return Done{};
}

} // namespace

Result<Done> writeFileWhole(const QString &path, const QByteArray &bytes)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile() && !info.isDir())
        return writeDirectly(path, bytes);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return writeError(path, file);
    if (!writeAll(file, bytes) || !file.commit())
        return writeError(path, file);
    // A rename is only safe from a power cut once the folder's own entry is on the disk.
    syncFolder(info.absolutePath());
    return Done{};
}

WholeFileWriter::WholeFileWriter(const QString &path, std::unique_ptr<QFileDevice> file, bool isDirect)
    : m_path(path)
    , m_file(std::move(file))
    , m_isDirect(isDirect)
{
}

WholeFileWriter::~WholeFileWriter() = default;

Result<std::unique_ptr<WholeFileWriter>> WholeFileWriter::open(const QString &path)
{
    const QFileInfo info(path);
    const bool isDirect = info.exists() && !info.isFile() && !info.isDir();
    std::unique_ptr<QFileDevice> file;
    if (isDirect)
        file = std::make_unique<QFile>(path);
    else
        file = std::make_unique<QSaveFile>(path);
    const auto mode = isDirect ? QIODevice::WriteOnly | QIODevice::Unbuffered : QIODevice::WriteOnly;
    if (!file->open(mode))
        return writeError(path, *file);
    return std::unique_ptr<WholeFileWriter>(new WholeFileWriter(path, std::move(file), isDirect));
}

Result<Done> WholeFileWriter::write(QByteArrayView bytes)
{
    if (!writePiece(*m_file, bytes))
        return writeError(m_path, *m_file);
    return Done{};
}

Result<Done> WholeFileWriter::commit()
{
    if (!m_file->flush())
        return writeError(m_path, *m_file);
    if (m_isDirect) {
        m_file->close();
        if (m_file->error() != QFileDevice::NoError)
            return writeError(m_path, *m_file);
        return Done{};
    }
    if (!static_cast<QSaveFile &>(*m_file).commit())
        return writeError(m_path, *m_file);
    syncFolder(QFileInfo(m_path).absolutePath());
    return Done{};
}

} // namespace poolscope
