// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

/// Pool tables of Windows programs as mail, Markdown, editors and scripts leave them.
class TestWindowsLogs : public QObject
{
    Q_OBJECT

private slots:
    void poolMon_data();
    void poolMon();
    void headers_data();
    void headers();
    void unreadableTables_data();
    void unreadableTables();
    void poolused_data();
    void poolused();
    void poolCsv_data();
    void poolCsv();
};

namespace {

/// What a log gives, in words that a test can compare.
struct Told
{
    QByteArray format;
    QByteArrayList rows; ///< "sample|type|tag|outstanding|bytes", with the driver behind where there is one
    QList<qint64> skipped; ///< lines
    QList<qint64> doubts;
    std::optional<Error> error;
    std::vector<ReadSample> samples;
};

QByteArray numberText(Counter counter)
{
    return counter.isKnown() ? QByteArray::number(counter.value()) : QByteArray("-");
}

QByteArray typeText(PoolType type)
{
    switch (type) {
    case PoolType::None:
        return "-"_ba;
    case PoolType::Nonpaged:
        return "N"_ba;
    case PoolType::Paged:
        return "P"_ba;
    }
    return {};
}

void addRows(Told &told, const Sample &sample)
{
    const QByteArray number = QByteArray::number(told.samples.size());
    for (size_t i = 0; i < sample.readings.size(); ++i) {
        const TagEntry &entry = (*sample.tags)[i];
        const Reading &reading = sample.readings[i];
        QByteArrayList parts{number, typeText(entry.tag.type), entry.tag.bytes,
            numberText(reading.outstanding), numberText(reading.bytes)};
        if (!entry.driver.isEmpty())
            parts += entry.driver;
        told.rows += parts.join('|');
    }
}

QList<qint64> numbersOf(const std::vector<SkippedLine> &lines)
{
    QList<qint64> numbers;
    for (const SkippedLine &line : lines)
        numbers += line.line;
    return numbers;
}

Told readLog(const QByteArray &bytes)
{
    ReadAll read = readAll(bytes);
    Told told;
    told.format = read.format;
    told.error = read.error;
    told.skipped = numbersOf(read.skipped);
    told.doubts = numbersOf(read.doubts);
    for (ReadSample &sample : read.samples) {
        addRows(told, *sample.sample);
        told.samples.push_back(std::move(sample));
    }
    return told;
}

void addLogColumns()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("rows");
    QTest::addColumn<QList<qint64>>("skipped");
    QTest::addColumn<QList<qint64>>("doubts");
}

void compareLog(QByteArrayView format)
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, rows);
    QFETCH(QList<qint64>, skipped);
    QFETCH(QList<qint64>, doubts);
    for (const QByteArray &variant : {text, QByteArray(text).replace("\n", "\r\n")}) {
        const Told told = readLog(variant);
        QVERIFY2(!told.error, told.error ? qPrintable(told.error->text()) : "");
        QCOMPARE(told.format, format);
        QCOMPARE(told.rows, rows);
        QCOMPARE(told.skipped, skipped);
        QCOMPARE(told.doubts, doubts);
        for (const ReadSample &sample : told.samples)
            QCOMPARE(sample.kind, SourceKind::Pool);
    }
}

using Lines = QList<qint64>;

const QByteArray Memory =
    " Memory:16468560K Avail:12072536K  PageFlts:  1234   InRam Krnl:56708K P:950888K\n"_ba;
const QByteArray Commit =
    " Commit:4100436K Limit:17517136K Peak:11685564K            Pool N:710920K P:983564K\n"_ba;
const QByteArray Titles = " Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\n"_ba;
const QByteArray Leak = " Leak Nonp        100        10        90      9000        100\n"_ba;
const QByteArray Irp = " Irp  Nonp     777123    776000      1123    400128        356\n"_ba;

} // namespace

