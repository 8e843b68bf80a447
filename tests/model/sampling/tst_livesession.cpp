// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/binarysemaphore.h"
#include "model/sampling/livesession.h"
#include "tests/model/sampling/fakes.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Pushes samples from the sampler's thread as fast as it can: `count` of them after open().
class FloodSource : public Source
{
    Q_OBJECT

public:
    explicit FloodSource(int count, std::chrono::nanoseconds spacing = 1s, std::atomic_int *emitted = nullptr)
        : m_left(count)
        , m_spacing(spacing)
        , m_emitted(emitted)
    {
    }
    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override { return u"flood:"_s; }
    [[nodiscard]] QString title() const override { return u"flood"_s; }
    [[nodiscard]] Result<Done> open() override
    {
        startTimer(0);
        return Done();
    }
    void close() override { }
    [[nodiscard]] Result<SamplePtr> read() override { return Error{}; }

protected:
    void timerEvent(QTimerEvent *event) override
    {
        if (m_left == 0) {
            killTimer(event->timerId());
            emit ended();
            return;
        }
        --m_left;
        const qint64 n = m_made++;
        Reading reading;
        reading.bytes = 4096 * n;
        reading.outstanding = n;
        emit sampleArrived(fakes::sampleAt(n * m_spacing, m_tags, {reading}, m_origin));
        if (m_emitted)
            ++*m_emitted;
    }

private:
    int m_left;
    qint64 m_made = 0;
    std::chrono::nanoseconds m_spacing;
    std::atomic_int *m_emitted;
    std::shared_ptr<const TagList> m_tags = fakes::tagList({"Leak"});
    std::shared_ptr<const Origin> m_origin = fakes::origin();
};

SeriesRequest requestForAll(quint64 token, const LiveSession &session)
{
    SeriesRequest request;
    request.token = token;
    request.wishes = {{TagId(0), {}}};
    request.from = fakes::FirstWall;
    request.to = session.frame()->sample->wall;
    request.columns = 100'000;
    return request;
}

std::unique_ptr<fakes::PullSource> countingSource()
{
    return std::make_unique<fakes::PullSource>(
        [n = qint64(0), tags = fakes::tagList({"Tag"}), origin = fakes::origin()]() mutable {
            Reading reading;
            reading.bytes = n;
            return Result<SamplePtr>(fakes::sampleAt(n++ * 1ms, tags, {reading}, origin));
        });
}

} // namespace

class TestLiveSession : public QObject
{
    Q_OBJECT

private slots:
    void slowWindowSkipsFramesButHistoryHasAll();
    void signalsArriveOnTheWindowThread();
    void blockingReadDoesNotBlockTheWindow();
    void destructionWhileReading();
    void startWhileAnotherRuns();
    void newerSeriesRequestReplacesOlder();
    void automaticSnapshotsFollowSourceTime();
    void baselineFromNewestSample();
    void marksAreInOrderOfTime();
    void pauseAndSampleNow();
    void failingSourceIsToldAndRetried();
    void stopEmptiesTheSession();
    void requestWithoutSourceIsAnswered();
};

void TestLiveSession::slowWindowSkipsFramesButHistoryHasAll()
{
    constexpr int Count = 2000;
    std::atomic_int emitted = 0;
    LiveSession session;
    std::vector<quint64> frames;
    // The window is busy with its first frame until the source has delivered all it has.
    connect(&session, &LiveSession::frameReady, this, [&](const FramePtr &frame) {
        frames.push_back(frame->number);
        while (emitted < Count)
            std::this_thread::yield();
    });
    session.start(std::make_unique<FloodSource>(Count, 1s, &emitted));
    // The wait above takes a whole processor: on a small and busy machine the rest takes its time.
    constexpr int WaitMs = 60'000;
    QTRY_VERIFY_WITH_TIMEOUT(session.frame() && session.frame()->number == quint64(Count), WaitMs);
    QVERIFY(frames.size() < size_t(Count));
    QVERIFY(std::is_sorted(frames.begin(), frames.end()));
    QTRY_COMPARE(session.status().state, SamplerState::Ended);

    QSignalSpy answers(&session, &LiveSession::seriesReady);
    session.requestSeries(requestForAll(7, session));
    QTRY_COMPARE(answers.size(), 1);
    const auto answer = answers[0][0].value<SeriesAnswer>();
    QCOMPARE(answer.token, quint64(7));
    QCOMPARE(answer.series.size(), size_t(1));
    QCOMPARE(answer.series[0].size(), size_t(Count));
    for (int i = 0; i < Count; ++i) {
        QCOMPARE(answer.series[0][size_t(i)].value, 4096.0 * i);
        QVERIFY(!answer.series[0][size_t(i)].afterGap);
    }
    QCOMPARE(session.status().samples, quint64(Count));
}

