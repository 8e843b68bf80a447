// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/madeseries.h"

#include <QTest>

#include <algorithm>
#include <numbers>
#include <vector>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(poolscope::test::MadeCourse)

namespace {

constexpr int Samples = 480;
constexpr double Interval = 5;
constexpr double Duration = Samples * Interval;

/// Objects that come one by one and stay: a counter that rises by chance, `perSecond` on average.
MadeCourse arriving(double perSecond, double from = 0)
{
    return [=, held = 0.0, last = from](double second, QRandomGenerator &random) mutable {
        const double expected = std::max(0.0, second - std::max(last, from)) * perSecond;
        last = second;
        held += std::max(0.0, std::round(expected + std::sqrt(expected) * gaussian(random)));
        return 1000 + held;
    };
}

MadeCourse noise(double level, double deviation)
{
    return [=](double, QRandomGenerator &random) { return level + deviation * gaussian(random); };
}

MadeCourse sum(const MadeCourse &a, const MadeCourse &b)
{
    return [=](double second, QRandomGenerator &random) { return a(second, random) + b(second, random); };
}

MadeCourse function(const std::function<double(double)> &f, double deviation)
{
    return [=](double second, QRandomGenerator &random) { return f(second) + deviation * gaussian(random); };
}

/// Fills to about `height` in about `period` seconds and is trimmed, each time a little differently.
MadeCourse teeth(double period, double height)
{
    return
        [=, end = 0.0, begin = 0.0, top = 0.0, rest = 0.0](double second, QRandomGenerator &random) mutable {
            while (second >= end) {
                begin = end;
                end += period * (.8 + .4 * random.generateDouble());
                top = height * (.8 + .4 * random.generateDouble());
                rest = .1 * height * random.generateDouble();
            }
            return rest + top * (second - begin) / (end - begin);
        };
}

/// Level, but for bursts of half a minute, each of so many objects, that begin at some seconds.
MadeCourse bursts(std::vector<double> starts, double objects)
{
    return [=](double second, QRandomGenerator &) {
        double held = 1000;
        for (const double start : starts)
            held += std::round(objects * std::clamp((second - start) / 30, 0., 1.));
        return held;
    };
}

Finding analysed(const MadeCourse &course, quint32 seed = 1, bool counted = true)
{
    MadeSeries series({{"Tag1", course, 64, counted, PoolType::Nonpaged}, {"Busy", noise(5000, 40)},
                          {"Flat", function([](double) { return 1e7; }, 0)}},
        seed);
    AnalysisRun run;
    series.feed(run, 0, Samples, Interval);
    return findingOf(run.report(u"made"_s), "Tag1");
}

/// 200 samples, with some more things before each.
AnalysisReport reportOfMore(double &things, MadeSeries &series)
{
    AnalysisRun run;
    QRandomGenerator random(5);
    for (int i = 0; i < 200; ++i) {
        things += random.bounded(20);
        run.add(series.at(i * Interval));
    }
    return run.report({});
}

} // namespace

/// What is called a leak and what is not, on made-up courses of every kind that fools a naive method.
class TestAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void leaks_data();
    void leaks();
    void noLeaks_data();
    void noLeaks();
    void rateCoversTheTruth();
    void bytesAloneOrCountAlone_data();
    void bytesAloneOrCountAlone();
    void sameInputSameAnswer();
    void constantTagsTakeNoCase();
    void tooFewSamplesAreNoLeak();
    void comesGoesAndComesBack();
    void rebootStartsAnew();
    void sleepIsNoGrowthTime();
    void irregularIntervalsAndGaps();
    void testThatKeeps();
    void testThatFrees();
    void testRunningIsSuspectAtMost();
    void repeatedTests();
    void whatTheKernelTakesBackIsHeldBack();
    void whatFollowsTheFileCacheIsHeldBack_data();
    void whatFollowsTheFileCacheIsHeldBack();
    void lockstepIsOneLeak();
    void holderComesBeforeWhatItHolds();
    void sameRateIsLockstep();
    void independentLeaksAreTwo();
    void ranking();
    void longRunStaysTheSame();
};

