// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replaysession.h"
#include "model/sampling/session.h"
#include "model/sampling/sessionswitch.h"
#include "tests/model/replay/growingarchive.h"

#include <QSignalSpy>
#include <QThread>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::RunSample;
using test::SharedRun;

namespace {

const test::RunShape Steady{.samples = 200, .comeOrGo = 0.01, .gap = 0, .reboot = 0};

/// A replay of a run that a test can lengthen, block and fail.
class Rig
{
public:
    explicit Rig(const std::vector<RunSample> &samples = test::randomRun(1, Steady))
        : run(std::make_shared<SharedRun>())
        , session([this](const QString &path, const LogTimes &,
                      const Progress &) -> Result<std::unique_ptr<SampleArchive>> {
            if (path == u"broken")
                return Error{ErrorKind::BadInput, u"not a recording"_s, path, u"open another"_s};
            return std::unique_ptr<SampleArchive>(std::make_unique<test::GrowingArchive>(run));
        })
    {
        for (const RunSample &sample : samples)
            run->append(sample);
    }

    void open()
    {
        session.open(u"run.poolscope"_s);
        QTRY_VERIFY(session.frame());
        if (last() == 0)
            return;
        // The analysis has come to the end: nothing changes any more by itself.
        QTRY_VERIFY(
            session.frame()->findings && session.frame()->findings->wall() == session.frame()->sample->wall);
    }
    [[nodiscard]] TimeAxis::Index last() const { return session.axis()->size() - 1; }
    [[nodiscard]] quint64 shown() const { return session.frame() ? session.frame()->number : 0; }

    std::shared_ptr<SharedRun> run;
    ReplaySession session;
};

} // namespace

class TestReplaySession : public QObject
{
    Q_OBJECT

private slots:
    void opensAtTheLastSample();
    void failsWithAReason();
    void emptyFileIsSaid();
    void cancelLeavesWhatIsOpen();
    void framesEqualALiveRun();
    void seekIsLatestWins();
    void stepsBySampleAndMark();
    void baselineAtAnyMoment();
    void ownMarksStayByTime();
    void playsToTheEnd();
    void playingStartsOverAtTheEnd();
    void speedIsClamped();
    void followsAWriterUntilLookingBack();
    void writerThatStopsIsNoticed();
    void answersSeries();
    void playedOn_data();
    void playedOn();
    void signalsArriveOnTheWindowThread();
    void destructionWhileReading();
    void switchShowsTheSessionInFront();
};

void TestReplaySession::opensAtTheLastSample()
{
    Rig rig;
    QSignalSpy restarts(&rig.session, &SessionHandle::restarted);
    rig.session.open(u"run.poolscope"_s);
    QCOMPARE(rig.session.status().opening, u"run.poolscope"_s);
    QVERIFY(!rig.session.frame());
    QTRY_VERIFY(rig.session.frame());
    QCOMPARE(restarts.size(), 1);
    QVERIFY(rig.session.status().opening.isEmpty());
    QCOMPARE(rig.session.status().state, ReplayState::Ready);
    QCOMPARE(rig.shown(), quint64(200));
    QCOMPARE(rig.session.status().index, rig.last());
    QCOMPARE(rig.session.info()->samples, TimeAxis::Index(200));
    QCOMPARE(rig.session.marks().size(), size_t(2));
    QVERIFY(!rig.session.status().growing);
    QVERIFY(!rig.session.status().playing);
    QVERIFY(rig.session.abilities() == SessionAbilities(SessionAbility::Seeking));
    QCOMPARE(rig.session.sourceUri(), u"file:run.poolscope"_s);
}

