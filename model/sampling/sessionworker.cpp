// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/sessionworker.h"

namespace poolscope {

SessionWorker::SessionWorker(SessionSink &sink)
    : m_sink(sink)
{
}

void SessionWorker::restart(RunNumber run)
{
    m_run = run;
    m_session = Session(m_historyBudget);
    m_exactFrom.reset();
    m_nextSnapshot.reset();
}

void SessionWorker::add(RunNumber run, const SamplePtr &sample, bool afterGap)
{
    if (run != m_run)
        return;
    if (const FramePtr frame = m_session.add(sample, afterGap)) {
        m_sink.frameBuilt(m_run, frame);
        m_sink.sampleAdded(m_run, sample, afterGap);
        publishMarks();
        checkAutoSnapshot();
        if (const auto reach = m_session.history().reach(); reach && reach->exactFrom != m_exactFrom) {
            m_exactFrom = reach->exactFrom;
            m_sink.historyThinned(m_run, *reach);
        }
    }
}

void SessionWorker::resetBaseline()
{
    if (const FramePtr frame = m_session.resetBaseline()) {
        m_sink.frameBuilt(m_run, frame);
        publishMarks();
    }
}

void SessionWorker::markTest(bool isStart)
{
    m_session.markTest(isStart);
}

void SessionWorker::setHistoryBudget(qint64 bytes)
{
    m_historyBudget = bytes;
    m_session.setHistoryBudget(bytes);
}

void SessionWorker::setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period)
{
    m_snapshotPeriod = period;
    m_nextSnapshot.reset();
    if (m_session.now() && period)
        m_nextSnapshot = *m_session.now() + *period;
}

/// Periods that passed without a sample are not made up for.
void SessionWorker::checkAutoSnapshot()
{
    if (!m_snapshotPeriod)
        return;
    const WallTime now = *m_session.now();
    if (m_nextSnapshot && now < *m_nextSnapshot)
        return;
    if (m_nextSnapshot)
        m_sink.snapshotDue(m_run, m_session.frame()->sample);
    m_nextSnapshot = now + *m_snapshotPeriod;
}

void SessionWorker::answerRequests()
{
    for (const SeriesRequest &request : m_requests.takeAll())
        m_sink.seriesAnswered(m_run, request, m_session.answer(request));
}

void SessionWorker::publishMarks()
{
    for (const Mark &mark : m_session.takeMarks())
        m_sink.markMade(m_run, mark);
}

} // namespace poolscope
