// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"
#include "tests/model/drivers/pebuilder.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/stat.h>

using namespace poolscope;
using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;
using test::PeBuilder;

namespace {

/// Bytes that a process has read so far; -1: the system does not tell.
qint64 bytesRead(qint64 process)
{
    constexpr QByteArrayView Start("rchar: ");
    QFile counts(u"/proc/%1/io"_s.arg(process));
    const QByteArray first = counts.open(QIODevice::ReadOnly) ? counts.readLine().trimmed() : QByteArray();
    return first.startsWith(Start) ? first.sliced(Start.size()).toLongLong() : -1;
}

} // namespace

/// Which driver files use a tag, asked as a user does.
class TestCliDrivers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void text();
    void json();
    void nothingFound();
    void refuses_data();
    void refuses();
    void passesOverPipes();
    void stopsAtInterrupt();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(u"drivers/"_s + name); }
    [[nodiscard]] QString folder() const { return m_folder.filePath(u"drivers"_s); }
    void write(const QString &name, const QByteArray &bytes) const;

    QTemporaryDir m_folder;
};

void TestCliDrivers::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.flush());
    const QDateTime longAgo = QDateTime::currentDateTime().addDays(-1);
    QVERIFY(file.setFileTime(longAgo, QFileDevice::FileModificationTime));
}

void TestCliDrivers::initTestCase()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkdir(u"drivers"_s));
    qputenv("XDG_CACHE_HOME", m_folder.filePath(u"cache"_s).toLocal8Bit());
    const QString company = u"Con\x1b[31mtoso"_s;
    write(u"strong.sys"_s,
        PeBuilder()
            .code("\x41\xB8Leak")
            .data("Leak")
            .about(u"CompanyName"_s, company)
            .about(u"FileVersion"_s, u"1.2"_s)
            .build());
    write(u"MEDIUM.SYS"_s, PeBuilder().code("\x41\xB9Leak").build());
    write(u".weak.dll"_s, PeBuilder(PeImage::Machine::Arm64).data("Leak").build());
    write(u"none.exe"_s, PeBuilder().build());
    write(u"prose.sys"_s, "Leak, in a text");
}

void TestCliDrivers::text()
{
    const CliResult result = runCli({u"drivers"_s, u"Leak"_s, folder()});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.err, QByteArray());
    const auto at = [&](const QString &grade, const QString &name) {
        return result.out.indexOf((grade + path(name)).toUtf8());
    };
    const qsizetype strong = at(u"strong  "_s, u"strong.sys"_s);
    const qsizetype medium = at(u"medium  "_s, u"MEDIUM.SYS"_s);
    const qsizetype weak = at(u"weak    "_s, u".weak.dll"_s);
    QVERIFY2(0 <= strong && strong < medium && medium < weak, shown(result.out));
    QVERIFY2(result.out.contains("toso, 1.2, x64") && !result.out.contains('\x1b'), shown(result.out));
    QVERIFY2(result.out.contains("1 as a tag in code, 0 otherwise in code, 1 as text, the first at 0x400"),
        shown(result.out));
    QVERIFY2(result.out.contains("4 drivers and programs searched, 5 files read"), shown(result.out));
}

void TestCliDrivers::json()
{
    const CliResult result = runCli({u"drivers"_s, u"Leak"_s, folder(), u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    const QJsonObject found = result.json();
    QCOMPARE(found.value(u"schema"), QJsonValue(u"poolscope.drivers/1"_s));
    QCOMPARE(found.value(u"read"), QJsonValue(0)); // known from the test before
    QCOMPARE(found.value(u"problems"), QJsonValue(QJsonArray()));
    const QJsonArray hits = found.value(u"hits").toArray();
    QCOMPARE(hits.size(), 3);
    const QJsonObject best = hits.first().toObject();
    QCOMPARE(best.value(u"grade"), QJsonValue(u"strong"_s));
    QCOMPARE(best.value(u"in_code"), QJsonValue(1));
    QCOMPARE(best.value(u"first_in_code"), QJsonValue(PeBuilder::HeadersSize));
    QCOMPARE(best.value(u"otherwise_in_code"), QJsonValue(0));
    QCOMPARE(best.value(u"first_otherwise_in_code"), QJsonValue(QJsonValue::Null));
    QCOMPARE(best.value(u"first_as_text"), QJsonValue(PeBuilder::HeadersSize + 0x200));
    QCOMPARE(best.value(u"sha256").toString().size(), 64);
}

void TestCliDrivers::nothingFound()
{
    const CliResult result = runCli({u"drivers"_s, u"Zzzz"_s, folder()});
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.out.startsWith("No file names the tag “Zzzz”."), shown(result.out));
}

void TestCliDrivers::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no tag") << QStringList() << 2;
    QTest::newRow("too long") << QStringList{u"Leaks"_s, folder()} << 2;
    QTest::newRow("no such file") << QStringList{u"Leak"_s, path(u"gone.sys"_s)} << 4;
    QTest::newRow("no drivers") << QStringList{u"Leak"_s, path(u"prose.sys"_s)} << 4;
    QTest::newRow("not Windows") << QStringList{u"Leak"_s} << 3;
}

void TestCliDrivers::refuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const CliResult result = runCli(QStringList{u"drivers"_s} + arguments);
    QVERIFY2(result.exitCode == exitCode, shown(result.err));
    QCOMPARE(result.out, QByteArray());
    QVERIFY2(
        result.err.startsWith("poolscope-cli: ") && result.err.count('\n') == 1 && result.err.contains(": "),
        shown(result.err));
}

/// Nobody writes into it: reading would wait for ever.
void TestCliDrivers::passesOverPipes()
{
    const QString pipe = m_folder.filePath(u"pipe.sys"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const CliResult alone = runCli({u"drivers"_s, u"Leak"_s, pipe});
    QCOMPARE(alone.exitCode, 4);
    QCOMPARE(alone.err.count('\n'), 1);
    const CliResult result = runCli({u"drivers"_s, u"Leak"_s, pipe, path(u"strong.sys"_s), u"--json"_s});
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.err.contains("pipe.sys"), shown(result.err));
    const QJsonArray problems = result.json().value(u"problems").toArray();
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().toObject().value(u"where"), QJsonValue(pipe));
    QCOMPARE(result.json().value(u"hits").toArray().size(), 1);
}

void TestCliDrivers::stopsAtInterrupt()
{
    if (bytesRead(QCoreApplication::applicationPid()) < 0)
        QSKIP("no way to see that it has begun");
    const QString large = m_folder.filePath(u"large.sys"_s);
    QFile file(large);
    constexpr qint64 Size = 32LL * 1024 * 1024;
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(Size)); // without any blocks on the disk
    QStringList arguments{u"drivers"_s, u"Leak"_s};
    constexpr int Names = 2000; // some minutes of work
    for (int i = 0; i < Names; ++i) {
        const QString name = m_folder.filePath(u"large%1.sys"_s.arg(i));
        QVERIFY(file.link(name));
        arguments << name;
    }
    const auto process = startCli(arguments);
    QVERIFY(process->waitForStarted());
    QTRY_VERIFY(bytesRead(process->processId()) > Size);
    QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGINT), 0);
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 4);
    QVERIFY(process->readAllStandardError().contains("stopped before the end"));
    QCOMPARE(process->readAllStandardOutput(), QByteArray());
}

QTEST_GUILESS_MAIN(TestCliDrivers)
#include "tst_clidrivers.moc"