void TestReplaySession::failsWithAReason()
{
    Rig rig;
    QSignalSpy failures(&rig.session, &ReplaySession::openFailed);
    QSignalSpy restarts(&rig.session, &SessionHandle::restarted);
    rig.session.open(u"broken"_s);
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(failures[0][0].value<Error>().what, u"not a recording"_s);
    QVERIFY(rig.session.status().opening.isEmpty());
    QCOMPARE(rig.session.status().state, ReplayState::Closed);
    rig.session.seekFirst();
    rig.session.setPlaying(true);
    QVERIFY(!rig.session.status().playing);
    QCOMPARE(restarts.size(), 0);
    rig.open();
    QCOMPARE(rig.session.status().state, ReplayState::Ready);
    // What is open stays when another file cannot be opened.
    rig.session.open(u"broken"_s);
    QTRY_COMPARE(failures.size(), 2);
    QCOMPARE(rig.session.file().path, u"run.poolscope"_s);
    rig.session.seekFirst();
    QTRY_COMPARE(rig.shown(), quint64(1));
}

void TestReplaySession::emptyFileIsSaid()
{
    Rig rig(std::vector<RunSample>{});
    QSignalSpy failures(&rig.session, &ReplaySession::openFailed);
    rig.session.open(u"run.poolscope"_s);
    QTRY_COMPARE(failures.size(), 1);
    QVERIFY(failures[0][0].value<Error>().what.contains(u"no sample"));
}

void TestReplaySession::cancelLeavesWhatIsOpen()
{
    Rig rig;
    rig.open();
    QSignalSpy restarts(&rig.session, &SessionHandle::restarted);
    for (int i = 0; i < 20; ++i) {
        rig.session.open(u"another.poolscope"_s);
        // Sometimes before, sometimes after the file is open.
        if (i % 2 == 1)
            QThread::usleep(static_cast<unsigned long>(i) * 20);
        rig.session.cancelOpening();
        QVERIFY(rig.session.status().opening.isEmpty());
    }
    rig.session.seekFirst();
    QTRY_COMPARE(rig.shown(), quint64(1));
    rig.session.seekLast();
    QTRY_COMPARE(rig.shown(), quint64(200));
    QCOMPARE(rig.session.file().path, u"run.poolscope"_s);
    QCOMPARE(restarts.size(), 0);
    rig.session.close();
    QCOMPARE(restarts.size(), 1);
    QVERIFY(!rig.session.frame());
    QVERIFY(!rig.session.info());
}

void TestReplaySession::framesEqualALiveRun()
{
    const std::vector<RunSample> run = test::randomRun(5);
    Session live;
    std::vector<FramePtr> frames;
    for (const RunSample &next : run)
        frames.push_back(live.add(next.sample, next.afterGap));
    Rig rig(run);
    rig.open();
    std::mt19937 random(1);
    for (int i = 0; i < 15; ++i) {
        const auto index = static_cast<TimeAxis::Index>(random() % run.size());
        // Between two samples the earlier one is shown.
        rig.session.seek(rig.session.axis()->wall(index) + 1ns);
        QTRY_COMPARE(rig.shown(), quint64(index + 1));
        const Frame &frame = *rig.session.frame();
        QVERIFY(frame.sample == frames[index]->sample);
        for (size_t id = 0; id < frames[index]->rows.size(); ++id) {
            QVERIFY(frame.rows[id].sinceLast == frames[index]->rows[id].sinceLast);
            QVERIFY(frame.rows[id].sinceBaseline == frames[index]->rows[id].sinceBaseline);
            QVERIFY(frame.rows[id].present == frames[index]->rows[id].present);
        }
    }
}

void TestReplaySession::seekIsLatestWins()
{
    Rig rig;
    rig.open();
    // The worker is kept busy, as by a slow disk, while the slider is dragged.
    rig.run->isBlocked = true;
    rig.session.requestSeries({.token = seriesToken(SeriesAsker::Chart, 1), .wishes = {}});
    QTRY_COMPARE(rig.run->reads.load(), 1);
    QSignalSpy frames(&rig.session, &SessionHandle::frameReady);
    for (TimeAxis::Index index = 0; index < 100; ++index)
        rig.session.seek(rig.session.axis()->wall(index));
    QCOMPARE(rig.session.status().index, TimeAxis::Index(99));
    rig.run->isBlocked = false;
    rig.run->door.release();
    QTRY_COMPARE(rig.shown(), quint64(100));
    QCOMPARE(frames.size(), 1);
}

