// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"
#include "tests/e2e/pseudoterminal.h"

#include <QtTest>

#include <csignal>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `top` as a person uses it: in a terminal, with keys.
class TestCliInteractive : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsTheTable();
    void keysSort_data();
    void keysSort();
    void changesAreShown();
    void poolTotalsAndHelp();
    void scrolls();
    void quits_data();
    void quits();
    void signalsRestoreTheTerminal_data();
    void signalsRestoreTheTerminal();
    void resizing();
    void stoppedAndContinued();
    void jobControl();
    void failuresAtTheStart();
    void failuresLater();
    void noKeyboardNoScreen();
    void liveKernel();

private:
    [[nodiscard]] QStringList topArguments(const QString &interval = u"250ms"_s) const
    {
        return {u"top"_s, m_slab.uri(), u"--interval"_s, interval};
    }

    SlabDirectory m_slab;
};

namespace {

constexpr char Escape[] = "\x1b";
constexpr int FirstRow = 4; // below header, caption and column heads

QString firstTag(const TerminalScreen &screen)
{
    return screen.lines().value(FirstRow).simplified().section(u' ', 0, 0);
}

} // namespace

void TestCliInteractive::init()
{
    m_slab.setCaches({{"dentry", 100, 192}, {"aaa", 500, 8}, {"large", 2, 4096}});
}

void TestCliInteractive::showsTheTable()
{
    PseudoTerminal terminal(cliPath(), topArguments());
    QVERIFY(terminal.waitForText(u"? help"_s));
    const TerminalScreen &screen = terminal.screen();
    QVERIFY(screen.isAlternate());
    QVERIFY(!screen.isCursorVisible());
    QVERIFY(!terminal.isCooked());
    QVERIFY(screen.lines().at(0).startsWith(u" Memory:"_s));
    QVERIFY(screen.lines().at(1).startsWith(u" Commit:"_s));
    QVERIFY(screen.lines().at(2).contains(m_slab.path()));
    QVERIFY(screen.lines().at(3).startsWith(u" Tag"_s));
    QCOMPARE(firstTag(screen), u"dentry"_s);
    QVERIFY(screen.lines().last().contains(u"q quit"_s));
    QCOMPARE(screen.unknownSequences(), QByteArrayList());
}

void TestCliInteractive::keysSort_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("caption");
    QTest::newRow("t") << QByteArray("t") << u"aaa"_s << u"sorted by tag"_s;
    QTest::newRow("m") << QByteArray("m") << u"large"_s << u"sorted by bytes per allocation"_s;
    QTest::newRow("d") << QByteArray("d") << u"aaa"_s << u"sorted by diff"_s;
    QTest::newRow("S") << QByteArray("S") << u"aaa"_s << u"sorted by diff"_s;
    QTest::newRow("a") << QByteArray("a") << u"aaa"_s << u"sorted by allocations"_s; // unknown: by tag
    QTest::newRow("f") << QByteArray("f") << u"aaa"_s << u"sorted by frees"_s;
    QTest::newRow("t, then b") << QByteArray("tb") << u"dentry"_s << u"sorted by bytes"_s;
    QTest::newRow("(") << QByteArray("(") << u"dentry"_s << u"sorted by bytes (change)"_s;
}

void TestCliInteractive::keysSort()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, first);
    QFETCH(QString, caption);
    PseudoTerminal terminal(cliPath(), topArguments(u"1h"_s));
    QVERIFY(terminal.waitForText(u"? help"_s));
    terminal.type(key);
    QVERIFY(terminal.waitFor([&](const TerminalScreen &screen) {
        return screen.lines().at(2).endsWith(caption)
            || screen.lines().at(2).contains(QString(caption + u" ("_s));
    }));
    QVERIFY(terminal.waitFor([&](const TerminalScreen &screen) { return firstTag(screen) == first; }));
}

void TestCliInteractive::changesAreShown()
{
    PseudoTerminal terminal(cliPath(), topArguments(u"1h"_s));
    QVERIFY(terminal.waitForText(u"19,200"_s));
    m_slab.setCaches({{"dentry", 101, 192}, {"aaa", 500, 8}, {"large", 2, 4096}});
    terminal.type(" "); // the next sample is an hour away
    QVERIFY(terminal.waitForText(u"(+192)"_s));
    QVERIFY(terminal.screen().text().contains(u"19,392"_s));
    QVERIFY(terminal.screen().isBold(FirstRow));
    QVERIFY(!terminal.screen().isBold(FirstRow + 1));
    terminal.type("l");
    QVERIFY(terminal.waitFor([](const TerminalScreen &screen) { return !screen.isBold(FirstRow); }));
}

