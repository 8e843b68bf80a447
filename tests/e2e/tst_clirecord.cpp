// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `record` and `info`: what was recorded is there, whatever ends the program.
class TestCliRecord : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void samplesAndFacts();
    void factsOfThisMachine();
    void sameAsStream();
    void endsInOrder_data();
    void endsInOrder();
    void endsByDuration();
    void killedAndContinued();
    void rebootIsMarked();
    void lostSourceIsMarked();
    void secondWriterIsRefused();
    void fullDiskIsSaid();
    void noSampleLeavesNoFile();
    void readableBySqlite();
    void damagedInput_data();
    void damagedInput();
    void usage_data();
    void usage();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"a.poolscope"_s); }
    [[nodiscard]] QJsonObject info() const;
    [[nodiscard]] QStringList markKinds() const;
    /// Starts a recorder and waits until a sample is on the disk.
    [[nodiscard]] std::unique_ptr<QProcess> startRecorder(const QStringList &more = {});
    [[nodiscard]] CliResult record(const QStringList &more) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SlabDirectory> m_slab;
};

namespace {

/// A stream of `count` samples, one second apart, of a machine that booted as `boot`.
QByteArray streamText(int count, const QByteArray &boot, int first = 0)
{
    QByteArray text = "#poolscope-stream 1 kind=slab host=testhost boot=" + boot + "\n";
    for (int i = first; i < first + count; ++i) {
        const QByteArray number = QByteArray::number(i);
        text += "@ 2026-11-22T18:00:" + number.rightJustified(2, '0') + ".5Z mono="
            + QByteArray::number(1'000'000'000LL * (i + 100)) + "\ns mem_total=1048576 page_faults=" + number
            + "\nt paged dentry outstanding=" + number + " bytes=" + QByteArray::number(i * 192)
            + "\nt nonpaged \"with blank\" outstanding=1 bytes=64 driver=\"x, y\"\n.\n";
    }
    return text;
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write the test's file");
}

/// cat(1) as a source: samples come as fast as they are read, then it ends.
QString catUri(const QString &file)
{
    return u"command:cat \"%1\""_s.arg(file);
}

} // namespace

void TestCliRecord::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_slab = std::make_unique<SlabDirectory>();
    m_slab->setCaches({{"dentry", 100, 192}, {"inode", 1, 64}});
}

QJsonObject TestCliRecord::info() const
{
    const CliResult result = runCli({u"info"_s, path(), u"--json"_s});
    if (result.exitCode != 0)
        qWarning("%s", result.err.constData());
    return result.json();
}

QStringList TestCliRecord::markKinds() const
{
    QStringList kinds;
    const QJsonArray marks = info()[u"marks"].toArray();
    for (const QJsonValue &mark : marks)
        kinds += mark[u"kind"].toString();
    return kinds;
}