void TestReplaySession::stepsBySampleAndMark()
{
    Rig rig;
    rig.open();
    rig.session.stepSamples(1);
    QCOMPARE(rig.session.status().index, rig.last());
    rig.session.stepSamples(-1);
    rig.session.stepSamples(-1);
    QCOMPARE(rig.session.status().index, rig.last() - 2);
    QTRY_COMPARE(rig.shown(), quint64(198));
    rig.session.stepMark(-1);
    const TimeAxis &axis = *rig.session.axis();
    const TimeAxis::Index second = indexAt(axis, axis.wall(0) + 60s);
    QCOMPARE(rig.session.status().index, second);
    rig.session.stepMark(-1);
    QCOMPARE(rig.session.status().index, indexAt(axis, axis.wall(0) + 20s));
    rig.session.stepMark(-1); // no earlier one
    QCOMPARE(rig.session.status().index, indexAt(axis, axis.wall(0) + 20s));
    rig.session.stepMark(1);
    QCOMPARE(rig.session.status().index, second);
    rig.session.seekFirst();
    rig.session.stepSamples(-1);
    QCOMPARE(rig.session.status().index, TimeAxis::Index(0));
    QTRY_COMPARE(rig.shown(), quint64(1));
}

void TestReplaySession::baselineAtAnyMoment()
{
    Rig rig;
    rig.open();
    rig.session.seek(rig.session.axis()->wall(50));
    rig.session.resetBaseline();
    QTRY_COMPARE(rig.session.frame()->baselineWall, rig.session.axis()->wall(50));
    QCOMPARE(rig.session.frame()->number, quint64(51));
    for (const FrameRow &row : rig.session.frame()->rows) {
        if (row.present && row.reading.bytes.isKnown())
            QVERIFY(row.sinceBaseline.bytes == Counter(0));
    }
    QCOMPARE(rig.session.marks().size(), size_t(3));
    rig.session.seekLast();
    QTRY_COMPARE(rig.shown(), quint64(200));
    QCOMPARE(rig.session.frame()->baselineWall, rig.session.axis()->wall(50));
    // There is one baseline: its mark moves.
    rig.session.resetBaseline();
    QCOMPARE(rig.session.marks().size(), size_t(3));
    QCOMPARE(rig.session.marks().back().wall, rig.session.axis()->wall(199));
}

void TestReplaySession::ownMarksStayByTime()
{
    Rig rig;
    rig.open();
    rig.session.seek(rig.session.axis()->wall(0) + 40s);
    rig.session.addMark(MarkKind::Snapshot, u"looked at"_s);
    QCOMPARE(rig.session.marks()[1].text, u"looked at"_s);
    rig.session.refreshNow();
    rig.run->append(test::randomRun(1, {.samples = 201, .gap = 0, .reboot = 0}).back());
    rig.session.refreshNow();
    QTRY_COMPARE(rig.session.axis()->size(), TimeAxis::Index(201));
    QCOMPARE(rig.session.marks().size(), size_t(3));
    QCOMPARE(rig.session.marks()[1].text, u"looked at"_s);
}

void TestReplaySession::playsToTheEnd()
{
    Rig rig;
    rig.open();
    rig.session.seekFirst();
    QTRY_COMPARE(rig.shown(), quint64(1));
    QSignalSpy frames(&rig.session, &SessionHandle::frameReady);
    rig.session.setSpeed(3600);
    rig.session.setPlaying(true);
    QVERIFY(rig.session.status().playing);
    QTRY_VERIFY(!rig.session.status().playing);
    QTRY_COMPARE(rig.shown(), quint64(200));
    QVERIFY(frames.size() > 1);
    QVERIFY(!rig.session.status().following);
}