void TestLiveSession::signalsArriveOnTheWindowThread()
{
    LiveSession session;
    int calls = 0;
    const auto check = [&] {
        QCOMPARE(QThread::currentThread(), thread());
        ++calls;
    };
    // Direct connections: they run wherever the signal is emitted.
    connect(&session, &LiveSession::frameReady, this, check, Qt::DirectConnection);
    connect(&session, &LiveSession::statusChanged, this, check, Qt::DirectConnection);
    connect(&session, &LiveSession::marksChanged, this, check, Qt::DirectConnection);
    connect(&session, &LiveSession::seriesReady, this, check, Qt::DirectConnection);
    connect(&session, &LiveSession::snapshotDue, this, check, Qt::DirectConnection);
    session.setAutoSnapshotPeriod(10s);
    QSignalSpy snapshots(&session, &LiveSession::snapshotDue);
    session.start(std::make_unique<FloodSource>(50));
    QTRY_VERIFY(session.frame() && session.frame()->number == 50);
    QSignalSpy answers(&session, &LiveSession::seriesReady);
    QSignalSpy marks(&session, &LiveSession::marksChanged);
    session.requestSeries(requestForAll(1, session));
    session.resetBaseline();
    QTRY_COMPARE(answers.size(), 1);
    QTRY_COMPARE(marks.size(), 1);
    QTRY_COMPARE(snapshots.size(), 4);
    QVERIFY(calls >= 8);
}

void TestLiveSession::blockingReadDoesNotBlockTheWindow()
{
    BinarySemaphore readStarted(false);
    BinarySemaphore mayReturn(false);
    LiveSession session;
    session.start(std::make_unique<fakes::PullSource>([&] {
        readStarted.release();
        mayReturn.acquire();
        return Result<SamplePtr>(fakes::sampleAt(0s, fakes::tagList({"Tag"}), {Reading{}}));
    }));
    readStarted.acquire();
    // The read is stuck, and every call still comes back.
    session.setInterval(1s);
    session.setPaused(true);
    session.addMark(MarkKind::Note, u"while stuck"_s);
    session.resetBaseline();
    session.requestSeries({});
    QVERIFY(!session.frame());
    QCOMPARE(session.marks().size(), size_t(1));
    mayReturn.release();
    QTRY_VERIFY(session.frame());
    mayReturn.release();
}

void TestLiveSession::destructionWhileReading()
{
    BinarySemaphore readStarted(false);
    std::atomic_bool done = false;
    {
        LiveSession session;
        session.start(std::make_unique<fakes::PullSource>([&] {
            readStarted.release();
            QThread::msleep(300);
            done = true;
            return Result<SamplePtr>(fakes::sampleAt(0s, fakes::tagList({"Tag"}), {Reading{}}));
        }));
        readStarted.acquire();
    }
    QVERIFY(done);
}

void TestLiveSession::startWhileAnotherRuns()
{
    LiveSession session;
    QSignalSpy restarts(&session, &LiveSession::restarted);
    session.start(countingSource());
    QTRY_VERIFY(session.frame());
    session.addMark(MarkKind::Note, u"of the first"_s);
    QCOMPARE(session.sourceUri(), u"fake:"_s);

    session.start(std::make_unique<FloodSource>(20));
    QCOMPARE(restarts.size(), 2);
    QVERIFY(!session.frame());
    QVERIFY(session.marks().empty());
    QCOMPARE(session.sourceUri(), u"flood:"_s);
    QTRY_VERIFY(session.frame() && session.frame()->number == 20);
    QCOMPARE((*session.frame()->tags)[0].tag.bytes, QByteArray("Leak"));
    QCOMPARE(session.frame()->tags->size(), size_t(1));
}

void TestLiveSession::newerSeriesRequestReplacesOlder()
{
    LiveSession session;
    session.start(std::make_unique<FloodSource>(100));
    QTRY_VERIFY(session.frame() && session.frame()->number == 100);
    std::vector<quint64> tokens;
    connect(&session, &LiveSession::seriesReady, this,
        [&](const SeriesAnswer &answer) { tokens.push_back(answer.token); });
    constexpr quint64 Chart = quint64(1) << 56;
    constexpr quint64 Sparkline = quint64(2) << 56;
    for (quint64 i = 1; i <= 1000; ++i)
        session.requestSeries(requestForAll(Chart + i, session));
    session.requestSeries(requestForAll(Sparkline + 1, session));
    const auto has = [&](quint64 token) { return std::count(tokens.begin(), tokens.end(), token) == 1; };
    QTRY_VERIFY(has(Chart + 1000) && has(Sparkline + 1));
    QVERIFY(std::is_sorted(tokens.begin(), tokens.end()));
}

void TestLiveSession::automaticSnapshotsFollowSourceTime()
{
    LiveSession session;
    QSignalSpy due(&session, &LiveSession::snapshotDue);
    session.setAutoSnapshotPeriod(30min);
    session.start(std::make_unique<FloodSource>(301, 30s)); // 2.5 h of source time in an instant
    QTRY_VERIFY(session.frame() && session.frame()->number == 301);
    QTRY_COMPARE(due.size(), 5);
    for (qsizetype i = 0; i < due.size(); ++i) {
        const auto sample = due[i][0].value<SamplePtr>();
        QCOMPARE(sample->wall, fakes::FirstWall + (i + 1) * 30min);
    }
}

