// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/memoryarchive.h"
#include "model/core/binarysemaphore.h"
#include "tests/model/replay/randomrun.h"

#include <atomic>
#include <mutex>

namespace poolscope::test {

/// What a test and the archives that are open share: samples that a writer brings, and a door at which
/// reading can be stopped.
class SharedRun
{
public:
    void append(const RunSample &sample)
    {
        const std::lock_guard lock(m_mutex);
        m_run.push_back(sample);
    }
    [[nodiscard]] std::vector<RunSample> since(size_t first) const
    {
        const std::lock_guard lock(m_mutex);
        return {m_run.begin() + static_cast<std::ptrdiff_t>(first), m_run.end()};
    }

    std::atomic<bool> hasWriter = false;
    std::atomic<bool> isBlocked = false; ///< reads wait for a release of `door`
    std::atomic<int> reads = 0;
    BinarySemaphore door{false};

private:
    mutable std::mutex m_mutex;
    std::vector<RunSample> m_run;
};

/// An archive that grows with a SharedRun at each refresh().
class GrowingArchive : public SampleArchive
{
public:
    explicit GrowingArchive(std::shared_ptr<SharedRun> run)
        : m_run(std::move(run))
        , m_archive(QStringLiteral("run.poolscope"))
    {
        take();
    }

    [[nodiscard]] const RecordingInfo &info() const override { return m_info; }
    [[nodiscard]] const TimeAxis &axis() const override { return m_archive.axis(); }
    [[nodiscard]] const std::shared_ptr<const TagList> &tags() const override { return m_archive.tags(); }
    [[nodiscard]] const std::vector<Rows> &rows() const override { return m_archive.rows(); }
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index) override { return m_archive.sampleAt(index); }
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) override
    {
        ++m_run->reads;
        if (m_run->isBlocked)
            m_run->door.acquire();
        return m_archive.answer(request);
    }
    [[nodiscard]] Result<Snapshot> snapshot(const QUuid &id) override { return m_archive.snapshot(id); }
    [[nodiscard]] Result<Refreshed> refresh() override
    {
        take();
        return m_archive.refresh();
    }

private:
    void take()
    {
        for (const RunSample &next : m_run->since(m_taken)) {
            m_archive.add(next.sample, next.afterGap);
            ++m_taken;
        }
        m_info = m_archive.info();
        m_info.hasWriteAheadLog = m_run->hasWriter;
        m_info.marks = {{m_info.first + std::chrono::seconds(20), MarkKind::Note, QStringLiteral("one")},
            {m_info.first + std::chrono::seconds(60), MarkKind::Note, QStringLiteral("two")}};
    }

    std::shared_ptr<SharedRun> m_run;
    MemoryArchive m_archive;
    RecordingInfo m_info;
    size_t m_taken = 0;
};

} // namespace poolscope::test
