// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/topscreen.h"

#include "tests/model/screen/frames.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestTopScreen : public QObject
{
    Q_OBJECT

private slots:
    void init() { qputenv("TZ", "UTC"); }
    void headerHasTenFields();
    void headerOfUnknown();
    void firstSampleAsText();
    void changesStandInParentheses();
    void windowsRowsHaveAllocs();
    void narrowTerminals_data();
    void narrowTerminals();
    void longTitlesAreShortened();
    void totals();
    void hostileNamesAreHarmless();
    void columnsDoNotDance();
    void fillsTheScreen_data();
    void fillsTheScreen();
    void keysChangeTheQuery_data();
    void keysChangeTheQuery();
    void poolTypeCycles();
    void totalsAndHighlightToggle();
    void helpOpensAndCloses();
    void scrolling();
    void problemsAreShown();
    void beforeTheFirstSample();
};

namespace {

TerminalKey key(char32_t character)
{
    return {TerminalKey::Kind::Character, character};
}

TerminalKey key(TerminalKey::Kind kind)
{
    return {kind, 0};
}

SystemReading fullSystem()
{
    using F = SystemField;
    SystemReading system;
    system[F::MemTotal] = 260620LL * 1024;
    system[F::MemAvailable] = 96364LL * 1024;
    system[F::PageFaults] = 468600648;
    system[F::KernelResident] = 1916LL * 1024;
    system[F::PagedResident] = 17856LL * 1024;
    system[F::Commit] = 203500LL * 1024;
    system[F::CommitLimit] = 640916LL * 1024;
    system[F::CommitPeak] = 260632LL * 1024;
    system[F::PoolNonpaged] = 8332LL * 1024;
    system[F::PoolPaged] = 27220LL * 1024;
    return system;
}

Frame slabFrame()
{
    return makeFrame({
        {"dentry", PoolType::Paged, held(12345, 2370240), {{}, {}, 3, 576}},
        {"kmalloc-64", PoolType::Nonpaged, held(1000, 64000), {{}, {}, 0, 0}, 0.0, "eventpoll_epi,tcp"},
        {"ext4_inode_cache", PoolType::Paged, held(20, 21760), {{}, {}, -1, -1088}},
    });
}

QStringList texts(const std::vector<TopLine> &lines)
{
    QStringList out;
    for (const TopLine &line : lines)
        out.append(line.text);
    return out;
}

const TopScreenFacts Facts{u"slab: this machine"_s, 2s, {}};

} // namespace

void TestTopScreen::headerHasTenFields()
{
    Frame frame = makeFrame({}, fullSystem());
    frame.systemChange[SystemField::PageFaults] = 7;
    QCOMPARE(texts(topHeader(frame, false)),
        (QStringList{
            u" Memory:260620K Avail: 96364K PageFlts:468600648 InRam Krnl:1916K P:17856K"_s,
            u" Commit:203500K Limit:640916K Peak:      260632K Pool N:    8332K P:27220K"_s,
        }));
    QVERIFY(texts(topHeader(frame, true)).first().contains(u" PageFlts:  7 "_s));
}

void TestTopScreen::headerOfUnknown()
{
    QCOMPARE(texts(topHeader(makeFrame({}), false)),
        (QStringList{
            u" Memory:– Avail:– PageFlts:– InRam Krnl:– P:–"_s,
            u" Commit:– Limit:– Peak:    – Pool N:    – P:–"_s,
        }));
}

void TestTopScreen::firstSampleAsText()
{
    Frame frame = makeFrame({
        {"dentry", PoolType::Paged, held(12345, 2370240)},
        {"kmalloc-64", PoolType::Nonpaged, held(1000, 64000), {}, NAN, "eventpoll_epi,tcp"},
    });
    const QString text = topText(frame, {}, false, u"slab: this machine"_s, {});
    QCOMPARE(text.split(u'\n').sliced(2),
        (QStringList{
            u" slab: this machine  2025-11-24T16:00:00Z  2 tags, sorted by bytes"_s,
            u" Tag        Type   Allocs  Frees    Diff      Bytes  Per Alloc  Driver"_s,
            u" dentry     Paged       –      –  12,345  2,370,240        192"_s,
            u" kmalloc-64 Nonp        –      –   1,000     64,000         64  eventpoll_epi,tcp"_s,
            QString(),
        }));
}