void TestLiveSession::baselineFromNewestSample()
{
    LiveSession session;
    session.start(std::make_unique<FloodSource>(10));
    QTRY_VERIFY(session.frame() && session.frame()->number == 10);
    QVERIFY(session.frame()->rows[0].sinceBaseline.bytes == Counter(4096 * 9));
    session.resetBaseline();
    QTRY_VERIFY(session.frame()->rows[0].sinceBaseline.bytes == Counter(0));
    QCOMPARE(session.frame()->number, quint64(10));
    QTRY_COMPARE(session.marks().size(), size_t(1));
    QCOMPARE(session.marks()[0].kind, MarkKind::Baseline);
    QCOMPARE(session.marks()[0].wall, session.frame()->sample->wall);
}

void TestLiveSession::marksAreInOrderOfTime()
{
    LiveSession session;
    session.start(std::make_unique<FloodSource>(10));
    QTRY_VERIFY(session.frame() && session.frame()->number == 10);
    session.addMark(MarkKind::Note, u"first"_s);
    session.resetBaseline();
    QTRY_COMPARE(session.marks().size(), size_t(2));
    session.addMark(MarkKind::Snapshot, u"second"_s);
    QCOMPARE(session.marks().size(), size_t(3));
    QVERIFY(std::is_sorted(session.marks().begin(), session.marks().end(),
        [](const Mark &a, const Mark &b) { return a.wall < b.wall; }));
    // A push source's clock is that of its samples, not the one on the wall.
    QCOMPARE(session.marks()[0].wall, session.frame()->sample->wall);
}

void TestLiveSession::pauseAndSampleNow()
{
    LiveSession session;
    session.setInterval(LiveSession::MaxInterval);
    session.start(countingSource());
    QTRY_COMPARE(session.status().samples, quint64(1));
    session.sampleNow();
    QTRY_COMPARE(session.status().samples, quint64(2));
    session.setPaused(true);
    QVERIFY(session.isPaused());
    QTRY_COMPARE(session.status().state, SamplerState::Paused);
    session.sampleNow();
    QTRY_COMPARE(session.status().samples, quint64(3));
    QCOMPARE(session.status().state, SamplerState::Paused);
    session.setPaused(false);
    QTRY_COMPARE(session.status().state, SamplerState::Running);
    session.setInterval(1ms); // clamped
    QTRY_COMPARE(session.status().interval, LiveSession::MinInterval);
}

void TestLiveSession::failingSourceIsToldAndRetried()
{
    LiveSession session;
    session.setInterval(LiveSession::MaxInterval);
    session.start(std::make_unique<fakes::PullSource>(
        [n = 0, tags = fakes::tagList({"Tag"}), origin = fakes::origin()]() mutable -> Result<SamplePtr> {
            if (++n == 2)
                return Error{ErrorKind::SourceUnavailable, u"gone"_s, u"fake:"_s, u"wait"_s};
            return SamplePtr(fakes::sampleAt(n * 1s, tags, {Reading{}}, origin));
        }));
    QTRY_COMPARE(session.status().samples, quint64(1));
    session.sampleNow();
    QTRY_COMPARE(session.status().state, SamplerState::Failing);
    QVERIFY(session.status().error.has_value());
    QCOMPARE(session.status().error->what, u"gone"_s);
    QCOMPARE(session.status().retryIn, 1000ms);
    QVERIFY(session.frame()); // the window keeps what it had
    session.retryNow();
    QTRY_COMPARE(session.status().samples, quint64(2));
    QCOMPARE(session.status().state, SamplerState::Running);
    QVERIFY(!session.status().error.has_value());
    QTRY_COMPARE(session.marks().size(), size_t(2));
    QCOMPARE(session.marks()[0].kind, MarkKind::SourceLost);
    QCOMPARE(session.marks()[1].kind, MarkKind::SourceBack);
}

void TestLiveSession::stopEmptiesTheSession()
{
    LiveSession session;
    session.start(countingSource());
    QTRY_VERIFY(session.frame());
    session.stop();
    QVERIFY(!session.frame());
    QVERIFY(session.sourceUri().isEmpty());
    QTRY_COMPARE(session.status().state, SamplerState::Idle);
}

void TestLiveSession::requestWithoutSourceIsAnswered()
{
    LiveSession session;
    QSignalSpy answers(&session, &LiveSession::seriesReady);
    SeriesRequest request;
    request.token = 3;
    request.wishes = {{TagId(0), {}}};
    session.requestSeries(request);
    QTRY_COMPARE(answers.size(), 1);
    QVERIFY(answers[0][0].value<SeriesAnswer>().series[0].empty());
}

QTEST_GUILESS_MAIN(TestLiveSession)
#include "tst_livesession.moc"
