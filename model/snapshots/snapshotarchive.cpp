// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/snapshots/snapshotarchive.h"

#include "model/recording/recordingreader.h"
#include "model/recording/recordingwriter.h"
#include "model/recording/writerlock.h"
#include "model/sampling/recorder.h"
#include "model/snapshots/folderrecording.h"
#include "model/snapshots/snapshotfolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView TakenOverFolder("taken-over");
constexpr QLatin1StringView TakenOverName("taken-over.poolscope");

bool isJson(const QString &path)
{
    return path.endsWith(u".json"_s);
}

/// A recording and what SQLite and the writer's lock keep beside it.
Result<Done> deleteRecording(const QString &path)
{
    for (const QString &beside : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path + beside);
    QFile file(path);
    if (file.remove() || !file.exists())
        return Done{};
    return Error{ErrorKind::WriteFailed, u"cannot delete the snapshots (%1)"_s.arg(file.errorString()),
        QDir::toNativeSeparators(path), u"allow writing to the folder"_s};
}

} // namespace

SnapshotArchive::SnapshotArchive(QString folder, Recorder *recorder)
    : m_folder(std::move(folder))
    , m_recorder(recorder)
{
}

SnapshotArchive::~SnapshotArchive() = default;

bool SnapshotArchive::isOwn(const QString &path) const
{
    return m_own && m_own->path() == path;
}

bool SnapshotArchive::isRecorded(const QString &path) const
{
    return m_recorder != nullptr && m_recorder->isOn() && m_recorder->status().path == path;
}

SnapshotArchive::Listing SnapshotArchive::list()
{
    Listing listing;
    takeOverJson(listing);
    for (const QFileInfo &file : QDir(m_folder).entryInfoList({u"*.poolscope"_s}, QDir::Files, QDir::Name)) {
        const QString path = file.absoluteFilePath();
        if (!isOwn(path))
            addFrom(path, listing);
    }
    // The same snapshot may stand in two files when a program died while it moved it.
    QSet<QUuid> seen;
    std::erase_if(listing.snapshots, [&](const SnapshotMeta &meta) {
        const bool isKnown = seen.contains(meta.id);
        seen.insert(meta.id);
        return isKnown;
    });
    std::ranges::stable_sort(listing.snapshots, {}, &SnapshotMeta::wall);
    return listing;
}

void SnapshotArchive::addFrom(const QString &path, Listing &listing)
{
    const auto lock = WriterLock::acquire(path);
    if (!lock)
        return; // another window's
    const auto reader = RecordingReader::open(path);
    if (!reader) {
        listing.damaged.push_back(reader.error());
        return;
    }
    const RecordingInfo &info = reader.value()->info();
    for (const QString &sentence : info.damage) {
        listing.damaged.push_back({ErrorKind::BadInput, sentence, QDir::toNativeSeparators(path),
            u"the file was left as it is; restore it from a backup or move it away"_s});
    }
    if (info.hasWriteAheadLog) {
        if (!info.snapshots.empty()) {
            listing.lost.push_back(
                {path, info.snapshots.front().wall, static_cast<int>(info.snapshots.size())});
        }
        return;
    }
    for (SnapshotMeta meta : info.snapshots) {
        meta.fileName = path;
        listing.snapshots.push_back(std::move(meta));
    }
}

/// In one recording, which is written whole before any of the files is set aside: a program that dies in
/// between does the same again, and the snapshots keep their ids.
void SnapshotArchive::takeOverJson(Listing &listing)
{
    const SnapshotFolder files(m_folder);
    files.tidy();
    SnapshotFolder::Listing found = files.list();
    listing.damaged = std::move(found.damaged);
    if (found.snapshots.empty())
        return;
    const QString path = QFileInfo(m_folder + u'/' + TakenOverName).absoluteFilePath();
    auto writer = RecordingWriter::open(path);
    Result<Done> written = Done{};
    std::vector<SnapshotMeta> taken;
    if (writer.ok()) {
        for (const SnapshotMeta &meta : found.snapshots) {
            auto whole = files.read(meta);
            if (!whole) {
                listing.damaged.push_back(whole.error());
                continue;
            }
            writer.value()->putSnapshot(whole.value());
            taken.push_back(meta);
        }
        written = writer.value()->flush();
        if (written.ok())
            written = writer.value()->close();
    } else {
        written = writer.error();
    }
    if (!written.ok()) {
        // They are listed from their files, and taken over another time.
        for (SnapshotMeta &meta : found.snapshots) {
            meta.fileName = m_folder + u'/' + meta.fileName;
            listing.snapshots.push_back(std::move(meta));
        }
        return;
    }
    QDir folder(m_folder);
    folder.mkpath(TakenOverFolder);
    for (const SnapshotMeta &meta : taken)
        folder.rename(meta.fileName, TakenOverFolder + u'/' + meta.fileName);
}

Result<Done> SnapshotArchive::openOwn()
{
    if (m_own)
        return Done{};
    auto opened = makeRecordingIn(m_folder, u"snapshots"_s);
    if (!opened)
        return opened.error();
    m_own = std::move(opened).value();
    return Done{};
}

