// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/nextsteps.h"
#include "model/knowledge/shellquote.h"

#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include <algorithm>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

std::vector<NextStep> stepsOf(
    const QByteArray &tag, SourceKind kind, PoolType type = PoolType::Nonpaged, const QByteArray &driver = {})
{
    return nextSteps({{tag, type}, driver}, kind);
}

QString allOf(const std::vector<NextStep> &steps)
{
    QStringList commands;
    for (const NextStep &step : steps)
        commands += step.command;
    return commands.join(u'\n');
}

} // namespace

class TestNextSteps : public QObject
{
    Q_OBJECT

private slots:
    void commandsOfPoolTags_data();
    void commandsOfPoolTags();
    void unprintablePoolTags();
    void driverIsTracked_data();
    void driverIsTracked();
    void commandsOfSlabCaches_data();
    void commandsOfSlabCaches();
    void shellTakesTheCommands_data();
    void shellTakesTheCommands();
    void shellQuoting_data();
    void shellQuoting();
    void everyStepSaysWhy();
};

void TestNextSteps::commandsOfPoolTags_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<PoolType>("type");
    QTest::addColumn<QString>("command");
    const auto row = [](const char *tag, PoolType type, const QString &command) {
        QTest::addRow("%s: %s", tag, qPrintable(command)) << QByteArray(tag) << type << command;
    };
    row("Ntfx", PoolType::Nonpaged, u"!poolused 2 Ntfx"_s);
    row("Ntfx", PoolType::Paged, u"!poolused 4 Ntfx"_s);
    row("Ntfx", PoolType::Nonpaged, u"!poolfind Ntfx 0"_s);
    row("Ntfx", PoolType::Paged, u"!poolfind Ntfx 1"_s);
    row("Ntfx", PoolType::Nonpaged, u"ed nt!poolhittag 0x7866744e"_s);
    row("Ntfx", PoolType::Nonpaged,
        u"findstr /m /l /c:\"Ntfx\" \"%SystemRoot%\\System32\\drivers\\*.sys\""_s);
    row("Ntfx", PoolType::Nonpaged, u"-PoolTag Ntfx -BufferSize"_s);
    row("Ntfx", PoolType::Nonpaged, u"gflags /k +spp Ntfx"_s);
    // The documented example: 'Abc ' is ' cbA' as a number.
    row("Abc ", PoolType::Nonpaged, u"ed nt!poolhittag 0x20636241"_s);
    row("Abc ", PoolType::Nonpaged, u"!poolused 2 Abc?"_s);
    row("Abc ", PoolType::Nonpaged, u"!poolfind 0x20636241 0"_s);
    row("Abc ", PoolType::Nonpaged, u"findstr /m /l /c:\"Abc \" "_s);
    row("Abc ", PoolType::Nonpaged, u"-PoolTag \"Abc \" "_s);
    row("Io", PoolType::Nonpaged, u"!poolused 2 Io??"_s); // shorter tags are padded
    row("Io", PoolType::Nonpaged, u"ed nt!poolhittag 0x20206f49"_s);
    row("File", PoolType::Nonpaged, u"gflags /ko /t File"_s);
    row("a&b|", PoolType::Nonpaged, u"-PoolTag \"a&b|\" -BufferSize"_s);
    row("a^b>", PoolType::Nonpaged, u"gflags /k +spp \"a^b>\""_s);
    row("ab;c", PoolType::Nonpaged, u"!poolused 2 ab?c"_s);
    row("ab;c", PoolType::Nonpaged, u"!poolfind 0x633b6261 0"_s);
    row("Ntfx", PoolType::Nonpaged, u"!vm 1"_s);
    row("Ntfx", PoolType::Nonpaged, u"wpr -start Pool -filemode"_s);
    row("Ntfx", PoolType::Nonpaged, u"PoolAllocSession+PoolFreeSession"_s);
}

void TestNextSteps::commandsOfPoolTags()
{
    QFETCH(QByteArray, tag);
    QFETCH(PoolType, type);
    QFETCH(QString, command);
    const QString all = allOf(stepsOf(tag, SourceKind::Pool, type));
    QVERIFY2(all.contains(command), qPrintable(all));
}

