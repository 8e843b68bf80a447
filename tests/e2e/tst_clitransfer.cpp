// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `export`, `import` and `compare` with recordings.
class TestCliTransfer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void roundTrip_data();
    void roundTrip();
    void ranges_data();
    void ranges();
    void everyFormatOfExport_data();
    void everyFormatOfExport();
    void exportLeavesNoHalfFile();
    void importSaysWhatItSkipped();
    void importManyFiles();
    void importWithoutTimes();
    void importOfSnapshotsKeepsThem();
    void importRefuses_data();
    void importRefuses();
    void importTouchesNoFile();
    void compareWithinARecording();
    void compareNamesWhatThereIs();

private:
    [[nodiscard]] QString file(const QString &name) const { return m_folder->filePath(name); }
    QString write(const QString &name, const QByteArray &bytes) const;
    void import(const QString &input, const QString &recording) const;
    [[nodiscard]] static QByteArray exported(const QString &recording, const QString &format);

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

QByteArray randomStream(quint32 seed, int count)
{
    QRandomGenerator random(seed);
    QByteArray text = "#poolscope-stream 1 kind=slab host=h boot=b system=\"an OS\"\n";
    for (int i = 0; i < count; ++i) {
        text += "@ 2026-11-22T18:" + QByteArray::number(10 + i / 60).rightJustified(2, '0') + ':'
            + QByteArray::number(i % 60).rightJustified(2, '0') + '.'
            + QByteArray::number(random.bounded(100'000'000, 999'999'999))
            + "Z mono=" + QByteArray::number(1'000'000'000LL * i + random.bounded(900'000'000))
            + "\ns mem_total=" + QByteArray::number(random.bounded(1'000'000'000)) + '\n';
        for (int tag = 0; tag < 20; ++tag) {
            if (tag > 10 && random.bounded(6) == 0)
                continue; // comes and goes
            text += "t paged tag\\x0" + QByteArray::number(tag % 8) + '-' + QByteArray::number(tag);
            for (const char *counter : {" allocs=", " frees=", " outstanding=", " bytes="}) {
                if (random.bounded(5) != 0)
                    text += counter + QByteArray::number(random.generate64() >> random.bounded(1, 63));
            }
            text += tag % 3 == 0 ? " driver=\"d \\\" ä\"\n" : "\n";
        }
        text += ".\n";
    }
    return text;
}

} // namespace

void TestCliTransfer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

QString TestCliTransfer::write(const QString &name, const QByteArray &bytes) const
{
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        qFatal("cannot write the test's file");
    return out.fileName();
}

void TestCliTransfer::import(const QString &input, const QString &recording) const
{
    const CliResult result = runCli({u"import"_s, input, u"-o"_s, recording});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.err, QByteArray());
}

QByteArray TestCliTransfer::exported(const QString &recording, const QString &format)
{
    const CliResult result = runCli({u"export"_s, recording, u"-o"_s, u"-"_s, u"--format"_s, format});
    if (result.exitCode != 0)
        qWarning("%s", result.err.constData());
    return result.out;
}

void TestCliTransfer::roundTrip_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<quint32>("seed");
    for (const QString &format : {u"csv"_s, u"jsonl"_s}) {
        for (quint32 seed = 1; seed <= 4; ++seed)
            QTest::addRow("%s %u", qPrintable(format), seed) << format << seed;
    }
}

void TestCliTransfer::roundTrip()
{
    QFETCH(QString, format);
    QFETCH(quint32, seed);
    import(write(u"in"_s, randomStream(seed, 90)), file(u"1.poolscope"_s));
    const QByteArray first = exported(file(u"1.poolscope"_s), format);
    QCOMPARE(format == u"csv" ? first.count("\r\n") > 1000 : first.count('\n') == 90, true);
    import(write(u"again"_s, first), file(u"2.poolscope"_s));
    QCOMPARE(exported(file(u"2.poolscope"_s), format), first);
}

