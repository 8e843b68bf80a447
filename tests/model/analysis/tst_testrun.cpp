// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/testrun.h"

#include "tests/support/madeseries.h"
#include "tests/support/samplemaker.h"

#include <QTest>

#include <cmath>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::held;
using test::MadeSeries;
using test::makeSample;

namespace {

const TestRow *rowOf(const TestResult &result, const QByteArray &tag)
{
    for (const TestRow &row : result.rows) {
        if (row.tag.bytes == tag)
            return &row;
    }
    return nullptr;
}

SamplePtr bootedAnew(const SamplePtr &sample)
{
    auto copy = std::make_shared<Sample>(*sample);
    Origin origin = *sample->origin;
    origin.bootId = u"another boot"_s;
    copy->origin = std::make_shared<Origin>(origin);
    return copy;
}

} // namespace

class TestTestRun : public QObject
{
    Q_OBJECT

private slots:
    void stagesFollowOneAnother();
    void tellsWhatGrewAndWhatWasFreed();
    void tagsComeAndGo();
    void unknownStaysUnknown();
    void onlyTheChosenPool();
    void rebootEndsTheTest_data();
    void rebootEndsTheTest();
    void courseIsJudgedSoundly_data();
    void courseIsJudgedSoundly();
    void keepsFewPoints();
    void leftAndResumedGivesTheSame();
    void findsTheTestInMarks_data();
    void findsTheTestInMarks();
    void poolWordsReadBack();
};

void TestTestRun::stagesFollowOneAnother()
{
    TestRun run;
    QCOMPARE(run.stage(), TestStage::Idle);
    run.stop();
    run.finish();
    run.add(makeSample({{"a", PoolType::Nonpaged, held(1, 1), {}}}));
    QCOMPARE(run.stage(), TestStage::Idle);
    QVERIFY(run.result().rows.empty());

    run.start(TestPool::Both, makeSample({{"a", PoolType::Nonpaged, held(1, 64), {}}}, 0));
    QCOMPARE(run.stage(), TestStage::Running);
    run.finish();
    QCOMPARE(run.stage(), TestStage::Running);
    run.add(makeSample({{"a", PoolType::Nonpaged, held(9, 576), {}}}, 60));
    QCOMPARE(run.testTime(), 60s);
    run.stop();
    QCOMPARE(run.stage(), TestStage::After);
    run.add(makeSample({{"a", PoolType::Nonpaged, held(5, 320), {}}}, 90));
    QCOMPARE(run.testTime(), 60s);
    QCOMPARE(run.afterTime(), 30s);
    run.finish();
    QCOMPARE(run.stage(), TestStage::Done);
    const TestResult result = run.result();
    run.add(makeSample({{"a", PoolType::Nonpaged, held(1, 64), {}}}, 120));
    QCOMPARE(run.result(), result);
    QVERIFY(!run.isInterrupted());
}

