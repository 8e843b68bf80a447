// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/snapshots/snapshotfolder.h"

#include "model/core/duration.h"
#include "model/formats/filewriter.h"
#include "model/formats/samplejson.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 HeadLength = 16'384;
constexpr int TrashDays = 7;

QString trashName(const QString &fileName)
{
    return fileName + u".trash"_s;
}

Error readError(const QString &path, const QString &why)
{
    return {ErrorKind::BadInput, u"cannot read the snapshot (%1)"_s.arg(why), QDir::toNativeSeparators(path),
        u"the file was left as it is; check the disk and the file's permissions"_s};
}

Error damageError(const QString &path, const QString &why)
{
    return {ErrorKind::BadInput, why, QDir::toNativeSeparators(path),
        u"the file was left as it is; restore it from a backup or move it away"_s};
}

SnapshotMeta metaOf(const Snapshot &snapshot, const QString &fileName, qint64 tagCount)
{
    const Sample &sample = *snapshot.sample;
    return {snapshot.id, snapshot.label, snapshot.note, snapshot.automatic, sample.wall, sample.origin,
        sample.system, tagCount, fileName};
}

/// Whether the file's last bytes close the JSON object: a file cut short does not.
bool endsWell(QFile &file)
{
    if (!file.seek(std::max<qint64>(0, file.size() - 8)))
        return false;
    return file.readAll().trimmed().endsWith('}');
}

/// Where the list of tags begins in the head of a file of ours; -1 when it is not one. Inside a text the
/// quotes would be escaped.
qsizetype tagsBegin(const QByteArray &head)
{
    return head.contains("\"tag_count\":") ? head.indexOf("\"tags\":") : -1;
}

} // namespace

Result<SnapshotMeta> SnapshotFolder::readHead(const QString &fileName) const
{
    const QString path = pathOf(fileName);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return readError(path, file.errorString());
    QByteArray head = file.read(HeadLength);
    const qsizetype cut = tagsBegin(head);
    if (cut < 0) {
        // A long note, or a file of another program.
        auto whole = snapshotFromJson(head + file.readAll(), path);
        if (!whole)
            return whole.error();
        const auto tags = static_cast<qint64>(whole.value().sample->readings.size());
        return metaOf(whole.value(), fileName, tags);
    }
    if (!endsWell(file))
        return damageError(path, u"the snapshot's file is cut short"_s);
    head = head.first(cut) + "\"tags\":[]}";
    const auto snapshot = snapshotFromJson(head, path);
    if (!snapshot)
        return snapshot.error();
    const qint64 tags = QJsonDocument::fromJson(head).object().value(u"tag_count"_s).toInteger();
    return metaOf(snapshot.value(), fileName, tags);
}

SnapshotFolder::Listing SnapshotFolder::list() const
{
    Listing listing;
    QSet<QUuid> seen;
    for (const QString &fileName : QDir(m_path).entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        auto meta = readHead(fileName);
        if (!meta) {
            listing.damaged.push_back(meta.error());
            continue;
        }
        listing.snapshots.push_back(std::move(meta).value());
        // A copied file has the id of its original.
        if (seen.contains(listing.snapshots.back().id))
            listing.snapshots.back().id = QUuid::createUuid();
        seen.insert(listing.snapshots.back().id);
    }
    std::ranges::stable_sort(listing.snapshots, {}, &SnapshotMeta::wall);
    return listing;
}

Result<QString> SnapshotFolder::save(const Snapshot &snapshot) const
{
    if (!QDir().mkpath(m_path)) {
        return Error{ErrorKind::WriteFailed, u"cannot make the folder for snapshots"_s,
            QDir::toNativeSeparators(m_path), u"make the folder, or allow writing to the one above it"_s};
    }
    // No colons: Windows has no file names with them.
    QString time = isoUtc(snapshot.sample->wall);
    time.remove(u':');
    const QString fileName = time + u'-' + snapshot.id.toString(QUuid::WithoutBraces) + u".json"_s;
    const auto written = writeFileWhole(pathOf(fileName), snapshotToJson(snapshot) + '\n');
    if (!written)
        return written.error();
    return fileName;
}

Result<Snapshot> SnapshotFolder::read(const SnapshotMeta &meta) const
{
    const QString path = pathOf(meta.fileName);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return readError(path, file.errorString());
    auto snapshot = snapshotFromJson(file.readAll(), path);
    if (!snapshot)
        return snapshot.error();
    Snapshot read = std::move(snapshot).value();
    read.id = meta.id;
    return read;
}

Result<Done> SnapshotFolder::relabel(
    const SnapshotMeta &meta, const QString &label, const QString &note) const
{
    auto snapshot = read(meta);
    if (!snapshot)
        return snapshot.error();
    Snapshot changed = std::move(snapshot).value();
    changed.label = label;
    changed.note = note;
    return writeFileWhole(pathOf(meta.fileName), snapshotToJson(changed) + '\n');
}

Result<Done> SnapshotFolder::moveToTrash(const SnapshotMeta &meta) const
{
    QFile file(pathOf(meta.fileName));
    if (file.rename(pathOf(trashName(meta.fileName))))
        return Done{};
    return Error{ErrorKind::WriteFailed, u"cannot delete the snapshot (%1)"_s.arg(file.errorString()),
        QDir::toNativeSeparators(pathOf(meta.fileName)), u"allow writing to the folder"_s};
}

Result<Done> SnapshotFolder::restore(const SnapshotMeta &meta) const
{
    QFile file(pathOf(trashName(meta.fileName)));
    if (file.rename(pathOf(meta.fileName)))
        return Done{};
    return Error{ErrorKind::WriteFailed, u"cannot bring the snapshot back (%1)"_s.arg(file.errorString()),
        QDir::toNativeSeparators(file.fileName()), u"rename the file to end in .json"_s};
}

void SnapshotFolder::purge(const SnapshotMeta &meta) const
{
    // What cannot be deleted now is tidied away at a later start.
    QFile::remove(pathOf(trashName(meta.fileName)));
}

void SnapshotFolder::tidy() const
{
    const QDateTime now = QDateTime::currentDateTime();
    const auto removeOlder = [&](const QString &pattern, int days) {
        for (const QFileInfo &file : QDir(m_path).entryInfoList({pattern}, QDir::Files)) {
            // Renaming sets the time of the last change of the entry, not of the contents.
            if (std::max(file.metadataChangeTime(), file.lastModified()).daysTo(now) >= days)
                QFile::remove(file.filePath());
        }
    };
    removeOlder(u"*.json.trash"_s, TrashDays);
    removeOlder(u"*.json.??????"_s, 1); // the temporary names of QSaveFile
}

} // namespace poolscope