void TestWindowsLogs::poolMon_data()
{
    addLogColumns();
    const QByteArray leak = "0|N|Leak|90|9000"_ba;
    const QByteArray irp = "0|N|Irp |1123|400128"_ba;

    // Repeated rows.
    QTest::newRow("findstr in a loop under one heading")
        << Titles + Leak + " Leak Nonp 200 10 190 19000 100\n Leak Nonp 300 10 290 29000 100\n"
        << QByteArrayList{leak, "1|N|Leak|190|19000"_ba, "2|N|Leak|290|29000"_ba} << Lines{} << Lines{};
    QTest::newRow("findstr in a loop, nothing changed")
        << Titles + Leak + Leak << QByteArrayList{leak, "1|N|Leak|90|9000"_ba} << Lines{} << Lines{};
    QTest::newRow("two tags in a loop")
        << Titles + Leak + Irp + " Leak Nonp 200 10 190 19000 100\n" + Irp
        << QByteArrayList{leak, irp, "1|N|Leak|190|19000"_ba, "1|N|Irp |1123|400128"_ba} << Lines{}
        << Lines{};
    QTest::newRow("two tags in a loop, by bytes")
        << Titles + Irp + Leak + " Leak Nonp 9000 10 8990 899000 100\n" + Irp
        << QByteArrayList{irp, leak, "1|N|Leak|8990|899000"_ba, "1|N|Irp |1123|400128"_ba} << Lines{}
        << Lines{4};
    QTest::newRow("copied twice where two screens overlap")
        << Titles + Leak + Irp + Irp + " Zzzz Paged 5 1 4 400 100\n"
        << QByteArrayList{leak, irp, "0|P|Zzzz|4|400"_ba} << Lines{4} << Lines{};
    QTest::newRow("two tags that print alike")
        << Titles + Leak + " a??b Nonp 5 1 4 400 100\n a??b Nonp 6 1 5 500 100\n"
        << QByteArrayList{leak, "0|N|a??b|9|900"_ba} << Lines{} << Lines{4};
    QTest::newRow("one tag in both pools") << Titles + Leak + " Leak Paged 5 1 4 400 100\n"
                                           << QByteArrayList{leak, "0|P|Leak|4|400"_ba} << Lines{} << Lines{};

    // Names.
    QTest::newRow("saved as UTF-8") << Titles + Leak + Irp + " caf\xC3\xA9 Paged 10 5 5 5000 1000\n"
                                    << QByteArrayList{leak, irp, "0|P|caf\xE9|5|5000"_ba} << Lines{}
                                    << Lines{};
    QTest::newRow("escaped for Markdown") << Titles + Leak + " Nt\\_x Paged 10 5 5 5000 1000\n"
                                          << QByteArrayList{leak, "0|P|Nt_x|5|5000"_ba} << Lines{} << Lines{};
    QTest::newRow("escaped for HTML")
        << Titles + Leak + " Ab&lt;c Nonp 10 5 5 5000 1000\n a&amp;bc Nonp 10 5 5 5000 1000\n"
        << QByteArrayList{leak, "0|N|Ab<c|5|5000"_ba, "0|N|a&bc|5|5000"_ba} << Lines{} << Lines{};
    QTest::newRow("bold") << Titles + " **Leak** Nonp 100 10 90 9000 100\n" + Irp << QByteArrayList{leak, irp}
                          << Lines{} << Lines{};
    QTest::newRow("a row of totals") << Titles + Leak + Irp + "\n Total Nonp 777223 776010 1213 409128 337\n"
                                     << QByteArrayList{leak, irp} << Lines{5} << Lines{};
    QTest::newRow("bars as quoting marks")
        << "| " + Titles + "| \n| " + Leak + "| " + Irp << QByteArrayList{leak, irp} << Lines{} << Lines{};
    QTest::newRow("indented quoting marks") << "   > " + Titles + "   > " + Leak + "   >> " + Irp
                                            << QByteArrayList{leak, irp} << Lines{} << Lines{};
    QTest::newRow("lines as code") << "` Tag  Type  Allocs`  \n` Leak Nonp 100 10 90 9000 100`  \n"_ba
                                   << QByteArrayList{leak} << Lines{} << Lines{};
    QTest::newRow("Markdown table") << "| Tag | Type | Allocs | Frees | Diff | Bytes | Per Alloc |\n"
                                       "|---|---|---:|---:|---:|---:|---:|\n"
                                       "| Leak | Nonp | 100 | 10 | 90 | 9000 | 100 |\n"
                                       "| Irp  | Nonp | 777123 | 776000 | 1123 | 400128 | 356 |\n"
                                       "| Dh 1 | Paged | 40 | 3 | 37 | 3700 | 100 |\n"_ba
                                    << QByteArrayList{leak, irp, "0|P|Dh 1|37|3700"_ba} << Lines{} << Lines{};

    QTest::newRow("Markdown table with drivers")
        << "| Tag | Type | Allocs | Frees | Diff | Bytes | Per alloc | Driver |\n"
           "|---|---|---:|---:|---:|---:|---:|---|\n"
           "| Leak | Nonp | 100 | 10 | 90 | 9000 | 100 | leak.sys - Leak |\n"
           "| Irp | Nonp | 777123 | 776000 | 1123 | 400128 | 356 |  |\n"_ba
        << QByteArrayList{leak + "|leak.sys - Leak", irp} << Lines{} << Lines{};
    QTest::newRow("a remark behind a row")
        << Titles + " Leak Nonp 100 10 90 9000 100  <-- this one grows\n Irp  Nonp 1 2 3 4 5 what\n"
        << QByteArrayList{leak} << Lines{3} << Lines{};

    // Lines that were broken.
    QTest::newRow("wrapped by mail")
        << ">  Tag  Type     Allocs            Frees            Diff   Bytes\n> Per Alloc\n> \n"
           ">  Leak Nonp        100 (   0)        10 (   0)     90    9000 (\n> 0)    100\n"
           ">  Irp  Nonp     777123               776000            \n"
           "> 1123               400128                  356\n"_ba
        << QByteArrayList{leak, irp} << Lines{} << Lines{};
    QTest::newRow("wrapped twice, with empty lines") << Titles + " Leak Nonp 100\n\n10 90\n\n9000 100\n" + Irp
                                                     << QByteArrayList{leak, irp} << Lines{} << Lines{};
    QTest::newRow("wrapped description")
        << Titles + " Leak Nonp 100 10 90 9000 100 [leak.sys - Leaking\n driver]\n" + Irp
        << QByteArrayList{leak + "|leak.sys - Leaking driver", irp} << Lines{} << Lines{};
    QTest::newRow("cut and not completed")
        << Titles + " Leak Nonp 100 10 90 9\n" + Irp << QByteArrayList{irp} << Lines{2} << Lines{};
    QTest::newRow("cut within a number") << Titles + Irp + " Leak Nonp 100 10 90 90\n00 100\n"
                                         << QByteArrayList{irp} << Lines{3, 4} << Lines{};
    QTest::newRow("completed by other numbers") << Titles + Irp + " Leak Nonp 100 10 90\n8000 100\n"
                                                << QByteArrayList{irp} << Lines{3, 4} << Lines{};
    QTest::newRow("an equals sign at the end of a long line") << Titles
            + " Leak Nonp        100 (   0)        10 (   0)       90      9000 (     0)    100 [leak.sys - "
              "a=\n"
            + Irp << QByteArrayList{leak + "|leak.sys - a=", irp}
                                                              << Lines{} << Lines{};
    QTest::newRow("thousands separators")
        << Titles
            + " Leak Nonp 5,012 12 5,000 480,000 96\n Irp  Nonp 1.777.123 776.000 1.001.123 2.002.246 2\n"
        << QByteArrayList{"0|N|Leak|5000|480000"_ba, "0|N|Irp |1001123|2002246"_ba} << Lines{} << Lines{};
    QTest::newRow("two carriage returns")
        << Titles + QByteArray(Leak).replace("\n", "\r\r\n") << QByteArrayList{leak} << Lines{} << Lines{};

    // Numbers.
    QTest::newRow("Diff is wrong") << Titles + " Leak Nonp 500012 12 5000 480000 96\n" + Irp
                                   << QByteArrayList{"0|N|Leak|5000|480000"_ba, irp} << Lines{} << Lines{2};
    QTest::newRow("Allocs have wrapped at 2^32")
        << Titles + " Leak Nonp 5 4294967290 11 1100 100\n"
        << QByteArrayList{"0|N|Leak|11|1100"_ba} << Lines{} << Lines{};
}