void TestTestRun::tellsWhatGrewAndWhatWasFreed()
{
    TestRun run;
    run.start(TestPool::Both,
        makeSample(
            {{"kept", PoolType::Nonpaged, held(10, 1000), {}}, {"freed", PoolType::Paged, held(0, 0), {}},
                {"half", PoolType::Paged, held(1, 100), {}}, {"still", PoolType::Paged, held(7, 700), {}},
                {"more", PoolType::Paged, held(1, 10), {}}},
            0));
    const auto stopped = [](qint64 second) {
        return makeSample(
            {{"kept", PoolType::Nonpaged, held(30, 3000), {}}, {"freed", PoolType::Paged, held(50, 5000), {}},
                {"half", PoolType::Paged, held(5, 500), {}}, {"still", PoolType::Paged, held(7, 700), {}},
                {"more", PoolType::Paged, held(2, 20), {}}},
            second);
    };
    run.add(stopped(1800));
    QCOMPARE(rowOf(run.result(), "kept")->freed, Counter());
    QVERIFY(!rowOf(run.result(), "kept")->shareFreed);
    run.stop();
    run.add(makeSample(
        {{"kept", PoolType::Nonpaged, held(30, 3000), {}}, {"freed", PoolType::Paged, held(0, 0), {}},
            {"half", PoolType::Paged, held(3, 300), {}}, {"still", PoolType::Paged, held(6, 600), {}},
            {"more", PoolType::Paged, held(3, 30), {}}},
        2400));
    const TestResult result = run.result();
    QCOMPARE(result.rows.front().tag.bytes, "freed");
    QCOMPARE(rowOf(result, "kept")->grewBy, Counter(2000));
    QCOMPARE(rowOf(result, "kept")->outstandingGrewBy, Counter(20));
    QCOMPARE(rowOf(result, "kept")->shareFreed, 0.0);
    QCOMPARE(rowOf(result, "freed")->shareFreed, 1.0);
    QCOMPARE(rowOf(result, "half")->freed, Counter(200));
    QCOMPARE(rowOf(result, "half")->shareFreed, 0.5);
    QCOMPARE(rowOf(result, "still")->grewBy, Counter(0));
    QVERIFY(!rowOf(result, "still")->shareFreed);
    QCOMPARE(rowOf(result, "more")->shareFreed, -1.0);
}

void TestTestRun::tagsComeAndGo()
{
    TestRun run;
    run.start(TestPool::Both,
        makeSample(
            {{"early", PoolType::Paged, held(1, 100), {}}, {"a", PoolType::Paged, held(1, 1), {}}}, 0));
    run.add(makeSample(
        {{"a", PoolType::Paged, held(1, 1), {}}, {"late", PoolType::Paged, held(4, 400), {}}}, 10));
    run.stop();
    run.add(makeSample({{"a", PoolType::Paged, held(1, 1), {}}}, 20));
    const TestResult result = run.result();
    QCOMPARE(result.rows.size(), 3);
    QCOMPARE(rowOf(result, "early")->grewBy, Counter(-100));
    QVERIFY(rowOf(result, "early")->isGone);
    QCOMPARE(rowOf(result, "late")->grewBy, Counter(400));
    QCOMPARE(rowOf(result, "late")->shareFreed, 1.0);
    QVERIFY(rowOf(result, "late")->isNew && rowOf(result, "late")->isGone);
}

void TestTestRun::unknownStaysUnknown()
{
    TestRun run;
    run.start(TestPool::Both,
        makeSample({{"a", PoolType::Paged, {}, {}}, {"b", PoolType::Paged, held(1, 1), {}}}, 0));
    for (int second = 1; second <= 40; ++second)
        run.add(makeSample({{"a", PoolType::Paged, held(1, 9), {}}, {"b", PoolType::Paged, {}, {}}}, second));
    run.stop();
    for (int second = 41; second <= 80; ++second)
        run.add(makeSample({{"a", PoolType::Paged, held(1, 9), {}}, {"b", PoolType::Paged, {}, {}}}, second));
    const TestResult result = run.result();
    for (const QByteArray tag : {"a", "b"}) {
        QCOMPARE(rowOf(result, tag)->grewBy, Counter());
        QVERIFY(!rowOf(result, tag)->shareFreed);
    }
    QCOMPARE(rowOf(result, "a")->freed, Counter(0));
    QCOMPARE(rowOf(result, "a")->course, TestCourse::Flat);
    QCOMPARE(rowOf(result, "b")->freed, Counter());
    QCOMPARE(rowOf(result, "b")->course, TestCourse::Unknown);
}

void TestTestRun::onlyTheChosenPool()
{
    const auto sample = makeSample({{"n", PoolType::Nonpaged, held(1, 1), {}},
        {"p", PoolType::Paged, held(1, 1), {}}, {"x", PoolType::None, held(1, 1), {}}});
    TestRun run;
    run.start(TestPool::Nonpaged, sample);
    QCOMPARE(run.result().rows.size(), 1);
    QVERIFY(rowOf(run.result(), "n"));
    run.start(TestPool::Paged, sample);
    QCOMPARE(run.result().rows.size(), 1);
    QVERIFY(rowOf(run.result(), "p"));
    run.start(TestPool::Both, sample);
    QCOMPARE(run.result().rows.size(), 3);
}

