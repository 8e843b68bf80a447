// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/core/snapshotmeta.h"

#include <QHash>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace poolscope {

class Recorder;
class RecordingSink;
class RecordingWriter;

/// Snapshots of a session that did not end well, in a recording of their own.
struct LostSnapshots
{
    QString path;
    WallTime first{}; ///< time of the oldest
    int count = 0; ///< at least 1
};

/// Where snapshots live: in the recording of the session while it is recorded, else in an autosave
/// recording, one for each session, in one folder of the user's. What a call acknowledged survives the death
/// of the program. An autosave recording whose session did not end well is offered as LostSnapshots; those of
/// a session that runs in another window are left alone. Snapshots that earlier versions kept as JSON files
/// are taken over into a recording once; the files are then set aside in the folder "taken-over". Every call
/// blocks; all on one thread, close() as well.
class SnapshotArchive
{
public:
    /// `recorder` may be null: nothing is ever recorded; else it must outlive the archive.
    SnapshotArchive(QString folder, Recorder *recorder);
    ~SnapshotArchive();
    SnapshotArchive(const SnapshotArchive &) = delete;
    SnapshotArchive &operator=(const SnapshotArchive &) = delete;

    struct Listing
    {
        std::vector<SnapshotMeta> snapshots; ///< oldest first
        std::vector<Error> damaged; ///< files that are left out or have parts that are; they stay as they are
        std::vector<LostSnapshots> lost;
    };
    /// Of the sessions that ended well. A folder that does not exist is empty.
    [[nodiscard]] Listing list();

    /// The path of the file that has it. Makes the folder if needed.
    [[nodiscard]] Result<QString> save(const Snapshot &snapshot);
    [[nodiscard]] Result<Snapshot> read(const SnapshotMeta &meta);
    [[nodiscard]] Result<Done> relabel(const SnapshotMeta &meta, const QString &label, const QString &note);
    /// Deletes it for good, and its autosave recording with the last one.
    [[nodiscard]] Result<Done> remove(const SnapshotMeta &meta);

    /// Moves the snapshots of this session that are in the autosave recording to the one at `path`, which is
    /// being recorded now. The ids of those that moved.
    [[nodiscard]] std::vector<QUuid> moveTo(const QString &path);

    /// Takes over a recording that list() offered, or deletes it.
    [[nodiscard]] Result<Listing> adopt(const QString &path);
    [[nodiscard]] Result<Done> discard(const QString &path);

    /// Ends this session's autosave recording well.
    void close();

private:
    [[nodiscard]] Result<Done> openOwn();
    [[nodiscard]] Result<Done> change(const QString &path, const std::function<void(RecordingWriter &)> &own,
        const std::function<void(RecordingSink &)> &recorded);
    [[nodiscard]] QString pathOf(const SnapshotMeta &meta) const
    {
        return m_moved.value(meta.id, meta.fileName);
    }
    [[nodiscard]] bool isOwn(const QString &path) const;
    [[nodiscard]] bool isRecorded(const QString &path) const;
    void takeOverJson(Listing &listing);
    void addFrom(const QString &path, Listing &listing);
    void removeIfEmpty(const QString &path);

    QString m_folder;
    Recorder *m_recorder;
    /// Where moveTo() brought them: whoever asked before may still name the old place.
    QHash<QUuid, QString> m_moved;
    std::unique_ptr<RecordingWriter> m_own; ///< null before the first snapshot of the session
};

} // namespace poolscope