void TestWindowsLogs::poolMon()
{
    compareLog("poolmon");
}

void TestWindowsLogs::headers_data()
{
    QTest::addColumn<QByteArray>("second"); ///< the header of the second table
    QTest::addColumn<QByteArrayList>("expected"); ///< available bytes and nonpaged pool of both, in KiB
    QTest::addColumn<QList<qint64>>("skipped");
    const QByteArray first = "12072536/710920"_ba;
    const QByteArray commit = QByteArray(Commit).replace("710920", "888888");
    QTest::newRow("whole") << QByteArray(Memory).replace("12072536", "999") + commit
                           << QByteArrayList{first, "999/888888"_ba} << Lines{};
    QTest::newRow("wrapped") << " Memory:16468560K Avail:999K  PageFlts:468600648   InRam Krnl:56708K\n"
                                "P:950888K\n Commit:4100436K Limit:17517136K Peak:11685564K            Pool\n"
                                "N:888888K P:983564K\n"_ba
                             << QByteArrayList{first, "999/888888"_ba} << Lines{};
    QTest::newRow("first line damaged")
        << " Memory:16468560K Avail:9x9K\n" + commit << QByteArrayList{first, "-/888888"_ba} << Lines{5};
    QTest::newRow("first line cut") << " Memory:16468560K Avail:999K  PageFlts:46860\n" + commit
                                    << QByteArrayList{first, "-/888888"_ba} << Lines{5};
    QTest::newRow("first line missing") << commit << QByteArrayList{first, "-/888888"_ba} << Lines{};
    QTest::newRow("second line damaged")
        << QByteArray(Memory).replace("12072536", "999") + " Commit:4100436K Limit:1751xK\n"
        << QByteArrayList{first, "999/-"_ba} << Lines{6};
    QTest::newRow("glued to a row that was cut")
        << " Irp  Nonp        100        10  " + QByteArray(Memory).replace("12072536", "999") + commit
        << QByteArrayList{first, "999/888888"_ba} << Lines{5};
}

