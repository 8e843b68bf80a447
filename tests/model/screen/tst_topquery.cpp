// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/topquery.h"

#include "tests/model/screen/frames.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

class TestTopQuery : public QObject
{
    Q_OBJECT

private slots:
    void order_data();
    void order();
    void keysFromText_data();
    void keysFromText();
    void filters_data();
    void filters();
    void limitKeepsTotals();
    void vanishedTagsAreLeftOut();
    void totalsOfUnknownStayUnknown();
    void selectedSample();
};

namespace {

QByteArray tagsOf(const TopAnswer &answer)
{
    QByteArrayList tags;
    for (const TopRow &row : answer.rows)
        tags.append(row.entry->tag.bytes);
    return tags.join(' ');
}

Frame mixedFrame()
{
    return makeFrame({
        {"bb", PoolType::Nonpaged, {100, 90, 10, 1000}, {5, 1, 4, 400}, 60.0, "z.sys"},
        {"aa", PoolType::Paged, {300, 100, 200, 2000}, {9, 9, 0, 0}, -5.0, ""},
        {"cc", PoolType::Nonpaged, {{}, {}, 5, 5000}, {{}, {}, 1, -10}, 7.5, "a.sys"},
        {"dd", PoolType::None, {}, {}},
        {"aa", PoolType::Nonpaged, {300, 299, 1, 1000}, {1, 2, -1, 400}, 60.0, "m.sys"},
    });
}

} // namespace

void TestTopQuery::order_data()
{
    QTest::addColumn<TopKey>("key");
    QTest::addColumn<bool>("byChange");
    QTest::addColumn<QByteArray>("expected");

    // Ties (bytes of bb and aa/nonpaged) are broken by tag.
    QTest::newRow("bytes") << TopKey::Bytes << false << QByteArray("cc aa aa bb dd");
    QTest::newRow("allocs") << TopKey::Allocs << false << QByteArray("aa aa bb cc dd");
    QTest::newRow("frees") << TopKey::Frees << false << QByteArray("aa aa bb cc dd");
    QTest::newRow("diff") << TopKey::Outstanding << false << QByteArray("aa bb cc aa dd");
    QTest::newRow("per allocation") << TopKey::PerAlloc << false << QByteArray("aa cc bb aa dd");
    QTest::newRow("tag") << TopKey::Tag << false << QByteArray("aa aa bb cc dd");
    QTest::newRow("type") << TopKey::Type << false << QByteArray("dd aa bb cc aa");
    QTest::newRow("rate") << TopKey::Rate << false << QByteArray("aa bb cc aa dd");
    QTest::newRow("driver") << TopKey::Driver << false << QByteArray("cc aa bb aa dd");
    QTest::newRow("bytes by change") << TopKey::Bytes << true << QByteArray("aa bb aa cc dd");
    QTest::newRow("allocs by change") << TopKey::Allocs << true << QByteArray("aa bb aa cc dd");
    QTest::newRow("diff by change") << TopKey::Outstanding << true << QByteArray("bb cc aa aa dd");
    QTest::newRow("tag by change") << TopKey::Tag << true << QByteArray("aa aa bb cc dd");
    // 600 bytes over 2 became 1000 over 1, 5010 over 4 became 5000 over 5, 600 over 6 became 1000 over 10.
    QTest::newRow("per allocation by change") << TopKey::PerAlloc << true << QByteArray("aa bb aa cc dd");
}

void TestTopQuery::order()
{
    QFETCH(TopKey, key);
    QFETCH(bool, byChange);
    const Frame frame = mixedFrame();
    TopQuery query;
    query.sort = key;
    query.byChange = byChange;
    QTEST(tagsOf(answer(frame, query)), "expected");
}

void TestTopQuery::keysFromText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("key"); // -1: refused

    for (const TopKeyInfo &info : topKeys()) {
        QTest::newRow(qPrintable(info.word.toString())) << info.word.toString() << static_cast<int>(info.key);
        if (info.letter != 0) {
            const QString letter(QLatin1Char(info.letter));
            QTest::newRow(qPrintable(letter)) << letter << static_cast<int>(info.key);
            QTest::newRow(qPrintable(letter.toUpper())) << letter.toUpper() << static_cast<int>(info.key);
        }
    }
    QTest::newRow("s") << u"s"_s << static_cast<int>(TopKey::Outstanding);
    QTest::newRow("outstanding") << u"outstanding"_s << static_cast<int>(TopKey::Outstanding);
    QTest::newRow("empty") << QString() << -1;
    QTest::newRow("unknown letter") << u"x"_s << -1;
    QTest::newRow("not Latin") << u"–"_s << -1;
    QTest::newRow("other case") << u"Bytes"_s << -1;
}

void TestTopQuery::keysFromText()
{
    QFETCH(QString, text);
    QFETCH(int, key);
    const std::optional<TopKey> found = topKeyFromText(text);
    QCOMPARE(found ? static_cast<int>(*found) : -1, key);
}