void TestReplaySession::playingStartsOverAtTheEnd()
{
    Rig rig;
    rig.open();
    rig.session.setSpeed(1);
    rig.session.setPlaying(true);
    QTRY_COMPARE(rig.shown(), quint64(1));
    QVERIFY(rig.session.status().playing);
    // Looking elsewhere ends the playing.
    rig.session.stepSamples(10);
    QVERIFY(!rig.session.status().playing);
}

void TestReplaySession::speedIsClamped()
{
    Rig rig;
    rig.session.setSpeed(0);
    QCOMPARE(rig.session.status().speed, ReplaySession::SlowestSpeed);
    rig.session.setSpeed(1e9);
    QCOMPARE(rig.session.status().speed, ReplaySession::FastestSpeed);
    rig.session.setSpeed(60);
    rig.open();
    QCOMPARE(rig.session.status().speed, 60.0);
}

void TestReplaySession::followsAWriterUntilLookingBack()
{
    const std::vector<RunSample> all = test::randomRun(1, Steady);
    Rig rig({all.begin(), all.begin() + 100});
    rig.run->hasWriter = true;
    rig.open();
    rig.run->append(all[100]);
    rig.session.refreshNow();
    QTRY_VERIFY(rig.session.status().growing);
    rig.session.setFollowing(true);
    rig.run->append(all[101]);
    rig.session.refreshNow();
    QTRY_COMPARE(rig.shown(), quint64(102));
    QVERIFY(rig.session.status().following);

    rig.session.stepSamples(-50);
    QVERIFY(!rig.session.status().following);
    QTRY_COMPARE(rig.shown(), quint64(52));
    rig.run->append(all[102]);
    rig.session.refreshNow();
    QTRY_COMPARE(rig.session.axis()->size(), TimeAxis::Index(103));
    QCOMPARE(rig.session.status().index, TimeAxis::Index(51));

    rig.session.setFollowing(true);
    QTRY_COMPARE(rig.shown(), quint64(103));
    rig.run->append(all[103]);
    rig.session.refreshNow();
    QTRY_COMPARE(rig.shown(), quint64(104));
}

void TestReplaySession::writerThatStopsIsNoticed()
{
    Rig rig;
    rig.run->hasWriter = true;
    rig.open();
    rig.run->append(test::randomRun(1, {.samples = 201, .gap = 0, .reboot = 0}).back());
    rig.session.refreshNow();
    QTRY_VERIFY(rig.session.status().growing);
    rig.session.setFollowing(true);
    rig.run->hasWriter = false;
    rig.session.refreshNow();
    QTRY_VERIFY(!rig.session.info()->hasWriteAheadLog);
    QTRY_VERIFY(!rig.session.status().growing);
    QTRY_VERIFY(!rig.session.status().following);
}

void TestReplaySession::answersSeries()
{
    Rig rig;
    rig.open();
    QSignalSpy answers(&rig.session, &SessionHandle::seriesReady);
    SeriesRequest request;
    request.token = seriesToken(SeriesAsker::Chart, 7);
    request.wishes = {{TagId(0), {}}};
    request.metric = Metric::Outstanding;
    request.from = rig.session.info()->first;
    request.to = rig.session.info()->last;
    rig.session.requestSeries(request);
    QTRY_COMPARE(answers.size(), 1);
    const auto answer = answers[0][0].value<SeriesAnswer>();
    QCOMPARE(answer.token, request.token);
    QCOMPARE(answer.first, request.from);
    QCOMPARE(answer.last, request.to);
    QVERIFY(!answer.series[0].empty());
}