void TestTestRun::rebootEndsTheTest_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<bool>("isReplay");
    QTest::newRow("reboot while it runs") << false << false;
    QTest::newRow("reboot after the stop") << true << false;
    QTest::newRow("replay that starts over") << false << true;
}

void TestTestRun::rebootEndsTheTest()
{
    QFETCH(bool, isStopped);
    QFETCH(bool, isReplay);
    TestRun run;
    run.start(TestPool::Both, makeSample({{"a", PoolType::Paged, held(1, 100), {}}}, 100));
    run.add(makeSample({{"a", PoolType::Paged, held(3, 300), {}}}, 160));
    if (isStopped)
        run.stop();
    const auto next = makeSample({{"a", PoolType::Paged, held(0, 0), {}}}, isReplay ? 0 : 200);
    run.add(isReplay ? SamplePtr(next) : bootedAnew(next));
    QCOMPARE(run.stage(), TestStage::Done);
    QVERIFY(run.isInterrupted());
    QCOMPARE(run.testTime(), 60s);
    QCOMPARE(rowOf(run.result(), "a")->grewBy, Counter(200));
    QCOMPARE(rowOf(run.result(), "a")->freed, Counter(0));
}

void TestTestRun::courseIsJudgedSoundly_data()
{
    QTest::addColumn<std::function<double(double, QRandomGenerator &)>>("course");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("expected");
    using Course = std::function<double(double, QRandomGenerator &)>;
    const auto row = [](const char *name, Course course, int count, TestCourse expected) {
        QTest::newRow(name) << course << count << static_cast<int>(expected);
    };
    const auto rising = [](double t, QRandomGenerator &) { return 1e6 + 1000 * t; };
    row("rises", rising, 40, TestCourse::Rising);
    row("rises, too few samples", rising, 10, TestCourse::Unknown);
    row(
        "rises under noise",
        [](double t, QRandomGenerator &r) { return 1e6 + 5000 * t + 3000 * test::gaussian(r); }, 60,
        TestCourse::Rising);
    row(
        "falls", [](double t, QRandomGenerator &) { return 1e6 - 1000 * t; }, 40, TestCourse::Falling);
    row(
        "level", [](double, QRandomGenerator &) { return 1e6; }, 40, TestCourse::Flat);
    row(
        "fell at the stop, then level", [](double t, QRandomGenerator &) { return t < 5 ? 2e6 : 1e6; }, 40,
        TestCourse::Flat);
    row(
        "level under small noise", [](double, QRandomGenerator &r) { return 1e6 + 500 * test::gaussian(r); },
        60, TestCourse::Flat);
    row(
        "one jump up is no course", [](double t, QRandomGenerator &) { return t < 30 ? 1e5 : 4e5; }, 40,
        TestCourse::Unknown);
    row(
        "swings wider than what it grew",
        [](double t, QRandomGenerator &) { return 1e6 + 4e5 * std::sin(t / 3); }, 60, TestCourse::Unknown);
}

void TestTestRun::courseIsJudgedSoundly()
{
    using Course = std::function<double(double, QRandomGenerator &)>;
    QFETCH(Course, course);
    QFETCH(int, count);
    QFETCH(int, expected);
    QRandomGenerator random(7);
    std::vector<double> seconds;
    std::vector<double> bytes;
    for (int i = 0; i < count; ++i) {
        seconds.push_back(i);
        bytes.push_back(course(i, random));
    }
    QCOMPARE(static_cast<int>(courseOf(seconds, bytes, 1e5)), expected);
}