void TestTopScreen::changesStandInParentheses()
{
    const Frame frame = slabFrame();
    const TopAnswer shown = answer(frame, {});
    TopTableStyle style;
    style.changes = true;
    const TopTable table(frame, shown, {}, style);
    QCOMPARE(table.heads().text,
        u" Tag              Type   Allocs  Frees    Diff  (Δ)      Bytes      (Δ)  Per Alloc    Rate/h  Driver"_s
            .replace(u"    Rate/h"_s, u"  Rate/h"_s));
    QCOMPARE(table.row(0).text,
        u" dentry           Paged       –      –  12,345 (+3)  2,370,240   (+576)        192       –"_s);
    QCOMPARE(table.row(0).kind, TopLineKind::ChangedRow);
    QCOMPARE(table.row(1).text,
        u" kmalloc-64       Nonp        –      –   1,000  (0)     64,000      (0)         64     0 B  eventpoll_epi,tcp"_s);
    QCOMPARE(table.row(1).kind, TopLineKind::Row);
    QVERIFY(table.row(2).text.contains(u"(-1,088)"_s));
    QCOMPARE(table.row(2).kind, TopLineKind::ChangedRow);
}

void TestTopScreen::windowsRowsHaveAllocs()
{
    const Frame frame =
        makeFrame({{"EtwB", PoolType::Nonpaged, {6394, 4056, 2338, 163418368}, {2, 1, 1, 4096}}});
    const TopAnswer shown = answer(frame, {});
    TopTableStyle style;
    style.changes = true;
    const TopTable table(frame, shown, {}, style);
    QCOMPARE(
        table.heads().text, u" Tag  Type  Allocs  (Δ)  Frees  (Δ)   Diff        Bytes      (Δ)  Per Alloc"_s);
    QCOMPARE(
        table.row(0).text, u" EtwB Nonp   6,394 (+2)  4,056 (+1)  2,338  163,418,368 (+4,096)     69,896"_s);
}

void TestTopScreen::narrowTerminals_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("heads");

    QTest::newRow("all") << 200 << u"Tag Type Allocs Frees Diff (Δ) Bytes (Δ) Per Alloc Rate/h Driver"_s;
    QTest::newRow("eighty") << 80 << u"Tag Type Diff (Δ) Bytes (Δ) Per Alloc"_s;
    QTest::newRow("sixty") << 60 << u"Tag Type Diff Bytes (Δ)"_s;
    QTest::newRow("forty") << 40 << u"Tag Diff Bytes"_s;
    QTest::newRow("tiny") << 10 << u"Tag"_s;
}

void TestTopScreen::narrowTerminals()
{
    QFETCH(int, width);
    const Frame frame = slabFrame();
    const TopAnswer shown = answer(frame, {});
    TopTableStyle style;
    style.width = width;
    style.changes = true;
    const TopTable table(frame, shown, {}, style);
    if (width >= 40)
        QTEST(table.heads().text.simplified(), "heads");
    for (size_t i = 0; i < shown.rows.size(); ++i)
        QVERIFY2(table.row(i).text.size() <= width, qPrintable(table.row(i).text));
    QVERIFY(table.heads().text.size() <= width);
    QVERIFY(table.heads().text.startsWith(u" Tag"_s));
}

void TestTopScreen::longTitlesAreShortened()
{
    const Frame frame = slabFrame();
    const TopAnswer shown = answer(frame, {});
    const QString title = u"command:ssh -p 2222 somebody@example.org poolscope-cli stream"_s;
    const QString whole = topCaption(frame, shown, {}, title).text;
    QVERIFY(whole.contains(title));
    QCOMPARE(topCaption(frame, shown, {}, title, static_cast<int>(whole.size())).text, whole);
    const QString fitted = topCaption(frame, shown, {}, title, 80).text;
    QCOMPARE(fitted.size(), 80);
    QVERIFY2(fitted.startsWith(u" command:ssh"_s), qPrintable(fitted));
    QVERIFY(fitted.endsWith(u"3 tags, sorted by bytes"_s));
}

