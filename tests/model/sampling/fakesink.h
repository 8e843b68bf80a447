// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/recordingsink.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace poolscope::fakes {

/// A disk that can be full and can hang. Shared between the test and the sinks on it; any thread.
class Disk
{
public:
    void setFull(bool full)
    {
        const std::lock_guard lock(mutex);
        isFull = full;
    }
    void setHanging(bool hanging)
    {
        const std::lock_guard lock(mutex);
        isHanging = hanging;
        changed.notify_all();
    }
    template <typename T>
    T get(T Disk::*field)
    {
        const std::lock_guard lock(mutex);
        return this->*field;
    }
    bool isWaiting()
    {
        const std::lock_guard lock(mutex);
        return waiting > 0;
    }

    std::mutex mutex;
    std::condition_variable changed;
    bool isFull = false;
    bool isHanging = false;
    int waiting = 0;
    // What was written by flush():
    std::vector<std::pair<SamplePtr, bool>> samples; ///< with afterGap
    std::vector<Mark> marks;
    std::vector<HostFacts> facts;
    std::vector<Snapshot> snapshots;
    int flushes = 0;
    int closed = 0;
};

class DiskSink final : public RecordingSink
{
public:
    explicit DiskSink(std::shared_ptr<Disk> disk)
        : m_disk(std::move(disk))
    {
    }

    void append(const SamplePtr &sample, bool afterGap) override { m_samples.emplace_back(sample, afterGap); }
    void addMark(const Mark &mark) override { m_marks.push_back(mark); }
    void addNote(const RecordingNote &note) override
    {
        m_marks.push_back({note.wall, MarkKind::Note, note.text});
    }
    void addHostFacts(const HostFacts &facts) override { m_facts.push_back(facts); }
    void putSnapshot(const Snapshot &snapshot) override { m_snapshots.push_back(snapshot); }
    void relabelSnapshot(const QUuid &, const QString &, const QString &) override { }
    void removeSnapshot(const QUuid &) override { }

    Result<Done> flush() override
    {
        std::unique_lock lock(m_disk->mutex);
        ++m_disk->waiting;
        m_disk->changed.wait(lock, [this] { return !m_disk->isHanging; });
        --m_disk->waiting;
        if (m_disk->isFull)
            return Error{ErrorKind::WriteFailed, QStringLiteral("the disk is full"), {}, {}};
        const auto move = [](auto &from, auto &to) {
            to.insert(to.end(), from.begin(), from.end());
            from.clear();
        };
        move(m_samples, m_disk->samples);
        move(m_marks, m_disk->marks);
        move(m_facts, m_disk->facts);
        move(m_snapshots, m_disk->snapshots);
        ++m_disk->flushes;
        return Done{};
    }
    Result<Done> close() override
    {
        auto flushed = flush();
        const std::lock_guard lock(m_disk->mutex);
        ++m_disk->closed;
        return flushed;
    }
    qint64 fileBytes() const override
    {
        const std::lock_guard lock(m_disk->mutex);
        return 4096 + 10 * static_cast<qint64>(m_disk->samples.size());
    }
    quint64 samplesDropped() const override { return 0; }

private:
    std::shared_ptr<Disk> m_disk;
    std::vector<std::pair<SamplePtr, bool>> m_samples;
    std::vector<Mark> m_marks;
    std::vector<HostFacts> m_facts;
    std::vector<Snapshot> m_snapshots;
};

inline RecordingOpener openerOf(const std::shared_ptr<Disk> &disk)
{
    return [disk](const QString &path) -> Result<std::unique_ptr<RecordingSink>> {
        if (path.endsWith(QStringLiteral("refused.poolscope")))
            return Error{ErrorKind::WriteFailed, QStringLiteral("somebody else records to it"), path, {}};
        return std::unique_ptr<RecordingSink>(std::make_unique<DiskSink>(disk));
    };
}

} // namespace poolscope::fakes
