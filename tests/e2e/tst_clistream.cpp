// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QJsonArray>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

#include <csignal>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `stream`, and `command:` as its reader.
class TestCliStream : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void blocks();
    void readThroughCommand();
    void agreesWithTheKernel();
    void blocksComeAtOnce();
    void endsInOrder_data();
    void endsInOrder();
    void endsWhenTheReaderGoes_data();
    void endsWhenTheReaderGoes();
    void fullDisk();
    void writersOwnEnd();
    void goesOnAfterAFailure();

private:
    SlabDirectory m_slab;
};

namespace {

QString streamCommand(const QString &arguments)
{
    return u"command:\"%1\" stream %2"_s.arg(cliPath(), arguments);
}

} // namespace

void TestCliStream::init()
{
    m_slab.setCaches({{"dentry", 100, 192}, {"with blank", 1, 64}});
}

void TestCliStream::blocks()
{
    const CliResult result =
        runCli({u"stream"_s, m_slab.uri(), u"--samples"_s, u"3"_s, u"--interval"_s, u"250ms"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.err, QByteArray());
    QVERIFY2(result.out.startsWith("#poolscope-stream 1 kind=slab"), shown(result.out));
    QVERIFY(result.out.endsWith("\n.\n"));
    const QByteArrayList lines = result.out.split('\n');
    const auto count = [&](QByteArrayView start) {
        return std::ranges::count_if(lines, [&](const QByteArray &line) { return line.startsWith(start); });
    };
    QCOMPARE(count("#poolscope-stream"), 1);
    QCOMPARE(count("@ 20"), 3);
    QCOMPARE(count("t "), 6);
    QCOMPARE(lines.count("."), 3);
    QVERIFY2(result.out.contains(" dentry outstanding=100 bytes=19200\n"), shown(result.out));
    QVERIFY2(result.out.contains(" \"with blank\" outstanding=1 bytes=64\n"), shown(result.out));
}

void TestCliStream::readThroughCommand()
{
    const CliResult result = runCli(
        {u"top"_s, streamCommand(u"\"%1\" --interval 250ms"_s.arg(m_slab.uri())), u"--once"_s, u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.err, QByteArray());
    const QJsonArray tags = result.json()[u"tags"].toArray();
    QCOMPARE(tags.size(), 2);
    QCOMPARE(tags[0][u"tag"].toString(), u"dentry"_s);
    QCOMPARE(tags[0][u"bytes"].toInteger(), 19200);
    QCOMPARE(tags[1][u"tag"].toString(), u"with blank"_s);
    QVERIFY(tags[0][u"allocs"].isNull());
}

void TestCliStream::agreesWithTheKernel()
{
    if (!canReadSlabinfo())
        QSKIP("this user may not read /proc/slabinfo");
    const auto told = [] {
        QMap<QByteArray, CacheCounts> found;
        const CliResult result = runCli({u"stream"_s, u"slab:"_s, u"--samples"_s, u"1"_s});
        static const QRegularExpression row(
            uR"(^t \w+ (\S+) outstanding=(\d+) bytes=(\d+))"_s, QRegularExpression::MultilineOption);
        for (auto rows = row.globalMatch(QString::fromLatin1(result.out)); rows.hasNext();) {
            const QRegularExpressionMatch match = rows.next();
            found[match.captured(1).toLatin1()] = {
                match.captured(2).toLongLong(), match.captured(3).toLongLong()};
        }
        return found;
    };
    const Agreement agreement = agreementWithKernel(told);
    QCOMPARE(agreement.disagreed, QByteArrayList());
    QVERIFY2(agreement.agreed > readSlabinfo().size() / 2, shown(QByteArray::number(agreement.agreed)));
}

/// Not only when some buffer is full.
void TestCliStream::blocksComeAtOnce()
{
    const auto process = startCli({u"stream"_s, m_slab.uri(), u"--interval"_s, u"1h"_s});
    QByteArray out;
    while (!out.endsWith("\n.\n") && process->waitForReadyRead(10'000))
        out += process->readAllStandardOutput();
    QVERIFY2(out.endsWith("\n.\n"), shown(out));
    QCOMPARE(process->state(), QProcess::Running);
    process->terminate();
    QVERIFY(process->waitForFinished(10'000));
}

void TestCliStream::endsInOrder_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestCliStream::endsInOrder()
{
    QFETCH(int, number);
    const auto process = startCli({u"stream"_s, m_slab.uri(), u"--interval"_s, u"250ms"_s});
    QVERIFY(process->waitForReadyRead(10'000));
    ::kill(static_cast<pid_t>(process->processId()), number);
    QVERIFY(process->waitForFinished(10'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 0);
    QVERIFY(process->readAllStandardOutput().endsWith("\n.\n"));
    QCOMPARE(process->readAllStandardError(), QByteArray());
}

void TestCliStream::endsWhenTheReaderGoes_data()
{
    QTest::addColumn<QString>("interval");
    QTest::newRow("the write tells") << u"250ms"_s;
    QTest::newRow("long before the next write") << u"1h"_s;
}

void TestCliStream::endsWhenTheReaderGoes()
{
    QFETCH(QString, interval);
    const CliResult result = runProgram(u"sh"_s,
        {u"-c"_s, u"{ \"$0\" stream \"$1\" --interval %1; echo code $? >&2; } | head -n 1"_s.arg(interval),
            cliPath(), m_slab.uri()});
    QVERIFY(result.out.startsWith("#poolscope-stream"));
    QCOMPARE(result.err, QByteArray("code 0\n"));
}

void TestCliStream::fullDisk()
{
    const CliResult result =
        runProgram(u"sh"_s, {u"-c"_s, u"exec \"$0\" stream \"$1\" > /dev/full"_s, cliPath(), m_slab.uri()});
    QCOMPARE(result.exitCode, 5);
    QVERIFY2(result.err.contains("standard output"), shown(result.err));
}

void TestCliStream::writersOwnEnd()
{
    // Two samples of a program that then ends in order: enough for two, too few for three.
    const QString command = streamCommand(u"\"%1\" --interval 250ms --samples 2"_s.arg(m_slab.uri()));
    const CliResult two = runCli({u"stream"_s, command});
    QVERIFY2(two.exitCode == 0, shown(two.err));
    QCOMPARE(two.out.count("\n.\n"), 2);
    const CliResult three = runCli({u"stream"_s, command, u"--samples"_s, u"3"_s});
    QCOMPARE(three.exitCode, 3);
    QCOMPARE(three.out.count("\n.\n"), 2);
    QVERIFY2(three.err.contains("2 of 3"), shown(three.err));
}

/// A source that fails later on is reported once and read again when it is back.
void TestCliStream::goesOnAfterAFailure()
{
    const auto process = startCli({u"stream"_s, m_slab.uri(), u"--interval"_s, u"250ms"_s});
    QVERIFY(process->waitForReadyRead(10'000));
    m_slab.setSlabinfo("garbage\n");
    QByteArray err;
    process->setReadChannel(QProcess::StandardError);
    QVERIFY(process->waitForReadyRead(10'000));
    err += process->readAllStandardError();
    m_slab.setCaches({{"dentry", 777, 192}});
    QByteArray out;
    process->setReadChannel(QProcess::StandardOutput);
    while (!out.contains("outstanding=777")
        && (process->bytesAvailable() > 0 || process->waitForReadyRead(10'000)))
        out += process->readAllStandardOutput();
    QVERIFY(out.contains("outstanding=777"));
    process->terminate();
    QVERIFY(process->waitForFinished(10'000));
    err += process->readAllStandardError();
    QVERIFY2(err.startsWith("poolscope-cli: "), shown(err));
    QVERIFY2(err.contains("slabinfo"), shown(err));
    QCOMPARE(err.count('\n'), 1);
    QCOMPARE(process->exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestCliStream)
#include "tst_clistream.moc"
