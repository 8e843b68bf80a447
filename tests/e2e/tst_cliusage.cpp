// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// Help, version, wrong usage, `sources`, and what the program links.
class TestCliUsage : public QObject
{
    Q_OBJECT

private slots:
    void wrongUsage_data();
    void wrongUsage();
    void helpOfEachCommand_data();
    void helpOfEachCommand();
    void overview();
    void version();
    void laterCommandsAreNotOffered();
    void nextSteps();
    void sources();
    void withoutRights();
    void linksNoGui();
};

void TestCliUsage::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("hint");

    const auto row = [](const char *line, const char *hint) {
        QTest::newRow(line) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts) << QByteArray(hint);
    };
    row("", "no command given");
    row("tpo", "did you mean top?");
    row("snapshto", "did you mean snapshot?");
    row("xyzzy", "see poolscope-cli --help");
    row("--nonsense", "unknown option: --nonsense");
    row("help tpo", "did you mean top?");
    row("record", "give -o FILE");
    row("next", "no tag given");
    row("report", "no file named");
    row("report x", "no file to write to");
    row("next LongTag --kernel windows", "at most four bytes");
    row("next x --kernel mac", "give windows or linux");
    row("next a\\q --kernel linux", "\\xNN");
    row("info", "no recording named");
    row("export", "no recording named");
    row("export x", "no file to write to");
    row("import", "no file to read");
    row("import x", "no recording to write to");
    row("import x -o y --format xml", "--format xml");
    row("serve --top 5", "does not have the command yet");
    row("top --jsno", "did you mean --json?");
    row("top -json", "write --json");
    row("top --interval", "Missing value after '--interval'");
    row("top --once=3", "--once");
    row("top --interval 5x --once", "--interval 5x");
    row("top --interval 100ms --once", "250ms to 1h");
    row("top --interval 2h --once", "250ms to 1h");
    row("top --samples 0", "--samples 0");
    row("top --samples two", "--samples two");
    row("top --once --samples 2", "--once --samples 2");
    row("top --limit -1 --once", "--limit -1");
    row("top --sort size --once", "--sort size");
    row("top --type pooled --once", "--type pooled");
    row("top slab: demo: --once", "too many arguments");
    row("top nosuch: --once", "nosuch:");
    row("top sites: --once", "sites:");
    row("top command: --once", "command:");
    row("sources slab:", "too many arguments");
    row("snapshot", "give -o FILE");
    row("snapshot -o", "Missing value after '-o'");
    row("snapshot -o /tmp/x --format xml", "--format xml");
    row("stream --samples -5", "--samples -5");
    row("compare", "at least two snapshots");
    row("compare --json --csv a b", "--json --csv");
}

void TestCliUsage::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, hint);
    const CliResult result = runCli(arguments);
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.out, QByteArray());
    QVERIFY2(result.err.startsWith("poolscope-cli: "), shown(result.err));
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY2(result.err.contains(hint), shown(result.err));
}

void TestCliUsage::helpOfEachCommand_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArrayList>("options");

    QTest::newRow("sources") << u"sources"_s << QByteArrayList{"--json"};
    QTest::newRow("record") << u"record"_s
                            << QByteArrayList{"--output", "--interval", "--duration", "--samples", "--note",
                                   "--max-size", "--max-age", "--keep", "--flush", "--quiet"};
    QTest::newRow("info") << u"info"_s << QByteArrayList{"--json"};
    QTest::newRow("export") << u"export"_s << QByteArrayList{"--output", "--format", "--from", "--to"};
    QTest::newRow("import") << u"import"_s
                            << QByteArrayList{"--output", "--format", "--start", "--interval", "--json"};
    QTest::newRow("top") << u"top"_s
                         << QByteArrayList{"[URI]", "--interval", "--sort", "--type", "--include",
                                "--exclude", "--limit", "--totals", "--once", "--samples", "--json"};
    QTest::newRow("snapshot") << u"snapshot"_s
                              << QByteArrayList{"[URI]", "-o", "--format", "poolmon", "csv", "md"};
    QTest::newRow("compare") << u"compare"_s
                             << QByteArrayList{"--json", "--csv", "--md", "FILE#LABEL", "FILE@TIME"};
    QTest::newRow("poolmon") << u"poolmon"_s << QByteArrayList{"-iTag", "-xTag", "-p -p", "-e", "-n [FILE]"};
    QTest::newRow("stream") << u"stream"_s << QByteArrayList{"[URI]", "--interval", "--samples"};
}

void TestCliUsage::helpOfEachCommand()
{
    QFETCH(QString, command);
    QFETCH(QByteArrayList, options);
    const CliResult result = runCli({u"help"_s, command});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.err, QByteArray());
    QVERIFY(result.out.startsWith(QByteArray("poolscope-cli " + command.toUtf8())));
    for (const QByteArray &option : options)
        QVERIFY2(result.out.contains(option), shown(option));
    QVERIFY(result.out.contains("Examples:"));
    for (const QByteArray &line : result.out.split('\n'))
        QVERIFY2(QString::fromUtf8(line).size() <= 80, shown(line));
    if (command == u"poolmon")
        return; // answers as PoolMon does, which is tested with its other switches
    // Whoever asks in another way gets the same answer.
    QCOMPARE(runCli({command, u"--help"_s}).out, result.out);
    QCOMPARE(runCli({command, u"-h"_s}).out, result.out);
}

