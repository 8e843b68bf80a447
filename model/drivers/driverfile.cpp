// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/driverfile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype PieceSize = 4 * 1024 * 1024;

Error problem(const QString &what, const QString &path, const QString &whatToDo = {})
{
    return {ErrorKind::BadInput, what, QDir::toNativeSeparators(path), whatToDo};
}

/// Fewer bytes when it shrank.
QByteArray readPieces(QFile &file, qint64 size, const Progress &goesOn)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qint64 count = 0;
    forEachPiece(size, goesOn, [&](qsizetype at, qsizetype pieceSize) {
        if (count == at)
            count += std::max<qint64>(file.read(bytes.data() + at, pieceSize), 0);
    });
    bytes.truncate(count);
    return bytes;
}

/// Why a folder cannot be listed; empty: it can. Qt does not tell.
QString whyUnlisted(const QString &folder)
{
    std::error_code error;
    const std::filesystem::directory_iterator listing(QFileInfo(folder).filesystemFilePath(), error);
    return error ? QString::fromLocal8Bit(error.message()) : QString();
}

struct Listing
{
    QStringList files;
    QStringList folders;
    QString problem; ///< empty: none
};

Listing listed(const QString &folder)
{
    // Even an empty folder has "." and ".."; the root of a drive of Windows has not, but is never empty.
    QDirIterator entries(
        folder, {u"*.sys"_s, u"*.exe"_s, u"*.dll"_s}, QDir::AllDirs | QDir::Files | QDir::Hidden);
    Listing found;
    if (!entries.hasNext())
        found.problem = whyUnlisted(folder);
    while (entries.hasNext()) {
        const QString path = entries.next();
        const QFileInfo info = entries.fileInfo();
        if (info.isFile())
            found.files << path;
        else if (info.fileName() != u"." && info.fileName() != u".." && !info.isSymLink()
            && !info.isJunction())
            found.folders << path;
    }
    return found;
}

void addFolder(const QString &top, const Progress &goesOn, DriverFiles &to)
{
    QStringList files;
    for (QStringList folders{top}; !folders.isEmpty();) {
        if (goesOn && !goesOn(0)) // nobody knows how many there are
            break;
        const QString folder = folders.takeLast();
        const Listing found = listed(folder);
        if (!found.problem.isEmpty())
            to.problems.push_back(problem(u"the folder cannot be listed (%1)"_s.arg(found.problem), folder));
        files << found.files;
        folders << found.folders;
    }
    files.sort();
    to.paths << files;
}

} // namespace

DriverFiles driverFilesIn(const QStringList &paths, const Progress &goesOn)
{
    DriverFiles files;
    for (const QString &path : paths) {
        if (QFileInfo(path).isDir())
            addFolder(path, goesOn, files);
        else
            files.paths << path;
    }
    files.paths.removeDuplicates();
    return files;
}

void forEachPiece(
    qsizetype size, const Progress &goesOn, const std::function<void(qsizetype, qsizetype)> &work)
{
    for (qsizetype at = 0; at < size; at += PieceSize) {
        if (at > 0 && goesOn && !goesOn(static_cast<double>(at) / static_cast<double>(size)))
            return;
        work(at, std::min(PieceSize, size - at));
    }
}

Result<QByteArray> readDriverFile(const QString &path, const Progress &goesOn)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return problem(u"is no ordinary file"_s, path); // a pipe or a device might never end
    // Not mapped into memory: a mapped file that another program cuts ends this one.
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return problem(u"cannot be read (%1)"_s.arg(file.errorString()), path);
    const qint64 size = file.size();
    if (size > LargestDriverFile)
        return problem(
            u"is larger than 512 MiB"_s, path, u"no driver is that large: look at what this file is"_s);
    bool isStopped = false;
    const QByteArray bytes = readPieces(file, size, [&](double done) {
        isStopped = goesOn && !goesOn(done);
        return !isStopped;
    });
    const bool isSame = isStopped || (bytes.size() == size && file.read(1).isEmpty());
    if (file.error() != QFileDevice::NoError)
        return problem(u"cannot be read (%1)"_s.arg(file.errorString()), path);
    if (!isSame)
        return problem(u"changed while it was read"_s, path, u"search once more"_s);
    return bytes;
}

} // namespace poolscope