void TestWindowsLogs::headers()
{
    QFETCH(QByteArray, second);
    QFETCH(QByteArrayList, expected);
    QFETCH(QList<qint64>, skipped);
    const Told told =
        readLog(Memory + Commit + Titles + Leak + second + Titles + QByteArray(Leak).replace("9000", "9999"));
    QVERIFY(!told.error);
    QCOMPARE(told.skipped, skipped);
    QByteArrayList found;
    for (const ReadSample &sample : told.samples) {
        const auto kib = [&](SystemField field) {
            const Counter bytes = sample.sample->system[field];
            return numberText(bytes.isKnown() ? Counter(bytes.value() / 1024) : bytes);
        };
        found += kib(SystemField::MemAvailable) + '/' + kib(SystemField::PoolNonpaged);
    }
    QCOMPARE(found, expected);
    QCOMPARE(told.rows, (QByteArrayList{"0|N|Leak|90|9000"_ba, "1|N|Leak|90|9999"_ba}));
}

void TestWindowsLogs::unreadableTables_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("decimals") << Titles + " Leak Nonp 5.5 1.5 4 480 120\n" << u"input, line 2"_s;
    QTest::newRow("columns missing") << Memory + Commit + "\n" + Titles + "\n Leak Nonp 5012 12 5000\n"
                                     << u"input, line 6"_s;
    QTest::newRow("separators that the numbers contradict") << Titles
            + " Leak Nonp 5,012 12 5,001 480,000 96\n" << u"input, line 2"_s;
    QTest::newRow("numbers in words") << Titles + " Leak Nonp 5 one 4 480 120\n" << u"input, line 2"_s;
}

void TestWindowsLogs::unreadableTables()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    const Told told = readLog(text);
    QVERIFY(told.rows.isEmpty());
    QVERIFY(told.error);
    QCOMPARE(told.error->where, where);
    QVERIFY(!told.error->whatToDo.isEmpty());
}

