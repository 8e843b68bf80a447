// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/formats/samplecsv.h"
#include "tests/support/samplemaker.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestSampleCsv : public QObject
{
    Q_OBJECT

private slots:
    void layout();
    void roundTrip_data();
    void roundTrip();
    void secondsFromStart();
    void kindByTheTags_data();
    void kindByTheTags();
    void columnsByNameAndLineFeeds();
    void equalTagListsAreShared();
    void damagedInput_data();
    void damagedInput();
};

void TestSampleCsv::layout()
{
    const SamplePtr plain =
        makeSample({{"Irp ", PoolType::Nonpaged, {Counter(5), Counter(2), Counter(3), {}}, {}}});
    QCOMPARE(samplesToCsv(std::vector{plain}),
        "time,tag,type,allocs,frees,outstanding,bytes\r\n"
        "2026-11-22T18:00:00.000Z,\"Irp \",nonpaged,5,2,3,\r\n"_ba);
    const SamplePtr driven =
        makeSample({{"a\x01", PoolType::None, {}, "x,\"y\".sys"}, {"b", PoolType::Paged, {}, {}}}, 60);
    QCOMPARE(samplesToCsv(std::vector{plain, driven}),
        "time,tag,type,allocs,frees,outstanding,bytes,driver\r\n"
        "2026-11-22T18:00:00.000Z,\"Irp \",nonpaged,5,2,3,,\r\n"
        "2026-11-22T18:01:00.000Z,a\\x01,none,,,,,\"x,\"\"y\"\".sys\"\r\n"
        "2026-11-22T18:01:00.000Z,b,paged,,,,,\r\n"_ba);
}

void TestSampleCsv::roundTrip_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestSampleCsv::roundTrip()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    std::vector<SamplePtr> samples;
    for (int n = 0; n < 3; ++n) {
        std::vector<Row> rows;
        for (int i = 0; i < 30; ++i) {
            // A running number makes every tag its own.
            const QByteArray tag = randomTag(random, random.bounded(0, 20)) + QByteArray::number(i);
            rows.push_back({tag, static_cast<PoolType>(random.bounded(3)),
                {randomCounter(random), randomCounter(random), randomCounter(random), randomCounter(random)},
                i % 2 == 0 ? QByteArray() : randomTag(random, random.bounded(0, 12))});
        }
        samples.push_back(makeSample(rows, n * 3));
    }
    const auto read = samplesFromCsv(samplesToCsv(samples), u"x.csv"_s);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QCOMPARE(read.value().size(), samples.size());
    for (size_t n = 0; n < samples.size(); ++n) {
        QVERIFY(read.value()[n]->wall == samples[n]->wall);
        QVERIFY(*read.value()[n]->tags == *samples[n]->tags);
        QVERIFY(read.value()[n]->readings == samples[n]->readings);
    }
}

void TestSampleCsv::secondsFromStart()
{
    const WallTime start = *wallTimeFromIso(u"2026-01-01T00:00:00Z");
    const auto read =
        samplesFromCsv("t_seconds,tag,type,bytes\n0,abcd,paged,1\n0.25,abcd,paged,2\n"_ba, u"f"_s, start);
    QVERIFY(read.ok());
    QCOMPARE(read.value().size(), 2u);
    QCOMPARE(isoUtc(read.value()[1]->wall), u"2026-01-01T00:00:00.250Z"_s);
    QCOMPARE(read.value()[0]->origin->kind, SourceKind::Pool);
    QVERIFY(!read.value()[0]->readings[0].outstanding.isKnown());
}

void TestSampleCsv::kindByTheTags_data()
{
    QTest::addColumn<QByteArray>("tags");
    QTest::addColumn<SourceKind>("kind");
    QTest::newRow("pool tags") << "Ntff,File,Toke"_ba << SourceKind::Pool;
    QTest::newRow("pool tags, blanks at the end lost") << "Ntff,Mup,Io,Toke"_ba << SourceKind::Pool;
    QTest::newRow("caches") << "dentry,filp,pid"_ba << SourceKind::Slab;
    QTest::newRow("sites") << "fs/pipe.c:120 func:alloc_pipe_info,mm/x.c:7 [x] func:y"_ba << SourceKind::Site;
    QTest::newRow("one cache, a short name") << "bio"_ba << SourceKind::Slab;
}

void TestSampleCsv::kindByTheTags()
{
    QFETCH(QByteArray, tags);
    QFETCH(SourceKind, kind);
    QByteArray text = "t_seconds,tag,type,bytes\n"_ba;
    for (const QByteArray &tag : tags.split(','))
        text += "0," + tag + ",paged,1\n";
    const auto read = samplesFromCsv(text, u"f"_s, *wallTimeFromIso(u"2026-01-01T00:00:00Z"));
    QVERIFY(read.ok());
    QCOMPARE(read.value()[0]->origin->kind, kind);
}

