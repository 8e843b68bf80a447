// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/snapshots/snapshotstore.h"

#include "model/core/binarysemaphore.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One message for many damaged files: nobody reads a hundred banners.
Error summary(const std::vector<Error> &damaged)
{
    if (damaged.size() == 1)
        return damaged.front();
    constexpr size_t Named = 5;
    QStringList names;
    for (size_t i = 0; i < std::min(Named, damaged.size()); ++i)
        names += damaged[i].where;
    if (damaged.size() > Named)
        names += u"and %1 more"_s.arg(damaged.size() - Named);
    return {ErrorKind::BadInput, u"%1 snapshot files cannot be read"_s.arg(damaged.size()), names.join(u", "),
        u"they were left as they are; restore them from a backup or move them away"_s};
}

} // namespace

SnapshotStore::SnapshotStore(const QString &folder, Recorder *recorder, QObject *parent)
    : QObject(parent)
    , m_archive(std::make_unique<SnapshotArchive>(folder, recorder))
{
    m_diskQueue.moveToThread(&m_thread);
    m_thread.setObjectName(u"snapshots"_s);
    m_thread.start();
}

SnapshotStore::~SnapshotStore()
{
    forgetRemoved();
    // Posted last, so everything asked before is done first. The semaphore shows ThreadSanitizer what
    // QThread::wait() keeps to itself.
    BinarySemaphore done(false);
    m_diskQueue.post([this, &done] {
        m_archive->close();
        QThread::currentThread()->quit();
        done.release();
    });
    done.acquire();
    m_thread.wait();
}

/// Runs `work(archive)` on the disk thread and hands its result to `then` on this one.
template <typename Work, typename Then>
void SnapshotStore::post(Work work, Then then)
{
    m_diskQueue.post(
        [this, archive = m_archive.get(), work = std::move(work), then = std::move(then)]() mutable {
            // The store outlives the thread; results that come at its end are dropped with the queue.
            m_windowQueue.post(
                [result = work(*archive), then = std::move(then)]() mutable { then(std::move(result)); });
        });
}

void SnapshotStore::load()
{
    post([](SnapshotArchive &archive) { return archive.list(); },
        [this](SnapshotArchive::Listing listing) { takeOver(std::move(listing)); });
}

void SnapshotStore::takeOver(SnapshotArchive::Listing listing)
{
    std::vector<SnapshotMeta> &listed = listing.snapshots;
    // What was taken while the folder was read stands in the list already.
    std::erase_if(listed, [this](const SnapshotMeta &meta) { return find(meta.id) != nullptr; });
    m_list.insert(
        m_list.end(), std::make_move_iterator(listed.begin()), std::make_move_iterator(listed.end()));
    std::ranges::stable_sort(m_list, {}, &SnapshotMeta::wall);
    m_lost = std::move(listing.lost);
    emit loaded();
    if (!m_lost.empty())
        emit lostChanged();
    if (!listing.damaged.empty())
        emit failed(summary(listing.damaged));
}

void SnapshotStore::followRecording(const QString &path)
{
    post([path](SnapshotArchive &archive) { return archive.moveTo(path); },
        [this, path](const std::vector<QUuid> &moved) {
            for (const QUuid &id : moved) {
                if (SnapshotMeta *const meta = findForChange(id))
                    meta->fileName = path;
                for (std::vector<Removed> &batch : m_removed) {
                    for (Removed &one : batch) {
                        if (one.meta.id == id)
                            one.meta.fileName = path;
                    }
                }
            }
        });
}

void SnapshotStore::adoptLost(const QString &path)
{
    post([path](SnapshotArchive &archive) { return archive.adopt(path); },
        [this, path](const Result<SnapshotArchive::Listing> &listing) {
            if (!listing.ok()) {
                emit failed(listing.error());
                return;
            }
            forgetLost(path);
            for (const SnapshotMeta &meta : listing.value().snapshots) {
                if (find(meta.id) == nullptr)
                    insert(meta);
            }
            if (!listing.value().damaged.empty())
                emit failed(summary(listing.value().damaged));
        });
}