void TestNextSteps::unprintablePoolTags()
{
    // The protected bit is not typed, but it is in memory.
    const QString object = allOf(stepsOf("Fil\xe5", SourceKind::Pool));
    QVERIFY(object.contains(u"!poolused 2 File\n"_s));
    QVERIFY(object.contains(u"ed nt!poolhittag 0xe56c6946"_s));
    QVERIFY(object.contains(u"gflags /ko /t File"_s));
    QVERIFY(nextStepsText(stepsOf("Fil\xe5", SourceKind::Pool)).contains(u"write 0x656c6946"_s));
    QVERIFY(!nextStepsText(stepsOf("File", SourceKind::Pool)).contains(u"protected"_s));

    // What cmd or xperf would make something else of.
    for (const NextStep &step : stepsOf("%OS%", SourceKind::Pool))
        QVERIFY2(!step.place.startsWith(u"cmd") || !step.command.contains(u"OS"), qPrintable(step.command));
    QVERIFY(!allOf(stepsOf("MSb+", SourceKind::Pool)).contains(u"xperf"_s));

    const QString odd = allOf(stepsOf(QByteArray("\x01\0\xff"
                                                 "A",
                                          4),
        SourceKind::Pool));
    QVERIFY(odd.contains(u"!poolused 2 ???A"_s));
    QVERIFY(odd.contains(u"!poolfind 0x41ff0001 0"_s));
    QVERIFY(!odd.contains(u"findstr"_s));
    QVERIFY(!odd.contains(u"xperf"_s));
}

void TestNextSteps::driverIsTracked_data()
{
    QTest::addColumn<QByteArray>("driver");
    QTest::addColumn<QString>("files");
    QTest::newRow("unknown") << ""_ba << QString();
    QTest::newRow("no file") << "nt!io - objects"_ba << QString();
    QTest::newRow("driver") << "my-drv.sys    - what it is for"_ba << u"my-drv.sys"_s;
    QTest::newRow("alone") << "Mine.SYS"_ba << u"Mine.SYS"_s;
    QTest::newRow("in brackets") << "<nvlddmkm.sys> - graphics"_ba << u"nvlddmkm.sys"_s;
    QTest::newRow("either") << "netvsc50.sys/netvsc60.sys - network"_ba << u"netvsc50.sys netvsc60.sys"_s;
    QTest::newRow("one of two") << "nt!store or rdyboost.sys - x"_ba << u"rdyboost.sys"_s;
    QTest::newRow("of two files") << "ipsec][ipsec.sys    -  timers"_ba << u"ipsec.sys"_s;
    QTest::newRow("other letters") << "\xC3\x84rger.sys - x"_ba << u"Ärger.sys"_s;
    QTest::newRow("with a blank") << "my drv.sys"_ba << QString();
    QTest::newRow("a sentence") << "leak seen with bad.sys, not mine"_ba << QString();
    QTest::newRow("mentioned behind") << "mine - calls bad.sys"_ba << QString();
    QTest::newRow("more than a name") << "a.sys&calc.sys"_ba << QString();
}

void TestNextSteps::driverIsTracked()
{
    QFETCH(QByteArray, driver);
    QFETCH(QString, files);
    const QString all = allOf(stepsOf("Abcd", SourceKind::Pool, PoolType::Paged, driver)) + u'\n';
    QCOMPARE(all.contains(u"verifier"_s), !files.isEmpty());
    if (!files.isEmpty())
        QVERIFY2(all.contains(u"verifier /flags 0x8 /driver "_s + files + u'\n'), qPrintable(all));
}