void TestAnalysis::leaks_data()
{
    QTest::addColumn<MadeCourse>("course");
    QTest::newRow("steady") << arriving(.2);
    QTest::newRow("fast") << arriving(50);
    QTest::newRow("noisy") << sum(arriving(.3), noise(2000, 40));
    QTest::newRow("under a sawtooth")
        << sum(arriving(.5), function([](double s) { return 1000 + 4 * std::fmod(s, 100.0); }, 5));
    QTest::newRow("under uneven teeth") << sum(arriving(.25), teeth(100, 1800));
    QTest::newRow("in bursts") << bursts({100, 700, 850, 1500, 1950}, 20);
    QTest::newRow("late onset") << sum(arriving(1, Duration / 3), noise(500, 10));
}

void TestAnalysis::leaks()
{
    QFETCH(MadeCourse, course);
    for (quint32 seed = 1; seed <= 3; ++seed) {
        const Finding finding = analysed(course, seed);
        QCOMPARE(finding.verdict, Verdict::Leak);
        QVERIFY(finding.confidence >= .8 && finding.confidence <= 1);
        QVERIFY(
            finding.firstFlagged && finding.flaggedSince && *finding.firstFlagged <= *finding.flaggedSince);
        QVERIFY(finding.bytesPerHour > 0);
        QCOMPARE(analysed(course, seed, false).verdict, Verdict::Leak);
    }
}

void TestAnalysis::noLeaks_data()
{
    QTest::addColumn<MadeCourse>("course");
    QTest::newRow("constant") << function([](double) { return 100; }, 0);
    QTest::newRow("busy, balanced") << noise(5000, 100);
    QTest::newRow("warm-up") << function([](double s) { return 10000 * (1 - std::exp(-s / 300)); }, 20);
    QTest::newRow("slow warm-up") << function([](double s) { return 10000 * (1 - std::exp(-s / 700)); }, 5);
    QTest::newRow("logarithmic") << function([](double s) { return 3000 * std::log1p(s / 30); }, 10);
    QTest::newRow("up to a cap") << function([](double s) { return std::min(s * 10, 6000.0); }, 10);
    QTest::newRow("sawtooth") << function([](double s) { return 10 * std::fmod(s, 130.0); }, 5);
    QTest::newRow("cycle") << function(
        [](double s) { return 5000 - 3000 * std::cos(2 * std::numbers::pi * s / 700); }, 30);
    QTest::newRow("one jump") << function([](double s) { return s < 1100 ? 1000.0 : 9000.0; }, 5);
    QTest::newRow("two jumps") << function(
        [](double s) { return s < 700 ? 1000.0
                           : s < 1500 ? 3000
                                      : 5000; }, 5);
    QTest::newRow("bursts that are given back") << sum(
        bursts({200, 420, 900, 1300, 1500, 2100}, 20), bursts({310, 600, 1000, 1400, 1800, 2300}, -20));
    QTest::newRow("bursts that were over early") << bursts({100, 200, 320, 410, 500, 640}, 20);
    QTest::newRow("teeth over a cache that fills")
        << function([](double s) { return 4000 * (1 - std::exp(-s / 400)) + 40 * std::fmod(s, 130.0); }, 20);
    QTest::newRow("teeth over one jump")
        << function([](double s) { return (s < 1100 ? 1000 : 2000) + 20 * std::fmod(s, 130.0); }, 5);
    QTest::newRow("a spike") << function([](double s) { return s > 900 && s < 960 ? 90000.0 : 1000.0; }, 5);
    QTest::newRow("falling") << function([](double s) { return 9000 - s; }, 5);
    QTest::newRow("rare events") << function([](double s) { return 100 + std::floor(s / 700); }, 0);
}

void TestAnalysis::noLeaks()
{
    QFETCH(MadeCourse, course);
    for (quint32 seed = 1; seed <= 3; ++seed)
        QVERIFY(analysed(course, seed).verdict != Verdict::Leak);
}

void TestAnalysis::rateCoversTheTruth()
{
    int covered = 0;
    constexpr int Runs = 20;
    constexpr double PerHour = .5 * 3600;
    for (quint32 seed = 1; seed <= Runs; ++seed) {
        const Finding finding = analysed(sum(arriving(.5), noise(300, 20)), seed);
        QCOMPARE(finding.verdict, Verdict::Leak);
        QVERIFY(finding.bytesPerHourLow <= finding.bytesPerHour
            && finding.bytesPerHour <= finding.bytesPerHourHigh);
        QVERIFY(std::abs(finding.outstandingPerHour / PerHour - 1) < .25);
        if (finding.bytesPerHourLow <= PerHour * 64 && PerHour * 64 <= finding.bytesPerHourHigh)
            ++covered;
    }
    QVERIFY2(covered >= 15, qPrintable(QString::number(covered)));
}