void TestTopScreen::totals()
{
    SystemReading system = fullSystem();
    system[SystemField::Untagged] = 4096;
    Frame frame = makeFrame(
        {
            {"dentry", PoolType::Paged, held(10, 1920), {{}, {}, 1, 192}},
            {"kmalloc-64", PoolType::Nonpaged, held(1000, 64000), {{}, {}, -2, -128}},
        },
        system);
    const TopAnswer shown = answer(frame, {});
    TopTableStyle style;
    style.changes = true;
    const TopTable table(frame, shown, {}, style);
    const QStringList lines = texts(table.totals());
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines.at(0).simplified(), u"Total Nonp – – 1,000 (-2) 64,000 (-128)"_s);
    QCOMPARE(lines.at(1).simplified(), u"Total Paged – – 10 (+1) 1,920 (+192)"_s);
    QCOMPARE(lines.at(2).simplified(), u"Total – – 1,010 (-1) 65,920 (+64)"_s);
    // Wider than the tag column, and yet it shifts no number.
    QCOMPARE(lines.at(3).simplified(), u"Not in tag table 4,096"_s);
    QCOMPARE(lines.at(3).size(), lines.at(0).indexOf(u"64,000"_s) + 6);
    // The numbers stand under those of the rows.
    QCOMPARE(lines.at(0).indexOf(u"64,000"_s), table.row(0).text.indexOf(u"64,000"_s));
}

void TestTopScreen::hostileNamesAreHarmless()
{
    const Frame frame = makeFrame({{"\x1b[2J", PoolType::Nonpaged, held(1, 1), {}, NAN, "\x9b\n"}});
    const QString text = topText(frame, {}, true, u"command:\x1b[31m\u202e"_s, {});
    for (const QChar c : text)
        QVERIFY(c == u'\n' || c.isPrint());
    QVERIFY(text.contains(u"\\x1b[2J"_s));
}

void TestTopScreen::columnsDoNotDance()
{
    TopScreen screen({}, false);
    const Frame wide = makeFrame({{"a", PoolType::Nonpaged, held(1, 1'000'000), {{}, {}, 0, 1'000'000}}});
    const Frame narrow = makeFrame({{"a", PoolType::Nonpaged, held(1, 5), {{}, {}, 0, 0}}});
    const auto heads = [&](const Frame &frame) { return screen.lines(&frame, {120, 24}, Facts).at(3).text; };
    const QString before = heads(wide);
    QCOMPARE(heads(narrow), before);
}

void TestTopScreen::fillsTheScreen_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("rows");
    QTest::newRow("common") << 80 << 24;
    QTest::newRow("large") << 200 << 60;
    QTest::newRow("low") << 80 << 5;
    QTest::newRow("one line") << 80 << 1;
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("narrow") << 7 << 24;
}

void TestTopScreen::fillsTheScreen()
{
    QFETCH(int, columns);
    QFETCH(int, rows);
    const Frame frame = slabFrame();
    TopScreen screen({}, true);
    for (const bool help : {false, true}) {
        if (help)
            screen.press(key(U'?'));
        const auto lines = screen.lines(&frame, {columns, rows}, Facts);
        QCOMPARE(static_cast<int>(lines.size()), rows);
        for (const TopLine &line : lines)
            QVERIFY(line.text.size() <= columns);
    }
    if (rows == 5) {
        TopScreen low({}, true);
        const QStringList lines = texts(low.lines(&frame, {columns, rows}, Facts));
        QVERIFY(lines.at(0).contains(u"Bytes"_s));
        QVERIFY(lines.at(1).contains(u"dentry"_s));
    }
}