void TestTopQuery::filters_data()
{
    QTest::addColumn<QList<QByteArray>>("include");
    QTest::addColumn<QList<QByteArray>>("exclude");
    QTest::addColumn<int>("type"); // -1: both
    QTest::addColumn<QByteArray>("expected");

    using List = QList<QByteArray>;
    QTest::newRow("none") << List() << List() << -1 << QByteArray("aa aa bb cc dd");
    QTest::newRow("include") << List{"a*"} << List() << -1 << QByteArray("aa aa");
    QTest::newRow("include any of") << List{"a*", "?c"} << List() << -1 << QByteArray("aa aa cc");
    QTest::newRow("exclude all of") << List() << List{"a*", "dd"} << -1 << QByteArray("bb cc");
    QTest::newRow("include, then exclude") << List{"*"} << List{"cc"} << -1 << QByteArray("aa aa bb dd");
    QTest::newRow("case matters") << List{"A*"} << List() << -1 << QByteArray();
    QTest::newRow("whole tag") << List{"a"} << List() << -1 << QByteArray();
    QTest::newRow("nonpaged") << List() << List() << static_cast<int>(PoolType::Nonpaged)
                              << QByteArray("aa bb cc");
    QTest::newRow("paged") << List() << List() << static_cast<int>(PoolType::Paged) << QByteArray("aa");
}

void TestTopQuery::filters()
{
    QFETCH(QList<QByteArray>, include);
    QFETCH(QList<QByteArray>, exclude);
    QFETCH(int, type);
    const Frame frame = mixedFrame();
    TopQuery query;
    query.sort = TopKey::Tag;
    query.include = include;
    query.exclude = exclude;
    if (type >= 0)
        query.type = static_cast<PoolType>(type);
    const TopAnswer got = answer(frame, query);
    QTEST(tagsOf(got), "expected");
    QCOMPARE(got.tagsInSample, 5);
    QCOMPARE(got.all.tags, static_cast<qsizetype>(got.rows.size()));
}

void TestTopQuery::limitKeepsTotals()
{
    const Frame frame = mixedFrame();
    TopQuery query;
    query.limit = 2;
    const TopAnswer got = answer(frame, query);
    QCOMPARE(tagsOf(got), QByteArray("cc aa"));
    QCOMPARE(got.all.tags, 5);
    QVERIFY(got.all.sum.bytes == Counter(9000));
    QVERIFY(got.all.change.bytes == Counter(790));
    QVERIFY(got.nonpaged.sum.bytes == Counter(7000));
    QVERIFY(got.paged.sum.bytes == Counter(2000));
    QCOMPARE(got.nonpaged.tags, 3);
}

void TestTopQuery::vanishedTagsAreLeftOut()
{
    const Frame frame = makeFrame({
        {"gone", PoolType::Nonpaged, held(1, 100), {}, 0.0, "", false},
        {"here", PoolType::Nonpaged, held(1, 50)},
    });
    const TopAnswer got = answer(frame, {});
    QCOMPARE(tagsOf(got), QByteArray("here"));
    QCOMPARE(got.tagsInSample, 1);
    QVERIFY(got.all.sum.bytes == Counter(50));
}

void TestTopQuery::totalsOfUnknownStayUnknown()
{
    const Frame frame = makeFrame({{"a", PoolType::Nonpaged, held(1, 10)}});
    const TopAnswer got = answer(frame, {});
    QVERIFY(!got.all.sum.allocs.isKnown());
    QVERIFY(!got.all.change.bytes.isKnown());
    QVERIFY(!got.paged.sum.bytes.isKnown());
}

void TestTopQuery::selectedSample()
{
    SystemReading system;
    system[SystemField::PoolNonpaged] = 8000;
    system[SystemField::PoolPaged] = 2500;
    Frame frame = mixedFrame();
    auto whole = std::make_shared<Sample>(*frame.sample);
    whole->system = system;
    frame.sample = whole;
    TopQuery query;
    query.limit = 2;

    const SamplePtr sample = poolscope::selectedSample(frame, answer(frame, query));
    QCOMPARE(sample->tags->size(), size_t(2));
    QCOMPARE(sample->tags->at(0).tag.bytes, QByteArray("cc"));
    QVERIFY(sample->readings.at(0) == frame.rows.at(2).reading);
    QVERIFY(sample->tags->at(1).tag == (Tag{"aa", PoolType::Paged}));
    QVERIFY(sample->wall == whole->wall);
    QVERIFY(sample->origin == whole->origin);
    QVERIFY(sample->system[SystemField::PoolPaged] == Counter(2500));
    // Of the whole machine, not of the two rows.
    QVERIFY(sample->system[SystemField::Untagged] == untaggedBytes(*whole));
}

QTEST_GUILESS_MAIN(TestTopQuery)
#include "tst_topquery.moc"