void TestAnalysis::bytesAloneOrCountAlone_data()
{
    QTest::addColumn<bool>("bytesKnown");
    QTest::newRow("only bytes") << true;
    QTest::newRow("only the count") << false;
}

void TestAnalysis::bytesAloneOrCountAlone()
{
    QFETCH(bool, bytesKnown);
    MadeSeries series({{"Tag1", arriving(1)}});
    AnalysisRun run;
    for (int i = 0; i < 200; ++i) {
        auto sample = std::make_shared<Sample>(*series.at(i * Interval));
        Reading &reading = sample->readings.front();
        reading.allocs = reading.frees = {};
        (bytesKnown ? reading.outstanding : reading.bytes) = {};
        run.add(sample);
    }
    const Finding finding = findingOf(run.report({}), "Tag1");
    QCOMPARE(finding.verdict, Verdict::Leak);
    QCOMPARE(std::isnan(finding.bytesPerHour), !bytesKnown);
    QCOMPARE(finding.bytesLast.isKnown(), bytesKnown);
}

void TestAnalysis::sameInputSameAnswer()
{
    const auto analyse = [] {
        MadeSeries series({{"a", arriving(1)}, {"b", noise(100, 10)}, {"c", arriving(.1, 600)}}, 7);
        AnalysisRun run;
        series.feed(run, 0, Samples, Interval);
        std::vector<Finding> findings = run.report({}).findings;
        for (Finding &finding : findings) { // NaN is not equal to itself
            if (std::isnan(finding.lateShare))
                finding.lateShare = -1;
        }
        return findings;
    };
    QVERIFY(analyse() == analyse());
}

void TestAnalysis::constantTagsTakeNoCase()
{
    MadeSeries series({{"Flat", function([](double) { return 1e7; }, 0)}, {"Busy", noise(1000, 10)}});
    AnalysisRun run;
    series.feed(run, 0, 100, 1);
    QCOMPARE(run.analysis().tagCount(), 2U);
    QCOMPARE(run.analysis().activeTags(), 1U);
    const Finding flat = findingOf(run.report({}), "Flat");
    QCOMPARE(flat.verdict, Verdict::Steady);
    QCOMPARE(flat.bytesPerHour, 0.0);
    QCOMPARE(flat.bytesFirst, flat.bytesLast);
}

void TestAnalysis::tooFewSamplesAreNoLeak()
{
    MadeSeries series({{"Tag1", arriving(50)}});
    AnalysisRun run;
    series.feed(run, 0, 40, Interval);
    QCOMPARE(findingOf(run.report({}), "Tag1").verdict, Verdict::Suspect);
    AnalysisRun finished(rulesForFinished(40));
    MadeSeries again({{"Tag1", arriving(50)}});
    again.feed(finished, 0, 40, Interval);
    QCOMPARE(findingOf(finished.report({}), "Tag1").verdict, Verdict::Leak);
}

void TestAnalysis::comesGoesAndComesBack()
{
    MadeSeries with({{"Tag1", arriving(1)}, {"Busy", noise(1000, 10)}});
    MadeSeries without({{"Busy", noise(1000, 10)}});
    AnalysisRun run;
    with.feed(run, 0, 200, Interval);
    QCOMPARE(findingOf(run.report({}), "Tag1").verdict, Verdict::Leak);
    without.feed(run, 1000, 10, Interval);
    const Finding gone = findingOf(run.report({}), "Tag1");
    QCOMPARE(gone.verdict, Verdict::Steady);
    QCOMPARE(gone.reason, Reason::Gone);
    QVERIFY(gone.firstFlagged.has_value());
    with.feed(run, 1050, 30, Interval); // what was before it went does not count
    const Finding back = findingOf(run.report({}), "Tag1");
    QVERIFY(back.verdict != Verdict::Leak);
    QCOMPARE(back.samples, 30U);
    with.feed(run, 1200, 200, Interval);
    QCOMPARE(findingOf(run.report({}), "Tag1").verdict, Verdict::Leak);
}

