// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/exchange/linereader.h"
#include "model/formats/samplejson.h"
#include "model/formats/stream.h"
#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestSampleReader : public QObject
{
    Q_OBJECT

private slots:
    void lines_data();
    void lines();
    void roundTrip_data();
    void roundTrip();
    void streamRoundTrip();
    void formats_data();
    void formats();
    void csvSkipsBadRows();
    void csvSecondsFromStart();
    void csvTagAgainBeginsASample();
    void jsonSkipsBadLines();
    void jsonOverSeveralLines();
    void jsonSnapshotKeepsItsLabel();
    void poolMonTimes();
    void streamSkipsDamage();
    void unreadable_data();
    void unreadable();
};

void TestSampleReader::lines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::newRow("empty") << ""_ba << QByteArrayList{};
    QTest::newRow("one, ended") << "a\n"_ba << QByteArrayList{"a"};
    QTest::newRow("not ended") << "a\r\nb"_ba << QByteArrayList{"a", "b"};
    QTest::newRow("empty ones") << "\n\nx\n"_ba << QByteArrayList{"", "", "x"};
    QTest::newRow("byte order mark") << "\xEF\xBB\xBFx\n"_ba << QByteArrayList{"x"};
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFEx\0\r\0\n\0y\0", 10) << QByteArrayList{"x", "y"};
    QTest::newRow("beyond a block") << QByteArray(300'000, 'a') + "\n" + QByteArray(300'000, 'b')
            + "\nc" << QByteArrayList{QByteArray(300'000, 'a'), QByteArray(300'000, 'b'), "c"};
}

void TestSampleReader::lines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, expected);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    LineReader reader(buffer);
    QByteArrayList found;
    while (reader.next()) {
        found += reader.line().toByteArray();
        QCOMPARE(reader.number(), found.size());
    }
    QCOMPARE(found, expected);
    QCOMPARE(reader.failure(), QString());
}

void TestSampleReader::roundTrip_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("kind");
    QTest::addColumn<quint32>("seed");
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::JsonLines}) {
        for (quint32 seed = 1; seed <= 25; ++seed) {
            const auto kind = seed % 2 == 0 ? SourceKind::Pool : SourceKind::Slab;
            QTest::addRow("%s, seed %u", qPrintable(exportFormatWord(format)), seed)
                << static_cast<int>(format) << static_cast<int>(kind) << seed;
        }
    }
}

void TestSampleReader::roundTrip()
{
    QFETCH(int, format);
    QFETCH(int, kind);
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const auto wanted = static_cast<ExportFormat>(format);
    const bool isJson = wanted == ExportFormat::JsonLines;
    const auto samples = randomSamples(random, 20, static_cast<SourceKind>(kind), seed % 3 != 0);
    const ReadAll read = readAll(exported(wanted, samples));
    QVERIFY(!read.error);
    QCOMPARE(read.format, isJson ? "json"_ba : "csv"_ba);
    QCOMPARE(read.skipped.size(), size_t(0));
    QCOMPARE(read.samples.size(), samples.size());
    qint64 rows = 0;
    for (size_t i = 0; i < samples.size(); ++i) {
        const Sample &found = *read.samples[i].sample;
        QCOMPARE(found.wall, samples[i]->wall);
        QVERIFY(*found.tags == *samples[i]->tags);
        QVERIFY(found.readings == samples[i]->readings);
        QCOMPARE(read.samples[i].kind, samples[i]->origin->kind);
        rows += std::ssize(found.readings);
        if (!isJson)
            continue; // CSV has no place for the rest
        QVERIFY(found.system == samples[i]->system);
        QCOMPARE(found.monotonic, samples[i]->monotonic);
        QVERIFY(*found.origin == *samples[i]->origin);
        QCOMPARE(read.samples[i].afterGap, i % 3 == 2);
        QVERIFY(!read.samples[i].kept);
    }
    QCOMPARE(read.rows, rows);
}