void SnapshotStore::discardLost(const QString &path)
{
    post([path](SnapshotArchive &archive) { return archive.discard(path); },
        [this, path](const Result<Done> &discarded) {
            if (discarded.ok())
                forgetLost(path);
            else
                emit failed(discarded.error());
        });
}

void SnapshotStore::forgetLost(const QString &path)
{
    std::erase_if(m_lost, [&](const LostSnapshots &lost) { return lost.path == path; });
    emit lostChanged();
}

const SnapshotMeta *SnapshotStore::find(const QUuid &id) const
{
    const auto at = std::ranges::find(m_list, id, &SnapshotMeta::id);
    return at == m_list.end() ? nullptr : &*at;
}

SnapshotMeta *SnapshotStore::findForChange(const QUuid &id)
{
    const auto at = std::ranges::find(m_list, id, &SnapshotMeta::id);
    return at == m_list.end() ? nullptr : &*at;
}

Snapshot SnapshotStore::unsavedSnapshot(const SnapshotMeta &meta) const
{
    return {meta.id, meta.label, meta.note, meta.automatic, m_unsaved.value(meta.id)};
}

void SnapshotStore::insert(const SnapshotMeta &meta)
{
    m_list.insert(std::ranges::upper_bound(m_list, meta.wall, {}, &SnapshotMeta::wall), meta);
    emit added(meta.id);
}

QUuid SnapshotStore::take(const SamplePtr &sample, const QString &label, bool automatic)
{
    SnapshotMeta meta;
    meta.id = QUuid::createUuid();
    meta.label = label.isEmpty() ? defaultSnapshotLabel(sample->wall, automatic) : label;
    meta.automatic = automatic;
    meta.wall = sample->wall;
    meta.origin = sample->origin;
    meta.system = sample->system;
    meta.tagCount = static_cast<qint64>(sample->readings.size());
    save(meta, sample, true);
    return meta.id;
}

void SnapshotStore::save(const SnapshotMeta &meta, const SamplePtr &sample, bool isNew)
{
    const Snapshot snapshot{meta.id, meta.label, meta.note, meta.automatic, sample};
    post([snapshot](SnapshotArchive &archive) { return archive.save(snapshot); },
        [this, meta, sample, isNew](const Result<QString> &fileName) {
            if (isNew) {
                SnapshotMeta finished = meta;
                if (fileName.ok())
                    finished.fileName = fileName.value();
                else
                    m_unsaved.insert(meta.id, sample);
                insert(finished);
                if (fileName.ok())
                    saveUnsaved();
                else
                    emit failed(fileName.error());
                return;
            }
            if (!fileName.ok())
                return; // it was reported the first time
            SnapshotMeta *const kept = findForChange(meta.id);
            if (kept == nullptr) {
                savedAfterRemoval(meta.id, fileName.value());
                return;
            }
            kept->fileName = fileName.value();
            m_unsaved.remove(meta.id);
            emit changed(meta.id);
            // Edited while it was being written.
            if (kept->label != meta.label || kept->note != meta.note)
                change(meta.id, &SnapshotMeta::label, kept->label);
        });
}

/// Removed while it was being written: it goes for good with the others that were removed.
void SnapshotStore::savedAfterRemoval(const QUuid &id, const QString &fileName)
{
    bool canComeBack = false;
    for (std::vector<Removed> &batch : m_removed) {
        for (Removed &one : batch) {
            if (one.meta.id != id)
                continue;
            one.meta.fileName = fileName;
            canComeBack = true;
        }
    }
    if (canComeBack)
        return;
    SnapshotMeta meta;
    meta.id = id;
    meta.fileName = fileName;
    removeForGood(meta);
}

void SnapshotStore::removeForGood(const SnapshotMeta &meta)
{
    post([meta](SnapshotArchive &archive) { return archive.remove(meta); },
        [this](const Result<Done> &removed) {
            if (!removed.ok())
                emit failed(removed.error());
        });
}

