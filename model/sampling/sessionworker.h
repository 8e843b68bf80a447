// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/newestbyasker.h"
#include "model/sampling/session.h"

#include <chrono>
#include <optional>

namespace poolscope {

/// Numbers the sources that a LiveSession was started with: what belongs to an earlier one is dropped.
using RunNumber = quint64;

/// Who receives what a session worker produces; called on the session thread, must return at once.
class SessionSink
{
public:
    SessionSink() = default;
    SessionSink(const SessionSink &) = delete;
    SessionSink &operator=(const SessionSink &) = delete;
    virtual ~SessionSink() = default;

    virtual void frameBuilt(RunNumber run, const FramePtr &frame) = 0;
    virtual void markMade(RunNumber run, const Mark &mark) = 0;
    /// The session took the sample in; `afterGap`: samples are missing before it.
    virtual void sampleAdded(RunNumber run, const SamplePtr &sample, bool afterGap) = 0;
    /// How far back the history reaches has changed, because its memory is full.
    virtual void historyThinned(RunNumber run, const HistoryReach &reach) = 0;
    virtual void seriesAnswered(RunNumber run, const SeriesRequest &request, const SeriesAnswer &answer) = 0;
    virtual void snapshotDue(RunNumber run, const SamplePtr &sample) = 0;
};

using SeriesRequests = NewestByAsker<SeriesRequest>;

/// The session thread's side of a LiveSession: one Session at a time, its automatic snapshots and the
/// chart's requests. Every call but requests() is made on the session thread.
class SessionWorker
{
public:
    /// `sink` must outlive the worker.
    explicit SessionWorker(SessionSink &sink);

    /// Starts anew with an empty session.
    void restart(RunNumber run);
    /// A sample of an earlier run is dropped.
    void add(RunNumber run, const SamplePtr &sample, bool afterGap);
    void resetBaseline();
    /// A test starts, or stops, between the newest sample and the next: the analysis is to know.
    void markTest(bool isStart);
    /// Of this history and of those that follow, see History.
    void setHistoryBudget(qint64 bytes);
    [[nodiscard]] const Session &session() const { return m_session; }
    /// The first one is due one period after the newest sample (or after the first, if there is none yet).
    void setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period);

    [[nodiscard]] SeriesRequests &requests() { return m_requests; }
    void answerRequests();

private:
    void publishMarks();
    void checkAutoSnapshot();

    SessionSink &m_sink;
    SeriesRequests m_requests;
    RunNumber m_run = 0;
    qint64 m_historyBudget = DefaultHistoryBudget;
    Session m_session;
    std::optional<WallTime> m_exactFrom;
    std::optional<std::chrono::milliseconds> m_snapshotPeriod;
    std::optional<WallTime> m_nextSnapshot;
};

} // namespace poolscope