void TestAnalysis::rebootStartsAnew()
{
    MadeSeries series({{"Tag1", noise(1000, 5)}});
    MadeSeries next({{"Tag1", noise(90000, 5)}});
    Origin origin = next.origin();
    origin.bootId = u"the next"_s;
    next.setOrigin(origin);
    AnalysisRun run;
    series.feed(run, 0, 200, Interval);
    next.feed(run, 1000, 200, Interval);
    QCOMPARE(findingOf(run.report({}), "Tag1").verdict, Verdict::Steady);
}

void TestAnalysis::sleepIsNoGrowthTime()
{
    // The machine sleeps for ten hours in the middle: the rate is that of the time in which it worked.
    double slept = 0;
    MadeSeries series(
        {{"Tag1", [&slept, leak = arriving(1)](double second, QRandomGenerator &random) mutable {
              return leak(second - slept, random);
          }}});
    AnalysisRun run;
    const auto feed = [&](int first, int end) {
        for (int i = first; i < end; ++i) {
            const double awake = i * Interval;
            auto sample = std::make_shared<Sample>(*series.at(awake + slept));
            const qint64 frees = std::llround(40 * awake);
            Reading &reading = sample->readings.front();
            reading.frees = frees;
            reading.allocs = frees + reading.outstanding.value();
            run.add(sample);
        }
    };
    feed(0, 150);
    slept = 36000;
    feed(150, 300);
    const Finding finding = findingOf(run.report({}), "Tag1");
    QCOMPARE(finding.verdict, Verdict::Leak);
    QVERIFY(std::abs(finding.outstandingPerHour / 3600 - 1) < .2);
}

void TestAnalysis::irregularIntervalsAndGaps()
{
    MadeSeries series({{"Tag1", arriving(1)}, {"Busy", noise(1000, 10)}});
    QRandomGenerator random(3);
    AnalysisRun run;
    double second = 0;
    for (int i = 0; i < 300; ++i) {
        second += 1 + 8 * random.generateDouble() + (i == 150 ? 600 : 0);
        run.add(series.at(second), i == 150);
    }
    const AnalysisReport report = run.report({});
    QCOMPARE(findingOf(report, "Tag1").verdict, Verdict::Leak);
    QVERIFY(findingOf(report, "Busy").verdict != Verdict::Leak);
}

namespace {

/// Grows by 1 a second from 600 to 1200 s, then gives back `freed` of it.
MadeCourse grownInTest(double freed)
{
    return function(
        [=](double s) {
            const double growth = std::clamp(s - 600, 0.0, 600.0);
            return 1000 + (s > 1205 ? growth * (1 - freed) : growth);
        },
        3);
}

Finding tested(double freed, double until)
{
    MadeSeries series({{"Tag1", grownInTest(freed)}, {"Busy", noise(1000, 10)}});
    AnalysisRun run;
    const SamplePtr first = series.at(0);
    run.planTests(
        {{first->wall + std::chrono::seconds(1200), false}, {first->wall + std::chrono::seconds(600), true}});
    const int samples = static_cast<int>(until / Interval);
    series.feed(run, 0, samples, Interval);
    return findingOf(run.report({}), "Tag1");
}

} // namespace

void TestAnalysis::testThatKeeps()
{
    const Finding finding = tested(.1, 2000);
    QCOMPARE(finding.verdict, Verdict::Leak);
    QCOMPARE(finding.reason, Reason::KeptAfterTest);
    QVERIFY(finding.freedFraction && std::abs(*finding.freedFraction - .1) < .08);
}

void TestAnalysis::testThatFrees()
{
    const Finding finding = tested(.95, 2000);
    QCOMPARE(finding.verdict, Verdict::Steady);
    QCOMPARE(finding.reason, Reason::Released);
    QVERIFY(finding.freedFraction && std::abs(*finding.freedFraction - .95) < .08);
}

void TestAnalysis::testRunningIsSuspectAtMost()
{
    const Finding finding = tested(.1, 1150);
    QCOMPARE(finding.verdict, Verdict::Suspect);
    QCOMPARE(finding.reason, Reason::InTest);
    QVERIFY(!finding.freedFraction);
}