void TestCliTransfer::ranges_data()
{
    QTest::addColumn<QStringList>("range");
    QTest::addColumn<int>("samples");
    QTest::newRow("all") << QStringList{} << 10;
    QTest::newRow("from the start on") << QStringList{u"--from"_s, u"+3s"_s} << 7;
    QTest::newRow("both ends count") << QStringList{u"--from"_s, u"+3s"_s, u"--to"_s, u"+5s"_s} << 3;
    QTest::newRow("by the clock") << QStringList{u"--to"_s, u"2026-11-22T18:00:04Z"_s} << 5;
    QTest::newRow("none") << QStringList{u"--from"_s, u"+1h"_s} << -1;
    QTest::newRow("no time") << QStringList{u"--from"_s, u"noon"_s} << -1;
}

void TestCliTransfer::ranges()
{
    QFETCH(QStringList, range);
    QFETCH(int, samples);
    QByteArray csv = "time,tag,type,bytes\n";
    for (int i = 0; i < 10; ++i)
        csv += "2026-11-22T18:00:0" + QByteArray::number(i) + "Z,a,paged,1\n";
    import(write(u"in"_s, csv), file(u"1.poolscope"_s));
    const CliResult result =
        runCli(QStringList{u"export"_s, file(u"1.poolscope"_s), u"-o"_s, u"-"_s} + range);
    QCOMPARE(result.exitCode, samples < 0 ? 2 : 0);
    QCOMPARE(result.out.count('\n'), samples < 0 ? 0 : samples + 1);
}

void TestCliTransfer::everyFormatOfExport_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begins");
    QTest::addColumn<QByteArray>("ends");
    QTest::newRow("csv") << u"a.csv"_s << QByteArray("time,tag,type,allocs,frees,outstanding,bytes")
                         << QByteArray("\r\n");
    QTest::newRow("jsonl") << u"a.jsonl"_s << QByteArray("{\"schema\":\"poolscope.sample/1\"")
                           << QByteArray("}\n");
    QTest::newRow("poolmon") << u"a.txt"_s << QByteArray("===== 2026-11-22T18:") << QByteArray("\r\n");
    QTest::newRow("openmetrics") << u"a.om"_s << QByteArray("# TYPE poolscope_tag_bytes gauge\n")
                                 << QByteArray("\n# EOF\n");
}

void TestCliTransfer::everyFormatOfExport()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begins);
    QFETCH(QByteArray, ends);
    import(write(u"in"_s, randomStream(7, 5)), file(u"1.poolscope"_s));
    const CliResult result = runCli({u"export"_s, file(u"1.poolscope"_s), u"-o"_s, file(name)});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QFile out(file(name));
    QVERIFY(out.open(QIODevice::ReadOnly));
    const QByteArray bytes = out.readAll();
    QVERIFY2(bytes.startsWith(begins), shown(bytes.left(200)));
    QVERIFY2(bytes.endsWith(ends), shown(bytes.right(200)));
}

