// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/madeseries.h"
#include "tests/support/recordedseries.h"

#include <QTest>

#include <algorithm>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

namespace {

std::vector<SamplePtr> recorded(const QString &series)
{
    return samplesOfSeries(QStringLiteral(POOLSCOPE_SHARED_DATA "/series/") + series);
}

QByteArray nameOf(const AnalysisReport &report, const Finding &finding)
{
    return (*report.tags)[finding.id].tag.bytes;
}

/// The samples up to a second, analysed as a recording that ends there.
AnalysisReport analysedUntil(const std::vector<SamplePtr> &samples, double seconds,
    const std::vector<std::pair<double, bool>> &tests = {})
{
    const auto at = [&](double second) {
        return samples.front()->wall
            + std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(second));
    };
    const auto count = static_cast<size_t>(
        std::ranges::count_if(samples, [&](const SamplePtr &s) { return s->wall <= at(seconds); }));
    AnalysisRun run(rulesForFinished(count));
    std::vector<TestInstant> instants;
    for (const auto &[second, isStart] : tests)
        instants.push_back({at(second), isStart});
    run.planTests(std::move(instants));
    for (size_t i = 0; i < count; ++i)
        run.add(samples[i]);
    return run.report(u"recorded"_s);
}

} // namespace

/// Real leaks on real kernels among real noise: the cache is named, first or first of its group.
class TestRecordedLeaks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isNamedFirst_data();
    void isNamedFirst();
    void isFreedAfterTheEnd_data() { isNamedFirst_data(); }
    void isFreedAfterTheEnd();
    void quietIsQuiet_data();
    void quietIsQuiet();
};

void TestRecordedLeaks::initTestCase()
{
    if (recorded(u"live-none"_s).empty())
        QSKIP("the recorded series, or the program zstd, is not there");
}

void TestRecordedLeaks::isNamedFirst_data()
{
    QTest::addColumn<QString>("series");
    QTest::addColumn<QByteArrayList>("caches"); // of the leaked object
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("stop");
    QTest::addColumn<double>("freed");
    using Names = QByteArrayList;
    QTest::newRow("eventfd") << u"live-eventfd"_s
                             << Names{"filp", "dentry", "kmalloc-64", "eventfd_ctx", "lsm_file_cache"} << 10.
                             << 45. << 60.;
    QTest::newRow("key") << u"live-key"_s << Names{"key_jar", "kmalloc-128", "kmalloc-16"} << 10. << 45.
                         << 60.;
    QTest::newRow("pipe") << u"live-pipe"_s
                          << Names{"kmalloc-cg-1k", "inode_cache", "filp", "kmalloc-cg-192", "dentry",
                                 "lsm_file_cache", "lsm_inode_cache"}
                          << 10.1 << 45.1 << 60.1;
    QTest::newRow("tcp") << u"live-tcp"_s
                         << Names{"TCP", "sock_inode_cache", "dentry", "filp", "lsm_inode_cache",
                                "lsm_file_cache"}
                         << 10. << 45. << 60.;
    QTest::newRow("slow eventfd") << u"live-slow-eventfd"_s
                                  << Names{"filp", "dentry", "kmalloc-64", "eventfd_ctx", "lsm_file_cache"}
                                  << 60. << 420. << 480.1;
    QTest::newRow("pipe in a VM") << u"vm-pipe"_s
                                  << Names{"kmalloc-cg-1k", "inode_cache", "filp", "kmalloc-cg-192", "dentry"}
                                  << 8. << 43. << 53.;
    QTest::newRow("kmalloc in a VM") << u"vm-mod-kmalloc"_s << Names{"kmalloc-512", "kmalloc-32"} << 6.8
                                     << 41.8 << 51.8;
    QTest::newRow("eventfd in a quiet VM")
        << u"vm-quiet-eventfd"_s << Names{"filp", "dentry", "kmalloc-64"} << 9.9 << 37.2 << 52.2;
}

void TestRecordedLeaks::isNamedFirst()
{
    QFETCH(QString, series);
    QFETCH(QByteArrayList, caches);
    QFETCH(double, start);
    QFETCH(double, stop);
    QFETCH(double, freed);
    const std::vector<SamplePtr> samples = recorded(series);
    QVERIFY(!samples.empty());
    const AnalysisReport report = analysedUntil(samples, freed - 1, {{start, true}, {stop, false}});
    const Finding &first = report.findings.front();
    QVERIFY2(caches.contains(nameOf(report, first)), nameOf(report, first).constData());
    QCOMPARE(first.verdict, Verdict::Leak);
    QVERIFY(first.freedFraction && *first.freedFraction < .2);
}

void TestRecordedLeaks::isFreedAfterTheEnd()
{
    QFETCH(QString, series);
    QFETCH(QByteArrayList, caches);
    QFETCH(double, start);
    QFETCH(double, freed);
    const std::vector<SamplePtr> samples = recorded(series);
    QVERIFY(!samples.empty());
    const AnalysisReport report = analysedUntil(samples, 1e9, {{start, true}, {freed - 1, false}});
    const auto given = std::ranges::find_if(report.findings, [&](const Finding &finding) {
        return caches.contains(nameOf(report, finding)) && finding.freedFraction.value_or(0) > .8;
    });
    QVERIFY(given != report.findings.end());
    for (const Finding &finding : report.findings) {
        if (caches.contains(nameOf(report, finding)))
            QVERIFY2(finding.verdict != Verdict::Leak, nameOf(report, finding).constData());
    }
}

void TestRecordedLeaks::quietIsQuiet_data()
{
    QTest::addColumn<QString>("series");
    QTest::newRow("live") << u"live-none"_s;
    QTest::newRow("in a VM") << u"vm-none"_s;
}

void TestRecordedLeaks::quietIsQuiet()
{
    QFETCH(QString, series);
    const std::vector<SamplePtr> samples = recorded(series);
    QVERIFY(!samples.empty());
    const AnalysisReport report = analysedUntil(samples, 1e9);
    for (const Finding &finding : report.findings)
        QVERIFY2(finding.verdict != Verdict::Leak, nameOf(report, finding).constData());
}

QTEST_GUILESS_MAIN(TestRecordedLeaks)
#include "tst_recordedleaks.moc"