void TestSampleReader::streamRoundTrip()
{
    QRandomGenerator random(5);
    const auto samples = randomSamples(random, 20, SourceKind::Slab, true);
    StreamWriter writer;
    QByteArray text;
    for (const SamplePtr &sample : samples)
        writer.write(*sample, text);
    const ReadAll read = readAll(text);
    QCOMPARE(read.format, "stream"_ba);
    QCOMPARE(read.samples.size(), samples.size());
    for (size_t i = 0; i < samples.size(); ++i) {
        QVERIFY(read.samples[i].sample->readings == samples[i]->readings);
        QVERIFY(*read.samples[i].sample->tags == *samples[i]->tags);
    }
}

void TestSampleReader::formats_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("stream") << "#poolscope-stream 1 kind=slab\n"_ba
                            << "stream"_ba;
    QTest::newRow("json") << "\n {\"schema\":"_ba
                          << "json"_ba;
    QTest::newRow("csv") << "time,tag,type,bytes\n"_ba
                         << "csv"_ba;
    QTest::newRow("csv from PowerShell")
        << QByteArray("\xFF\xFEt\0i\0m\0e\0,\0t\0a\0g\0\n\0", 20) << "csv"_ba;
    QTest::newRow("poolmon") << " Irp  Nonp  5 3 2 128 64\r\n"_ba
                             << "poolmon"_ba;
    QTest::newRow("anything else") << "Dear diary,\n"_ba
                                   << ""_ba;
}

void TestSampleReader::formats()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, word);
    QBuffer buffer(&head);
    buffer.open(QIODevice::ReadOnly);
    const ImportFormat *format = recognisedFormat(buffer);
    QCOMPARE(format ? format->word.toByteArray() : QByteArray(), word);
    QCOMPARE(buffer.pos(), 0);
    if (format)
        QCOMPARE(importFormatFromWord(word), format);
}

void TestSampleReader::csvSkipsBadRows()
{
    const ReadAll read = readAll("time,tag,type,bytes\n"
                                 "2026-11-22T18:00:00Z,a,paged,1\n"
                                 "2026-11-22T18:00:00Z,b,paged,many\n"
                                 "2026-11-22T18:00:00Z,c,paged\n"
                                 "\n"
                                 "2026-11-22T18:00:01Z,a,paged,2\n"
                                 "yesterday,a,paged,3\n"
                                 "2026-11-22T18:00:02Z,\"two\nlines\",paged,4\n"_ba);
    QVERIFY(!read.error);
    QCOMPARE(read.samples.size(), size_t(3));
    QCOMPARE(read.rows, 3);
    QCOMPARE(read.samples[2].sample->tags->front().tag.bytes, "two\nlines"_ba);
    QCOMPARE(read.skipped.size(), size_t(3));
    QCOMPARE(read.skipped[0].line, 3);
    QVERIFY(read.skipped[0].why.contains(u"many"));
    QCOMPARE(read.skipped[1].line, 4);
    QCOMPARE(read.skipped[2].line, 7);
    QVERIFY(read.skipped[2].why.contains(u"ISO 8601"));
}

void TestSampleReader::csvSecondsFromStart()
{
    const ReadAll read = readAll("t_seconds,tag,bytes\n0,a,1\n1.5,a,2\n"_ba);
    QCOMPARE(read.samples.size(), size_t(2));
    QCOMPARE(read.samples[0].timeBase, TimeBase::SinceStart);
    QCOMPARE(read.samples[1].sample->wall.time_since_epoch(), std::chrono::milliseconds(1500));
}

void TestSampleReader::csvTagAgainBeginsASample()
{
    const ReadAll read = readAll("time,tag,bytes\n2026-11-22T18:00:00Z,a,1\n2026-11-22T18:00:00Z,a,2\n"_ba);
    QCOMPARE(read.samples.size(), size_t(2));
    QVERIFY(read.samples[0].sample->wall < read.samples[1].sample->wall);
    QCOMPARE(read.samples[1].sample->readings[0].bytes, Counter(2));
}

void TestSampleReader::jsonSkipsBadLines()
{
    QRandomGenerator random(1);
    const auto samples = randomSamples(random, 3, SourceKind::Slab, false);
    QByteArrayList lines = exported(ExportFormat::JsonLines, samples).split('\n');
    lines.insert(1, lines[0].first(lines[0].size() / 2));
    lines.insert(2, "{\"schema\":\"other/1\"}");
    const ReadAll read = readAll(lines.join('\n'));
    QVERIFY(!read.error);
    QCOMPARE(read.samples.size(), size_t(3));
    QVERIFY(read.samples[1].afterGap); // what was lost may have been a sample
    QCOMPARE(read.skipped.size(), size_t(2));
    QCOMPARE(read.skipped[0].line, 2);
    QCOMPARE(read.skipped[1].line, 3);
    QVERIFY(read.skipped[1].why.contains(u"other/1"));
}

