// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// Damaged and missing input: the right exit code, and a message that names place and remedy.
class TestCliBadInput : public QObject
{
    Q_OBJECT

private slots:
    void slabinfo_data();
    void slabinfo();
    void missingDirectory();
    void commands_data();
    void commands();
    void notASnapshot_data();
    void notASnapshot();
    void controlCharactersAreNotEchoed();

private:
    SlabDirectory m_slab;
};

namespace {

constexpr char Good[] = "slabinfo - version: 2.1\n"
                        "# name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>\n"
                        "dentry 100 100 192 21 1 : tunables 0 0 0 : slabdata 5 5 0\n";

/// Three parts at least: what, where and what to do.
bool isOneFullMessage(const QByteArray &err)
{
    return err.startsWith("poolscope-cli: ") && err.count('\n') == 1 && err.count(": ") >= 3;
}

} // namespace

void TestCliBadInput::slabinfo_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("empty") << QByteArray() << QByteArray("slabinfo");
    QTest::newRow("garbage") << QByteArray("no slabinfo at all\n") << QByteArray("line 1");
    QTest::newRow("binary") << QByteArray("\0\x1b\xff\x80\n\n", 6) << QByteArray("line 1");
    QTest::newRow("unknown version") << QByteArray("slabinfo - version: 9.0\ndentry 1 2 3 4 5 : x\n")
                                     << QByteArray("line 1");
    QTest::newRow("malformed row") << QByteArray(Good)
            + "filp one 2 3 4 5 : tunables 0 0 0 : slabdata 1 1 0\n"
                                   << QByteArray("line 4");
    QTest::newRow("truncated row") << QByteArray(Good) + "filp 100 10" << QByteArray("line 4");
    QTest::newRow("number too large")
        << QByteArray(Good) + "filp 99999999999999999999999 1 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n"
        << QByteArray("line 4");
}

void TestCliBadInput::slabinfo()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, line);
    m_slab.setSlabinfo(text);
    for (const QStringList &arguments :
        {QStringList{u"top"_s, m_slab.uri(), u"--once"_s}, QStringList{u"stream"_s, m_slab.uri()},
            QStringList{u"snapshot"_s, m_slab.uri(), u"-o"_s, u"-"_s}}) {
        const CliResult result = runCli(arguments);
        QCOMPARE(result.exitCode, 4);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(isOneFullMessage(result.err), shown(result.err));
        QVERIFY2(result.err.contains((m_slab.path() + u"/proc/slabinfo"_s).toUtf8()), shown(result.err));
        QVERIFY2(result.err.contains(line), shown(result.err));
    }
}

void TestCliBadInput::missingDirectory()
{
    const CliResult result = runCli({u"top"_s, u"slab:/nonexistent/copy"_s, u"--once"_s});
    QCOMPARE(result.exitCode, 3);
    QVERIFY2(isOneFullMessage(result.err), shown(result.err));
    QVERIFY2(result.err.contains("/nonexistent/copy"), shown(result.err));
}

void TestCliBadInput::commands_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("says");

    const auto shell = [](const char *script) {
        return u"command:sh -c \"%1\""_s.arg(QString::fromLatin1(script));
    };
    QTest::newRow("does not exist") << u"command:/nonexistent/program"_s << 3
                                    << QByteArray("/nonexistent/program");
    QTest::newRow("ends at once") << u"command:true"_s << 3 << QByteArray("command:true");
    QTest::newRow("fails") << shell("echo no way in >&2; exit 7") << 3 << QByteArray("no way in");
    QTest::newRow("killed") << shell("kill -9 $$") << 3 << QByteArray("killed");
    QTest::newRow("garbage") << shell("echo hello; echo world; sleep 60") << 4 << QByteArray("line 1");
    QTest::newRow("newer format") << shell("echo '#poolscope-stream 99 kind=slab'; sleep 60") << 4
                                  << QByteArray("line 1");
    QTest::newRow("dies within a sample") << shell(
        "echo '#poolscope-stream 1 kind=slab'; echo '@ 2026-11-22T18:25:04Z'; echo 't none a bytes=1'")
                                          << 3 << QByteArray("the program has ended");
}

void TestCliBadInput::commands()
{
    QFETCH(QString, command);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, says);
    const CliResult result = runCli({u"top"_s, command, u"--once"_s});
    QVERIFY2(result.exitCode == exitCode, shown(QByteArray::number(result.exitCode) + ": " + result.err));
    QCOMPARE(result.out, QByteArray());
    QVERIFY2(isOneFullMessage(result.err), shown(result.err));
    QVERIFY2(result.err.contains(says), shown(result.err));
}

void TestCliBadInput::notASnapshot_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("says");

    QTest::newRow("empty") << QByteArray() << QByteArray("empty");
    QTest::newRow("text") << QByteArray("Dear diary,\n") << QByteArray("no file that PoolScope reads");
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0", 11)
                             << QByteArray("no file that PoolScope reads");
    QTest::newRow("other JSON") << QByteArray("{\"schema\":\"something/1\"}") << QByteArray("something/1");
    QTest::newRow("broken JSON") << QByteArray("{\"schema\":\"poolscope.sample/1\",\n\"time\":\n")
                                 << QByteArray("line ");
    QTest::newRow("broken CSV") << QByteArray("time,tag,type,allocs,frees,outstanding,bytes\r\n"
                                              "2026-11-22T18:25:04Z,a,paged,1,2\r\n")
                                << QByteArray("line 2");
}

void TestCliBadInput::notASnapshot()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, says);
    QTemporaryDir directory;
    QFile file(directory.filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    for (const QStringList &files : {QStringList{file.fileName(), file.fileName()},
             QStringList{file.fileName() + u"#x"_s, file.fileName()}}) {
        const CliResult result = runCli(QStringList{u"compare"_s} + files);
        QCOMPARE(result.exitCode, 4);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(isOneFullMessage(result.err), shown(result.err));
        QVERIFY2(result.err.contains(file.fileName().toUtf8()), shown(result.err));
        QVERIFY2(result.err.contains(says), shown(result.err));
    }
    const CliResult missing = runCli({u"compare"_s, u"/nonexistent/a"_s, u"/nonexistent/b"_s});
    QCOMPARE(missing.exitCode, 4);
    QVERIFY2(missing.err.contains("/nonexistent/a"), shown(missing.err));
}

void TestCliBadInput::controlCharactersAreNotEchoed()
{
    const CliResult result = runCli({u"top"_s, u"slab:/nonexistent/\x1b[31mred"_s, u"--once"_s});
    QCOMPARE(result.exitCode, 3);
    QVERIFY(!result.err.contains('\x1b'));
}

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_clibadinput.moc"
