// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `poolmon`, the drop-in, as scripts call it.
class TestCliPoolMon : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void switches_data();
    void switches();
    void appendsToItsFile();
    void screensWithoutATerminal();
    void helpEndsAsPoolMonDoes();
    void wrongSwitch();
    void fullDisk();

private:
    [[nodiscard]] CliResult run(const QStringList &switches) const
    {
        return runCli(QStringList{u"poolmon"_s} + switches + QStringList{u"--source"_s, m_slab.uri()});
    }

    SlabDirectory m_slab;
};

void TestCliPoolMon::init()
{
    m_slab.setCaches({{"Aaa1", 1, 100}, {"Bbb2", 50, 8}, {"Ccc3", 3, 64}});
}

void TestCliPoolMon::switches_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("by tag") << QStringList{u"-n"_s, u"-"_s} << QByteArray("Aaa1 Bbb2 Ccc3");
    QTest::newRow("by bytes") << QStringList{u"-b"_s, u"-n"_s, u"-"_s} << QByteArray("Bbb2 Ccc3 Aaa1");
    QTest::newRow("by bytes, slash") << QStringList{u"/b"_s, u"/n"_s, u"-"_s} << QByteArray("Bbb2 Ccc3 Aaa1");
    QTest::newRow("by bytes per allocation")
        << QStringList{u"-m"_s, u"-n"_s, u"-"_s} << QByteArray("Aaa1 Ccc3 Bbb2");
    QTest::newRow("include") << QStringList{u"-iB*"_s, u"-iCcc?"_s, u"-n"_s, u"-"_s}
                             << QByteArray("Bbb2 Ccc3");
    QTest::newRow("exclude") << QStringList{u"-xB*"_s, u"-n"_s, u"-"_s} << QByteArray("Aaa1 Ccc3");
}

void TestCliPoolMon::switches()
{
    QFETCH(QStringList, arguments);
    const CliResult result = run(arguments);
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QByteArrayList tags;
    for (const QByteArray &line : result.out.split('\n')) {
        const QByteArray tag = line.simplified().split(' ').first();
        if (tag.size() == 4 && tag.back() >= '1' && tag.back() <= '9')
            tags += tag;
    }
    QTEST(tags.join(' '), "expected");
    QVERIFY2(result.out.startsWith(" Memory:"), shown(result.out));
}

void TestCliPoolMon::appendsToItsFile()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(u"poolsnap.log"_s));
    for (int times = 1; times <= 2; ++times) {
        QCOMPARE(run({u"-b"_s, u"-r"_s, u"-n"_s, file.fileName()}).exitCode, 0);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count("Bbb2"), times);
        file.close();
    }
    // What it wrote is a log of PoolMon: two samples that can be compared.
    const CliResult comparison = runCli({u"compare"_s, file.fileName()});
    QVERIFY2(comparison.exitCode == 0, shown(comparison.err));
    QVERIFY(comparison.out.contains("Bbb2"));
}

void TestCliPoolMon::screensWithoutATerminal()
{
    const CliResult result = runProgram(
        u"sh"_s, {u"-c"_s, u"\"$0\" poolmon -b --source \"$1\" | head -n 6"_s, cliPath(), m_slab.uri()});
    QVERIFY2(result.out.contains("System pool information"), shown(result.out));
    QVERIFY2(result.out.contains("Bbb2"), shown(result.out));
    QCOMPARE(result.err, QByteArray());
}

void TestCliPoolMon::helpEndsAsPoolMonDoes()
{
    const CliResult result = run({u"/?"_s});
    QCOMPARE(result.exitCode, 255); // -1, as far as a shell sees it
    QVERIFY(result.out.startsWith("poolscope-cli poolmon"));
}

void TestCliPoolMon::wrongSwitch()
{
    const CliResult result = run({u"-z"_s});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.startsWith("poolscope-cli: "), shown(result.err));
    QVERIFY2(result.err.contains("-z"), shown(result.err));
}

void TestCliPoolMon::fullDisk()
{
    const CliResult result = run({u"-n"_s, u"/dev/full"_s});
    QCOMPARE(result.exitCode, 5);
    QVERIFY2(result.err.contains("/dev/full"), shown(result.err));
}

QTEST_GUILESS_MAIN(TestCliPoolMon)
#include "tst_clipoolmon.moc"
