// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// The program with the window, started as a desktop or a shell starts it.
class TestWindowProgram : public QObject
{
    Q_OBJECT

private slots:
    void endsItsRecordingInOrder_data();
    void endsItsRecordingInOrder();
    void outlivesTheReaderOfItsOutput();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(u"a.poolscope"_s); }
    [[nodiscard]] QJsonObject info() const
    {
        return runCli({u"info"_s, path(), u"--json"_s, u"--quick"_s}).json();
    }
    void start(QProcess &process);

    QTemporaryDir m_folder;
    SlabDirectory m_slab;
};

void TestWindowProgram::start(QProcess &process)
{
    QFile::remove(path());
    m_slab.setCaches({{"dentry", 100, 192}, {"filp", 200, 256}});
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    for (const QString &variable : {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_CACHE_HOME"_s})
        environment.insert(variable, m_folder.path());
    process.setProcessEnvironment(environment);
    process.start(QString::fromLocal8Bit(POOLSCOPE_WINDOW),
        {m_slab.uri(), u"--interval"_s, u"250ms"_s, u"--record"_s, path()});
    QVERIFY(process.waitForStarted());
    // The first flush of a recording is some seconds after its start.
    const bool records = QTest::qWaitFor([&] { return info()[u"samples"].toInt() > 0; }, 60'000);
    QVERIFY2(records, shown(process.readAllStandardError()));
}

void TestWindowProgram::endsItsRecordingInOrder_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("kill, a service that stops") << SIGTERM;
    QTest::newRow("closed terminal") << SIGHUP;
}

void TestWindowProgram::endsItsRecordingInOrder()
{
    QFETCH(int, number);
    QProcess process;
    start(process);
    ::kill(static_cast<pid_t>(process.processId()), number);
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(info()[u"samples"].toInt() > 0);
    QVERIFY(!QFile::exists(path() + u"-wal"_s)); // one whole file: nothing is left to be put in order
}

void TestWindowProgram::outlivesTheReaderOfItsOutput()
{
    QProcess process;
    start(process);
    process.closeReadChannel(QProcess::StandardOutput);
    const int before = info()[u"samples"].toInt();
    QTRY_VERIFY_WITH_TIMEOUT(info()[u"samples"].toInt() > before, 60'000);
    QCOMPARE(process.state(), QProcess::Running);
    process.terminate();
    QVERIFY(process.waitForFinished(20'000));
    QCOMPARE(process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestWindowProgram)
#include "tst_windowprogram.moc"