void TestCliInteractive::poolTotalsAndHelp()
{
    PseudoTerminal terminal(cliPath(), topArguments());
    QVERIFY(terminal.waitForText(u"p pool: both"_s));
    terminal.type("p");
    QVERIFY(terminal.waitForText(u"p pool: nonpaged"_s));
    terminal.type("P");
    QVERIFY(terminal.waitForText(u"p pool: paged"_s));
    terminal.type("p");
    QVERIFY(terminal.waitForText(u"p pool: both"_s));
    terminal.type("e");
    QVERIFY(terminal.waitForText(u"Not in tag table"_s));
    for (const char *opener : {"?", "h"}) {
        terminal.type(opener);
        QVERIFY(terminal.waitForText(u"sort by bytes "_s));
        terminal.type(Escape); // closes the page, does not quit
        QVERIFY(terminal.waitForText(u"? help"_s));
    }
}

void TestCliInteractive::scrolls()
{
    QList<std::tuple<QByteArray, int, int>> many;
    for (int i = 0; i < 100; ++i)
        many.append({"cache" + QByteArray::number(100 + i), 1000 - i, 8});
    m_slab.setCaches(many);
    PseudoTerminal terminal(cliPath(), topArguments());
    QVERIFY(terminal.waitForText(u"rows 1-19 of 100"_s));
    terminal.type("\x1b[B");
    QVERIFY(terminal.waitForText(u"rows 2-20 of 100"_s));
    QCOMPARE(firstTag(terminal.screen()), u"cache101"_s);
    terminal.type("\x1b[6~");
    QVERIFY(terminal.waitForText(u"rows 21-39 of 100"_s));
    terminal.type("\x1b[5~\x1bOA"); // as sent in application mode
    QVERIFY(terminal.waitForText(u"rows 1-19 of 100"_s));
    terminal.type("\x1b[F");
    QVERIFY(terminal.waitForText(u"rows 82-100 of 100"_s));
    terminal.type("\x1b[H");
    QVERIFY(terminal.waitForText(u"rows 1-19 of 100"_s));
}

void TestCliInteractive::quits_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("q") << QByteArray("q");
    QTest::newRow("Q") << QByteArray("Q");
    QTest::newRow("Escape") << QByteArray(Escape);
    QTest::newRow("q on the help page") << QByteArray("?q");
    QTest::newRow("Ctrl+C") << QByteArray("\x03");
}

void TestCliInteractive::quits()
{
    QFETCH(QByteArray, key);
    PseudoTerminal terminal(cliPath(), topArguments());
    const termios before = terminal.mode();
    QVERIFY(terminal.waitForText(u"? help"_s));
    terminal.type(key);
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
    QVERIFY(!terminal.screen().isAlternate());
    QVERIFY(terminal.screen().isCursorVisible());
    QVERIFY(terminal.screen().wraps());
    const termios after = terminal.mode();
    QCOMPARE(after.c_lflag, before.c_lflag);
    QCOMPARE(after.c_iflag, before.c_iflag);
    QCOMPARE(after.c_oflag, before.c_oflag);
}

void TestCliInteractive::signalsRestoreTheTerminal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
    QTest::newRow("SIGQUIT") << SIGQUIT;
}

void TestCliInteractive::signalsRestoreTheTerminal()
{
    QFETCH(int, number);
    PseudoTerminal terminal(cliPath(), topArguments(u"1h"_s));
    QVERIFY(terminal.waitForText(u"? help"_s));
    QVERIFY(!terminal.isCooked());
    terminal.signal(number);
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
    QVERIFY(!terminal.screen().isAlternate());
    QVERIFY(terminal.screen().isCursorVisible());
    QVERIFY(terminal.isCooked());
}

void TestCliInteractive::resizing()
{
    PseudoTerminal terminal(cliPath(), topArguments(u"1h"_s), 50, 12);
    QVERIFY(terminal.waitForText(u"? help"_s));
    QVERIFY(!terminal.screen().text().contains(u"Allocs"_s)); // no room
    terminal.resize(160, 40);
    QVERIFY(terminal.waitForText(u"Allocs"_s));
    QVERIFY(terminal.waitFor(
        [](const TerminalScreen &screen) { return screen.lines().at(39).contains(u"q quit"_s); }));
    terminal.resize(40, 6);
    QVERIFY(terminal.waitFor(
        [](const TerminalScreen &screen) { return screen.lines().at(5).contains(u"? help"_s); }));
}