void SnapshotStore::saveUnsaved()
{
    for (const SnapshotMeta &meta : m_list) {
        if (m_unsaved.contains(meta.id))
            save(meta, m_unsaved.value(meta.id), false);
    }
}

void SnapshotStore::setLabel(const QUuid &id, const QString &label)
{
    const SnapshotMeta *const meta = find(id);
    if (meta != nullptr && meta->label != label)
        change(id, &SnapshotMeta::label, label);
}

void SnapshotStore::setNote(const QUuid &id, const QString &note)
{
    const SnapshotMeta *const meta = find(id);
    if (meta != nullptr && meta->note != note)
        change(id, &SnapshotMeta::note, note);
}

void SnapshotStore::change(const QUuid &id, QString SnapshotMeta::*field, const QString &value)
{
    SnapshotMeta *const meta = findForChange(id);
    if (meta == nullptr)
        return;
    const QString before = std::exchange(meta->*field, value);
    emit changed(id);
    if (!meta->isSaved())
        return;
    post([meta = *meta](SnapshotArchive &archive) { return archive.relabel(meta, meta.label, meta.note); },
        [this, id, field, value, before](const Result<Done> &written) {
            if (written.ok())
                return;
            SnapshotMeta *const kept = findForChange(id);
            if (kept != nullptr && kept->*field == value) {
                kept->*field = before;
                emit changed(id);
            }
            emit failed(written.error());
        });
}

void SnapshotStore::remove(const QList<QUuid> &ids)
{
    std::vector<Removed> batch;
    QList<QUuid> gone;
    for (const QUuid &id : ids) {
        const auto at = std::ranges::find(m_list, id, &SnapshotMeta::id);
        if (at == m_list.end())
            continue;
        batch.push_back({std::move(*at), m_unsaved.take(id)});
        gone.append(id);
        m_list.erase(at);
    }
    if (batch.empty())
        return;
    m_removed.push_back(std::move(batch));
    emit removed(gone);
    emit undoCountChanged();
}

qsizetype SnapshotStore::undoCount() const
{
    return m_removed.empty() ? 0 : static_cast<qsizetype>(m_removed.back().size());
}

void SnapshotStore::undoRemove()
{
    if (m_removed.empty())
        return;
    const std::vector<Removed> batch = std::move(m_removed.back());
    m_removed.pop_back();
    for (const Removed &one : batch) {
        if (!one.meta.isSaved())
            m_unsaved.insert(one.meta.id, one.sample);
        insert(one.meta);
    }
    emit undoCountChanged();
}

void SnapshotStore::forgetRemoved()
{
    if (m_removed.empty())
        return;
    for (const std::vector<Removed> &batch : m_removed) {
        for (const Removed &one : batch) {
            if (!one.meta.isSaved())
                continue;
            removeForGood(one.meta);
        }
    }
    m_removed.clear();
    emit undoCountChanged();
}

quint64 SnapshotStore::fetch(const QList<QUuid> &ids)
{
    const quint64 request = ++m_lastRequest;
    std::vector<SnapshotMeta> metas;
    std::vector<Snapshot> unsaved;
    for (const QUuid &id : ids) {
        const SnapshotMeta *const meta = find(id);
        if (meta == nullptr)
            continue;
        metas.push_back(*meta);
        unsaved.push_back(unsavedSnapshot(*meta));
    }
    post(
        [metas, unsaved](SnapshotArchive &archive) -> Result<std::vector<Snapshot>> {
            std::vector<Snapshot> snapshots;
            for (size_t i = 0; i < metas.size(); ++i) {
                if (unsaved[i].sample) {
                    snapshots.push_back(unsaved[i]);
                    continue;
                }
                auto one = archive.read(metas[i]);
                if (!one)
                    return one.error();
                snapshots.push_back(std::move(one).value());
            }
            return snapshots;
        },
        [this, request](const Result<std::vector<Snapshot>> &result) {
            if (result.ok())
                emit fetched(request, result.value());
            else
                emit failed(result.error());
        });
    return request;
}

} // namespace poolscope
