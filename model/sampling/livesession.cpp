// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/livesession.h"

#include "model/core/binarysemaphore.h"
#include "model/core/duration.h"
#include "model/sampling/lookback.h"
#include "model/sampling/mailbox.h"
#include "model/sampling/sampler.h"
#include "model/sampling/sessionworker.h"
#include "model/sampling/taskqueue.h"

#include <QThread>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

/// Three threads meet here. What they share are the queues and mailboxes, which lock for themselves; all
/// else belongs to one thread, as its comment says. Commands go down to the workers as tasks; frames and
/// status come up through mailboxes, everything else that comes up as tasks.
class LiveSession::Private final : public SamplerSink, public SessionSink
{
public:
    Private(LiveSession &owner, RecordingOpener openRecording);
    ~Private() override;

    // Sampler thread
    void sampleTaken(const SamplePtr &sample, bool afterGap) override;
    void markMade(const Mark &mark) override;
    void statusChanged(const SamplerStatus &status) override;

    // Session thread
    void frameBuilt(RunNumber run, const FramePtr &frame) override;
    void markMade(RunNumber run, const Mark &mark) override;
    void seriesAnswered(RunNumber run, const SeriesRequest &request, const SeriesAnswer &answer) override;
    void snapshotDue(RunNumber run, const SamplePtr &sample) override;
    void sampleAdded(RunNumber run, const SamplePtr &sample, bool afterGap) override;
    void historyThinned(RunNumber run, const HistoryReach &reach) override;
    void stopRecorder();

    // Window thread
    void restart();
    void insertMark(const Mark &mark);
    template <typename F>
    void toSampler(F call);
    template <typename F>
    void toSession(F call);

    LiveSession &q;
    RunNumber run = 0;
    QString uri;
    QString title;
    bool isPull = false;
    bool paused = false;
    SamplerStatus status;
    FramePtr frame;
    std::vector<Mark> marks;
    RecordingStatus recording;
    std::optional<HistoryReach> reach;

private:
    template <typename T>
    struct OfRun
    {
        RunNumber run;
        T value;
    };
    /// Runs `deliver` on the window's thread unless a newer source was started meanwhile.
    template <typename F>
    void toWindow(RunNumber ofRun, F deliver);
    void takeFrame();
    void takeStatus();
    void recordingChanged(const RecordingStatus &newStatus);
    void takeRecording();
    static void finish(QThread &thread, TaskQueue &queue, BinarySemaphore &done);

public:
    RunNumber samplerRun = 0; ///< sampler thread only
    Sampler sampler; ///< sampler thread only
    SessionWorker worker; ///< session thread only, but for its requests()

private:
    Mailbox<OfRun<FramePtr>> m_frames;
    Mailbox<OfRun<SamplerStatus>> m_statuses;
    Mailbox<RecordingStatus> m_recordings;
    TaskQueue m_windowQueue;
    TaskQueue m_samplerQueue;
    TaskQueue m_sessionQueue;
    QThread m_samplerThread;
    QThread m_sessionThread;
    BinarySemaphore m_samplerDone{false};
    BinarySemaphore m_sessionDone{false};

public:
    // Last, so that they end before the queues that they report to.
    Recorder recorder;
    LookBack lookBack;
};

LiveSession::Private::Private(LiveSession &owner, RecordingOpener openRecording)
    : q(owner)
    , sampler(*this)
    , worker(*this)
    , recorder([this](const RecordingStatus &now) { recordingChanged(now); }, std::move(openRecording))
    , lookBack([this](RunNumber ofRun, const SeriesAnswer &answer) {
        toWindow(ofRun, [this, answer] { emit q.seriesReady(answer); });
    })
{
    m_samplerThread.setObjectName(u"sampler"_s);
    m_sessionThread.setObjectName(u"session"_s);
    sampler.moveToThread(&m_samplerThread);
    m_samplerQueue.moveToThread(&m_samplerThread);
    m_sessionQueue.moveToThread(&m_sessionThread);
    m_samplerThread.start();
    m_sessionThread.start();
}

/// The sampler first, because it feeds the session.
LiveSession::Private::~Private()
{
    m_samplerQueue.post([this] { sampler.stop(); });
    finish(m_samplerThread, m_samplerQueue, m_samplerDone);
    finish(m_sessionThread, m_sessionQueue, m_sessionDone);
}

