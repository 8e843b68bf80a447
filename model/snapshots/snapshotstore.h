// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/core/snapshotmeta.h"
#include "model/sampling/taskqueue.h"
#include "model/snapshots/snapshotarchive.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QThread>

#include <memory>
#include <vector>

namespace poolscope {

class Recorder;

/// The snapshots that are kept, in recordings (see SnapshotArchive). Lives on the window's thread;
/// every call returns at once, all disk work is done by a thread of its own, in order. Destruction waits for
/// what was asked before. Lists hold no readings: fetch() brings them.
class SnapshotStore : public QObject
{
    Q_OBJECT

public:
    /// `folder` has the autosave recordings. `recorder`: of the session that the snapshots are of; must
    /// outlive the store, and null if nothing is ever recorded.
    explicit SnapshotStore(const QString &folder, Recorder *recorder = nullptr, QObject *parent = nullptr);
    ~SnapshotStore() override;

    /// Reads what the folder holds; loaded() follows. Files that cannot be read are reported by failed() and
    /// never touched.
    void load();
    [[nodiscard]] const std::vector<SnapshotMeta> &snapshots() const { return m_list; } ///< oldest first
    [[nodiscard]] const SnapshotMeta *find(const QUuid &id) const; ///< null: no such snapshot

    /// Keeps a sample. An empty label becomes defaultSnapshotLabel(). added() follows once the file is on the
    /// disk; from then on it survives the death of the program. When it cannot be written, failed() and
    /// added() follow: it stays in the list and in memory, marked as not saved, and is tried again with the
    /// next one.
    QUuid take(const SamplePtr &sample, const QString &label = {}, bool automatic = false);

    /// changed() follows at once; when the file cannot be written, failed(), and changed() back again.
    void setLabel(const QUuid &id, const QString &label);
    void setNote(const QUuid &id, const QString &note);

    /// The session is being recorded now to `path`: what was kept of it so far moves there.
    void followRecording(const QString &path);

    /// Of sessions that did not end well; lostChanged() says when there are some.
    [[nodiscard]] const std::vector<LostSnapshots> &lost() const { return m_lost; }
    void adoptLost(const QString &path); ///< added() follows for each
    void discardLost(const QString &path); ///< deletes them for good

    /// Takes them off the list; removed() follows at once. They stay on the disk until forgetRemoved() or
    /// the end of the program.
    void remove(const QList<QUuid> &ids);
    /// How many the next undoRemove() brings back; 0: nothing to undo.
    [[nodiscard]] qsizetype undoCount() const;
    void undoRemove(); ///< the last remove() that was not undone; added() follows for each
    void forgetRemoved(); ///< deletes for good what was removed so far

    /// Brings whole snapshots, in the order asked; fetched() follows with the number returned here, or
    /// failed() when one cannot be read.
    quint64 fetch(const QList<QUuid> &ids);

signals:
    void loaded();
    void lostChanged();
    void added(const QUuid &id);
    void changed(const QUuid &id);
    void removed(const QList<QUuid> &ids);
    void undoCountChanged();
    void fetched(quint64 request, const std::vector<poolscope::Snapshot> &snapshots);
    void failed(const poolscope::Error &error);

private:
    struct Removed
    {
        SnapshotMeta meta;
        SamplePtr sample; ///< of one that was never saved
    };

    template <typename Work, typename Then>
    void post(Work work, Then then);
    void save(const SnapshotMeta &meta, const SamplePtr &sample, bool isNew);
    void savedAfterRemoval(const QUuid &id, const QString &fileName);
    void removeForGood(const SnapshotMeta &meta);
    void saveUnsaved();
    void change(const QUuid &id, QString SnapshotMeta::*field, const QString &value);
    void insert(const SnapshotMeta &meta);
    void takeOver(SnapshotArchive::Listing listing);
    void forgetLost(const QString &path);
    [[nodiscard]] SnapshotMeta *findForChange(const QUuid &id);
    [[nodiscard]] Snapshot unsavedSnapshot(const SnapshotMeta &meta) const;

    std::unique_ptr<SnapshotArchive> m_archive; ///< used on the disk thread only
    QThread m_thread;
    TaskQueue m_diskQueue; ///< lives on m_thread
    TaskQueue m_windowQueue; ///< lives where the store does; brings the results
    std::vector<SnapshotMeta> m_list;
    std::vector<LostSnapshots> m_lost;
    QHash<QUuid, SamplePtr> m_unsaved; ///< in the list, not on the disk
    std::vector<std::vector<Removed>> m_removed; ///< batches, newest last
    quint64 m_lastRequest = 0;
};

} // namespace poolscope