std::unique_ptr<QProcess> TestCliRecord::startRecorder(const QStringList &more)
{
    auto process = startCli(QStringList{u"record"_s, m_slab->uri(), u"-o"_s, path(), u"--interval"_s,
                                u"250ms"_s, u"--flush"_s, u"100ms"_s}
        + more);
    const bool isThere = QTest::qWaitFor(
        [&] {
            const CliResult result = runCli({u"info"_s, path(), u"--json"_s, u"--quick"_s});
            return result.json()[u"samples"].toInt() > 0;
        },
        20'000);
    if (!isThere)
        qWarning("%s", process->readAllStandardError().constData());
    return process;
}

CliResult TestCliRecord::record(const QStringList &more) const
{
    return runCli(QStringList{u"record"_s} + more + QStringList{u"-o"_s, path()});
}

void TestCliRecord::samplesAndFacts()
{
    const CliResult result = record(
        {m_slab->uri(), u"--samples"_s, u"3"_s, u"--interval"_s, u"250ms"_s, u"--note"_s, u"build 7"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.err, QByteArray());
    QCOMPARE(result.out, QByteArray());
    const QJsonObject found = info();
    QCOMPARE(found[u"schema"].toString(), u"poolscope.recording/1"_s);
    QCOMPARE(found[u"version"].toInt(), 1);
    QCOMPARE(found[u"samples"].toInt(), 3);
    QCOMPARE(found[u"tags"].toInt(), 2);
    QCOMPARE(found[u"intact"].toBool(), true);
    QCOMPARE(found[u"damage"].toArray().size(), 0);
    QCOMPARE(found[u"segments"].toArray().size(), 1);
    QCOMPARE(found[u"segments"][0][u"samples"].toInt(), 3);
    QCOMPARE(found[u"notes"][0][u"text"].toString(), u"build 7"_s);
    QCOMPARE(found[u"hosts"].toArray().size(), 1);
    QVERIFY(found[u"first"].toString() < found[u"last"].toString());
    const CliResult text = runCli({u"info"_s, path()});
    QVERIFY2(text.out.contains("3 samples of 2 tags"), shown(text.out));
    QVERIFY2(text.out.contains("build 7"), shown(text.out));
}

void TestCliRecord::factsOfThisMachine()
{
    if (!canReadSlabinfo())
        QSKIP("this user may not read /proc/slabinfo");
    const CliResult result = record({u"slab:"_s, u"--samples"_s, u"1"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const QJsonObject host = info()[u"host"].toObject();
    QCOMPARE(host[u"name"].toString(), QSysInfo::machineHostName());
    QCOMPARE(host[u"kernel"].toString(), QSysInfo::kernelVersion());
    QCOMPARE(host[u"boot"].toString(), QString::fromLatin1(QSysInfo::bootUniqueId()));
    QVERIFY(host[u"ram"].toInteger() > 0);
    QVERIFY(host[u"uptime_s"].toInteger() > 0);
}

void TestCliRecord::sameAsStream()
{
    writeFile(m_folder->filePath(u"s"_s), streamText(40, "b1"));
    const QString uri = catUri(m_folder->filePath(u"s"_s));
    const CliResult streamed = runCli({u"stream"_s, uri});
    QVERIFY2(streamed.exitCode == 0, shown(streamed.err));
    const CliResult recorded = record({uri});
    QVERIFY2(recorded.exitCode == 0, shown(recorded.err));
    // The CSV rows that `stream` stands for, made here without any code of ours.
    QByteArray expected = "time,tag,type,allocs,frees,outstanding,bytes,driver\r\n";
    QByteArray time;
    for (const QByteArray &line : streamed.out.split('\n')) {
        if (line.startsWith("@ "))
            time = line.split(' ')[1];
        const auto number = [&](QByteArrayView key) {
            const qsizetype at = line.indexOf(QByteArray(' ' + key.toByteArray() + '=')) + key.size() + 2;
            return line.mid(at, line.indexOf(' ', at) < 0 ? -1 : line.indexOf(' ', at) - at);
        };
        if (line.startsWith("t paged dentry"))
            expected += time + ",dentry,paged,,," + number("outstanding") + ',' + number("bytes") + ",\r\n";
        else if (line.startsWith("t nonpaged"))
            expected += time + ",with blank,nonpaged,,," + number("outstanding") + ',' + number("bytes")
                + ",\"x, y\"\r\n";
    }
    const CliResult exported = runCli({u"export"_s, path(), u"-o"_s, u"-"_s, u"--format"_s, u"csv"_s});
    QVERIFY2(exported.exitCode == 0, shown(exported.err));
    QCOMPARE(exported.out, expected);
    QCOMPARE(expected.count('\n'), 81);
}

void TestCliRecord::endsInOrder_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestCliRecord::endsInOrder()
{
    QFETCH(int, number);
    const auto process = startRecorder();
    ::kill(static_cast<pid_t>(process->processId()), number);
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(process->readAllStandardError(), QByteArray());
    QVERIFY(info()[u"samples"].toInt() > 0);
    QVERIFY(!QFile::exists(path() + u"-wal"_s)); // one whole file
}

void TestCliRecord::endsByDuration()
{
    const CliResult result =
        record({m_slab->uri(), u"--duration"_s, u"600ms"_s, u"--interval"_s, u"250ms"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const int samples = info()[u"samples"].toInt();
    QVERIFY(samples >= 1 && samples <= 3);
}

void TestCliRecord::killedAndContinued()
{
    {
        const auto process = startRecorder();
        process->kill();
        QVERIFY(process->waitForFinished(20'000));
    }
    const int before = info()[u"samples"].toInt();
    QVERIFY(before > 0);
    QCOMPARE(info()[u"intact"].toBool(), true);
    const CliResult result = record({m_slab->uri(), u"--samples"_s, u"2"_s, u"--interval"_s, u"250ms"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const QJsonObject found = info();
    QCOMPARE(found[u"samples"].toInt(), before + 2);
    QCOMPARE(found[u"segments"].toArray().size(), 2);
    QCOMPARE(markKinds(), QStringList{u"gap"_s});
}

void TestCliRecord::rebootIsMarked()
{
    writeFile(m_folder->filePath(u"s"_s), streamText(5, "b1") + streamText(5, "b2", 10));
    writeFile(m_folder->filePath(u"t"_s), streamText(5, "b3", 20));
    for (const QString &name : {u"s"_s, u"t"_s}) {
        const CliResult result = record({catUri(m_folder->filePath(name))});
        QVERIFY2(result.exitCode == 0, shown(result.err));
    }
    const QJsonObject found = info();
    QCOMPARE(found[u"samples"].toInt(), 15);
    QCOMPARE(found[u"segments"].toArray().size(), 3);
    QCOMPARE(markKinds(), (QStringList{u"reboot"_s, u"reboot"_s}));
    QCOMPARE(found[u"segments"][2][u"boot"].toString(), u"b3"_s);
    QCOMPARE(found[u"hosts"].toArray().size(), 3);
}

void TestCliRecord::lostSourceIsMarked()
{
    const auto process = startRecorder();
    m_slab->setSlabinfo("garbage\n");
    process->setReadChannel(QProcess::StandardError);
    QVERIFY(process->waitForReadyRead(20'000));
    m_slab->setCaches({{"dentry", 200, 192}, {"inode", 1, 64}});
    const bool isBack = QTest::qWaitFor(
        [&] {
            return runCli({u"info"_s, path(), u"--json"_s}).out.contains("source_back");
        },
        20'000);
    QVERIFY(isBack);
    process->terminate();
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(markKinds(), (QStringList{u"source_lost"_s, u"source_back"_s}));
}

void TestCliRecord::secondWriterIsRefused()
{
    const auto process = startRecorder();
    const CliResult second = record({m_slab->uri(), u"--samples"_s, u"1"_s});
    QVERIFY(second.exitCode != 0);
    QVERIFY2(second.err.contains("a.poolscope"), shown(second.err));
    QCOMPARE(second.err.count('\n'), 1);
    process->terminate();
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitCode(), 0);
    QCOMPARE(info()[u"segments"].toArray().size(), 1);
}

/// The limit of a file's size stands in for a disk that is full.
void TestCliRecord::fullDiskIsSaid()
{
    QList<std::tuple<QByteArray, int, int>> caches;
    for (int i = 0; i < 3000; ++i)
        caches += {"cache-with-a-long-name-" + QByteArray::number(i * 7919), i, 64};
    m_slab->setCaches(caches);
    const CliResult result = runProgram(u"sh"_s,
        {u"-c"_s,
            u"ulimit -f 40; exec \"$0\" record \"$1\" -o \"$2\" --interval 250ms --flush 100ms --samples 8"_s,
            cliPath(), m_slab->uri(), path()});
    QCOMPARE(result.exitCode, 5);
    QVERIFY2(result.err.contains("a.poolscope"), shown(result.err));
    QVERIFY2(result.err.startsWith("poolscope-cli: "), shown(result.err));
}

void TestCliRecord::noSampleLeavesNoFile()
{
    const CliResult result = record({u"slab:/nonexistent"_s});
    QCOMPARE(result.exitCode, 3);
    QVERIFY(!QFile::exists(path()));
}

void TestCliRecord::readableBySqlite()
{
    if (QStandardPaths::findExecutable(u"sqlite3"_s).isEmpty())
        QSKIP("sqlite3 is not installed");
    writeFile(m_folder->filePath(u"s"_s), streamText(5, "b1") + streamText(5, "b2", 10));
    QCOMPARE(record({catUri(m_folder->filePath(u"s"_s))}).exitCode, 0);
    const CliResult id = runProgram(u"sqlite3"_s, {path(), u"PRAGMA application_id"_s});
    QCOMPARE(id.out.trimmed().toLongLong(), 0x504F4F4CLL);
    const CliResult marks = runProgram(u"sqlite3"_s, {path(), u"SELECT count(*) FROM marks"_s});
    QVERIFY2(marks.exitCode == 0, shown(marks.err));
    QCOMPARE(marks.out.trimmed(), QByteArray("1"));
    QCOMPARE(runProgram(u"sqlite3"_s, {path(), u"PRAGMA integrity_check"_s}).out.trimmed(), QByteArray("ok"));
}

void TestCliRecord::damagedInput_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("time,tag\n");
    QTest::newRow("a cut head") << QByteArray("SQLite format 3\0\x10\0", 18);
}

void TestCliRecord::damagedInput()
{
    QFETCH(QByteArray, content);
    writeFile(path(), content);
    for (const QStringList &command :
        {QStringList{u"info"_s, path()}, QStringList{u"export"_s, path(), u"-o"_s, u"-"_s},
            QStringList{u"info"_s, m_folder->filePath(u"missing"_s)}}) {
        const CliResult result = runCli(command);
        QCOMPARE(result.exitCode, 4);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("poolscope-cli: "), shown(result.err));
    }
}

void TestCliRecord::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no output") << QStringList{};
    QTest::newRow("duration") << QStringList{u"-o"_s, u"x"_s, u"--duration"_s, u"soon"_s};
    QTest::newRow("size") << QStringList{u"-o"_s, u"x"_s, u"--max-size"_s, u"big"_s};
    QTest::newRow("size too small") << QStringList{u"-o"_s, u"x"_s, u"--max-size"_s, u"1k"_s};
    QTest::newRow("age") << QStringList{u"-o"_s, u"x"_s, u"--max-age"_s, u"0"_s};
    QTest::newRow("keep") << QStringList{u"-o"_s, u"x"_s, u"--keep"_s, u"0"_s};
    QTest::newRow("flush") << QStringList{u"-o"_s, u"x"_s, u"--flush"_s, u"1ms"_s};
}

void TestCliRecord::usage()
{
    QFETCH(QStringList, arguments);
    const CliResult result = runCli(QStringList{u"record"_s, m_slab->uri()} + arguments);
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.err.count('\n'), 1);
}

QTEST_GUILESS_MAIN(TestCliRecord)
#include "tst_clirecord.moc"