/// Stopped in a way that cannot be caught; the shell would have set the terminal up for itself meanwhile.
void TestCliInteractive::stoppedAndContinued()
{
    PseudoTerminal terminal(cliPath(), topArguments(u"1h"_s));
    QVERIFY(terminal.waitForText(u"? help"_s));
    terminal.signal(SIGSTOP);
    terminal.resize(100, 24); // the test's terminal forgets all it shows
    terminal.signal(SIGCONT);
    QVERIFY(terminal.waitForText(u"? help"_s));
    QVERIFY(terminal.waitForText(u"dentry"_s));
    terminal.type("q");
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
    QVERIFY(terminal.isCooked());
}

/// Ctrl+Z and fg, in a real shell.
void TestCliInteractive::jobControl()
{
    if (QStandardPaths::findExecutable(u"bash"_s).isEmpty())
        QSKIP("bash is needed");
    PseudoTerminal terminal(u"bash"_s, {u"--norc"_s, u"--noprofile"_s, u"--noediting"_s, u"-i"_s});
    terminal.type("PS1='ready> '\n");
    QVERIFY(terminal.waitForText(u"ready> "_s));
    terminal.type("'" + cliPath().toUtf8() + "' top '" + m_slab.uri().toUtf8() + "' --interval 250ms\n");
    QVERIFY(terminal.waitForText(u"? help"_s));
    terminal.type("\x1a"); // Ctrl+Z
    QVERIFY(terminal.waitFor([&](const TerminalScreen &screen) {
        return !screen.isAlternate() && terminal.output().contains("Stopped");
    }));
    QVERIFY(terminal.screen().isCursorVisible());
    QVERIFY(terminal.isCooked());
    terminal.type("fg\n");
    QVERIFY(terminal.waitFor([](const TerminalScreen &screen) { return screen.isAlternate(); }));
    QVERIFY(terminal.waitForText(u"? help"_s));
    QVERIFY(!terminal.isCooked());
    terminal.type("t"); // it really goes on
    QVERIFY(terminal.waitForText(u"sorted by tag"_s));
    terminal.type("q");
    QVERIFY(terminal.waitFor([](const TerminalScreen &screen) { return !screen.isAlternate(); }));
    terminal.type("echo code=$?\n");
    QVERIFY(terminal.waitForText(u"code=0"_s));
    QVERIFY(terminal.isCooked());
    terminal.type("exit\n");
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
}

void TestCliInteractive::failuresAtTheStart()
{
    m_slab.setSlabinfo("garbage\n");
    PseudoTerminal terminal(cliPath(), topArguments());
    QCOMPARE(terminal.waitForEnd(), std::optional(4));
    QVERIFY(!terminal.output().contains(Escape)); // the message stays readable
    QVERIFY2(terminal.output().startsWith("poolscope-cli: "), shown(terminal.output()));
    QVERIFY(terminal.isCooked());
}

void TestCliInteractive::failuresLater()
{
    PseudoTerminal terminal(cliPath(), topArguments());
    QVERIFY(terminal.waitForText(u"19,200"_s));
    m_slab.setSlabinfo("garbage\n");
    QVERIFY(terminal.waitForText(u"slabinfo, line 1"_s));
    QVERIFY(terminal.screen().text().contains(u"19,200"_s)); // the last data stay
    m_slab.setCaches({{"dentry", 777, 192}});
    QVERIFY(terminal.waitForText(u"149,184"_s)); // it came back by itself
    QVERIFY(!terminal.screen().text().contains(u"slabinfo, line 1"_s));
    terminal.type("q");
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
}

/// A screen but no keyboard: plain text, which nobody has to quit.
void TestCliInteractive::noKeyboardNoScreen()
{
    PseudoTerminal terminal(u"sh"_s,
        {u"-c"_s, u"exec \"$0\" top \"$1\" --samples 2 --interval 250ms < /dev/null"_s, cliPath(),
            m_slab.uri()});
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
    QVERIFY(!terminal.output().contains(Escape));
    QCOMPARE(terminal.output().count(" Memory:"), 2);
}

void TestCliInteractive::liveKernel()
{
    if (!canReadSlabinfo())
        QSKIP("this user may not read /proc/slabinfo");
    PseudoTerminal terminal(cliPath(), {u"top"_s, u"--interval"_s, u"250ms"_s, u"--totals"_s}, 120, 40);
    QVERIFY(terminal.waitForText(u"dentry"_s));
    QVERIFY(terminal.waitForText(u"Total"_s));
    QVERIFY(terminal.waitFor([](const TerminalScreen &screen) { return screen.text().contains(u"(+"_s); }));
    terminal.type("q");
    QCOMPARE(terminal.waitForEnd(), std::optional(0));
}

QTEST_GUILESS_MAIN(TestCliInteractive)
#include "tst_cliinteractive.moc"