void TestTestRun::keepsFewPoints()
{
    // A leak of days, one sample a second: the memory that the run holds stays small and the course right.
    MadeSeries series(
        {{"leak", [](double t, QRandomGenerator &) { return 10 * t; }, 64, true, PoolType::Nonpaged}});
    TestRun run;
    run.start(TestPool::Both, series.at(0));
    std::vector<std::weak_ptr<const Sample>> all;
    for (int second = 1; second < 20'000; ++second) {
        const SamplePtr sample = series.at(second);
        all.push_back(sample);
        run.add(sample);
    }
    const auto alive = std::ranges::count_if(all, [](const auto &sample) { return !sample.expired(); });
    QVERIFY2(alive <= static_cast<qint64>(TestRun::MaxPoints) + 1, qPrintable(QString::number(alive)));
    QVERIFY(alive > 10);
    QCOMPARE(rowOf(run.result(), "leak")->course, TestCourse::Rising);
}

void TestTestRun::leftAndResumedGivesTheSame()
{
    MadeSeries series({{"leak", [](double t, QRandomGenerator &) { return t < 60 ? 100 * t : 3000.; }, 64,
        true, PoolType::Nonpaged}});
    TestRun whole;
    whole.start(TestPool::Nonpaged, series.at(0));
    const SamplePtr stop = series.at(50);
    whole.add(stop);
    whole.stop();
    TestRun resumed = TestRun::restored(TestPool::Nonpaged, whole.startSample(), stop);
    QCOMPARE(resumed.stage(), TestStage::After);
    QCOMPARE(resumed.pool(), TestPool::Nonpaged);
    for (int second = 100; second < 160; ++second) {
        const SamplePtr sample = series.at(second);
        whole.add(sample);
        resumed.add(sample);
    }
    QCOMPARE(resumed.result(), whole.result());
    QCOMPARE(resumed.testTime(), 50s);
    QCOMPARE(rowOf(resumed.result(), "leak")->shareFreed, 0.4);
    const TestRun running = TestRun::restored(TestPool::Both, whole.startSample(), nullptr);
    QCOMPARE(running.stage(), TestStage::Running);
}

void TestTestRun::findsTheTestInMarks_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("start"); // -1: none
    QTest::addColumn<int>("stop"); // -1: runs
    QTest::newRow("before") << 5 << -1 << -1;
    QTest::newRow("at the start") << 10 << 10 << -1;
    QTest::newRow("runs") << 15 << 10 << -1;
    QTest::newRow("at the stop") << 20 << 10 << 20;
    QTest::newRow("after") << 29 << 10 << 20;
    QTest::newRow("second") << 35 << 30 << -1;
    QTest::newRow("second, started twice") << 55 << 30 << 50;
}

void TestTestRun::findsTheTestInMarks()
{
    QFETCH(int, at);
    QFETCH(int, start);
    QFETCH(int, stop);
    const auto time = [](int second) { return WallTime(std::chrono::seconds(second)); };
    const std::vector<Mark> marks{{time(1), MarkKind::TestStop, {}},
        {time(10), MarkKind::TestStart, u"paged"_s}, {time(12), MarkKind::Note, u"n"_s},
        {time(20), MarkKind::TestStop, {}}, {time(25), MarkKind::TestStop, {}},
        {time(30), MarkKind::TestStart, u"both"_s}, {time(40), MarkKind::TestStart, u"paged"_s},
        {time(50), MarkKind::TestStop, {}}};
    const auto found = markedTestAt(marks, time(at));
    QCOMPARE(found.has_value(), start >= 0);
    if (!found)
        return;
    QCOMPARE(found->start, time(start));
    QCOMPARE(found->stop.has_value(), stop >= 0);
    if (found->stop)
        QCOMPARE(*found->stop, time(stop));
    QCOMPARE(found->pool, start == 10 ? TestPool::Paged : TestPool::Both);
}

void TestTestRun::poolWordsReadBack()
{
    for (const TestPool pool : {TestPool::Both, TestPool::Nonpaged, TestPool::Paged})
        QCOMPARE(testPoolFrom(QString::fromLatin1(testPoolWord(pool))), pool);
    QCOMPARE(testPoolFrom(u"of a later version"), TestPool::Both);
}

QTEST_GUILESS_MAIN(TestTestRun)
#include "tst_testrun.moc"
