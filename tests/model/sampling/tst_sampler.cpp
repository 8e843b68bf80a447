// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/sampler.h"
#include "tests/model/sampling/samplerrigs.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using fakes::Gone;
using fakes::PullRig;
using fakes::PushRig;
using std::chrono::milliseconds;

class TestSampler : public QObject
{
    Q_OBJECT

private slots:
    void readsOnTheGrid();
    void slowReadMakesOneGap();
    void sampleNowDoesNotShiftTheSchedule();
    void pauseLeavesAGap();
    void shortPauseLeavesNone();
    void sampleNowWhilePaused();
    void backsOffAndRecovers();
    void openFailureBacksOff();
    void retryNow();
    void readFailsRightAfterReopening();
    void stretchIsTold();
    void stopClosesTheSource();
    void pushedSamplesAreForwarded();
    void pushedSamplesAfterASilence();
    void slowerProducerIsBelieved();
    void pushNeedsNoGapAcrossReboot();
    void pushPauseDropsAndMarks();
    void pushFailureReopensLater();
    void endedSource();
    void runsByItsOwnTimer();
};

void TestSampler::readsOnTheGrid()
{
    PullRig rig;
    QCOMPARE(rig.state(), SamplerState::Opening);
    rig.sampler.tick();
    QCOMPARE(rig.sink.samples.size(), size_t(1)); // the first one at once
    QCOMPARE(rig.state(), SamplerState::Running);
    for (int i = 1; i <= 50; ++i) {
        rig.advance(999ms);
        QCOMPARE(rig.sink.samples.size(), size_t(i));
        rig.advance(1ms);
        QCOMPARE(rig.sink.samples.size(), size_t(i + 1));
        QCOMPARE(rig.sampler.nextDue().value(), 1h + (i + 1) * 1s);
    }
    QVERIFY(rig.sink.marks.empty());
    QCOMPARE(rig.sampler.status().samples, quint64(51));
}

void TestSampler::slowReadMakesOneGap()
{
    PullRig rig;
    rig.sampler.tick();
    rig.readTime = 3500ms; // the read at 1 s ends at 4.5 s
    rig.advance(1s);
    QVERIFY(rig.sink.marks.empty()); // slow, but it was in time itself
    rig.readTime = 0ms;
    rig.sampler.tick(); // 2 s and 3 s are lost, 4 s is served late
    QCOMPARE(rig.sink.samples.size(), size_t(3));
    QCOMPARE(rig.sink.marks.size(), size_t(1));
    QCOMPARE(rig.sink.marks[0].kind, MarkKind::Gap);
    QCOMPARE(rig.sink.marks[0].wall, rig.sink.samples[1]->wall);
    QVERIFY(rig.sink.gaps[2]);
    QCOMPARE(rig.sampler.status().gaps, quint64(1));
    QCOMPARE(rig.sampler.nextDue().value(), 1h + 5s);
    rig.advance(500ms);
    QCOMPARE(rig.sink.samples.size(), size_t(4));
    QVERIFY(!rig.sink.gaps[3]);
}

void TestSampler::sampleNowDoesNotShiftTheSchedule()
{
    PullRig rig;
    rig.sampler.tick();
    rig.now += 300ms;
    rig.sampler.sampleNow();
    QCOMPARE(rig.sink.samples.size(), size_t(2));
    QCOMPARE(rig.sampler.nextDue().value(), 1h + 1s);
    rig.advance(700ms);
    QCOMPARE(rig.sink.samples.size(), size_t(3));
    QVERIFY(rig.sink.marks.empty());
}

