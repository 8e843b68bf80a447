// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QtTest>

#include <csignal>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `top` without a terminal: text and JSON.
class TestCliTop : public QObject
{
    Q_OBJECT

private slots:
    void jsonFields();
    void agreesWithTheKernel();
    void systemFieldsOfTheKernel();
    void filtersAndOrder();
    void onceAsText();
    void samplesAsText();
    void samplesAsJsonLines();
    void pipeRunsUntilClosed();
    void stopsOnSignals_data();
    void stopsOnSignals();
    void fullDisk();
    void demo();

private:
    SlabDirectory m_slab;
};

namespace {

QStringList tagsOf(const QJsonObject &sample)
{
    QStringList tags;
    for (const QJsonValue &tag : sample[u"tags"].toArray())
        tags += tag[u"tag"].toString();
    return tags;
}

/// First words of the table rows in `text`.
QByteArrayList rowsOf(const QByteArray &text)
{
    QByteArrayList rows;
    for (const QByteArray &line : text.split('\n').sliced(4)) {
        if (!line.isEmpty())
            rows += line.simplified().split(' ').first();
    }
    return rows;
}

} // namespace

void TestCliTop::jsonFields()
{
    m_slab.setCaches({{"dentry", 100, 192}, {"odd\\name", 3, 8}});
    const CliResult result = runCli({u"top"_s, m_slab.uri(), u"--once"_s, u"--json"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.err, QByteArray());
    QCOMPARE(result.out.count('\n'), 1);
    const QJsonObject sample = result.json();
    QCOMPARE(sample.keys(),
        (QStringList{u"boot"_s, u"host"_s, u"schema"_s, u"source"_s, u"system"_s, u"tags"_s, u"time"_s}));
    QCOMPARE(sample[u"schema"].toString(), u"poolscope.sample/1"_s);
    QCOMPARE(sample[u"source"].toString(), m_slab.uri());
    const QString time = sample[u"time"].toString();
    QVERIFY(time.endsWith(u'Z'));
    QVERIFY(std::abs(QDateTime::fromString(time, Qt::ISODateWithMs).secsTo(QDateTime::currentDateTimeUtc()))
        < 60);
    for (const QString &key : {u"mem_total"_s, u"mem_available"_s, u"page_faults"_s, u"commit"_s,
             u"commit_limit"_s, u"commit_peak"_s, u"pool_nonpaged"_s, u"pool_paged"_s, u"untagged"_s}) {
        QVERIFY2(sample[u"system"].toObject().contains(key), qPrintable(key));
        QVERIFY2(sample[u"system"][key].isNull(), qPrintable(key)); // the copy has no meminfo: unknown, not 0
    }
    QCOMPARE(tagsOf(sample), (QStringList{u"dentry"_s, u"odd\\\\name"_s}));
    const QJsonObject dentry = sample[u"tags"][0].toObject();
    QCOMPARE(dentry.keys(),
        (QStringList{u"allocs"_s, u"bytes"_s, u"driver"_s, u"frees"_s, u"outstanding"_s, u"per_alloc"_s,
            u"tag"_s, u"type"_s}));
    QVERIFY(dentry[u"allocs"].isNull());
    QVERIFY(dentry[u"frees"].isNull());
    QCOMPARE(dentry[u"outstanding"].toInteger(), 100);
    QCOMPARE(dentry[u"bytes"].toInteger(), 19200);
    QCOMPARE(dentry[u"per_alloc"].toInteger(), 192);
}

void TestCliTop::agreesWithTheKernel()
{
    if (!canReadSlabinfo())
        QSKIP("this user may not read /proc/slabinfo");
    QMap<QString, int> types;
    const auto told = [&types] {
        QMap<QByteArray, CacheCounts> found;
        const CliResult result = runCli({u"top"_s, u"--once"_s, u"--json"_s});
        for (const QJsonValue &tag : result.json()[u"tags"].toArray()) {
            found[tag[u"tag"].toString().toLatin1()] = {
                tag[u"outstanding"].toInteger(-1), tag[u"bytes"].toInteger(-1)};
            ++types[tag[u"type"].toString()];
        }
        return found;
    };
    const Agreement agreement = agreementWithKernel(told);
    QCOMPARE(agreement.disagreed, QByteArrayList());
    QVERIFY2(agreement.agreed > readSlabinfo().size() / 2, shown(QByteArray::number(agreement.agreed)));
    QVERIFY(types[u"nonpaged"_s] > 0);
    QVERIFY(types[u"paged"_s] > 0);
}

void TestCliTop::systemFieldsOfTheKernel()
{
    if (!canReadSlabinfo())
        QSKIP("this user may not read /proc/slabinfo");
    QFile meminfo(u"/proc/meminfo"_s);
    QVERIFY(meminfo.open(QIODevice::ReadOnly));
    QMap<QByteArray, qint64> kernel;
    for (const QByteArray &line : meminfo.readAll().split('\n')) {
        const QByteArrayList words = line.simplified().split(' ');
        if (words.size() == 3)
            kernel[words[0]] = words[1].toLongLong() * 1024;
    }
    const QJsonObject sample = runCli({u"top"_s, u"--json"_s, u"--limit"_s, u"1"_s}).json();
    const QJsonObject system = sample[u"system"].toObject();
    QCOMPARE(system[u"mem_total"].toInteger(), kernel["MemTotal:"]);
    QCOMPARE(system[u"commit_limit"].toInteger(), kernel["CommitLimit:"]);
    // Moving targets: the order of magnitude tells a swapped field.
    const auto isNear = [](qint64 a, qint64 b) { return a > b / 2 && a < b * 2; };
    QVERIFY(isNear(system[u"pool_nonpaged"].toInteger(), kernel["SUnreclaim:"]));
    QVERIFY(isNear(system[u"pool_paged"].toInteger(), kernel["SReclaimable:"]));
    QVERIFY(system[u"page_faults"].toInteger() > 0);
    // Of all tags, not of the one row that is shown.
    QVERIFY(system[u"untagged"].toInteger() < system[u"pool_nonpaged"].toInteger()
            + system[u"pool_paged"].toInteger() - sample[u"tags"][0][u"bytes"].toInteger());
    QFile boot(u"/proc/sys/kernel/random/boot_id"_s);
    QVERIFY(boot.open(QIODevice::ReadOnly));
    QCOMPARE(sample[u"boot"].toString().toLatin1(), boot.readAll().trimmed());
}

void TestCliTop::filtersAndOrder()
{
    m_slab.setCaches({{"kmalloc-8", 50, 8}, {"dentry", 10, 192}, {"kmalloc-64", 2, 64}, {"Filp", 1000, 1}});
    const auto shown = [this](const QStringList &options) {
        return tagsOf(runCli(QStringList{u"top"_s, m_slab.uri(), u"--json"_s} + options).json()).join(u' ');
    };
    QCOMPARE(shown({}), u"dentry Filp kmalloc-8 kmalloc-64"_s);
    QCOMPARE(shown({u"--sort"_s, u"diff"_s}), u"Filp kmalloc-8 dentry kmalloc-64"_s);
    QCOMPARE(shown({u"--sort"_s, u"D"_s}), u"Filp kmalloc-8 dentry kmalloc-64"_s);
    QCOMPARE(shown({u"--sort"_s, u"tag"_s}), u"Filp dentry kmalloc-64 kmalloc-8"_s);
    QCOMPARE(shown({u"--sort=per_alloc"_s}), u"dentry kmalloc-64 kmalloc-8 Filp"_s);
    QCOMPARE(shown({u"--limit"_s, u"2"_s}), u"dentry Filp"_s);
    QCOMPARE(shown({u"--include"_s, u"kmalloc-*"_s}), u"kmalloc-8 kmalloc-64"_s);
    QCOMPARE(shown({u"--include"_s, u"kmalloc-?"_s, u"--include"_s, u"filp"_s}), u"kmalloc-8"_s);
    QCOMPARE(shown({u"--include"_s, u"k*"_s, u"--include"_s, u"d*"_s, u"--exclude"_s, u"*-64"_s}),
        u"dentry kmalloc-8"_s);
    QCOMPARE(shown({u"--type"_s, u"both"_s}), shown({}));
}

void TestCliTop::onceAsText()
{
    m_slab.setCaches({{"dentry", 12345, 192}, {"kmalloc-64", 1000, 64}});
    const CliResult result = runCli({u"top"_s, m_slab.uri(), u"--once"_s, u"--totals"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.err, QByteArray());
    for (const char *field :
        {"Memory:", "Avail:", "PageFlts:", "InRam Krnl:", "Commit:", "Limit:", "Peak:", "Pool N:"})
        QVERIFY2(result.out.contains(field), shown(field));
    QCOMPARE(result.out.split('\n').first(2).join().count(" P:"), 2);
    for (const char *column : {"Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "Per Alloc"})
        QVERIFY2(result.out.contains(column), shown(column));
    QVERIFY(!result.out.contains('\x1b'));
    QVERIFY(!result.out.contains("(")); // a first sample has no changes
    QVERIFY2(result.out.contains("12,345  2,370,240        192\n"), shown(result.out));
    QVERIFY2(result.out.contains("Not in tag table"), shown(result.out));
    QCOMPARE(rowsOf(result.out).first(2).join(' '), QByteArray("dentry kmalloc-64"));
}

void TestCliTop::samplesAsText()
{
    m_slab.setCaches({{"dentry", 10, 192}});
    const CliResult result =
        runCli({u"top"_s, m_slab.uri(), u"--samples"_s, u"3"_s, u"--interval"_s, u"250ms"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.out.count(" Memory:"), 3);
    QCOMPARE(result.out.count("1,920 (0)"), 2); // not in the first
}

void TestCliTop::samplesAsJsonLines()
{
    m_slab.setCaches({{"dentry", 10, 192}});
    const CliResult result =
        runCli({u"top"_s, m_slab.uri(), u"--samples"_s, u"3"_s, u"--interval"_s, u"250ms"_s, u"--json"_s});
    QCOMPARE(result.exitCode, 0);
    const QByteArrayList lines = result.out.split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.last().isEmpty());
    QString previous;
    for (const QByteArray &line : lines.first(3)) {
        const QJsonObject sample = QJsonDocument::fromJson(line).object();
        QCOMPARE(sample[u"schema"].toString(), u"poolscope.sample/1"_s);
        QVERIFY(sample[u"time"].toString() > previous);
        previous = sample[u"time"].toString();
    }
}

void TestCliTop::pipeRunsUntilClosed()
{
    m_slab.setCaches({{"dentry", 10, 192}});
    // Five lines and a blank one a sample: the seventh is of the second sample.
    const CliResult result = runProgram(u"sh"_s,
        {u"-c"_s, u"{ \"$0\" top \"$1\" --interval 250ms; echo code $? >&2; } | head -n 7"_s, cliPath(),
            m_slab.uri()});
    QCOMPARE(result.out.count(" Memory:"), 2);
    QVERIFY(!result.out.contains('\x1b'));
    QCOMPARE(result.err, QByteArray("code 0\n"));
}

void TestCliTop::stopsOnSignals_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestCliTop::stopsOnSignals()
{
    QFETCH(int, number);
    m_slab.setCaches({{"dentry", 10, 192}});
    // An hour until the second sample: only the signal can end it.
    const auto process = startCli({u"top"_s, m_slab.uri(), u"--interval"_s, u"1h"_s, u"--samples"_s, u"2"_s});
    QVERIFY(process->waitForReadyRead(10'000));
    ::kill(static_cast<pid_t>(process->processId()), number);
    QVERIFY(process->waitForFinished(10'000));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 0);
}

void TestCliTop::fullDisk()
{
    m_slab.setCaches({{"dentry", 10, 192}});
    for (const QString &options : {u"--once"_s, u"--once --json"_s, u"--interval 250ms"_s}) {
        const CliResult result = runProgram(u"sh"_s,
            {u"-c"_s, u"exec \"$0\" top \"$1\" %1 > /dev/full"_s.arg(options), cliPath(), m_slab.uri()});
        QCOMPARE(result.exitCode, 5);
        QVERIFY2(result.err.contains("standard output"), shown(result.err));
        QCOMPARE(result.err.count('\n'), 1);
    }
}

void TestCliTop::demo()
{
    const CliResult result = runCli({u"top"_s, u"demo:"_s, u"--once"_s, u"--json"_s});
    QCOMPARE(result.exitCode, 0);
    QVERIFY(tagsOf(result.json()).size() > 50);
    QVERIFY(result.json()[u"tags"][0][u"bytes"].toInteger() > 0);
}

QTEST_GUILESS_MAIN(TestCliTop)
#include "tst_clitop.moc"