void TestCliUsage::overview()
{
    const CliResult result = runCli({u"--help"_s});
    QCOMPARE(result.exitCode, 0);
    for (const char *command : {"sources", "top", "snapshot", "compare", "stream", "poolmon"})
        QVERIFY(result.out.contains(QByteArray(QByteArray("\n  ") + command)));
    QCOMPARE(runCli({u"help"_s}).out, result.out);
    QCOMPARE(runCli({u"-h"_s}).out, result.out);
}

void TestCliUsage::version()
{
    const CliResult result = runCli({u"--version"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.out, "poolscope-cli " POOLSCOPE_VERSION "\n");
}

void TestCliUsage::laterCommandsAreNotOffered()
{
    const QByteArray overview = runCli({u"--help"_s}).out;
    for (const char *later : {"serve"}) {
        QVERIFY2(!overview.contains(QByteArray(QByteArray("\n  ") + later)), shown(later));
        QCOMPARE(runCli({QString::fromLatin1(later)}).exitCode, 2);
    }
}

void TestCliUsage::nextSteps()
{
    const CliResult text = runCli({u"next"_s, u"Fil\\xe5"_s, u"--kernel"_s, u"windows"_s, u"--paged"_s});
    QCOMPARE(text.exitCode, 0);
    QVERIFY(text.out.contains("!poolused 4 File"));
    const CliResult json = runCli({u"next"_s, u"kmalloc-64"_s, u"--kernel"_s, u"linux"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 0);
    const QJsonObject object = json.json();
    QCOMPARE(object[u"schema"_s].toString(), u"poolscope.next/1"_s);
    QCOMPARE(object[u"kernel"_s].toString(), u"linux"_s);
    QVERIFY(object[u"steps"_s].toArray().size() > 4);
    const QJsonObject site =
        runCli({u"next"_s, u"fs/pipe.c:120 func:alloc_pipe_info"_s, u"--kernel"_s, u"linux"_s, u"--json"_s})
            .json();
    QVERIFY(site[u"steps"_s].toArray()[0].toObject()[u"command"_s].toString().contains(u"allocinfo"_s));
}

void TestCliUsage::sources()
{
    const CliResult text = runCli({u"sources"_s});
    QCOMPARE(text.exitCode, 0);
    QVERIFY(text.out.startsWith("slab:\n"));
    QVERIFY(text.out.contains("\ndemo:\n"));

    const QJsonObject json = runCli({u"sources"_s, u"--json"_s}).json();
    QCOMPARE(json[u"schema"].toString(), u"poolscope.sources/1"_s);
    QMap<QString, QJsonObject> byUri;
    for (const QJsonValue &value : json[u"sources"].toArray()) {
        const QJsonObject source = value.toObject();
        QCOMPARE(source.keys(), (QStringList{u"available"_s, u"description"_s, u"reason"_s, u"uri"_s}));
        QCOMPARE(source[u"reason"].isNull(), source[u"available"].toBool());
        byUri[source[u"uri"].toString()] = source;
    }
    QCOMPARE(byUri[u"slab:"_s][u"available"].toBool(), canReadSlabinfo());
    QVERIFY(byUri[u"demo:"_s][u"available"].toBool());
    QVERIFY(!byUri[u"pool:"_s][u"available"].toBool(true));
}

void TestCliUsage::withoutRights()
{
    QStringList command{cliPath()};
    // Where nobody else can reach the build: a copy where they can.
    QTemporaryDir open(u"/tmp/poolscope-XXXXXX"_s);
    if (canReadSlabinfo()) {
        if (QStandardPaths::findExecutable(u"setpriv"_s).isEmpty())
            QSKIP("setpriv (util-linux) is needed to give up root's rights");
        const QString copy = open.filePath(u"poolscope-cli"_s);
        QVERIFY(QFile::copy(cliPath(), copy));
        constexpr QFile::Permissions ForAll =
            QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
        QVERIFY(QFile::setPermissions(copy, ForAll));
        QVERIFY(QFile::setPermissions(open.path(), ForAll | QFile::WriteOwner));
        command = {u"setpriv"_s, u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s,
            u"--inh-caps=-all"_s, copy};
    }
    const QString program = command.takeFirst();
    for (const QStringList &arguments :
        {QStringList{u"top"_s, u"--once"_s}, QStringList{u"top"_s, u"slab:"_s, u"--json"_s},
            QStringList{u"stream"_s}, QStringList{u"snapshot"_s, u"-o"_s, u"-"_s}}) {
        const CliResult result = runProgram(program, command + arguments);
        QCOMPARE(result.exitCode, 3);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("poolscope-cli: "), shown(result.err));
        QVERIFY2(result.err.contains("/proc/slabinfo"), shown(result.err));
        QVERIFY2(result.err.contains("sudo"), shown(result.err)); // what to do
        QCOMPARE(result.err.count('\n'), 1);
    }
    const CliResult sources = runProgram(program, command + QStringList{u"sources"_s});
    QCOMPARE(sources.exitCode, 0);
    QVERIFY(sources.out.contains("cannot be read: "));
}

void TestCliUsage::linksNoGui()
{
    if (QStandardPaths::findExecutable(u"ldd"_s).isEmpty())
        QSKIP("ldd is needed");
    // With everything that comes along through other libraries.
    const CliResult result = runProgram(u"ldd"_s, {cliPath()});
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.out.contains("libQt6Core"), shown(result.out));
    for (const char *forbidden : {"libQt6Gui", "libQt6Widgets", "libQt6Charts", "libQt6Svg", "libQt6OpenGL",
             "libX11", "libxcb", "libGL", "libEGL", "libwayland"})
        QVERIFY2(!result.out.contains(forbidden), shown(forbidden));
}

QTEST_GUILESS_MAIN(TestCliUsage)
#include "tst_cliusage.moc"