void TestAnalysis::repeatedTests()
{
    // Three runs; "Kept" grows in each and keeps it, "Freed" gives it back after each.
    const auto inRun = [](double s) { return std::clamp(std::fmod(s, 600.0) - 100, 0.0, 300.0); };
    MadeSeries series({{"Kept", function([=](double s) { return 300 * std::floor(s / 600) + inRun(s); }, 2)},
        {"Free", function([=](double s) { return std::fmod(s, 600.0) > 405 ? 0.0 : inRun(s); }, 2)}});
    AnalysisRun run;
    const SamplePtr first = series.at(0);
    std::vector<TestInstant> tests;
    for (int i = 0; i < 3; ++i) {
        tests.push_back({first->wall + std::chrono::seconds(600 * i + 100), true});
        tests.push_back({first->wall + std::chrono::seconds(600 * i + 400), false});
    }
    run.planTests(tests);
    series.feed(run, 0, 360, Interval);
    const AnalysisReport report = run.report({});
    QCOMPARE(findingOf(report, "Kept").verdict, Verdict::Leak);
    QVERIFY(findingOf(report, "Free").verdict != Verdict::Leak);
}

void TestAnalysis::whatTheKernelTakesBackIsHeldBack()
{
    MadeSeries series({{"dentry", arriving(3.3), 192, false, PoolType::Paged},
        {"vmap_area", arriving(2.7), 64, false, PoolType::Nonpaged},
        {"filp", arriving(5), 192, false, PoolType::Nonpaged}});
    Origin origin = series.origin();
    origin.kind = SourceKind::Slab;
    series.setOrigin(origin);
    AnalysisRun run;
    series.feed(run, 0, 240, Interval); // 20 min
    const AnalysisReport early = run.report({});
    QCOMPARE(findingOf(early, "filp").verdict, Verdict::Leak);
    for (const QByteArray &name : {"dentry"_ba, "vmap_area"_ba}) {
        QCOMPARE(findingOf(early, name).verdict, Verdict::Suspect);
        QCOMPARE(findingOf(early, name).reason, Reason::TakenBack);
    }
    series.feed(run, 1200, 240, Interval);
    QCOMPARE(findingOf(run.report({}), "dentry").verdict, Verdict::Leak);
}

void TestAnalysis::whatFollowsTheFileCacheIsHeldBack_data()
{
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<int>("samples");
    QTest::addColumn<Verdict>("verdict");
    QTest::newRow("a build writes") << "Busy"_ba << 200 << Verdict::Suspect;
    QTest::newRow("for more than half an hour") << "Busy"_ba << 480 << Verdict::Leak;
    QTest::newRow("files are held") << "filp"_ba << 200 << Verdict::Leak;
}

void TestAnalysis::whatFollowsTheFileCacheIsHeldBack()
{
    QFETCH(const QByteArray, other);
    QFETCH(const int, samples);
    QFETCH(const Verdict, verdict);
    double written = 0;
    const auto following = [&written](double times) {
        return [&written, times](
                   double, QRandomGenerator &random) { return 5000 + times * written + gaussian(random); };
    };
    MadeSeries series({{"buffer_head", following(38), 104, false, PoolType::Paged},
        {"kmalloc-512", following(1), 512, false, PoolType::Nonpaged},
        {other, other == "filp" ? following(1) : noise(5000, 10), 192, false, PoolType::Nonpaged}});
    Origin origin = series.origin();
    origin.kind = SourceKind::Slab;
    series.setOrigin(origin);
    AnalysisRun run;
    QRandomGenerator random(5);
    for (int i = 0; i < samples; ++i) {
        written += random.bounded(20);
        run.add(series.at(i * Interval));
    }
    const AnalysisReport report = run.report({});
    QCOMPARE(findingOf(report, "kmalloc-512").verdict, verdict);
    QCOMPARE(findingOf(report, "buffer_head").verdict, verdict);
    QCOMPARE(report.findings.back().verdict, other == "filp" ? Verdict::Leak : Verdict::Steady);
    if (verdict == Verdict::Suspect)
        QCOMPARE(findingOf(report, "kmalloc-512").reason, Reason::TakenBack);
}

void TestAnalysis::lockstepIsOneLeak()
{
    // Objects of three kinds a leaked thing, under a little noise of their own; the first is the heaviest.
    double things = 0;
    const auto thing = [&things](double times) {
        return [&things, times](
                   double, QRandomGenerator &random) { return 500 + times * things + gaussian(random); };
    };
    MadeSeries series({{"File", thing(2), 192}, {"NtFC", thing(1), 2048}, {"IoNm", thing(1), 64},
        {"Busy", noise(1000, 10)}});
    const AnalysisReport report = reportOfMore(things, series);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(report.findings[static_cast<size_t>(i)].verdict, Verdict::Leak);
        QCOMPARE(report.findings[static_cast<size_t>(i)].group, std::optional(1));
    }
    QCOMPARE((*report.tags)[report.findings[0].id].tag.bytes, "NtFC"_ba);
    QVERIFY(!report.findings[3].group);
}