void TestWindowsLogs::poolused_data()
{
    addLogColumns();
    const QByteArray titles = "            NonPaged            Paged\n"
                              " Tag    Allocs     Used    Allocs     Used\n"_ba;
    QTest::newRow("descriptions that begin with digits")
        << titles
            + " ohci        1      136         0        01394 OHCI host controller driver \n"
              " Mdl         7      700         3      512802.1x driver \n"
              " AcpA        3      192         1      504ACPI Pooltags , Binary: acpi.sys\n"
        << QByteArrayList{"0|N|ohci|1|136"_ba, "0|N|Mdl |7|700"_ba, "0|P|Mdl |3|512"_ba, "0|N|AcpA|3|192"_ba,
               "0|P|AcpA|1|504"_ba}
        << Lines{} << Lines{};
    QTest::newRow("numbers wider than their columns")
        << titles
            + " Wide 12345678 1234567890         3      512802.1x driver \n"
              " Big1        7      700         3 13066104UNKNOWN pooltag\n"
              " Big2        7      700         3 130661045UNKNOWN pooltag\n"
              " Big3        7      700         3 130661045\n"
        << QByteArrayList{"0|N|Wide|12345678|1234567890"_ba, "0|P|Wide|3|512"_ba, "0|N|Big1|7|700"_ba,
               "0|P|Big1|3|13066104"_ba, "0|N|Big2|7|700"_ba, "0|P|Big2|3|130661045"_ba, "0|N|Big3|7|700"_ba,
               "0|P|Big3|3|130661045"_ba}
        << Lines{} << Lines{};
    QTest::newRow("digits that may be the description's") << titles
            + " Mdl  7 700 3 512802.1x driver \n"
              " Big1        7      700         3 130661041394 OHCI host\n"
              " ohci 1 136 0 01394 OHCI host\n" << QByteArrayList{"0|N|ohci|1|136"_ba}
                                                          << Lines{3, 4} << Lines{};
    QTest::newRow("wrapped, with blanks before")
        << "0: kd> !poolused 2\n Tag     Allocs         Used     Allocs         Used\n"
           " EtwB       161      5771264         6\n 1290240\tETW Buffer\n"
           " Irp          5      6000         0        0\n"_ba
        << QByteArrayList{"0|N|EtwB|161|5771264"_ba, "0|P|EtwB|6|1290240"_ba, "0|N|Irp |5|6000"_ba} << Lines{}
        << Lines{};
    QTest::newRow("one pool") << " Sorting by NonPaged Pool Consumed\n\n  Pool Used:\n            NonPaged\n "
                                 "Tag    Allocs     Used\n"
                                 " EtwB      161  5771264\n Irp         5     6000802.1x\n"_ba
                              << QByteArrayList{"0|N|EtwB|161|5771264"_ba, "0|N|Irp |5|6000"_ba} << Lines{}
                              << Lines{};
    QTest::newRow("the other pool") << "       Paged\n Tag    Allocs     Used\n EtwB      161  5771264\n"_ba
                                    << QByteArrayList{"0|P|EtwB|161|5771264"_ba} << Lines{} << Lines{};
    QTest::newRow("one pool that is not named")
        << " Tag    Allocs     Used\n EtwB      161  5771264\n"_ba
        << QByteArrayList{"0|-|EtwB|161|5771264"_ba} << Lines{} << Lines{};
    QTest::newRow("Markdown table")
        << "| Tag | Allocs | Used | Allocs | Used |\n|---|---|---|---|---|\n"
           "| EtwB | 161 | 5771264 | 6 | 1290240 |\n| Irp | 5 | 6000 | 0 | 0 |\n"_ba
        << QByteArrayList{"0|N|EtwB|161|5771264"_ba, "0|P|EtwB|6|1290240"_ba, "0|N|Irp |5|6000"_ba} << Lines{}
        << Lines{};
    QTest::newRow("escaped for Markdown") << titles + " Nt\\_x        1      136         0        0Ntfs\n"
                                          << QByteArrayList{"0|N|Nt_x|1|136"_ba} << Lines{} << Lines{};
    QTest::newRow("Markdown table with the pools in its heading")
        << "| Tag | Paged Allocs | Paged Used | NonPaged Allocs | NonPaged Used |\n|---|---|---|---|---|\n"
           "| EtwB | 6 | 1290240 | 161 | 5771264 |\n"_ba
        << QByteArrayList{"0|P|EtwB|6|1290240"_ba, "0|N|EtwB|161|5771264"_ba} << Lines{} << Lines{};
}