void TestSampleCsv::columnsByNameAndLineFeeds()
{
    const auto read = samplesFromCsv(
        "\xEF\xBB\xBF"
        "Bytes,extra,tag,time\n\n7,z,\"two\"\"\nlines\",2026-01-01T00:00:00Z\n\n8,z,x,2026-01-01T00:00:00Z\n"_ba,
        u"f"_s);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QCOMPARE(read.value().size(), 1u);
    const Sample &sample = *read.value().front();
    QCOMPARE(sample.tags->at(0).tag.bytes, "two\"\nlines"_ba);
    QCOMPARE(sample.tags->at(0).tag.type, PoolType::None);
    QCOMPARE(sample.readings[1].bytes.value(), 8);
}

void TestSampleCsv::equalTagListsAreShared()
{
    const std::vector<Row> rows{{"x", PoolType::Paged, held(1, 1), {}}};
    const auto read =
        samplesFromCsv(samplesToCsv(std::vector<SamplePtr>{makeSample(rows), makeSample(rows, 1)}), u"f"_s);
    QVERIFY(read.ok());
    QCOMPARE(read.value()[0]->tags, read.value()[1]->tags);
}

void TestSampleCsv::damagedInput_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("says");
    const QByteArray head = "time,tag,type,bytes\n"_ba;
    const QByteArray row = "2026-01-01T00:00:00Z,a,paged,1\n"_ba;

    QTest::newRow("empty") << QByteArray() << 1 << u"empty"_s;
    QTest::newRow("no time") << "tag,bytes\n"_ba << 1 << u"\"time\""_s;
    QTest::newRow("no tag") << "time,bytes\n"_ba << 1 << u"\"tag\""_s;
    QTest::newRow("no number") << "time,tag\n"_ba << 1 << u"\"bytes\""_s;
    QTest::newRow("few fields") << head + row + "2026-01-01T00:00:00Z,b\n" << 3 << u"2 fields instead of 4"_s;
    QTest::newRow("many fields") << head + "2026-01-01T00:00:00Z,b,paged,1,2\n" << 2 << u"5 fields"_s;
    QTest::newRow("time") << head + row + "noon,b,paged,1\n" << 3 << u"ISO 8601"_s;
    QTest::newRow("seconds") << "t_seconds,tag,bytes\nnan,a,1\n"_ba << 2 << u"seconds"_s;
    QTest::newRow("endless seconds") << "t_seconds,tag,bytes\n1e300,a,1\n"_ba << 2 << u"seconds"_s;
    QTest::newRow("type") << head + "2026-01-01T00:00:00Z,b,big,1\n" << 2 << u"type"_s;
    QTest::newRow("text") << head + "2026-01-01T00:00:00Z,b,paged,1K\n" << 2 << u"\"1K\""_s;
    QTest::newRow("above 64 bits") << head + "2026-01-01T00:00:00Z,b,paged,9223372036854775808\n"
                                   << 2 << u"64 bits"_s;
    QTest::newRow("escape") << head + "2026-01-01T00:00:00Z,b\\q,paged,1\n" << 2 << u"backslash"_s;
    QTest::newRow("twice") << head + row + row << 3 << u"twice"_s;
    QTest::newRow("cut off") << head + row + "2026-01-01T00:00:00Z,b,paged,12" << 3 << u"cut off"_s;
    QTest::newRow("unclosed") << head + row + "\"2026,b,paged,1\n\n\n" << 3 << u"never ends"_s;
    QTest::newRow("after quote") << head + "\"2026\"x,b,paged,1\n" << 2 << u"closing quote"_s;
    QTest::newRow("behind a field of two lines")
        << head + "2026-01-01T00:00:00Z,\"a\nb\",paged,1\nnoon,b,paged,1\n"
        << 4 << u"ISO 8601"_s;
}

void TestSampleCsv::damagedInput()
{
    QFETCH(QByteArray, csv);
    QFETCH(int, line);
    QFETCH(QString, says);
    const auto read = samplesFromCsv(csv, u"/data/x.csv"_s);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::BadInput);
    QCOMPARE(read.error().where, u"/data/x.csv, line %1"_s.arg(line));
    QVERIFY2(read.error().what.contains(says), qPrintable(read.error().what));
    QVERIFY(!read.error().whatToDo.isEmpty());
}

QTEST_GUILESS_MAIN(TestSampleCsv)
#include "tst_samplecsv.moc"