void TestNextSteps::commandsOfSlabCaches_data()
{
    QTest::addColumn<QByteArray>("cache");
    QTest::addColumn<QString>("command");
    QTest::newRow("cache") << "filp"_ba << u"/str(args->name) == \"filp\"/"_s;
    QTest::newRow("perf") << "filp"_ba << u"--filter 'name==\"filp\"'"_s;
    QTest::newRow("slub_debug") << "filp"_ba << u"slub_debug=U,filp\n"_s;
    QTest::newRow("traces") << "filp"_ba << u"/sys/kernel/debug/slab/filp/alloc_traces"_s;
    QTest::newRow("descriptors") << "pipe_inode_cache"_ba << u"$p/fd"_s;
    QTest::newRow("zombies") << "task_struct"_ba << u"/^Z/"_s;
    QTest::newRow("timers") << "posix_timers_cache"_ba << u"/timers"_s;
    QTest::newRow("kmalloc") << "kmalloc-64"_ba << u"/args->bytes_alloc == 64/"_s;
    QTest::newRow("kmalloc in K") << "kmalloc-cg-1k"_ba << u"/args->bytes_alloc == 1024/"_s;
    QTest::newRow("dma") << "dma-kmalloc-8k"_ba << u"/args->bytes_alloc == 8192/"_s;
    QTest::newRow("random kmalloc") << "kmalloc-rnd-05-256"_ba << u"/args->bytes_alloc == 256/"_s;
    QTest::newRow("perf of kmalloc") << "kmalloc-64"_ba << u"--filter bytes_alloc==64"_s;
    QTest::newRow("with blanks") << "my cache"_ba << u"/sys/kernel/debug/slab/'my cache'/alloc_traces"_s;
}

void TestNextSteps::commandsOfSlabCaches()
{
    QFETCH(QByteArray, cache);
    QFETCH(QString, command);
    const QString all = allOf(stepsOf(cache, SourceKind::Slab));
    QVERIFY2(all.contains(command), qPrintable(all));
    QVERIFY(!all.contains(u"drop_caches"_s));
    QVERIFY(allOf(stepsOf(cache, SourceKind::Slab, PoolType::Paged)).contains(u"drop_caches"_s));
}

void TestNextSteps::shellTakesTheCommands_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<SourceKind>("kind");
    for (const char *cache : {"filp", "kmalloc-64", "dentry", "TCPv6", "task_struct", "my cache", "it's",
             "a\"b", "$(x)", ";rm -rf"})
        QTest::addRow("%s", cache) << QByteArray(cache) << SourceKind::Slab;
    for (const char *site :
        {"fs/pipe.c:120 func:alloc_pipe_info", "drivers/x.c:7 [x mod] func:x_probe", "odd"})
        QTest::addRow("%s", site) << QByteArray(site) << SourceKind::Site;
}

/// A shell reads every command without running it.
void TestNextSteps::shellTakesTheCommands()
{
    const QString shell = QStandardPaths::findExecutable(u"bash"_s);
    if (shell.isEmpty())
        QSKIP("there is no bash to try the commands with");
    QFETCH(QByteArray, tag);
    QFETCH(SourceKind, kind);
    for (const PoolType type : {PoolType::Nonpaged, PoolType::Paged}) {
        for (const NextStep &step : stepsOf(tag, kind, type)) {
            if (!step.place.startsWith(u"shell"_s))
                continue;
            QProcess process;
            process.start(shell, {u"-n"_s, u"-c"_s, step.command});
            QVERIFY(process.waitForFinished());
            QVERIFY2(process.exitCode() == 0, qPrintable(step.command));
        }
    }
}

void TestNextSteps::shellQuoting_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"kmalloc-64"_s << u"kmalloc-64"_s;
    QTest::newRow("empty") << QString() << u"''"_s;
    QTest::newRow("blank") << u"a b"_s << u"'a b'"_s;
    QTest::newRow("quote") << u"it's"_s << u"'it'\\''s'"_s;
    QTest::newRow("dollar") << u"$HOME"_s << u"'$HOME'"_s;
}

void TestNextSteps::shellQuoting()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(shellQuoted(text), expected);
}

void TestNextSteps::everyStepSaysWhy()
{
    for (const auto &steps : {stepsOf("File", SourceKind::Pool, PoolType::Nonpaged, "x.sys"),
             stepsOf("filp", SourceKind::Slab, PoolType::Paged), stepsOf("a.c:1", SourceKind::Site)}) {
        QVERIFY(steps.size() >= 3);
        const QString text = nextStepsText(steps);
        for (const NextStep &step : steps) {
            QVERIFY(!step.title.isEmpty() && !step.place.isEmpty() && !step.command.isEmpty());
            QVERIFY(step.note.endsWith(u'.'));
            QVERIFY(text.contains(step.title) && text.contains(step.note));
        }
        const auto isSame = [](const NextStep &a, const NextStep &b) { return a.title == b.title; };
        QVERIFY(std::ranges::adjacent_find(steps, isSame) == steps.end());
    }
}

QTEST_GUILESS_MAIN(TestNextSteps)
#include "tst_nextsteps.moc"