void TestTopScreen::keysChangeTheQuery_data()
{
    QTest::addColumn<char32_t>("character");
    QTest::addColumn<TopKey>("sort");
    QTest::newRow("b") << U'b' << TopKey::Bytes;
    QTest::newRow("M") << U'M' << TopKey::PerAlloc;
    QTest::newRow("m") << U'm' << TopKey::PerAlloc;
    QTest::newRow("t") << U't' << TopKey::Tag;
    QTest::newRow("a") << U'a' << TopKey::Allocs;
    QTest::newRow("f") << U'f' << TopKey::Frees;
    QTest::newRow("s") << U's' << TopKey::Outstanding;
    QTest::newRow("d") << U'd' << TopKey::Outstanding;
}

void TestTopScreen::keysChangeTheQuery()
{
    QFETCH(char32_t, character);
    TopQuery query;
    query.sort = TopKey::Rate;
    TopScreen screen(query, false);
    QCOMPARE(screen.press(key(character)), TopScreen::Action::Redraw);
    QTEST(screen.query().sort, "sort");
    QVERIFY(!screen.query().byChange);
    QCOMPARE(screen.press(key(U'(')), TopScreen::Action::Redraw);
    QVERIFY(screen.query().byChange);
    QCOMPARE(screen.press(key(U')')), TopScreen::Action::Redraw);
    QVERIFY(!screen.query().byChange);

    QCOMPARE(screen.press(key(U' ')), TopScreen::Action::SampleNow);
    QCOMPARE(screen.press(key(U'x')), TopScreen::Action::SampleNow);
    QCOMPARE(screen.press(key(TerminalKey::Kind::Other)), TopScreen::Action::SampleNow);
    QTEST(screen.query().sort, "sort");
    QCOMPARE(screen.press(key(U'Q')), TopScreen::Action::Quit);
    QCOMPARE(screen.press(key(TerminalKey::Kind::Escape)), TopScreen::Action::Quit);
}

void TestTopScreen::poolTypeCycles()
{
    TopScreen screen({}, false);
    const Frame frame = slabFrame();
    const auto rows = [&] {
        return texts(screen.lines(&frame, {100, 24}, Facts))
            .filter(QRegularExpression(u"Nonp|Paged"_s))
            .size();
    };
    QCOMPARE(rows(), 3);
    screen.press(key(U'p'));
    QVERIFY(screen.query().type == PoolType::Nonpaged);
    QCOMPARE(rows(), 1);
    screen.press(key(U'P'));
    QVERIFY(screen.query().type == PoolType::Paged);
    QCOMPARE(rows(), 2);
    screen.press(key(U'p'));
    QVERIFY(!screen.query().type);
    QCOMPARE(rows(), 3);
}

void TestTopScreen::totalsAndHighlightToggle()
{
    TopScreen screen({}, false);
    const Frame frame = slabFrame();
    const auto count = [&](TopLineKind kind) {
        const auto lines = screen.lines(&frame, {100, 24}, Facts);
        return std::ranges::count(lines, kind, &TopLine::kind);
    };
    QCOMPARE(count(TopLineKind::Total), 0);
    QCOMPARE(count(TopLineKind::ChangedRow), 2);
    screen.press(key(U'e'));
    QCOMPARE(count(TopLineKind::Total), 4);
    screen.press(key(U'l'));
    QCOMPARE(count(TopLineKind::ChangedRow), 0);
    screen.press(key(U'e'));
    screen.press(key(U'l'));
    QCOMPARE(count(TopLineKind::Total), 0);
    QCOMPARE(count(TopLineKind::ChangedRow), 2);
}