Result<QString> SnapshotArchive::save(const Snapshot &snapshot)
{
    if (m_recorder != nullptr && m_recorder->isOn()) {
        const QString path = m_recorder->status().path;
        const auto put = [snapshot](RecordingSink &sink) { sink.putSnapshot(snapshot); };
        if (m_recorder->change(path, put).ok())
            return path;
        // Its disk may be full or gone: this one may not be.
    }
    if (auto opened = openOwn(); !opened)
        return opened.error();
    m_own->putSnapshot(snapshot);
    if (auto written = m_own->flush(); !written)
        return written.error();
    return m_own->path();
}

Result<Snapshot> SnapshotArchive::read(const SnapshotMeta &meta)
{
    if (isJson(meta.fileName)) {
        SnapshotMeta file = meta;
        file.fileName = QFileInfo(meta.fileName).fileName();
        return SnapshotFolder(QFileInfo(meta.fileName).path()).read(file);
    }
    auto reader = RecordingReader::open(pathOf(meta));
    if (!reader)
        return reader.error();
    return reader.value()->snapshot(meta.id);
}

Result<Done> SnapshotArchive::change(const QString &path, const std::function<void(RecordingWriter &)> &own,
    const std::function<void(RecordingSink &)> &recorded)
{
    if (isRecorded(path))
        return m_recorder->change(path, recorded);
    if (!QFile::exists(path)) {
        return Error{ErrorKind::WriteFailed, u"the file with the snapshot is gone"_s,
            QDir::toNativeSeparators(path), u"bring it back, or take the snapshot anew"_s};
    }
    if (isOwn(path)) {
        own(*m_own);
        return m_own->flush();
    }
    auto writer = RecordingWriter::open(path);
    if (!writer)
        return writer.error();
    own(*writer.value());
    if (auto written = writer.value()->flush(); !written)
        return written;
    return writer.value()->close();
}

Result<Done> SnapshotArchive::relabel(const SnapshotMeta &meta, const QString &label, const QString &note)
{
    if (isJson(meta.fileName)) {
        SnapshotMeta file = meta;
        file.fileName = QFileInfo(meta.fileName).fileName();
        return SnapshotFolder(QFileInfo(meta.fileName).path()).relabel(file, label, note);
    }
    return change(
        pathOf(meta), [&](RecordingWriter &writer) { writer.relabelSnapshot(meta.id, label, note); },
        [id = meta.id, label, note](RecordingSink &sink) { sink.relabelSnapshot(id, label, note); });
}

Result<Done> SnapshotArchive::remove(const SnapshotMeta &meta)
{
    if (isJson(meta.fileName)) {
        SnapshotMeta file = meta;
        file.fileName = QFileInfo(meta.fileName).fileName();
        return SnapshotFolder(QFileInfo(meta.fileName).path()).moveToTrash(file);
    }
    auto removed = change(
        pathOf(meta), [&](RecordingWriter &writer) { writer.removeSnapshot(meta.id); },
        [id = meta.id](RecordingSink &sink) { sink.removeSnapshot(id); });
    if (removed.ok() && !isOwn(pathOf(meta)))
        removeIfEmpty(pathOf(meta));
    return removed;
}

/// Only an autosave recording: any other is the user's.
void SnapshotArchive::removeIfEmpty(const QString &path)
{
    if (QFileInfo(path).absolutePath() != QFileInfo(m_folder).absoluteFilePath())
        return;
    bool isEmpty = false;
    if (const auto reader = RecordingReader::open(path)) {
        const RecordingInfo &info = reader.value()->info();
        isEmpty = info.snapshots.empty() && info.samples == 0 && info.intact();
    }
    if (isEmpty)
        (void)deleteRecording(path); // what cannot be deleted holds nothing
}

std::vector<QUuid> SnapshotArchive::moveTo(const QString &path)
{
    std::vector<QUuid> moved;
    if (!m_own || !isRecorded(path))
        return moved;
    std::vector<Snapshot> whole;
    if (const auto reader = RecordingReader::open(m_own->path())) {
        for (const SnapshotMeta &meta : reader.value()->info().snapshots) {
            auto one = reader.value()->snapshot(meta.id);
            if (one.ok())
                whole.push_back(std::move(one).value());
        }
    }
    if (whole.empty())
        return moved;
    const auto put = [whole](RecordingSink &sink) {
        for (const Snapshot &snapshot : whole)
            sink.putSnapshot(snapshot);
    };
    if (!m_recorder->change(path, put).ok())
        return moved; // they stay where they are
    for (const Snapshot &snapshot : whole) {
        m_own->removeSnapshot(snapshot.id);
        m_moved.insert(snapshot.id, path);
        moved.push_back(snapshot.id);
    }
    (void)m_own->flush(); // else they stand in both, which does no harm
    return moved;
}

Result<SnapshotArchive::Listing> SnapshotArchive::adopt(const QString &path)
{
    auto writer = RecordingWriter::open(path);
    if (!writer)
        return writer.error();
    if (auto closed = writer.value()->close(); !closed)
        return closed.error();
    std::move(writer).value().reset();
    Listing listing;
    addFrom(path, listing);
    return listing;
}

Result<Done> SnapshotArchive::discard(const QString &path)
{
    const auto lock = WriterLock::acquire(path);
    if (!lock)
        return lock.error();
    return deleteRecording(path);
}

void SnapshotArchive::close()
{
    if (!m_own)
        return;
    const QString path = m_own->path();
    const bool isClosed = m_own->close().ok();
    m_own.reset();
    if (isClosed)
        removeIfEmpty(path);
}

} // namespace poolscope
