// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testrun.h"
#include "model/archive/samplearchive.h"
#include "model/core/progress.h"
#include "model/exchange/logtimes.h"
#include "model/replay/replayframes.h"
#include "model/sampling/sessionworker.h"

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// What an archive holds, as values for another thread.
struct ReplayContents
{
    std::shared_ptr<const RecordingInfo> info; ///< never null
    std::shared_ptr<const TimeAxis> axis; ///< never null
    bool grew = false; ///< there are samples that the contents before lacked
};

/// Opens a file; called on the replay's thread.
using ArchiveOpener = std::function<Result<std::unique_ptr<SampleArchive>>(
    const QString &path, const LogTimes &times, const Progress &goesOn)>;
/// What is to be opened, and how: called on the replay's thread.
using FileOpener = std::function<Result<std::unique_ptr<SampleArchive>>(const Progress &goesOn)>;

/// Who receives what a replay worker produces; called on the replay's thread, must return at once.
class ReplaySink
{
public:
    ReplaySink() = default;
    ReplaySink(const ReplaySink &) = delete;
    ReplaySink &operator=(const ReplaySink &) = delete;
    virtual ~ReplaySink() = default;

    virtual void contentsChanged(RunNumber run, const ReplayContents &contents) = 0;
    virtual void openFailed(RunNumber run, const Error &error) = 0;
    virtual void frameBuilt(RunNumber run, const FramePtr &frame) = 0;
    /// The moment wanted cannot be read.
    virtual void frameFailed(RunNumber run, const Error &error) = 0;
    virtual void seriesAnswered(RunNumber run, const SeriesAnswer &answer) = 0;
    virtual void snapshotRead(RunNumber run, const Snapshot &snapshot) = 0;
    virtual void testRead(RunNumber run, const TestRun &test) = 0;
    /// nullopt: it stands in the file now, or no longer.
    virtual void markChanged(
        RunNumber run, const Mark &mark, MarkChange change, const std::optional<Error> &error) = 0;
    virtual void snapshotFailed(RunNumber run, const Error &error) = 0;
};

/// The replay thread's side of a ReplaySession: holds the archive and reads it. Every call but requests() is
/// made on the replay's thread.
class ReplayWorker
{
public:
    /// `sink` must outlive the worker.
    explicit ReplayWorker(ReplaySink &sink);

    /// On success in place of what was open, which stays else, and where `isWanted` says no in the end.
    void open(RunNumber run, const QString &path, const FileOpener &opener, const Progress &isWanted);
    void close();
    /// Builds the frame of the sample at or before `at`.
    void show(RunNumber run, WallTime at, std::optional<WallTime> baseline);
    void refresh(RunNumber run);
    void readTest(RunNumber run, const MarkedTest &test, WallTime at);
    void changeMark(RunNumber run, const Mark &mark, MarkChange change);
    void readSnapshot(RunNumber run, const QUuid &id);

    [[nodiscard]] SeriesRequests &requests() { return m_requests; }
    void answerRequests();

private:
    struct Moment
    {
        WallTime at{};
        std::optional<WallTime> baseline;
    };

    void publish(bool grew);
    void publishDamage();

    ReplaySink &m_sink;
    SeriesRequests m_requests;
    RunNumber m_run = 0;
    std::unique_ptr<SampleArchive> m_archive;
    std::optional<ReplayFrames> m_frames;
    std::optional<Moment> m_shown; ///< last
    qsizetype m_saidDamage = 0;
};

} // namespace poolscope