/// Waits for what the thread is doing at the moment, a read for instance. The semaphore tells
/// ThreadSanitizer what QThread::wait() keeps to itself: that all the thread did came before.
void LiveSession::Private::finish(QThread &thread, TaskQueue &queue, BinarySemaphore &done)
{
    queue.post([&done] {
        QThread::currentThread()->quit();
        done.release();
    });
    done.acquire();
    thread.wait();
}

template <typename F>
void LiveSession::Private::toSampler(F call)
{
    m_samplerQueue.post([this, call = std::move(call)]() mutable { call(sampler); });
}

template <typename F>
void LiveSession::Private::toSession(F call)
{
    m_sessionQueue.post([this, call = std::move(call)]() mutable { call(worker); });
}

template <typename F>
void LiveSession::Private::toWindow(RunNumber ofRun, F deliver)
{
    m_windowQueue.post([this, ofRun, deliver = std::move(deliver)] {
        if (ofRun == run)
            deliver();
    });
}

void LiveSession::Private::sampleTaken(const SamplePtr &sample, bool afterGap)
{
    toSession([ofRun = samplerRun, sample, afterGap](
                  SessionWorker &session) { session.add(ofRun, sample, afterGap); });
}

void LiveSession::Private::markMade(const Mark &mark)
{
    toWindow(samplerRun, [this, mark] { insertMark(mark); });
}

void LiveSession::Private::statusChanged(const SamplerStatus &newStatus)
{
    if (m_statuses.put({samplerRun, newStatus}))
        m_windowQueue.post([this] { takeStatus(); });
}

void LiveSession::Private::takeStatus()
{
    const auto newest = m_statuses.take();
    if (!newest || newest->run != run)
        return;
    status = newest->value;
    emit q.statusChanged(status);
}

void LiveSession::Private::frameBuilt(RunNumber ofRun, const FramePtr &newFrame)
{
    if (m_frames.put({ofRun, newFrame}))
        m_windowQueue.post([this] { takeFrame(); });
}

void LiveSession::Private::takeFrame()
{
    const auto newest = m_frames.take();
    if (!newest || newest->run != run)
        return;
    frame = newest->value;
    emit q.frameReady(frame);
}

void LiveSession::Private::markMade(RunNumber ofRun, const Mark &mark)
{
    toWindow(ofRun, [this, mark] { insertMark(mark); });
}

/// What memory holds only thinned may be in the recording.
void LiveSession::Private::seriesAnswered(
    RunNumber ofRun, const SeriesRequest &request, const SeriesAnswer &answer)
{
    const Session &session = worker.session();
    const auto historyReach = session.history().reach();
    const bool isThinned = historyReach && historyReach->exactFrom && request.from < *historyReach->exactFrom;
    if (isThinned) {
        const RecordingStatus now = recorder.status();
        if (now.state == RecordingState::Recording) {
            lookBack.ask(ofRun,
                {request, answer, session.frame()->firstWall, *historyReach->exactFrom, session.frame()->tags,
                    now.path});
            return;
        }
    }
    toWindow(ofRun, [this, answer] { emit q.seriesReady(answer); });
}

void LiveSession::Private::snapshotDue(RunNumber ofRun, const SamplePtr &sample)
{
    toWindow(ofRun, [this, sample] { emit q.snapshotDue(sample); });
}

void LiveSession::Private::sampleAdded(RunNumber, const SamplePtr &sample, bool afterGap)
{
    recorder.append(sample, afterGap);
}

void LiveSession::Private::historyThinned(RunNumber ofRun, const HistoryReach &newReach)
{
    toWindow(ofRun, [this, newReach] {
        reach = newReach;
        emit q.historyThinned();
    });
}

void LiveSession::Private::stopRecorder()
{
    recorder.stop();
    lookBack.close();
}

/// Any thread.
void LiveSession::Private::recordingChanged(const RecordingStatus &newStatus)
{
    if (m_recordings.put(newStatus))
        m_windowQueue.post([this] { takeRecording(); });
}

void LiveSession::Private::takeRecording()
{
    const auto newest = m_recordings.take();
    if (!newest)
        return;
    recording = *newest;
    emit q.recordingChanged(recording);
}

void LiveSession::Private::insertMark(const Mark &mark)
{
    const auto place = std::upper_bound(
        marks.begin(), marks.end(), mark, [](const Mark &a, const Mark &b) { return a.wall < b.wall; });
    marks.insert(place, mark);
    recorder.addMark(mark);
    emit q.marksChanged();
}

void LiveSession::Private::restart()
{
    ++run;
    paused = false;
    frame.reset();
    marks.clear();
    reach.reset();
    const std::chrono::milliseconds interval = status.interval;
    status = {};
    status.interval = status.effectiveInterval = interval;
    toSession([this, ofRun = run](SessionWorker &session) {
        stopRecorder();
        session.restart(ofRun);
    });
}