void TestReplaySession::playedOn_data()
{
    // Samples at 0, 1, 2 s, then a gap, then at 100, 101 s.
    QTest::addColumn<int>("fromMs");
    QTest::addColumn<int>("byMs");
    QTest::addColumn<int>("toMs");
    QTest::newRow("nothing") << 0 << 0 << 0;
    QTest::newRow("within") << 0 << 1500 << 1500;
    QTest::newRow("up to the gap") << 0 << 2000 << 2000;
    QTest::newRow("over the gap") << 0 << 2500 << 100'500;
    QTest::newRow("from within the gap") << 50'000 << 1 << 100'001;
    QTest::newRow("behind the gap") << 100'000 << 500 << 100'500;
    QTest::newRow("to the end") << 0 << 10'000 << 101'000;
    QTest::newRow("at the end") << 101'000 << 5 << 101'000;
    QTest::newRow("before the start") << -5000 << 500 << 500;
}

void TestReplaySession::playedOn()
{
    QFETCH(const int, fromMs);
    QFETCH(const int, byMs);
    QFETCH(const int, toMs);
    TimeAxis axis;
    const auto at = [](int ms) { return fakes::FirstWall + std::chrono::milliseconds(ms); };
    for (const int ms : {0, 1000, 2000, 100'000, 101'000}) {
        axis.append(at(ms), std::chrono::milliseconds(ms),
            ms == 100'000 ? TimeAxis::Joint::AfterGap : TimeAxis::Joint::Continuous, 64);
    }
    QCOMPARE(poolscope::playedOn(axis, at(fromMs), std::chrono::milliseconds(byMs)), at(toMs));
}

void TestReplaySession::signalsArriveOnTheWindowThread()
{
    Rig rig;
    int calls = 0;
    const auto check = [&calls] {
        ++calls;
        QCOMPARE(QThread::currentThread(), qApp->thread());
    };
    connect(&rig.session, &SessionHandle::frameReady, this, check, Qt::DirectConnection);
    connect(&rig.session, &SessionHandle::seriesReady, this, check, Qt::DirectConnection);
    connect(&rig.session, &ReplaySession::contentsChanged, this, check, Qt::DirectConnection);
    connect(&rig.session, &ReplaySession::failed, this, check, Qt::DirectConnection);
    rig.open();
    rig.session.requestSeries({.token = 1, .wishes = {}});
    rig.session.requestSnapshot(QUuid::createUuid());
    QTRY_VERIFY(calls >= 4);
}

void TestReplaySession::destructionWhileReading()
{
    const auto run = std::make_shared<SharedRun>();
    for (const RunSample &sample : test::randomRun(1, Steady))
        run->append(sample);
    for (int i = 0; i < 20; ++i) {
        ReplaySession session([run](const QString &, const LogTimes &,
                                  const Progress &) -> Result<std::unique_ptr<SampleArchive>> {
            return std::unique_ptr<SampleArchive>(std::make_unique<test::GrowingArchive>(run));
        });
        session.open(u"run.poolscope"_s);
        if (i % 2 == 0)
            QTRY_VERIFY(session.info());
        session.seekFirst();
        session.refreshNow();
    }
}

void TestReplaySession::switchShowsTheSessionInFront()
{
    Rig first;
    Rig second(test::randomRun(2, Steady));
    SessionSwitch front(first.session);
    QSignalSpy restarts(&front, &SessionHandle::restarted);
    QSignalSpy frames(&front, &SessionHandle::frameReady);
    first.open();
    const qsizetype before = frames.size();
    QVERIFY(before >= 1);
    second.open();
    QCOMPARE(frames.size(), before);
    restarts.clear();
    front.putInFront(second.session);
    QCOMPARE(restarts.size(), 1);
    QCOMPARE(frames.size(), before + 1);
    QCOMPARE(front.frame(), second.session.frame());
    QVERIFY(front.isInFront(second.session));
    first.session.seekFirst();
    QTRY_COMPARE(first.shown(), quint64(1));
    QCOMPARE(frames.size(), before + 1);
    front.resetBaseline();
    QTRY_COMPARE(second.session.frame()->baselineWall, second.session.info()->last);
}

QTEST_GUILESS_MAIN(TestReplaySession)
#include "tst_replaysession.moc"
