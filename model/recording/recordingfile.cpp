// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingfile.h"

#include "model/recording/schema.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString logPath(const QString &path)
{
    return path + u"-wal"_s;
}

Error cannotCopy(const QString &path)
{
    return {ErrorKind::BadInput, u"cannot make the temporary copy that this recording needs to be read"_s,
        path,
        u"make room in the folder for temporary files, or copy the recording and its -wal file to a folder "
        "that you may write to"_s};
}

} // namespace

RecordingFile::RecordingFile(const QString &path)
    : m_path(path)
{
}

Result<std::unique_ptr<RecordingFile>> RecordingFile::open(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists() || info.isDir()) {
        return Error{
            ErrorKind::BadInput, u"there is no such file"_s, path, u"look at the path and its spelling"_s};
    }
    std::unique_ptr<RecordingFile> file(new RecordingFile(info.canonicalFilePath()));
    file->m_hasLog = QFileInfo::exists(logPath(file->m_path));
    file->m_size = info.size();
    file->m_modified = info.lastModified();
    Result<Done> opened = file->openInPlace();
    if (!opened && opened.error().kind == ErrorKind::WriteFailed && file->m_hasLog)
        opened = file->openCopy();
    else if (!opened && !file->m_isNewer && info.size() > RecordingPageBytes) {
        if (const Result<Done> mended = file->openWithNewHead(); mended)
            opened = mended;
    }
    if (!opened)
        return opened.error();
    return file;
}

Result<Done> RecordingFile::openInPlace()
{
    return openDatabase(m_path, m_hasLog ? Database::Access::ReadOnly : Database::Access::Immutable);
}

/// On a medium that cannot be written to, SQLite does not read a write-ahead log.
Result<Done> RecordingFile::openCopy()
{
    m_copy = std::make_unique<QTemporaryDir>();
    const QString copy = m_copy->filePath(u"copy.poolscope"_s);
    if (!m_copy->isValid() || !QFile::copy(m_path, copy) || !QFile::copy(logPath(m_path), logPath(copy)))
        return cannotCopy(m_path);
    for (const QString &file : {copy, logPath(copy)})
        QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
    return openDatabase(copy, Database::Access::ReadOnly);
}

/// All recordings of a version begin with the same page but for some counts: where it is damaged, that of a
/// new recording does as well.
Result<Done> RecordingFile::openWithNewHead()
{
    auto folder = std::make_unique<QTemporaryDir>();
    const QString fresh = folder->filePath(u"fresh.poolscope"_s);
    const QString copy = folder->filePath(u"copy.poolscope"_s);
    if (!folder->isValid() || !createRecording(fresh) || !QFile::copy(m_path, copy))
        return cannotCopy(m_path);
    QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    QFile head(fresh);
    QFile body(copy);
    if (!head.open(QIODevice::ReadOnly) || !body.open(QIODevice::ReadWrite))
        return cannotCopy(m_path);
    QByteArray page = head.read(RecordingPageBytes);
    // "In-header database size", https://sqlite.org/fileformat2.html, big-endian.
    const auto pages = static_cast<quint32>(body.size() / RecordingPageBytes);
    for (int i = 0; i < 4; ++i)
        page[28 + i] = static_cast<char>(pages >> (24 - 8 * i) & 0xFF);
    if (body.write(page) != page.size() || !body.flush())
        return cannotCopy(m_path);
    body.close();
    m_copy = std::move(folder);
    const Result<Done> opened = openDatabase(copy, Database::Access::Immutable);
    // It is one of ours if it holds what only ours do.
    bool isOurs = false;
    if (opened) {
        for (const TableLayout *table : {&tables::Properties, &tables::Segments}) {
            static_cast<void>(
                scanPlainTable(*m_database, *table, 0, [&](qint64, const QVariantList &) { isOurs = true; }));
        }
    }
    if (!isOurs)
        return Error{ErrorKind::BadInput, u"this is not a PoolScope recording"_s, m_path, {}};
    m_damage += u"the head of the file is damaged; what lies behind it was read"_s;
    if (m_hasLog)
        m_damage += u"what the write-ahead log held is missing"_s;
    return opened;
}

Result<Done> RecordingFile::openDatabase(const QString &path, Database::Access access)
{
    m_access = access;
    Result<std::unique_ptr<Database>> opened = Database::open(path, access);
    if (!opened)
        return opened.error();
    m_database = std::move(opened).value();
    // A truncated file is read as far as it goes, and nothing in a damaged schema is run.
    for (const QString &pragma :
        {u"PRAGMA writable_schema=1"_s, u"PRAGMA trusted_schema=0"_s, u"PRAGMA cell_size_check=1"_s}) {
        if (const Result<Done> done = m_database->execute(pragma); !done)
            return done;
    }
    const Result<int> version = checkedVersion(*m_database, m_path);
    if (!version) {
        const Result<std::optional<QVariant>> number = m_database->value(u"PRAGMA user_version"_s);
        m_isNewer = number && number.value() && number.value()->toInt() > RecordingFormatVersion;
        return version.error();
    }
    m_version = version.value();
    return Done();
}

bool RecordingFile::isCurrent() const
{
    if (m_hasLog != QFileInfo::exists(logPath(m_path)))
        return false;
    if (isShared())
        return true;
    const QFileInfo info(m_path);
    return info.size() == m_size && info.lastModified() == m_modified;
}

} // namespace poolscope
