// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/comparison.h"
#include "tests/support/samplemaker.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

using Bytes = QList<qint64>; // what one tag holds in each snapshot
constexpr qint64 Absent = -1;
constexpr qint64 Unknown = -2;
constexpr double Null = -1;

class TestComparison : public QObject
{
    Q_OBJECT

private slots:
    void arithmetic_data();
    void arithmetic();
    void sharesAddUpToOne();
    void sortedByChange();
    void orderDoesNotDependOnTheSource();
    void rateUsesMeasuredTime();
    void rateAcrossBootsUsesWallTime();
    void typesAndKindsAreDifferentTags();
    void warnings_data();
    void warnings();
    void extremesDoNotOverflow();
    void degenerateInputs();
};

namespace {

/// One snapshot an hour; the tag "other" grows by 300 bytes in all where `growth` asks for company.
std::vector<Snapshot> hourly(const Bytes &bytes, bool company)
{
    std::vector<Snapshot> snapshots;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        std::vector<Row> rows;
        if (company)
            rows.push_back({"other", PoolType::Paged, held(1, i + 1 == bytes.size() ? 1300 : 1000), {}});
        if (bytes[i] == Unknown)
            rows.push_back({"x", PoolType::Nonpaged, {}, {}});
        else if (bytes[i] != Absent)
            rows.push_back({"x", PoolType::Nonpaged, held(bytes[i] / 10, bytes[i]), {}});
        snapshots.push_back(makeSnapshot(QString::number(i), rows, i * 3600));
    }
    return snapshots;
}

const ComparisonRow &rowOf(const Comparison &comparison, QByteArrayView tag)
{
    for (const ComparisonRow &row : comparison.rows) {
        if (row.tag.bytes == tag)
            return row;
    }
    qFatal("no such tag");
}

} // namespace

void TestComparison::arithmetic_data()
{
    QTest::addColumn<Bytes>("bytes");
    QTest::addColumn<bool>("company");
    QTest::addColumn<qint64>("change");
    QTest::addColumn<double>("perHour");
    QTest::addColumn<double>("share");
    QTest::addColumn<bool>("rose");
    QTest::addColumn<ComparisonStatus>("status");
    using S = ComparisonStatus;

    QTest::newRow("grows") << Bytes{100, 200} << true << 100LL << 100.0 << 0.25 << true << S::Both;
    QTest::newRow("grows alone") << Bytes{100, 200} << false << 100LL << 100.0 << 1.0 << true << S::Both;
    QTest::newRow("steady") << Bytes{100, 100} << true << 0LL << 0.0 << 0.0 << false << S::Both;
    QTest::newRow("nothing grew") << Bytes{100, 100} << false << 0LL << 0.0 << Null << false << S::Both;
    QTest::newRow("shrinks") << Bytes{200, 100} << true << -100LL << -100.0 << 0.0 << false << S::Both;
    QTest::newRow("three steps") << Bytes{100, 200, 300, 400} << true << 300LL << 100.0 << 0.5 << true
                                 << S::Both;
    QTest::newRow("one step down") << Bytes{100, 300, 200, 400} << true << 300LL << 100.0 << 0.5 << false
                                   << S::Both;
    QTest::newRow("one step flat") << Bytes{100, 100, 400} << true << 300LL << 150.0 << 0.5 << false
                                   << S::Both;
    QTest::newRow("new") << Bytes{Absent, 100} << true << 100LL << 100.0 << 0.25 << true << S::New;
    QTest::newRow("gone") << Bytes{100, Absent} << true << -100LL << -100.0 << 0.0 << false << S::Gone;
    QTest::newRow("only between") << Bytes{Absent, 100, Absent} << true << 0LL << 0.0 << 0.0 << false
                                  << S::Gone;
    QTest::newRow("away between") << Bytes{100, Absent, 200} << true << 100LL << 50.0 << 0.25 << false
                                  << S::Both;
    QTest::newRow("unknown first") << Bytes{Unknown, 100} << true << qint64(Unknown) << Null << Null << false
                                   << S::Both;
    QTest::newRow("unknown last") << Bytes{100, Unknown} << true << qint64(Unknown) << Null << Null << false
                                  << S::Both;
    QTest::newRow("unknown between") << Bytes{100, Unknown, 200} << true << 100LL << 50.0 << 0.25 << false
                                     << S::Both;
    QTest::newRow("new but unknown") << Bytes{Absent, Unknown} << true << qint64(Unknown) << Null << Null
                                     << false << S::New;
}

