// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingreader.h"
#include "model/recording/recordingwriter.h"
#include "tests/e2e/clirunner.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `analyze`.
class TestCliAnalyze : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void json();
    void text();
    void testTimes_data();
    void testTimes();
    void testsMarkedInTheRecording();
    void failOn_data();
    void failOn();
    void wrongUse_data();
    void wrongUse();
    void damagedInput();
    void liveSource();

private:
    QString write(const QString &name, const QByteArray &content);

    QTemporaryDir m_directory;
    QString m_csv; ///< "Leak" grows by 3 a sample; "Test" from 300 s to 600 s and then gives it back
    SlabDirectory m_slab;
};

namespace {

constexpr int Samples = 200;
constexpr int Interval = 5;

QByteArray madeCsv()
{
    QByteArray csv = "t_seconds,tag,type,allocs,frees,outstanding,bytes\n";
    const auto row = [&](int t, const QByteArray &tag, int held) {
        const QByteArray count = QByteArray::number(held);
        csv += QByteArray::number(t) + ',' + tag + ",nonpaged," + QByteArray::number(held + 9 * t) + ','
            + QByteArray::number(9 * t) + ',' + count + ',' + QByteArray::number(held * 64) + '\n';
    };
    for (int i = 0; i < Samples; ++i) {
        const int t = i * Interval;
        const int wobble = i * 7919 % 5;
        row(t, "Leak", 500 + 3 * i + wobble);
        row(t, "Test", 500 + wobble + (t > 605 ? 10 : 2 * std::clamp(t - 300, 0, 300)));
        row(t, "Flat", 100000);
        row(t, "Busy", 5000 + i * 6151 % 97);
    }
    return csv;
}

QJsonObject findingOf(const QJsonObject &analysis, const QString &tag)
{
    for (const QJsonValue &finding : analysis[u"findings"].toArray()) {
        if (finding[u"tag"].toString() == tag)
            return finding.toObject();
    }
    return {};
}

} // namespace