void TestCliTransfer::exportLeavesNoHalfFile()
{
    import(write(u"in"_s, randomStream(7, 60)), file(u"1.poolscope"_s));
    write(u"out.csv"_s, "kept");
    const CliResult full = runProgram(u"sh"_s,
        {u"-c"_s, u"ulimit -f 10; exec \"$0\" export \"$1\" -o \"$2\""_s, cliPath(), file(u"1.poolscope"_s),
            file(u"out.csv"_s)});
    QCOMPARE(full.exitCode, 5);
    QVERIFY2(full.err.contains("out.csv"), shown(full.err));
    QFile out(file(u"out.csv"_s));
    QVERIFY(out.open(QIODevice::ReadOnly));
    QCOMPARE(out.readAll(), QByteArray("kept"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 3); // no temporary one
}

void TestCliTransfer::importSaysWhatItSkipped()
{
    const QString input = write(u"in.csv"_s,
        "time,tag,type,bytes\n2026-11-22T18:00:00Z,a,paged,1\n2026-11-22T18:00:00Z,b,paged,x\n"
        "2026-11-22T18:00:01Z,a,paged,2\n");
    const CliResult result = runCli({u"import"_s, input, u"-o"_s, file(u"1.poolscope"_s), u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const QJsonObject json = result.json();
    QCOMPARE(json[u"schema"].toString(), u"poolscope.import/1"_s);
    const QJsonValue found = json[u"inputs"][0];
    QCOMPARE(found[u"file"].toString(), input);
    QCOMPARE(found[u"format"].toString(), u"csv"_s);
    QCOMPARE(found[u"samples"].toInt(), 2);
    QCOMPARE(found[u"rows"].toInt(), 2);
    QCOMPARE(found[u"skipped"].toArray().size(), 1);
    QCOMPARE(found[u"skipped"][0][u"line"].toInt(), 3);
    QVERIFY(found[u"skipped"][0][u"why"].toString().contains(u"\"x\""));
    const CliResult text = runCli({u"import"_s, input, u"-o"_s, file(u"2.poolscope"_s)});
    QVERIFY2(text.out.contains("line 3: "), shown(text.out));
}

/// In the order of their times, into one segment, although their names say otherwise.
void TestCliTransfer::importManyFiles()
{
    QStringList inputs;
    for (int i = 0; i < 5; ++i) {
        const QByteArray minute = QByteArray::number(50 - i * 10);
        inputs += write(u"%1.csv"_s.arg(i),
            "time,tag,type,outstanding,bytes\n2026-11-22T18:" + minute + ":00Z,a,paged,1," + minute + "\n");
    }
    const CliResult result = runCli(QStringList{u"import"_s, u"-o"_s, file(u"1.poolscope"_s)} + inputs);
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.out.count(": csv, 1 sample"), 5);
    const QByteArrayList rows = exported(file(u"1.poolscope"_s), u"csv"_s).trimmed().split('\n').sliced(1);
    QCOMPARE(rows.size(), 5);
    QVERIFY(std::ranges::is_sorted(rows));
    const QJsonObject info = runCli({u"info"_s, file(u"1.poolscope"_s), u"--json"_s}).json();
    QCOMPARE(info[u"segments"].toArray().size(), 1);
}

void TestCliTransfer::importWithoutTimes()
{
    const QByteArray sheet =
        " Tag  Type  Allocs  Frees  Diff  Bytes  Per Alloc\r\n\r\n Irp  Nonp  5  3  2  128  64\r\n\r\n";
    const QString input = write(u"poolsnap.log"_s, sheet + sheet + sheet);
    const CliResult given = runCli({u"import"_s, input, u"-o"_s, file(u"1.poolscope"_s), u"--start"_s,
        u"2026-11-22T18:00Z"_s, u"--interval"_s, u"30m"_s, u"--json"_s});
    QVERIFY2(given.exitCode == 0, shown(given.err));
    QCOMPARE(given.json()[u"inputs"][0][u"times_assumed"].toBool(), false);
    QByteArrayList times;
    for (const QByteArray &row : exported(file(u"1.poolscope"_s), u"csv"_s).trimmed().split('\n').sliced(1))
        times += row.left(16);
    QCOMPARE(times, (QByteArrayList{"2026-11-22T18:00", "2026-11-22T18:30", "2026-11-22T19:00"}));
    const CliResult assumed = runCli({u"import"_s, input, u"-o"_s, file(u"2.poolscope"_s), u"--json"_s});
    QCOMPARE(assumed.json()[u"inputs"][0][u"times_assumed"].toBool(), true);
    QCOMPARE(assumed.json()[u"inputs"][0][u"samples"].toInt(), 3);
}

void TestCliTransfer::importOfSnapshotsKeepsThem()
{
    SlabDirectory slab;
    QStringList files;
    for (int i = 0; i < 2; ++i) {
        slab.setCaches({{"dentry", 100 * (i + 1), 192}});
        files += file(u"%1.json"_s.arg(i));
        const CliResult result =
            runCli({u"snapshot"_s, slab.uri(), u"-o"_s, files.last(), u"--label"_s, u"step %1"_s.arg(i)});
        QVERIFY2(result.exitCode == 0, shown(result.err));
    }
    const CliResult imported = runCli(QStringList{u"import"_s, u"-o"_s, file(u"1.poolscope"_s)} + files);
    QVERIFY2(imported.exitCode == 0, shown(imported.err));
    const CliResult result = runCli({u"compare"_s, file(u"1.poolscope"_s), u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.json()[u"snapshots"][0][u"label"].toString(), u"step 0"_s);
    QCOMPARE(result.json()[u"rows"][0][u"bytes_change"].toInteger(), 19200);
}

void TestCliTransfer::importRefuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("empty") << QByteArray() << QByteArray("empty");
    QTest::newRow("of no known format") << QByteArray("Dear diary,\n") << QByteArray("--format");
    QTest::newRow("no row can be read")
        << QByteArray("time,tag,type,bytes\nx,a,paged,1\n") << QByteArray("line 2");
    QTest::newRow("no column") << QByteArray("time,tag,type\n") << QByteArray("line 1");
    QTest::newRow("a recording") << QByteArray("SQLite format 3\0....", 20) << QByteArray("recording");
}

void TestCliTransfer::importRefuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, says);
    const QString good = write(u"good.csv"_s, "time,tag,type,bytes\n2026-11-22T18:00:00Z,a,paged,1\n");
    const CliResult result =
        runCli({u"import"_s, good, write(u"in"_s, content), u"-o"_s, file(u"1.poolscope"_s)});
    QCOMPARE(result.exitCode, 4);
    QVERIFY2(result.err.contains(file(u"in"_s).toUtf8()), shown(result.err));
    QVERIFY2(result.err.contains(says), shown(result.err));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 2); // nothing was made
}