void TestComparison::arithmetic()
{
    QFETCH(Bytes, bytes);
    QFETCH(bool, company);
    QFETCH(qint64, change);
    QFETCH(double, perHour);
    QFETCH(double, share);
    QFETCH(bool, rose);
    QFETCH(ComparisonStatus, status);

    const Comparison comparison = compareSnapshots(hourly(bytes, company));
    const ComparisonRow &row = rowOf(comparison, "x");
    QCOMPARE(row.bytesChange.isKnown() ? row.bytesChange.value() : Unknown, change);
    QCOMPARE(row.bytesPerHour.has_value(), change != Unknown);
    if (row.bytesPerHour)
        QCOMPARE(*row.bytesPerHour, perHour);
    QCOMPARE(row.shareOfGrowth.value_or(Null), share);
    QCOMPARE(row.roseEveryStep, rose);
    QCOMPARE(row.status, status);
    for (size_t i = 0; i < row.bytes.size(); ++i) {
        const qint64 expected = bytes[static_cast<qsizetype>(i)];
        QCOMPARE(row.bytes[i].isKnown(), expected >= 0);
        QCOMPARE(row.outstanding[i].isKnown(), expected >= 0);
        if (expected >= 0) {
            QCOMPARE(row.bytes[i].value(), expected);
            QCOMPARE(row.outstanding[i].value(), expected / 10);
        }
    }
}

