// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/formats/samplejson.h"
#include "tests/support/samplemaker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestSampleJson : public QObject
{
    Q_OBJECT

private slots:
    void fixedNamesInOrder();
    void compactIsOneLine();
    void snapshotsRoundTrip_data();
    void snapshotsRoundTrip();
    void plainSampleIsReadToo();
    void oneObjectALine();
    void headHoldsAllButTheTags();
    void damagedInput_data();
    void damagedInput();
};

void TestSampleJson::fixedNamesInOrder()
{
    const auto sample = makeSample({{"a\x01\\", PoolType::Paged, held(3, 30), {}}});
    sample->system[SystemField::MemTotal] = Counter(std::numeric_limits<qint64>::max());
    const QByteArray expected =
        R"({"schema":"poolscope.sample/1","time":"2026-11-22T18:00:00.000Z","source":"slab:",)"
        R"("host":"host","boot":"boot","system":{"mem_total":9223372036854775807,"mem_available":null,)"
        R"("page_faults":null,"kernel_resident":null,"paged_resident":null,"commit":null,)"
        R"("commit_limit":null,"commit_peak":null,"pool_nonpaged":null,"pool_paged":null,)"
        R"("untagged":null},"tags":[{"tag":"a\\x01\\\\","type":"paged","allocs":null,"frees":null,)"
        R"("outstanding":3,"bytes":30,"per_alloc":10,"driver":null}]})";
    QCOMPARE(sampleToJson(*sample), expected);
}

void TestSampleJson::compactIsOneLine()
{
    Snapshot snapshot = makeSnapshot(u"a\nb"_s, {{"x", PoolType::None, held(1, 1), "d"}});
    snapshot.note = u"two\r\nlines \"quoted\" – and Unicode 🙂"_s;
    QVERIFY(!snapshotToJson(snapshot, JsonStyle::Compact).contains('\n'));
    const auto back = snapshotFromJson(snapshotToJson(snapshot, JsonStyle::Compact), u"f"_s);
    QVERIFY(back.ok());
    QCOMPARE(back.value().note, snapshot.note);
    QCOMPARE(back.value().label, snapshot.label);
}