void TestAnalysis::holderComesBeforeWhatItHolds()
{
    // A log does not tell that inodes are reclaimable; their name does. They are heavier than what holds
    // them.
    double things = 0;
    const auto thing = [&things](
                           double, QRandomGenerator &random) { return 500 + things + gaussian(random); };
    MadeSeries series({{"proc_inode_cache", thing, 704, false}, {"filp", thing, 192, false}});
    Origin origin = series.origin();
    origin.kind = SourceKind::Slab;
    series.setOrigin(origin);
    const AnalysisReport report = reportOfMore(things, series);
    QCOMPARE((*report.tags)[report.findings[0].id].tag.bytes, "filp"_ba);
    QCOMPARE(report.findings[1].verdict, Verdict::Leak);
    QCOMPARE(report.findings[1].group, report.findings[0].group);
}

/// Files that are held among those that others open and close, two for each thing, and a cache that has free
/// places at first and then grows by whole slabs: only the rate tells.
void TestAnalysis::sameRateIsLockstep()
{
    double things = 0;
    const auto thing = [&things](double times, double spread) {
        return [&things, times, spread](double, QRandomGenerator &random) {
            return 5000 + times * things + spread * gaussian(random);
        };
    };
    const auto slabs = [&things](double, QRandomGenerator &) {
        constexpr double Free = 150;
        constexpr double PerSlab = 21;
        return 5000 + std::floor(std::max(things - Free, 0.0) / PerSlab) * PerSlab;
    };
    MadeSeries series({{"Tmr ", thing(1, 1), 256}, {"File", thing(2, 600), 184}, {"Slab", slabs, 192}});
    AnalysisRun run;
    for (int i = 0; i < 400; ++i) {
        things += 10;
        run.add(series.at(i * Interval));
    }
    const AnalysisReport report = run.report({});
    for (const Finding &finding : report.findings) {
        QCOMPARE(finding.verdict, Verdict::Leak);
        QCOMPARE(finding.group, std::optional(1));
    }
}

void TestAnalysis::independentLeaksAreTwo()
{
    MadeSeries series({{"One", arriving(1)}, {"Two", arriving(1.37)}});
    AnalysisRun run;
    series.feed(run, 0, 300, Interval);
    const AnalysisReport report = run.report({});
    for (const Finding &finding : report.findings) {
        QCOMPARE(finding.verdict, Verdict::Leak);
        QVERIFY(!finding.group);
    }
}

void TestAnalysis::ranking()
{
    MadeSeries series({{"Flat", function([](double) { return 5e8; }, 0)}, {"Slow", arriving(.2)},
        {"Warm", function([](double s) { return 100000 * (1 - std::exp(-s / 200)); }, 5)},
        {"Fast", arriving(20)}});
    AnalysisRun run;
    series.feed(run, 0, Samples, Interval);
    const AnalysisReport report = run.report({});
    QCOMPARE(report.findings.size(), 4U);
    QCOMPARE((*report.tags)[report.findings[0].id].tag.bytes, "Fast"_ba);
    QCOMPARE((*report.tags)[report.findings[1].id].tag.bytes, "Slow"_ba);
    QVERIFY(std::ranges::is_sorted(report.findings, std::greater(), &Finding::verdict));
}

void TestAnalysis::longRunStaysTheSame()
{
    // A leak that begins after ten hours of quiet is seen by the recent windows, long before the whole run
    // would show it.
    MadeSeries series({{"Tag1", sum(arriving(2, 36000), noise(2000, 5))}, {"Busy", noise(1000, 10)}});
    AnalysisRun run;
    series.feed(run, 0, 7200, Interval);
    QCOMPARE(findingOf(run.report({}), "Tag1").verdict, Verdict::Steady);
    series.feed(run, 36000, 240, Interval);
    const AnalysisReport report = run.report({});
    const Finding finding = findingOf(report, "Tag1");
    QCOMPARE(finding.verdict, Verdict::Leak);
    QVERIFY(std::abs(finding.outstandingPerHour / 7200 - 1) < .2);
    QCOMPARE(findingOf(report, "Busy").verdict, Verdict::Steady);
}

QTEST_GUILESS_MAIN(TestAnalysis)
#include "tst_analysis.moc"