void TestSampler::pauseLeavesAGap()
{
    PullRig rig;
    rig.sampler.tick();
    rig.sampler.setPaused(true);
    QCOMPARE(rig.state(), SamplerState::Paused);
    QVERIFY(!rig.sampler.nextDue());
    rig.advance(10'300ms);
    QCOMPARE(rig.sink.samples.size(), size_t(1));
    rig.sampler.setPaused(false);
    QCOMPARE(rig.state(), SamplerState::Running);
    rig.sampler.tick();
    QCOMPARE(rig.sink.samples.size(), size_t(2));
    QCOMPARE(rig.sink.marks.size(), size_t(1));
    QCOMPARE(rig.sink.marks[0], (Mark{rig.sink.samples[0]->wall, MarkKind::Gap, u"paused"_s}));
    QVERIFY(rig.sink.gaps[1]);
    QCOMPARE(rig.sampler.nextDue().value(), 1h + 11s); // still on the old grid
}

void TestSampler::shortPauseLeavesNone()
{
    PullRig rig;
    rig.sampler.tick();
    rig.sampler.setPaused(true);
    rig.advance(400ms);
    rig.sampler.setPaused(false);
    rig.advance(600ms);
    QCOMPARE(rig.sink.samples.size(), size_t(2));
    QVERIFY(rig.sink.marks.empty());
    // A later gap is not blamed on the pause that is long over.
    rig.advance(5s);
    QCOMPARE(rig.sink.marks.size(), size_t(1));
    QVERIFY(rig.sink.marks[0].text != u"paused"_s);
}

void TestSampler::sampleNowWhilePaused()
{
    PullRig rig;
    rig.sampler.tick();
    rig.sampler.setPaused(true);
    rig.now += 5s;
    rig.sampler.sampleNow();
    QCOMPARE(rig.state(), SamplerState::Paused);
    QCOMPARE(rig.sink.samples.size(), size_t(2));
    QVERIFY(rig.sink.gaps[1]);
    rig.now += 5s;
    rig.sampler.setPaused(false);
    rig.sampler.tick();
    QCOMPARE(rig.sink.samples.size(), size_t(3));
    QVERIFY(rig.sink.gaps[2]);
    QCOMPARE(rig.sampler.status().gaps, quint64(2));
    for (const Mark &mark : rig.sink.marks)
        QCOMPARE(mark.text, u"paused"_s);
}

void TestSampler::backsOffAndRecovers()
{
    PullRig rig;
    rig.sampler.tick();
    rig.failReads = true;
    rig.advance(1s);
    QCOMPARE(rig.state(), SamplerState::Failing);
    QVERIFY(rig.sampler.status().error == Gone);
    rig.sampler.tick();
    QCOMPARE(rig.source->closed, 1);

    for (const int pause : {1, 2, 4, 8, 16, 32, 60, 60}) {
        QCOMPARE(rig.sampler.status().retryIn, milliseconds(pause * 1000));
        const int before = rig.source->opened;
        rig.advance(milliseconds(pause * 1000 - 1));
        QCOMPARE(rig.source->opened, before);
        rig.advance(1ms);
        QCOMPARE(rig.source->opened, before + 1);
        QCOMPARE(rig.state(), SamplerState::Failing);
        rig.sampler.tick();
        QCOMPARE(rig.source->closed, rig.source->opened); // never opened twice without a close
    }
    rig.failReads = false;
    rig.advance(60s);
    QCOMPARE(rig.state(), SamplerState::Running);
    QVERIFY(!rig.sampler.status().error);
    QCOMPARE(rig.sampler.status().retryIn, 0ms);
    QCOMPARE(rig.sink.samples.size(), size_t(2));
    QVERIFY(rig.sink.gaps[1]);
    QCOMPARE(rig.sink.marks.size(), size_t(2)); // one outage, however many tries
    QCOMPARE(rig.sink.marks[0], (Mark{rig.sink.samples[0]->wall, MarkKind::SourceLost, u"cannot read"_s}));
    QCOMPARE(rig.sink.marks[1].kind, MarkKind::SourceBack);
    QCOMPARE(rig.sink.marks[1].wall, rig.sink.samples[1]->wall);

    rig.failReads = true; // the next outage begins with a short pause again
    rig.advance(1s);
    QCOMPARE(rig.sampler.status().retryIn, 1000ms);
}

void TestSampler::openFailureBacksOff()
{
    PullRig rig;
    rig.source->openError = Gone;
    rig.sampler.tick();
    QCOMPARE(rig.state(), SamplerState::Failing);
    QVERIFY(rig.sampler.status().error == Gone);
    QVERIFY(rig.sink.marks.empty()); // what was never there is not lost
    rig.source->openError.reset();
    rig.advance(1s);
    QCOMPARE(rig.state(), SamplerState::Running);
    QVERIFY(rig.sink.marks.empty());
    QVERIFY(!rig.sink.gaps[0]);
}

void TestSampler::retryNow()
{
    PullRig rig;
    rig.failReads = true;
    rig.sampler.tick();
    QCOMPARE(rig.state(), SamplerState::Failing);
    rig.failReads = false;
    rig.sampler.retryNow();
    QCOMPARE(rig.state(), SamplerState::Running);
    QCOMPARE(rig.sink.samples.size(), size_t(1));
    rig.sampler.retryNow(); // means nothing while it runs
    QCOMPARE(rig.sink.samples.size(), size_t(1));
}

void TestSampler::readFailsRightAfterReopening()
{
    PullRig rig;
    rig.failReads = true;
    rig.sampler.tick();
    rig.sampler.sampleNow(); // a try as well
    QCOMPARE(rig.source->opened, 2);
    QCOMPARE(rig.sampler.status().retryIn, 2000ms);
}

void TestSampler::stretchIsTold()
{
    PullRig rig;
    rig.readCost = 50ms;
    rig.sampler.tick();
    QCOMPARE(rig.sampler.status().effectiveInterval, 1000ms);
    rig.advance(1s);
    rig.advance(1s);
    QCOMPARE(rig.sampler.status().interval, 1000ms);
    QCOMPARE(rig.sampler.status().effectiveInterval, 5000ms);
    QCOMPARE(rig.sampler.nextDue().value(), 1h + 7s);
    QCOMPARE(rig.sink.statuses.back().effectiveInterval, 5000ms);
    rig.advance(5s);
    QVERIFY(rig.sink.marks.empty()); // stretched is not missed
}

void TestSampler::stopClosesTheSource()
{
    PullRig rig;
    rig.sampler.tick();
    QPointer<Source> source = rig.source;
    rig.sampler.stop();
    QVERIFY(!source);
    QCOMPARE(rig.state(), SamplerState::Idle);
    QVERIFY(!rig.sampler.nextDue());
    rig.advance(10s);
    QCOMPARE(rig.sink.samples.size(), size_t(1));
    QCOMPARE(rig.sampler.status().interval, 1000ms);
}

void TestSampler::pushedSamplesAreForwarded()
{
    PushRig rig;
    QCOMPARE(rig.sampler.status().state, SamplerState::Opening);
    for (int i = 0; i < 20; ++i)
        rig.push(i * 1s);
    QCOMPARE(rig.sink.samples.size(), size_t(20));
    QCOMPARE(rig.sampler.status().state, SamplerState::Running);
    QVERIFY(!rig.sampler.nextDue());
    QVERIFY(rig.sink.marks.empty());
}

void TestSampler::pushedSamplesAfterASilence()
{
    PushRig rig;
    for (int i = 0; i < 10; ++i)
        rig.push(i * 1s);
    rig.push(12s); // late, but not by far
    QVERIFY(rig.sink.marks.empty());
    rig.push(112s);
    QCOMPARE(rig.sink.marks.size(), size_t(1));
    QCOMPARE(rig.sink.marks[0].kind, MarkKind::Gap);
    QCOMPARE(rig.sink.marks[0].wall, fakes::FirstWall + 12s);
    QVERIFY(rig.sink.gaps.back());
    rig.push(113s);
    QVERIFY(!rig.sink.gaps.back());
}

void TestSampler::slowerProducerIsBelieved()
{
    PushRig rig;
    std::chrono::nanoseconds at{0};
    for (int i = 0; i < 10; ++i)
        rig.push(at += 1s);
    for (int i = 0; i < 50; ++i)
        rig.push(at += 30s);
    QVERIFY(rig.sink.marks.size() < 20);
    QVERIFY(!rig.sink.gaps.back());
}

void TestSampler::pushNeedsNoGapAcrossReboot()
{
    PushRig rig;
    for (int i = 0; i < 10; ++i)
        rig.push(i * 1s);
    rig.push(1000s, fakes::origin(u"boot-2"_s)); // the session marks the reboot itself
    QVERIFY(rig.sink.marks.empty());
}

void TestSampler::pushPauseDropsAndMarks()
{
    PushRig rig;
    rig.push(0s);
    rig.sampler.setPaused(true);
    rig.push(1s);
    rig.push(2s);
    QCOMPARE(rig.sink.samples.size(), size_t(1));
    QCOMPARE(rig.sampler.status().state, SamplerState::Paused);
    rig.sampler.setPaused(false);
    rig.push(3s);
    QCOMPARE(rig.sink.samples.size(), size_t(2));
    QCOMPARE(rig.sink.marks.size(), size_t(1));
    QCOMPARE(rig.sink.marks[0], (Mark{fakes::FirstWall, MarkKind::Gap, u"paused"_s}));
    rig.sampler.setPaused(true); // nothing came meanwhile: nothing is missing
    rig.sampler.setPaused(false);
    rig.push(4s);
    QCOMPARE(rig.sink.marks.size(), size_t(1));
}

void TestSampler::pushFailureReopensLater()
{
    PushRig rig;
    rig.push(0s);
    emit rig.source->failed(Gone);
    QCOMPARE(rig.source->closed, 0); // not from within its own signal
    QCOMPARE(rig.sampler.status().state, SamplerState::Failing);
    rig.sampler.tick();
    QCOMPARE(rig.source->closed, 1);
    QCOMPARE(rig.source->opened, 1);
    rig.now += 1s;
    rig.sampler.tick();
    QCOMPARE(rig.source->opened, 2);
    QCOMPARE(rig.sampler.status().state, SamplerState::Opening);
    QVERIFY(rig.sampler.status().error.has_value()); // not over before a sample comes
    rig.push(5s);
    QCOMPARE(rig.sampler.status().state, SamplerState::Running);
    QVERIFY(!rig.sampler.status().error);
    QCOMPARE(rig.sink.marks.size(), size_t(2));
}

void TestSampler::endedSource()
{
    PushRig rig;
    rig.push(0s);
    emit rig.source->ended();
    QCOMPARE(rig.sampler.status().state, SamplerState::Ended);
    rig.sampler.tick();
    QCOMPARE(rig.source->closed, 1);
    QVERIFY(!rig.sampler.nextDue());
    rig.sampler.retryNow();
    rig.sampler.sampleNow();
    QCOMPARE(rig.source->opened, 1);
}

void TestSampler::runsByItsOwnTimer()
{
    fakes::RecordingSink sink;
    Sampler sampler(sink);
    sampler.setInterval(10ms);
    sampler.start(std::make_unique<fakes::PullSource>([tags = fakes::tagList({"Tag"})] {
        return Result<SamplePtr>(fakes::sampleAt(0s, tags, {Reading{}}));
    }));
    QTRY_VERIFY(sink.samples.size() >= 5);
}

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