void TestWindowsLogs::poolused()
{
    compareLog("poolused");
}

void TestWindowsLogs::poolCsv_data()
{
    addLogColumns();
    const QByteArray sides = "Tag,Value,Paged Allocs,Paged Frees,Paged Diff,Paged Usage,NPaged Allocs,NPaged "
                             "Frees,NPaged Diff,NPaged Usage,Source,Description\n"_ba;
    const QByteArray leak = "0|N|Leak|5000|480000|leak.sys"_ba;
    QTest::newRow("thousands separators without quotes")
        << sides
            + "Leak,0x6B61654C,0,0,0,0,5,012,12,5,000,480,000,leak.sys,Leak\n"
              "Sml ,0x206c6d53,5,1,4,400,0,0,0,0,s.sys,a, b\n"
              "Both,0x0,1,234,567,234,567,1,000,000,12,345,678,34,5,29,2,900,,\n"
        << QByteArrayList{leak, "0|P|Sml |4|400|s.sys"_ba, "0|N|Both|29|2900"_ba,
               "0|P|Both|1000000|12345678"_ba}
        << Lines{} << Lines{};
    QTest::newRow("separators that nothing tells from commas")
        << sides + "Leak,0x6B61654C,0,0,0,0,5,012,12,4,999,480,000,leak.sys,Leak\n"
            + "Good,0x0,0,0,0,0,7,2,5,480,leak.sys,Leak\n"
        << QByteArrayList{"0|N|Good|5|480|leak.sys"_ba} << Lines{2} << Lines{};
    const QByteArray types = "Tag,Type,Allocs,Frees,Diff,Bytes,KBytes,B/Alloc,Source,Source Description\n"_ba;
    QTest::newRow("decimal comma") << types
            + "Leak,Non Paged,5012,12,5000,\"480,5 KB\",469,96,leak.sys,Leak\n"
              "Leak,Non Paged,5012,12,5000,\"480,000\",469,96,leak.sys,Leak\n"
                                   << QByteArrayList{leak} << Lines{2} << Lines{};
    QTest::newRow("points in whole numbers")
        << types + "Leak,Non Paged,5.012,12,5.000,480.000,469,96,leak.sys,Leak\n"
        << QByteArrayList{leak} << Lines{} << Lines{};
    QTest::newRow("words for pools") << types
            + "Leak,NonPagedNx,5012,12,5000,480000,469,96,leak.sys,\nAbcd,paged,2,0,2,200,0,100,,\n"
            + "Abcd,Unknown,1,0,1,100,0,100,,\n"
                                     << QByteArrayList{leak, "0|P|Abcd|2|200"_ba, "0|-|Abcd|1|100"_ba}
                                     << Lines{} << Lines{};
    QTest::newRow("semicolons") << QByteArray(types).replace(',', ';')
            + "Leak;Non Paged;5.012;12;5000;480000;469;96;leak.sys;Leak, and more\n"
                                << QByteArrayList{leak} << Lines{} << Lines{};
    QTest::newRow("tabs") << QByteArray(sides).replace(',', '\t')
            + "Leak\t\t0\t0\t0\t0\t5,012\t12\t5,000\t480,000\tleak.sys\t\n"
                          << QByteArrayList{leak} << Lines{} << Lines{};
    QTest::newRow("points with a unit, after semicolons") << QByteArray(types).replace(',', ';')
            + "Leak;Non Paged;5012;12;5000;480.512 KB;469;96;leak.sys;Leak\n"
              "Leak;Non Paged;5012;12;5000;480000;469;96;leak.sys;Leak\n"
                                                          << QByteArrayList{leak} << Lines{2} << Lines{};
}

void TestWindowsLogs::poolCsv()
{
    compareLog("pool-csv");
}

QTEST_GUILESS_MAIN(TestWindowsLogs)
#include "tst_windowslogs.moc"
