// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/binarysemaphore.h"
#include "model/replay/replayanalysis.h"
#include "model/replay/replaysession.h"
#include "model/sampling/analysisrun.h"
#include "model/sampling/mailbox.h"
#include "model/sampling/taskqueue.h"

#include <QElapsedTimer>
#include <QThread>
#include <QTimer>

#include <atomic>

namespace poolscope {

/// Two threads meet here, in the way LiveSession's do: commands go down as tasks, the moment wanted through a
/// mailbox; frames come up through a mailbox, everything else as tasks.
class ReplaySession::Private final : public ReplaySink
{
public:
    Private(ReplaySession &owner, ArchiveOpener archiveOpener);
    ~Private() override;

    // Replay thread
    void contentsChanged(RunNumber run, const ReplayContents &contents) override;
    void openFailed(RunNumber run, const Error &error) override;
    void frameBuilt(RunNumber run, const FramePtr &frame) override;
    void frameFailed(RunNumber run, const Error &error) override;
    void seriesAnswered(RunNumber run, const SeriesAnswer &answer) override;
    void snapshotRead(RunNumber run, const Snapshot &snapshot) override;
    void snapshotFailed(RunNumber run, const Error &error) override;
    void testRead(RunNumber run, const TestRun &test) override;
    void markChanged(
        RunNumber run, const Mark &mark, MarkChange change, const std::optional<Error> &error) override;

    // Window thread
    void restart(const FileUri &newFile);
    [[nodiscard]] FileOpener fileOpener(const FileUri &which) const;
    [[nodiscard]] bool isReady() const { return status.state == ReplayState::Ready; }
    void want(WallTime at);
    void moveTo(WallTime at);
    void insertMark(const Mark &mark);
    void eraseMark(const Mark &mark);
    void wantTest(const MarkedTest &test);
    void updateGrowing();
    void say() { emit q.statusChanged(status); }
    template <typename F>
    void toWorker(F call)
    {
        m_workerQueue.post([this, call = std::move(call)]() mutable { call(worker); });
    }

    ReplaySession &q;
    const ArchiveOpener opener; ///< called on the replay thread
    RunNumber run = 0; ///< of what is open
    RunNumber lastRun = 0;
    std::atomic<RunNumber> openingRun = 0; ///< written by the window thread; 0: nothing is being opened
    std::atomic<double> openingShare = 0; ///< written by the replay thread while it opens
    FileUri file; ///< that is open; without a path: none
    FileUri openingFile;
    ReplayStatus status;
    std::shared_ptr<const RecordingInfo> info;
    std::shared_ptr<const TimeAxis> axis;
    FramePtr frame;
    std::vector<Mark> marks; ///< the file's and own
    std::vector<Mark> ownMarks;
    std::vector<Mark> refusedMarks; ///< of these, those that the file does not take
    std::optional<WallTime> baseline;
    std::vector<TestInstant> analysedTests; ///< what the analysis was started with
    WallTime analysedFrom{}; ///< first sample of what the analysis was started with
    QTimer playTimer;
    QTimer refreshTimer;
    QElapsedTimer sinceTick;
    QElapsedTimer sinceGrowth; ///< invalid until a refresh has found samples
    ReplayWorker worker; ///< replay thread only, but for its requests()

private:
    template <typename T>
    struct OfRun
    {
        RunNumber run;
        T value;
    };
    struct Want
    {
        WallTime at;
        std::optional<WallTime> baseline;
    };
    template <typename F>
    void toWindow(RunNumber ofRun, F deliver)
    {
        m_windowQueue.post([this, ofRun, deliver = std::move(deliver)] {
            if (ofRun == run)
                deliver();
        });
    }
    void takeContents(const ReplayContents &contents);
    void reopen();
    void takeFrame();
    void takeAnalysis();
    bool addDamage(const QStringList &found);
    [[nodiscard]] bool addFindings();
    void playOn();

    struct TestWant
    {
        MarkedTest test;
        WallTime at;
    };

    Mailbox<OfRun<Want>> m_wants;
    Mailbox<OfRun<TestWant>> m_testWants;
    Mailbox<OfRun<FramePtr>> m_frames;
    TaskQueue m_windowQueue;
    TaskQueue m_workerQueue;
    QThread m_thread;
    BinarySemaphore m_done{false};

public:
    ReplayAnalysis analysis; ///< last, so that it ends before the queue that it reports to
};

} // namespace poolscope