void TestSampleReader::jsonOverSeveralLines()
{
    QByteArray text;
    for (int i = 0; i < 3; ++i)
        text +=
            snapshotToJson(makeSnapshot(u"a { \" b"_s, {{"tag", PoolType::Paged, held(i, i), {}}}, i)) + '\n';
    const ReadAll read = readAll(text);
    QVERIFY(read.skipped.empty());
    QCOMPARE(read.samples.size(), size_t(3));
    QCOMPARE(read.samples[2].sample->readings[0].bytes, Counter(2));
}

void TestSampleReader::jsonSnapshotKeepsItsLabel()
{
    Snapshot snapshot = makeSnapshot(u"before"_s, {{"tag", PoolType::Paged, held(1, 2), {}}});
    snapshot.note = u"a note"_s;
    const ReadAll read = readAll(snapshotToJson(snapshot));
    QCOMPARE(read.samples.size(), size_t(1));
    QVERIFY(read.samples[0].kept);
    QCOMPARE(read.samples[0].kept->label, u"before"_s);
    QCOMPARE(read.samples[0].kept->note, u"a note"_s);
    QCOMPARE(read.samples[0].kept->id, snapshot.id);
}

void TestSampleReader::poolMonTimes()
{
    std::vector<SamplePtr> samples;
    for (int i = 0; i < 3; ++i)
        samples.push_back(makeSample({{"dentry", PoolType::Paged, held(i, i * 192), {}}}, i * 1800));
    const ReadAll timed = readAll(exported(ExportFormat::PoolMonText, samples));
    QCOMPARE(timed.format, "poolmon"_ba);
    QCOMPARE(timed.samples.size(), size_t(3));
    for (size_t i = 0; i < 3; ++i) {
        QCOMPARE(timed.samples[i].timeBase, TimeBase::Own);
        QCOMPARE(timed.samples[i].sample->wall, samples[i]->wall);
        QVERIFY(timed.samples[i].sample->readings == samples[i]->readings);
    }
    QByteArrayList lines = exported(ExportFormat::PoolMonText, samples).split('\n');
    lines.removeIf([](const QByteArray &line) { return line.startsWith("====="); });
    const ReadAll untimed = readAll(lines.join('\n'));
    QCOMPARE(untimed.samples.size(), size_t(3));
    QCOMPARE(untimed.samples[0].timeBase, TimeBase::Unknown);
    QVERIFY(untimed.skipped.empty());
}

void TestSampleReader::streamSkipsDamage()
{
    const ReadAll read = readAll("#poolscope-stream 1 kind=slab\n"
                                 "@ 2026-11-22T18:00:00Z mono=1\nt paged a bytes=1\n.\n"
                                 "@ 2026-11-22T18:00:01Z mono=2\nt paged a bytes=x\n.\n"
                                 "@ 2026-11-22T18:00:02Z mono=3\nt paged a bytes=3\n.\n"
                                 "@ 2026-11-22T18:00:03Z mono=4\nt paged a by"_ba);
    QVERIFY(!read.error);
    QCOMPARE(read.samples.size(), size_t(2));
    QVERIFY(read.samples[1].afterGap);
    QCOMPARE(read.skipped.size(), size_t(2));
    QCOMPARE(read.skipped[0].line, 6);
}

void TestSampleReader::unreadable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("where");
    QTest::newRow("CSV without bytes") << "time,tag,type\n"_ba << u"input, line 1"_s;
    QTest::newRow("stream of a newer version") << "#poolscope-stream 9 kind=slab\n"_ba << u"input, line 1"_s;
}

void TestSampleReader::unreadable()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, where);
    const ReadAll read = readAll(bytes);
    QVERIFY(read.error);
    QCOMPARE(read.error->kind, ErrorKind::BadInput);
    QCOMPARE(read.error->where, where);
}

QTEST_GUILESS_MAIN(TestSampleReader)
#include "tst_samplereader.moc"