QString TestCliAnalyze::write(const QString &name, const QByteArray &content)
{
    QFile file(m_directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return file.fileName();
}

void TestCliAnalyze::initTestCase()
{
    m_csv = write(u"made.csv"_s, madeCsv());
    QVERIFY(!m_csv.isEmpty());
}

void TestCliAnalyze::json()
{
    const CliResult result = runCli({u"analyze"_s, m_csv, u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const QJsonObject analysis = result.json();
    QCOMPARE(analysis[u"schema"].toString(), u"poolscope.analysis/1"_s);
    QCOMPARE(analysis[u"input"].toString(), m_csv);
    QCOMPARE(analysis[u"samples"].toInt(), Samples);
    QCOMPARE(analysis[u"duration_s"].toDouble(), double((Samples - 1) * Interval));
    const QJsonArray findings = analysis[u"findings"].toArray();
    QCOMPARE(findings.size(), 4);
    for (int i = 0; i < findings.size(); ++i) {
        const QJsonObject finding = findings[i].toObject();
        QCOMPARE(finding[u"rank"].toInt(), i + 1);
        for (const QString &key :
            {u"tag"_s, u"type"_s, u"verdict"_s, u"confidence"_s, u"rate_bytes_per_hour"_s, u"rate_low"_s,
                u"rate_high"_s, u"outstanding_per_hour"_s, u"bytes_first"_s, u"bytes_last"_s,
                u"first_flagged_s"_s, u"flagged_since_s"_s, u"freed_fraction"_s, u"group"_s, u"reason"_s})
            QVERIFY2(finding.contains(key), qPrintable(key));
        QVERIFY(finding[u"reason"].toString().endsWith(u'.'));
    }
    const QJsonObject leak = findings[0].toObject();
    QCOMPARE(leak[u"tag"].toString(), u"Leak"_s);
    QCOMPARE(leak[u"verdict"].toString(), u"leak"_s);
    const double perHour = 3 * 64 * 3600.0 / Interval;
    QVERIFY(leak[u"rate_low"].toDouble() <= perHour && perHour <= leak[u"rate_high"].toDouble());
    QVERIFY(leak[u"first_flagged_s"].toDouble() < 600);
    const QJsonObject flat = findingOf(analysis, u"Flat"_s);
    QCOMPARE(flat[u"verdict"].toString(), u"steady"_s);
    QCOMPARE(flat[u"bytes_last"].toInt(), 6'400'000);
    QVERIFY(flat[u"first_flagged_s"].isNull() && flat[u"freed_fraction"].isNull());
}

void TestCliAnalyze::text()
{
    const CliResult result = runCli({u"analyze"_s, m_csv});
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.out.contains("LEAK: 1\n"), shown(result.out));
    QVERIFY2(result.out.contains("\nLeak ("), shown(result.out));
    QVERIFY(result.err.isEmpty());
}

void TestCliAnalyze::testTimes_data()
{
    QTest::addColumn<QStringList>("times"); // start, stop, start, stop …
    QTest::newRow("durations") << QStringList{u"+300s"_s, u"+10m"_s};
    QTest::newRow("ISO 8601") << QStringList{u"1970-01-01T00:05:00Z"_s, u"1970-01-01T00:10:00.000Z"_s};
    QTest::newRow("another zone") << QStringList{u"1970-01-01T02:05:00+02:00"_s, u"1970-01-01T00:10:00"_s};
    QTest::newRow("mixed") << QStringList{u"+5m"_s, u"1970-01-01T00:10:00Z"_s};
    QTest::newRow("two tests") << QStringList{u"+300s"_s, u"+450s"_s, u"+455s"_s, u"+600s"_s};
    QTest::newRow("the last one first") << QStringList{u"+455s"_s, u"+600s"_s, u"+300s"_s, u"+450s"_s};
}

void TestCliAnalyze::testTimes()
{
    QFETCH(QStringList, times);
    QStringList arguments{u"analyze"_s, m_csv, u"--json"_s};
    for (qsizetype i = 0; i < times.size(); ++i)
        arguments << (i % 2 == 0 ? u"--test-start"_s : u"--test-stop"_s) << times[i];
    const CliResult result = runCli(arguments);
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const QJsonObject tested = findingOf(result.json(), u"Test"_s);
    QCOMPARE(tested[u"verdict"].toString(), u"steady"_s);
    QVERIFY2(std::abs(tested[u"freed_fraction"].toDouble() - .98) < .1, shown(result.out));
    QVERIFY(tested[u"reason"].toString().contains(u"freed"_s));
}

/// Without options the tests count that are marked in the recording.
void TestCliAnalyze::testsMarkedInTheRecording()
{
    const QString path = m_directory.filePath(u"marked.poolscope"_s);
    QCOMPARE(runCli({u"import"_s, m_csv, u"-o"_s, path}).exitCode, 0);
    const auto freed = [&]() -> QJsonValue {
        return findingOf(runCli({u"analyze"_s, path, u"--json"_s}).json(), u"Test"_s)[u"freed_fraction"_s];
    };
    QVERIFY(freed().isNull());
    {
        const auto reader = RecordingReader::open(path);
        QVERIFY(reader.ok());
        const WallTime first = reader.value()->info().first;
        const auto at = [first](int seconds) { return first + std::chrono::seconds(seconds); };
        auto writer = RecordingWriter::open(path);
        QVERIFY(writer.ok());
        writer.value()->addMark({at(1), MarkKind::TestStop, {}}); // of nothing
        writer.value()->addMark({at(300), MarkKind::TestStart, u"both"_s});
        writer.value()->addMark({at(600), MarkKind::TestStop, {}});
        QVERIFY(writer.value()->close().ok());
    }
    QVERIFY2(std::abs(freed().toDouble() - .98) < .1, qPrintable(QString::number(freed().toDouble())));
}

void TestCliAnalyze::failOn_data()
{
    QTest::addColumn<QByteArray>("keep");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("with a leak") << QByteArray("Leak") << 1;
    QTest::newRow("without") << QByteArray("Busy") << 0;
}

void TestCliAnalyze::failOn()
{
    QFETCH(QByteArray, keep);
    QFETCH(int, exitCode);
    QByteArray csv;
    for (const QByteArray &line : madeCsv().split('\n')) {
        if (csv.isEmpty() || line.contains(keep))
            csv += line + '\n';
    }
    const QString file = write(QString::fromLatin1(keep) + u".csv"_s, csv);
    const CliResult result = runCli({u"analyze"_s, file, u"--fail-on"_s, u"leak"_s});
    QVERIFY2(result.exitCode == exitCode, shown(result.out + result.err));
    QVERIFY(!result.out.isEmpty());
}

void TestCliAnalyze::wrongUse_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("no time") << QStringList{u"--test-start"_s, u"soon"_s};
    QTest::newRow("stop without start") << QStringList{u"--test-stop"_s, u"+9s"_s};
    QTest::newRow("two starts") << QStringList{u"--test-start"_s, u"+9s"_s, u"--test-start"_s, u"+20s"_s};
    QTest::newRow("behind the end") << QStringList{u"--test-start"_s, u"+90h"_s};
    QTest::newRow("unknown verdict") << QStringList{u"--fail-on"_s, u"fire"_s};
}

void TestCliAnalyze::wrongUse()
{
    QFETCH(QStringList, options);
    const CliResult result = runCli(QStringList{u"analyze"_s, m_csv} + options);
    QVERIFY2(result.exitCode == 2, shown(result.err));
    QVERIFY(result.out.isEmpty());
    QVERIFY(result.err.startsWith("poolscope-cli: "));
}

void TestCliAnalyze::damagedInput()
{
    const QString file = write(u"damaged.csv"_s, "t_seconds,tag,type,bytes\n0,Leak,nonpaged,many\n");
    const CliResult result = runCli({u"analyze"_s, file});
    QCOMPARE(result.exitCode, 4);
    QVERIFY2(result.err.contains("damaged.csv") && result.err.contains("line 2"), shown(result.err));
}

void TestCliAnalyze::liveSource()
{
    m_slab.setCaches({{"filp", 100, 256}, {"dentry", 500, 192}});
    const CliResult result = runCli(
        {u"analyze"_s, m_slab.uri(), u"--samples"_s, u"3"_s, u"--interval"_s, u"250ms"_s, u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.json()[u"samples"].toInt(), 3);
    QCOMPARE(findingOf(result.json(), u"filp"_s)[u"verdict"].toString(), u"steady"_s);
}

QTEST_GUILESS_MAIN(TestCliAnalyze)
#include "tst_clianalyze.moc"