LiveSession::LiveSession(QObject *parent, RecordingOpener openRecording)
    : SessionHandle(parent)
    , d(std::make_unique<Private>(*this, std::move(openRecording)))
{
}

LiveSession::~LiveSession() = default;

void LiveSession::start(std::unique_ptr<Source> source)
{
    d->uri = source->uri();
    d->title = source->title();
    d->isPull = source->delivery() == Source::Delivery::Pull;
    d->restart();
    d->status.state = SamplerState::Opening;
    source->moveToThread(d->sampler.thread());
    d->toSampler([p = d.get(), run = d->run, source = std::move(source)](Sampler &sampler) mutable {
        p->samplerRun = run;
        sampler.start(std::move(source));
    });
    emit restarted();
}

void LiveSession::stop()
{
    d->uri.clear();
    d->title.clear();
    d->restart();
    d->toSampler([p = d.get(), run = d->run](Sampler &sampler) {
        p->samplerRun = run;
        sampler.stop();
    });
    emit restarted();
}

SessionAbilities LiveSession::abilities() const
{
    return d->isPull ? SessionAbility::Sampling | SessionAbility::OwnInterval : SessionAbility::Sampling;
}

QString LiveSession::sourceUri() const
{
    return d->uri;
}

QString LiveSession::sourceTitle() const
{
    return d->title;
}

void LiveSession::setInterval(std::chrono::milliseconds interval)
{
    const auto clamped = std::clamp(interval, MinInterval, MaxInterval);
    d->toSampler([clamped](Sampler &sampler) { sampler.setInterval(clamped); });
}

void LiveSession::setPaused(bool paused)
{
    d->paused = paused;
    d->toSampler([paused](Sampler &sampler) { sampler.setPaused(paused); });
}

bool LiveSession::isPaused() const
{
    return d->paused;
}

void LiveSession::sampleNow()
{
    d->toSampler([](Sampler &sampler) { sampler.sampleNow(); });
}

void LiveSession::retryNow()
{
    d->toSampler([](Sampler &sampler) { sampler.retryNow(); });
}

void LiveSession::resetBaseline()
{
    d->toSession([](SessionWorker &session) { session.resetBaseline(); });
}

void LiveSession::addMark(MarkKind kind, const QString &text)
{
    // In source time: a replay's clock is that of its samples, and so is what belongs to a sample.
    const bool ofSample =
        kind == MarkKind::Snapshot || kind == MarkKind::TestStart || kind == MarkKind::TestStop || !d->isPull;
    const WallTime wall = ofSample && d->frame ? d->frame->sample->wall : wallTimeNow();
    d->insertMark({wall, kind, text});
    if (kind == MarkKind::TestStart || kind == MarkKind::TestStop)
        d->toSession([kind](SessionWorker &session) { session.markTest(kind == MarkKind::TestStart); });
}

void LiveSession::setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period)
{
    d->toSession([period](SessionWorker &session) { session.setAutoSnapshotPeriod(period); });
}

/// By way of the session's thread, as the samples go.
void LiveSession::startRecording(const QString &path)
{
    d->toSession([p = d.get(), path](SessionWorker &worker) {
        p->recorder.start(path);
        if (const FramePtr frame = worker.session().frame())
            p->recorder.append(frame->sample, false);
    });
}

void LiveSession::stopRecording()
{
    d->toSession([p = d.get()](SessionWorker &) { p->stopRecorder(); });
}

const RecordingStatus &LiveSession::recordingStatus() const
{
    return d->recording;
}

Recorder &LiveSession::recorder()
{
    return d->recorder;
}

void LiveSession::setHistoryBudget(qint64 bytes)
{
    const qint64 clamped = std::clamp(bytes, MinHistoryBudget, MaxHistoryBudget);
    d->toSession([clamped](SessionWorker &worker) { worker.setHistoryBudget(clamped); });
}

const std::optional<HistoryReach> &LiveSession::historyReach() const
{
    return d->reach;
}

void LiveSession::requestSeries(const SeriesRequest &request)
{
    if (d->worker.requests().put(request.token, request))
        d->toSession([](SessionWorker &session) { session.answerRequests(); });
}

FramePtr LiveSession::frame() const
{
    return d->frame;
}

const SamplerStatus &LiveSession::status() const
{
    return d->status;
}

const std::vector<Mark> &LiveSession::marks() const
{
    return d->marks;
}

} // namespace poolscope