void TestSampleJson::snapshotsRoundTrip_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestSampleJson::snapshotsRoundTrip()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    std::vector<Row> rows;
    QSet<Tag> used;
    for (int i = 0; i < 50; ++i) {
        Row row;
        row.tag = randomTag(random, random.bounded(0, 40));
        row.type = static_cast<PoolType>(random.bounded(3));
        row.reading = {
            randomCounter(random), randomCounter(random), randomCounter(random), randomCounter(random)};
        row.driver = i % 3 == 0 ? QByteArray() : "drv, \"x\" \\ \xC3\xA9.sys"_ba;
        if (!used.contains({row.tag, row.type}))
            rows.push_back(row);
        used.insert({row.tag, row.type});
    }
    auto sample = makeSample(rows);
    sample->wall += std::chrono::nanoseconds(random.bounded(1'000'000'000));
    sample->monotonic = MonotonicTime(std::numeric_limits<qint64>::max() - 1);
    sample->readCost = std::chrono::nanoseconds(12345);
    for (const SystemFieldInfo &info : systemFields())
        sample->system[info.field] = randomCounter(random);
    Origin origin = *sample->origin;
    origin.kind = static_cast<SourceKind>(random.bounded(3));
    origin.counterBits = random.bounded(2) == 0 ? 32 : 64;
    sample->origin = std::make_shared<Origin>(origin);
    const Snapshot snapshot{QUuid::createUuid(), u"label"_s, u"note"_s, true, sample};

    for (const JsonStyle style : {JsonStyle::Compact, JsonStyle::Indented}) {
        const auto read = snapshotFromJson(snapshotToJson(snapshot, style), u"x.json"_s);
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
        const Snapshot &back = read.value();
        QCOMPARE(back.id, snapshot.id);
        QCOMPARE(back.label, snapshot.label);
        QCOMPARE(back.note, snapshot.note);
        QCOMPARE(back.automatic, snapshot.automatic);
        QVERIFY(*back.sample->origin == origin);
        QVERIFY(back.sample->wall == sample->wall);
        QVERIFY(back.sample->monotonic == sample->monotonic);
        QVERIFY(back.sample->readCost == sample->readCost);
        QVERIFY(back.sample->system == sample->system);
        QVERIFY(*back.sample->tags == *sample->tags);
        QVERIFY(back.sample->readings == sample->readings);
    }
}

void TestSampleJson::plainSampleIsReadToo()
{
    const auto slab = makeSample({{"dentry", PoolType::Paged, held(2, 400), {}}});
    const auto read = snapshotFromJson(sampleToJson(*slab), u"/tmp/before.json"_s);
    QVERIFY(read.ok());
    QCOMPARE(read.value().label, u"before"_s);
    QVERIFY(!read.value().id.isNull());
    QCOMPARE(read.value().sample->origin->kind, SourceKind::Slab);
    QVERIFY(*read.value().sample->tags == *slab->tags);

    const auto pool = makeSample({{"Ntff", PoolType::Paged, held(2, 400), {}}});
    Origin origin = *pool->origin;
    origin.uri = u"file:/tmp/x"_s;
    pool->origin = std::make_shared<Origin>(origin);
    const auto guessed = snapshotFromJson(sampleToJson(*pool, JsonStyle::Indented), u"p.json"_s);
    QVERIFY(guessed.ok());
    QCOMPARE(guessed.value().sample->origin->kind, SourceKind::Pool);
    QCOMPARE(guessed.value().sample->origin->counterBits, 32);
}

void TestSampleJson::oneObjectALine()
{
    QByteArray lines;
    for (const qint64 t : {0, 2, 4})
        lines += sampleToJson(*makeSample({{"x", PoolType::None, held(t, t), {}}}, t)) + '\n';
    const auto read = snapshotsFromJson(lines, u"many.json"_s);
    QVERIFY(read.ok());
    QCOMPARE(read.value().size(), 3u);
    QCOMPARE(read.value()[2].sample->readings[0].bytes.value(), 4);

    const auto damaged = snapshotsFromJson(lines + "\n{\"schema\":\n", u"many.json"_s);
    QVERIFY(!damaged.ok());
    QCOMPARE(damaged.error().where, u"many.json, line 5"_s);
}

void TestSampleJson::headHoldsAllButTheTags()
{
    Snapshot snapshot = makeSnapshot(u"say \"tags\":[ twice"_s, {{"x", PoolType::None, held(1, 1), {}}});
    snapshot.note = u"\"tags\":["_s;
    const QByteArray json = snapshotToJson(snapshot, JsonStyle::Compact);
    const qsizetype cut = json.indexOf("\"tags\":[");
    const QJsonObject head = QJsonDocument::fromJson(json.first(cut) + "\"tags\":[]}").object();
    QCOMPARE(head.value(u"note"_s).toString(), snapshot.note);
    QCOMPARE(head.value(u"tag_count"_s).toInteger(), 1);
}

void TestSampleJson::damagedInput_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("says");

    const QByteArray head = "{\"schema\":\"poolscope.sample/1\",\n\"time\":\"2026-11-22T18:00:00Z\",\n"_ba;
    QTest::newRow("empty") << QByteArray() << 1 << u"not JSON"_s;
    QTest::newRow("text") << "hello"_ba << 1 << u"not JSON"_s;
    QTest::newRow("cut off") << head + "\"tags\":[{\"tag\":" << 3 << u"not JSON"_s;
    QTest::newRow("list") << "[1]"_ba << 1 << u"list"_s;
    QTest::newRow("other JSON") << "{\"a\":1}"_ba << 1 << u"no \"schema\""_s;
    QTest::newRow("other schema") << "{\"schema\":\"poolscope.comparison/1\"}"_ba << 1
                                  << u"poolscope.comparison/1"_s;
    QTest::newRow("no tags") << head + "\"source\":null}" << 1 << u"\"tags\""_s;
    QTest::newRow("no time") << "{\"schema\":\"poolscope.sample/1\",\"tags\":[]}"_ba << 1 << u"\"time\""_s;
    QTest::newRow("row is a number") << head + "\"tags\":[1]}" << 1 << u"not a row"_s;
    QTest::newRow("row without tag") << head + "\"tags\":[\n{\"tag\":\"}{\"},\n{\"bytes\":1}]}" << 5
                                     << u"\"tag\""_s;
    QTest::newRow("bad escape") << head + "\"tags\":[\n{\"tag\":\"\\\\q\"}]}" << 4 << u"backslash"_s;
    QTest::newRow("bad type") << head + "\"tags\":[\n{\"tag\":\"a\",\"type\":\"big\"}]}" << 4
                              << u"\"type\""_s;
    QTest::newRow("text for a number")
        << head + "\"tags\":[\n{\"tag\":\"a\",\"bytes\":\"1\"}]}" << 4 << u"\"bytes\""_s;
    QTest::newRow("fraction") << head + "\"tags\":[\n{\"tag\":\"a\",\"bytes\":1.5}]}" << 4 << u"whole"_s;
    QTest::newRow("above 64 bits") << head + "\"tags\":[\n{\"tag\":\"a\",\"frees\":9223372036854775808}]}"
                                   << 4 << u"64 bits"_s;
    QTest::newRow("twice") << head + "\"tags\":[\n{\"tag\":\"a\"},\n{\"tag\":\"a\"}]}" << 5 << u"twice"_s;
    QTest::newRow("kind") << head + "\"source_kind\":\"gas\",\"tags\":[]}" << 1 << u"source_kind"_s;
    QTest::newRow("bits") << head + "\"counter_bits\":31,\"tags\":[]}" << 1 << u"counter_bits"_s;
}

void TestSampleJson::damagedInput()
{
    QFETCH(QByteArray, json);
    QFETCH(int, line);
    QFETCH(QString, says);
    const auto read = snapshotFromJson(json, u"/data/x.json"_s);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::BadInput);
    QCOMPARE(read.error().where, u"/data/x.json, line %1"_s.arg(line));
    QVERIFY2(read.error().what.contains(says), qPrintable(read.error().what));
    QVERIFY(!read.error().whatToDo.isEmpty());
}

QTEST_GUILESS_MAIN(TestSampleJson)
#include "tst_samplejson.moc"