void TestTopScreen::helpOpensAndCloses()
{
    TopScreen screen({}, false);
    const Frame frame = slabFrame();
    const auto isHelp = [&] {
        return screen.lines(&frame, {80, 24}, Facts).front().kind == TopLineKind::Help;
    };
    for (const char32_t opener : {U'?', U'h', U'H'}) {
        QCOMPARE(screen.press(key(opener)), TopScreen::Action::Redraw);
        QVERIFY(isHelp());
        QCOMPARE(screen.press(key(TerminalKey::Kind::Escape)), TopScreen::Action::Redraw);
        QVERIFY(!isHelp());
    }
    screen.press(key(U'?'));
    QCOMPARE(screen.press(key(U'q')), TopScreen::Action::Quit);
    for (const QString &line : topHelp())
        QVERIFY2(line.size() <= 80, qPrintable(line));
    QVERIFY(topHelp().size() <= 24);
}

void TestTopScreen::scrolling()
{
    std::vector<Row> rows;
    rows.reserve(100);
    for (int i = 0; i < 100; ++i)
        rows.push_back(
            {QByteArray("tag") + QByteArray::number(100 + i), PoolType::Nonpaged, held(1, 1000 - i)});
    const Frame frame = makeFrame(rows);
    TopScreen screen({}, false);
    const auto top = [&] {
        return screen.lines(&frame, {80, 24}, Facts).at(4).text.simplified().section(u' ', 0, 0);
    };
    constexpr int Page = 24 - 3 - 2;
    QCOMPARE(top(), u"tag100"_s);
    using Kind = TerminalKey::Kind;
    screen.press(key(Kind::Up));
    QCOMPARE(top(), u"tag100"_s);
    screen.press(key(Kind::Down));
    QCOMPARE(top(), u"tag101"_s);
    screen.press(key(Kind::PageDown));
    QCOMPARE(top(), u"tag%1"_s.arg(101 + Page));
    screen.press(key(Kind::PageUp));
    QCOMPARE(top(), u"tag101"_s);
    screen.press(key(Kind::End));
    QCOMPARE(top(), u"tag%1"_s.arg(200 - Page));
    screen.press(key(Kind::PageDown));
    QCOMPARE(top(), u"tag%1"_s.arg(200 - Page));
    QVERIFY(
        screen.lines(&frame, {80, 24}, Facts).back().text.endsWith(u"rows %1-100 of 100"_s.arg(101 - Page)));

    // Fewer rows than the place scrolled to: the last page shows.
    const Frame few = makeFrame({rows.begin(), rows.begin() + 30});
    QCOMPARE(
        screen.lines(&few, {80, 24}, Facts).back().text.section(u' ', -3), u"%1-30 of 30"_s.arg(31 - Page));
    screen.press(key(Kind::Home));
    QCOMPARE(top(), u"tag100"_s);
}

void TestTopScreen::problemsAreShown()
{
    TopScreen screen({}, false);
    const Frame frame = slabFrame();
    TopScreenFacts facts = Facts;
    facts.problem = u"cannot read: gone\n"_s;
    auto lines = screen.lines(&frame, {80, 24}, facts);
    QCOMPARE(lines.size(), size_t(24));
    QCOMPARE(lines.at(22), (TopLine{u" cannot read: gone?"_s, TopLineKind::Problem}));
    QCOMPARE(lines.back().kind, TopLineKind::Status);

    facts.problem = QString(u"word "_s).repeated(100);
    lines = screen.lines(&frame, {80, 24}, facts);
    QCOMPARE(std::ranges::count(lines, TopLineKind::Problem, &TopLine::kind), 3);
    QCOMPARE(lines.at(20).text, u' ' + QString(u"word "_s).repeated(15) + u"word"_s.left(4));
    // It stays when there is room for little else.
    QCOMPARE(
        std::ranges::count(screen.lines(&frame, {80, 8}, facts), TopLineKind::Problem, &TopLine::kind), 3);
}

void TestTopScreen::beforeTheFirstSample()
{
    TopScreen screen({}, false);
    const auto lines = screen.lines(nullptr, {80, 24}, Facts);
    QCOMPARE(lines.size(), size_t(24));
    QVERIFY(lines.front().text.contains(u"slab: this machine"_s));
}

QTEST_GUILESS_MAIN(TestTopScreen)
#include "tst_topscreen.moc"