void TestCliTransfer::importTouchesNoFile()
{
    const QString input = write(u"in.csv"_s, "time,tag,type,bytes\n2026-11-22T18:00:00Z,a,paged,1\n");
    import(input, file(u"1.poolscope"_s));
    const CliResult again = runCli({u"import"_s, input, u"-o"_s, file(u"1.poolscope"_s)});
    QCOMPARE(again.exitCode, 2);
    QVERIFY2(again.err.contains("1.poolscope"), shown(again.err));
    // As mktemp(1) leaves it.
    import(input, write(u"empty.poolscope"_s, {}));
}

void TestCliTransfer::compareWithinARecording()
{
    QByteArray csv = "time,tag,type,outstanding,bytes\n";
    for (int i = 0; i < 10; ++i) {
        csv += "2026-11-22T18:0" + QByteArray::number(i) + ":00Z,leak,paged," + QByteArray::number(i) + ','
            + QByteArray::number(i * 1000) + '\n';
    }
    const QString recording = file(u"1.poolscope"_s);
    import(write(u"in"_s, csv), recording);
    const CliResult times =
        runCli({u"compare"_s, recording + u"@+2m"_s, recording + u"@2026-11-22T18:07:00Z"_s, u"--json"_s});
    QVERIFY2(times.exitCode == 0, shown(times.err));
    QCOMPARE(times.json()[u"rows"][0][u"bytes_change"].toInteger(), 5000);
    const CliResult whole = runCli({u"compare"_s, recording, u"--json"_s});
    QVERIFY2(whole.exitCode == 0, shown(whole.err));
    QCOMPARE(whole.json()[u"rows"][0][u"bytes_change"].toInteger(), 9000);
}

void TestCliTransfer::compareNamesWhatThereIs()
{
    SlabDirectory slab;
    slab.setCaches({{"dentry", 100, 192}});
    QCOMPARE(
        runCli({u"snapshot"_s, slab.uri(), u"-o"_s, file(u"a.json"_s), u"--label"_s, u"before"_s}).exitCode,
        0);
    const QString recording = file(u"1.poolscope"_s);
    import(file(u"a.json"_s), recording);
    const CliResult wrong = runCli({u"compare"_s, recording + u"#befor"_s, recording + u"#before"_s});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.err.contains("no snapshot called \"befor\""), shown(wrong.err));
    QVERIFY2(wrong.err.contains("there are: before"), shown(wrong.err));
    const CliResult outside = runCli({u"compare"_s, recording + u"@+9h"_s, recording + u"#before"_s});
    QCOMPARE(outside.exitCode, 2);
    const CliResult right = runCli({u"compare"_s, recording + u"#before"_s, recording + u"@+0s"_s});
    QVERIFY2(right.exitCode == 0, shown(right.err));
}

QTEST_GUILESS_MAIN(TestCliTransfer)
#include "tst_clitransfer.moc"