void TestComparison::sharesAddUpToOne()
{
    QRandomGenerator random(7);
    std::vector<Row> first;
    std::vector<Row> last;
    for (int i = 0; i < 500; ++i) {
        const QByteArray tag = "t" + QByteArray::number(i);
        first.push_back({tag, PoolType::Paged, held(1, random.bounded(100'000)), {}});
        last.push_back({tag, PoolType::Paged, held(1, random.bounded(200'000)), {}});
    }
    const Comparison comparison =
        compareSnapshots(std::vector{makeSnapshot(u"a"_s, first), makeSnapshot(u"b"_s, last, 60)});
    double sum = 0;
    qint64 growth = 0;
    for (const ComparisonRow &row : comparison.rows) {
        QVERIFY(*row.shareOfGrowth >= 0 && *row.shareOfGrowth <= 1);
        sum += *row.shareOfGrowth;
        growth += std::max<qint64>(0, row.bytesChange.value());
    }
    QVERIFY(std::abs(sum - 1) < 1e-9);
    QCOMPARE(comparison.growth, growth);
}

void TestComparison::sortedByChange()
{
    const std::vector<Row> first{{"down", PoolType::Paged, held(1, 900), {}},
        {"unknown", PoolType::Paged, {}, {}}, {"up", PoolType::Paged, held(1, 1), {}},
        {"same", PoolType::Paged, held(1, 1), {}}};
    const std::vector<Row> last{{"same", PoolType::Paged, held(1, 1), {}},
        {"new", PoolType::Paged, held(1, 5), {}}, {"unknown", PoolType::Paged, {}, {}},
        {"up", PoolType::Paged, held(1, 100), {}}};
    const Comparison comparison =
        compareSnapshots(std::vector{makeSnapshot(u"a"_s, first), makeSnapshot(u"b"_s, last, 60)});
    QByteArrayList order;
    for (const ComparisonRow &row : comparison.rows)
        order += row.tag.bytes;
    QCOMPARE(order, (QByteArrayList{"up", "new", "same", "down", "unknown"}));
}

void TestComparison::orderDoesNotDependOnTheSource()
{
    std::vector<Row> rows;
    for (const char *tag : {"b", "a", "c"})
        rows.push_back({tag, PoolType::Paged, held(1, 10), {}});
    const auto order = [](const std::vector<Row> &list) {
        QByteArrayList tags;
        const auto snapshots = std::vector{makeSnapshot(u"a"_s, list), makeSnapshot(u"b"_s, list, 9)};
        for (const ComparisonRow &row : compareSnapshots(snapshots).rows)
            tags += row.tag.bytes;
        return tags;
    };
    const QByteArrayList forward = order(rows);
    std::ranges::reverse(rows);
    QCOMPARE(order(rows), forward);
    QCOMPARE(forward, (QByteArrayList{"a", "b", "c"}));
}

void TestComparison::rateUsesMeasuredTime()
{
    auto snapshots = hourly({100, 200}, false);
    // The wall clock was set back by a day in between; the monotonic one knows that one hour passed.
    auto moved = std::make_shared<Sample>(*snapshots[1].sample);
    moved->wall -= std::chrono::days(1);
    snapshots[1].sample = moved;
    QCOMPARE(*compareSnapshots(snapshots).rows.front().bytesPerHour, 100.0);
}

void TestComparison::rateAcrossBootsUsesWallTime()
{
    auto snapshots = hourly({100, 200}, false);
    auto rebooted = std::make_shared<Sample>(*snapshots[1].sample);
    rebooted->monotonic = std::chrono::seconds(5);
    Origin origin = *rebooted->origin;
    origin.bootId = u"second"_s;
    rebooted->origin = std::make_shared<Origin>(origin);
    snapshots[1].sample = rebooted;
    QCOMPARE(*compareSnapshots(snapshots).rows.front().bytesPerHour, 100.0);
}

void TestComparison::typesAndKindsAreDifferentTags()
{
    const auto a = makeSnapshot(u"a"_s, {{"x", PoolType::Paged, held(1, 10), {}}});
    const auto b = makeSnapshot(u"b"_s, {{"x", PoolType::Nonpaged, held(1, 20), "drv"}}, 60);
    const Comparison byType = compareSnapshots(std::vector{a, b});
    QCOMPARE(byType.rows.size(), 2u);
    QCOMPARE(byType.rows[0].status, ComparisonStatus::New);
    QCOMPARE(byType.rows[0].driver, "drv"_ba);
    QCOMPARE(byType.rows[1].status, ComparisonStatus::Gone);

    Snapshot c = makeSnapshot(u"c"_s, {{"x", PoolType::Paged, held(1, 20), {}}}, 60);
    auto pool = std::make_shared<Sample>(*c.sample);
    Origin origin = *pool->origin;
    origin.kind = SourceKind::Pool;
    pool->origin = std::make_shared<Origin>(origin);
    c.sample = pool;
    QCOMPARE(compareSnapshots(std::vector{a, c}).rows.size(), 2u);
}

void TestComparison::warnings_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("boot");
    QTest::addColumn<SourceKind>("kind");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("says"); // empty: no warning

    QTest::newRow("same") << u"host"_s << u"boot"_s << SourceKind::Slab << 60LL << QString();
    QTest::newRow("host") << u"other"_s << u"b2"_s << SourceKind::Slab << 60LL << u"different machines"_s;
    QTest::newRow("boot") << u"host"_s << u"b2"_s << SourceKind::Slab << 60LL << u"restarted"_s;
    QTest::newRow("boot unknown") << u"host"_s << QString() << SourceKind::Slab << 60LL << QString();
    QTest::newRow("kind") << u"host"_s << u"boot"_s << SourceKind::Site << 60LL << u"different kinds"_s;
    QTest::newRow("order") << u"host"_s << u"boot"_s << SourceKind::Slab << -60LL << u"order"_s;
}

void TestComparison::warnings()
{
    QFETCH(QString, host);
    QFETCH(QString, boot);
    QFETCH(SourceKind, kind);
    QFETCH(qint64, seconds);
    QFETCH(QString, says);
    const auto first = makeSnapshot(u"a"_s, {});
    Snapshot second = makeSnapshot(u"b"_s, {}, seconds);
    auto sample = std::make_shared<Sample>(*second.sample);
    Origin origin = *sample->origin;
    origin.host = host;
    origin.bootId = boot;
    origin.kind = kind;
    sample->origin = std::make_shared<Origin>(origin);
    second.sample = sample;
    const QStringList warnings = compareSnapshots(std::vector{first, second}).warnings;
    QCOMPARE(warnings.size(), says.isEmpty() ? 0 : 1);
    if (!says.isEmpty())
        QVERIFY2(warnings.front().contains(says), qPrintable(warnings.front()));
}

void TestComparison::extremesDoNotOverflow()
{
    constexpr qint64 Max = std::numeric_limits<qint64>::max();
    const Comparison comparison = compareSnapshots(
        std::vector{makeSnapshot(u"a"_s,
                        {{"x", PoolType::None, held(-Max, -Max), {}}, {"y", PoolType::None, held(0, 0), {}}}),
            makeSnapshot(u"b"_s,
                {{"x", PoolType::None, held(Max, Max), {}}, {"y", PoolType::None, held(Max, Max), {}}}, 1)});
    QCOMPARE(comparison.rows[0].bytesChange.value(), Max);
    QCOMPARE(comparison.growth, Max);
    for (const ComparisonRow &row : comparison.rows)
        QVERIFY(*row.shareOfGrowth <= 1);
}

void TestComparison::degenerateInputs()
{
    QVERIFY(compareSnapshots({}).rows.empty());
    const auto same = makeSnapshot(u"a"_s, {{"x", PoolType::None, held(1, 1), {}}});
    const Comparison twice = compareSnapshots(std::vector{same, same});
    QVERIFY(!twice.rows[0].bytesPerHour.has_value());
    QVERIFY(!compareSnapshots(std::vector{same}).rows[0].roseEveryStep);
}

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
