// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/exchange/logs/timelines.h"
#include "model/exchange/logs/timezones.h"
#include "model/exchange/logtimes.h"
#include "model/exchange/samplecompletion.h"
#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

#include <ctime>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

/// Times that scripts write between the tables of a log. Local time is UTC here.
class TestTimeLines : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void forms_data();
    void forms();
    void otherLines_data();
    void otherLines();
    void doubtfulDates_data();
    void doubtfulDates();
    void doubtIsAnError();
    void contradictionIsAnError();
    void contradictionIsToldWithAStart();
    void csvDates_data();
    void csvDates();
    void zones_data();
    void zones();
    void unknownZoneIsTold();
    void timeWithoutZoneIsLocal_data();
    void timeWithoutZoneIsLocal();
    void dateAndTimeOnTwoLines_data();
    void dateAndTimeOnTwoLines();
    void emptyTableKeepsItsTime();
    void lostRowsAreNoEmptyTable();
    void emptySlabTableIsTold();
    void tableWithoutTimeIsTold();
    void timeThatGoesBackIsTold();
    void timesBelowTheirTablesAreTold();
    void timeBehindACutRow();
    void datesOfTheKernelsLog_data();
    void datesOfTheKernelsLog();
    void yearOfALog_data();
    void yearOfALog();
    void completion_data();
    void completion();
    void logStart_data();
    void logStart();
};

namespace {

/// A PoolMon log with a sample after each of the lines.
QByteArray logOf(const QByteArrayList &times)
{
    QByteArray text;
    for (const QByteArray &time : times)
        text += time + "\r\n Irp  Nonp      10      4       6     600     100\r\n";
    return text;
}

} // namespace

void TestTimeLines::forms_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *line, const char16_t *time) {
        QTest::newRow(line) << QByteArray(line) << QString::fromUtf16(time);
    };
    row("===== 2026-11-22T18:00:05Z =====", u"2026-11-22T18:00:05.000Z");
    row("2026-11-22T18:00:05.250+01:00", u"2026-11-22T17:00:05.250Z");
    row("2026-11-22 18:00:05", u"2026-11-22T18:00:05.000Z");
    row("===== 22/05/2020 22:35:55.53 =====", u"2020-05-22T22:35:55.530Z");
    row("=====  5/22/2020  2:35:55.53 =====", u"2020-05-22T02:35:55.530Z");
    row("Sun 11/22/2026 18:00:05.12", u"2026-11-22T18:00:05.120Z");
    row("So 22.11.2026 18:00:05,12", u"2026-11-22T18:00:05.120Z");
    row("22.11.2026  9:00:05,12", u"2026-11-22T09:00:05.120Z");
    row("11/25/2026 12:00:05 AM", u"2026-11-25T00:00:05.000Z");
    row("25/11/2026 12:00:05 AM", u"2026-11-25T00:00:05.000Z"); // Australia
    row("5/22/2020 10:35 PM", u"2020-05-22T22:35:00.000Z");
    row("22/05/2020 10:35:55 p. m.", u"2020-05-22T22:35:55.000Z");
    row("2020/05/22 \xE4\xB8\x8B\xE5\x8D\x88 10:35:55", u"2020-05-22T22:35:55.000Z"); // Chinese for PM
    row("Thu 11/05/2026 10:00:00.12", u"2026-11-05T10:00:00.120Z"); // the 11th of May is a Monday
    row("Thu 05/11/2026 10:00:00.12", u"2026-11-05T10:00:00.120Z");
    row("Do 05/11/2026 10:00:00,12", u"2026-11-05T10:00:00.120Z");
    row("05.11.2026 10:00", u"2026-11-05T10:00:00.000Z");
    row("2026/11/21 Sa 12:30:00", u"2026-11-21T12:30:00.000Z");
    row("Sunday, November 22, 2026 6:00:05 PM", u"2026-11-22T18:00:05.000Z");
    row("Sunday, 22 November 2026 18:00:05", u"2026-11-22T18:00:05.000Z");
    row("Sun Nov 22 18:00:05 UTC 2026", u"2026-11-22T18:00:05.000Z");
    row("Sun Nov  1 18:00:05 2026", u"2026-11-01T18:00:05.000Z");
    row("Sun 22 Nov 2026 06:00:05 PM UTC", u"2026-11-22T18:00:05.000Z");
    row("2026.11.22-18:00:05 UTC (local time 2026.11.22-19:00:05)", u"2026-11-22T18:00:05.000Z");
    row("# Output of /bin/slabinfo (Top 20): 2018-02-02--00:05:00", u"2018-02-02T00:05:00.000Z");
    row("2020.05.22-22:35:55 W. Europe Standard Time (local time 2020.05.22-22:35:55)",
        u"2020-05-22T20:35:55.000Z");
    row("Freitag, 22. Mai 2020 22:35:55", u"2020-05-22T22:35:55.000Z");
    row("Dienstag, 1. Dezember 2026 00:30:00", u"2026-12-01T00:30:00.000Z");
    row("Sonntag, 1. M\xE4rz 2026 00:30:00", u"2026-03-01T00:30:00.000Z");
    row("vendredi 22 mai 2020 22:35:55", u"2020-05-22T22:35:55.000Z");
    row("domingo, 22 de noviembre de 2026 18:00:05", u"2026-11-22T18:00:05.000Z");
    row("2020/05/22 \xE5\x91\xA8\xE4\xBA\x94 22:35:55.53", u"2020-05-22T22:35:55.530Z");
    row("2020\xE5\xB9\xB4"
        "5\xE6\x9C\x88"
        "22\xE6\x97\xA5 22:35:55",
        u"2020-05-22T22:35:55.000Z");
    row("------SnapshotDate=[5/22/2020 10:35:55 PM]------", u"2020-05-22T22:35:55.000Z");
    row("Debugger (not debuggee) time: Sun Nov 22 18:00:05.123 2026 (UTC + 1:00)",
        u"2026-11-22T17:00:05.123Z");
    row("1795370405", u"2026-11-22T18:00:05.000Z");
    row("1795370405.25", u"2026-11-22T18:00:05.250Z");
    row("=== 1795370405", u"2026-11-22T18:00:05.000Z");
    row("=== 1795370405.5 ===", u"2026-11-22T18:00:05.500Z");
    row("=== 1795370405123", u"2026-11-22T18:00:05.123Z");
    row("=== 1795370405123456", u"2026-11-22T18:00:05.123Z");
    row("=== 1795370405123456789 ===", u"2026-11-22T18:00:05.123Z");
}

void TestTimeLines::forms()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, time);
    const auto found = timeLine(line);
    QVERIFY(found);
    QVERIFY(found->only());
    QVERIFY(found->unknownZone.isEmpty());
    QCOMPARE(isoUtc(*found->only()), time);
}

void TestTimeLines::otherLines_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
        {"", "=====", "============================", "=== 17", "=== 99999999999999999999",
            "=== 9999999999999", " 11:46:44 up 6 days,  2:18,  1 user,  load average: 9.24, 11.33, 15.07",
            "32/13/2026 10:00:00", "2026-02-30 10:00:00", "9999-01-01 10:00:00", "22/11/2026 25:00:00",
            " Memory:16468560K Avail:12072536K  PageFlts:468600648   InRam Krnl:56708K P:950888K",
            "see 22/11/2026 18:00:05 for more", "123456789", "9999999999", "=1795370405",
            "2026-11-22T18:00:00.123456+01:00 myhost kernel: [ 4321.000000] Unreclaimable slab info:",
            "dentry 22225 24382 192 21 1 : tunables 0 0 0 : slabdata 334 334 0", "Sun 31 Lip 2026 10:00:00"})
        QTest::newRow(line) << QByteArray(line);
}

void TestTimeLines::otherLines()
{
    QFETCH(QByteArray, line);
    QVERIFY(!timeLine(line));
}

void TestTimeLines::doubtfulDates_data()
{
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("first");
    QTest::newRow("a later date is clear") << QByteArrayList{"03/04/2026 10:00:00", "13/04/2026 10:00:00"}
                                           << QString() << u"2026-04-03T10:00:00Z"_s;
    QTest::newRow("the other order") << QByteArrayList{"03/04/2026 10:00:00", "03/14/2026 10:00:00"}
                                     << QString() << u"2026-03-04T10:00:00Z"_s;
    QTest::newRow("the start is given")
        << QByteArrayList{"03/04/2026 10:00:00"} << u"2026-03-04T00:00:00Z"_s << u"2026-03-04T10:00:00Z"_s;
    const QString july = u"2026-07-11T00:00:00Z"_s;
    QTest::newRow("AM and PM, the day first") << QByteArrayList{"5/11/2026 6:00:05 PM",
        "13/11/2026 6:00:05 PM"} << QString() << u"2026-11-05T18:00:05Z"_s;
    QTest::newRow("AM and PM, the month first") << QByteArrayList{"5/11/2026 6:00:05 PM",
        "5/13/2026 6:00:05 PM"} << QString() << u"2026-05-11T18:00:05Z"_s;
    QTest::newRow("AM and PM, the start is given")
        << QByteArrayList{"5/11/2026 6:00:05 PM"} << u"2026-11-05T00:00:00Z"_s << u"2026-11-05T18:00:05Z"_s;
    QTest::newRow("the file says more than the start")
        << QByteArrayList{"5/11/2026 6:00:05 PM", "13/11/2026 6:00:05 PM"} << u"2026-05-11T00:00:00Z"_s
        << u"2026-11-05T18:00:05Z"_s;
    QTest::newRow("a day of the week settles it") << QByteArrayList{"05/11/2026 10:00:00",
        "Fri 06/11/2026 10:00:00"} << QString() << u"2026-11-05T10:00:00Z"_s;
    QTest::newRow("the year first, in two digits")
        << QByteArrayList{"26/11/05 18:00:05"} << u"2026-11-01T00:00:00Z"_s << u"2026-11-05T18:00:05Z"_s;
    QTest::newRow("the year last, in two digits") << QByteArrayList{"26/11/05 18:00:05", "27/11/05 18:00:05"}
                                                  << u"2005-11-01T00:00:00Z"_s << u"2005-11-26T18:00:05Z"_s;
    QTest::newRow("the start decides for all")
        << QByteArrayList{"05/07/2026 10:00:00", "11/07/2026 10:00:00"} << july << u"2026-07-05T10:00:00Z"_s;
    QTest::newRow("no matter") << QByteArrayList{"04/04/2026 10:00:00"} << QString()
                               << u"2026-04-04T10:00:00Z"_s;
}

void TestTimeLines::doubtfulDates()
{
    QFETCH(QByteArrayList, lines);
    QFETCH(QString, start);
    QFETCH(QString, first);
    const ReadAll read = readAll(logOf(lines), wallTimeFromIso(start));
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->text()) : "");
    QCOMPARE(read.samples.size(), size_t(lines.size()));
    QCOMPARE(read.samples[0].timeBase, TimeBase::Own);
    QCOMPARE(isoUtc(read.samples[0].sample->wall, 0), first);
}

void TestTimeLines::doubtIsAnError()
{
    const ReadAll read = readAll("some words\r\n" + logOf({"03/04/2026 10:00:00", "03/05/2026 10:00:00"}));
    QVERIFY(read.error);
    QCOMPARE(read.error->where, u"input, line 2"_s);
    QVERIFY(read.error->what.contains(u"3 April 2026") && read.error->what.contains(u"4 March 2026"));
    QVERIFY(read.error->whatToDo.contains(u"--start"));
}

void TestTimeLines::contradictionIsAnError()
{
    const ReadAll read =
        readAll(logOf({"05/11/2026 18:00:05", "11/15/2026 18:00:05", "16/11/2026 18:00:00"}));
    QVERIFY(read.error);
    QCOMPARE(read.error->where, u"input, line 1"_s);
    QVERIFY2(read.error->what.contains(u"in lines 3 and 5"), qPrintable(read.error->what));
    QCOMPARE(read.error->choices.size(), 2);
}

void TestTimeLines::contradictionIsToldWithAStart()
{
    const ReadAll read = readAll(logOf({"05/11/2026 18:00:05", "11/15/2026 18:00:05", "16/11/2026 18:00:00"}),
        wallTimeFromIso(u"2026-11-01T00:00:00Z"));
    QVERIFY(!read.error);
    QCOMPARE(isoUtc(read.samples[0].sample->wall, 0), u"2026-11-05T18:00:05Z"_s);
    QCOMPARE(read.doubts.size(), size_t(1));
    QCOMPARE(read.doubts[0].line, 1);
}

void TestTimeLines::csvDates_data()
{
    QTest::addColumn<QByteArrayList>("times");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("first"); // empty: it is asked for
    QTest::newRow("settled by a later row") << QByteArrayList{"11/12/2026 17:00:00", "12/12/2026 17:00:00",
        "13/12/2026 17:00:00"} << QString() << u"2026-12-11T17:00:00Z"_s;
    QTest::newRow("month first") << QByteArrayList{"12/11/2026 5:00:00 PM", "12/13/2026 5:00:00 PM"}
                                 << QString() << u"2026-12-11T17:00:00Z"_s;
    const QByteArrayList doubtful{"05/11/2026 17:00:00", "06/11/2026 17:00:00", "07/11/2026 17:00:00"};
    QTest::newRow("never settled") << doubtful << QString() << QString();
    QTest::newRow("settled by the start")
        << doubtful << u"2026-11-05T00:00:00Z"_s << u"2026-11-05T17:00:00Z"_s;
}

/// poolmon-powershell writes the time into each row.
void TestTimeLines::csvDates()
{
    QFETCH(QByteArrayList, times);
    QFETCH(QString, start);
    QFETCH(QString, first);
    QByteArray text = "\"DateTimeUTC\",\"Tag\",\"PagedAllocs\",\"PagedFrees\",\"PagedDiff\","
                      "\"PagedUsedBytes\",\"NonPagedAllocs\",\"NonPagedFrees\",\"NonPagedDiff\","
                      "\"NonPagedUsedBytes\"\r\n";
    for (const QByteArray &time : times)
        text += "\"" + time + "\",\"Leak\",\"0\",\"0\",\"0\",\"0\",\"111\",\"10\",\"101\",\"9011\"\r\n";
    const ReadAll read = readAll(text, wallTimeFromIso(start));
    if (first.isEmpty()) {
        QVERIFY(read.error);
        QCOMPARE(read.error->where, u"input, line 2"_s);
        return;
    }
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->text()) : "");
    QCOMPARE(read.samples.size(), size_t(times.size()));
    QCOMPARE(isoUtc(read.samples[0].sample->wall, 0), first);
    for (size_t i = 1; i < read.samples.size(); ++i) {
        const auto step = read.samples[i].sample->wall - read.samples[i - 1].sample->wall;
        QVERIFY(step > std::chrono::hours(0) && step <= std::chrono::hours(48));
    }
}

void TestTimeLines::zones_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("time");
    const auto row = [](const char *line, const char16_t *time) {
        QTest::newRow(line) << QByteArray(line) << QString::fromUtf16(time);
    };
    row("2020-05-22 22:35:55 +0500", u"2020-05-22T17:35:55.000Z");
    row("2020-05-22 22:35:55+02:00", u"2020-05-22T20:35:55.000Z");
    row("2020-05-22 22:35:55Z", u"2020-05-22T22:35:55.000Z");
    row("2020-05-22T22:35:55,250+0200", u"2020-05-22T20:35:55.250Z");
    row("Fri May 22 22:35:55 +05 2020", u"2020-05-22T17:35:55.000Z");
    row("Fri May 22 22:35:55 CEST 2020", u"2020-05-22T20:35:55.000Z");
    row("Fri May 22 22:35:55 EDT 2020", u"2020-05-23T02:35:55.000Z");
    row("22/05/2020 22:35:55 CEST", u"2020-05-22T20:35:55.000Z");
    row("22/05/2020 22:35:55 UTC+2", u"2020-05-22T20:35:55.000Z");
    row("2020-05-22 22:35:55 Europe/Berlin", u"2020-05-22T20:35:55.000Z");
    row("2020.11.22-22:35:55 Pacific Standard Time (local time 2020.11.22-14:35:55)",
        u"2020-11-23T06:35:55.000Z");
}

void TestTimeLines::zones()
{
    if (!timeZoneFromText(u"CEST"))
        QSKIP("the system's zone data has no abbreviations");
    forms();
}

void TestTimeLines::unknownZoneIsTold()
{
    const ReadAll read = readAll(logOf(
        {"Fri May 22 22:35:55 CST 2020", "Fri May 22 23:35:55 CST 2020", "Fri May 22 23:45:55 UTC 2020"}));
    QCOMPARE(read.samples.size(), size_t(3));
    QCOMPARE(isoUtc(read.samples[0].sample->wall, 0), u"2020-05-22T22:35:55Z"_s);
    QCOMPARE(read.doubts.size(), size_t(1)); // once for all
    QCOMPARE(read.doubts[0].line, 1);
    QVERIFY(read.doubts[0].why.contains(u"CST") && read.doubts[0].why.contains(u"local time"));
}

void TestTimeLines::timeWithoutZoneIsLocal_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"2020-05-22T22:35:55", "2020-05-22 22:35:55", "22/05/2020 22:35:55"})
        QTest::newRow(line) << QByteArray(line);
}

void TestTimeLines::timeWithoutZoneIsLocal()
{
#ifdef Q_OS_WIN
    QSKIP("the zone of Windows is not that of the environment");
#else
    QFETCH(QByteArray, line);
    qputenv("TZ", "Asia/Tokyo");
    tzset();
    const auto found = timeLine(line);
    const auto start = logStartFromText(u"2020-05-22T22:35:55");
    qputenv("TZ", "UTC");
    tzset();
    QVERIFY(found && found->only());
    QCOMPARE(isoUtc(*found->only(), 0), u"2020-05-22T13:35:55Z"_s);
    QCOMPARE(isoUtc(*start, 0), u"2020-05-22T13:35:55Z"_s);
#endif
}

void TestTimeLines::dateAndTimeOnTwoLines_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("date /t and time /t") << "05.11.2026 \r\n10:00:00,12"_ba;
    QTest::newRow("date and time, with prompts")
        << "The current date is: Thu 11/05/2026 \r\nEnter the new date: (mm-dd-yy) \r\n"
           "The current time is: 10:00:00.12\r\nEnter the new time: "_ba;
    QTest::newRow("German") << "Aktuelles Datum: 05.11.2026\r\nAktuelle Zeit: 10:00:00,12"_ba;
}

void TestTimeLines::dateAndTimeOnTwoLines()
{
    QFETCH(QByteArray, lines);
    const ReadAll read = readAll(logOf({lines, lines}));
    QCOMPARE(read.samples.size(), size_t(2));
    QCOMPARE(read.samples[1].timeBase, TimeBase::Own);
    QCOMPARE(isoUtc(read.samples[1].sample->wall), u"2026-11-05T10:00:00.120Z"_s);
    QVERIFY(read.doubts.empty());
}

namespace {

const QByteArray PoolMonTitles = " Tag  Type     Allocs     Frees      Diff   Bytes  Per Alloc\r\n\r\n";
const QByteArray PoolMonRow = " Irp  Nonp      10      4       6     600     100\r\n";
const QByteArray SlabTitles = "# name            <active_objs> <num_objs> <objsize> <objperslab>\n";

QStringList timesOf(const ReadAll &read)
{
    QStringList times;
    for (const ReadSample &sample : read.samples)
        times += sample.timeBase == TimeBase::Own ? isoUtc(sample.sample->wall, 0) : u"-"_s;
    return times;
}

} // namespace

/// As with -iLeak before the driver loads.
void TestTimeLines::emptyTableKeepsItsTime()
{
    const ReadAll read = readAll("=== 1795370400\r\n" + PoolMonTitles + "=== 1795370460\r\n" + PoolMonTitles
        + PoolMonRow + "=== 1795370520\r\n" + PoolMonTitles + PoolMonRow);
    QCOMPARE(timesOf(read),
        QStringList({u"2026-11-22T18:00:00Z"_s, u"2026-11-22T18:01:00Z"_s, u"2026-11-22T18:02:00Z"_s}));
    QVERIFY(read.samples[0].sample->tags->empty());
    QVERIFY(read.doubts.empty());
}

void TestTimeLines::lostRowsAreNoEmptyTable()
{
    const ReadAll read = readAll("=== 1795370400\r\n" + PoolMonTitles
        + " Leak Nonp 5012 12 5000 480000 no\r\n=== 1795370460\r\n" + PoolMonTitles + PoolMonRow);
    QCOMPARE(timesOf(read), QStringList(u"2026-11-22T18:01:00Z"_s));
    QCOMPARE(read.skipped.size(), size_t(1));
    QCOMPARE(read.skipped[0].line, 4);
    QCOMPARE(read.doubts.size(), size_t(1));
}

void TestTimeLines::emptySlabTableIsTold()
{
    const ReadAll read = readAll("=== 1795370400\n" + SlabTitles + "=== 1795370460\n" + SlabTitles
        + "dentry 1 2 3 4 5 :\n=== 1795370520\n" + SlabTitles);
    QCOMPARE(timesOf(read), QStringList(u"2026-11-22T18:01:00Z"_s));
    QCOMPARE(read.doubts.size(), size_t(2));
    QCOMPARE(read.doubts[0].line, 2);
    QCOMPARE(read.doubts[1].line, 7);
}

void TestTimeLines::tableWithoutTimeIsTold()
{
    const ReadAll read = readAll("=== 1795370400\r\n" + PoolMonTitles + PoolMonRow + "no stamp at all\r\n"
        + PoolMonTitles + PoolMonRow + "=== 1795370520\r\n" + PoolMonTitles + PoolMonRow);
    QCOMPARE(timesOf(read), QStringList({u"2026-11-22T18:00:00Z"_s, u"-"_s, u"2026-11-22T18:02:00Z"_s}));
    QCOMPARE(read.doubts.size(), size_t(1));
    QCOMPARE(read.doubts[0].line, 8);
}

void TestTimeLines::timeThatGoesBackIsTold()
{
    const ReadAll read = readAll(logOf({"2026-11-05 23:00:00", "2026-11-05 22:00:00"}));
    QCOMPARE(timesOf(read), QStringList({u"2026-11-05T23:00:00Z"_s, u"2026-11-05T22:00:00Z"_s}));
    QCOMPARE(read.doubts.size(), size_t(1));
    QCOMPARE(read.doubts[0].line, 4);
}

void TestTimeLines::timesBelowTheirTablesAreTold()
{
    const ReadAll read = readAll(PoolMonTitles + PoolMonRow + "=== 1795370400\r\n" + PoolMonTitles
        + PoolMonRow + "=== 1795370460\r\n");
    QCOMPARE(timesOf(read), QStringList({u"-"_s, u"2026-11-22T18:00:00Z"_s}));
    QCOMPARE(read.doubts.size(), size_t(2));
    QVERIFY(read.doubts[1].why.contains(u"below"));
}

void TestTimeLines::timeBehindACutRow()
{
    const ReadAll read = readAll("=== 1795370400\r\n" + PoolMonTitles + PoolMonRow
        + " Leak Nonp        100        10  === 1795370460\r\n" + PoolMonTitles + PoolMonRow);
    QCOMPARE(timesOf(read), QStringList({u"2026-11-22T18:00:00Z"_s, u"2026-11-22T18:01:00Z"_s}));
    QCOMPARE(read.skipped.size(), size_t(1));
    QCOMPARE(read.skipped[0].line, 5);
}

void TestTimeLines::datesOfTheKernelsLog_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<TimeBase>("base");
    QTest::addColumn<QString>("time");
    QTest::newRow("dmesg") << "[ 4321.000001] "_ba << TimeBase::SinceStart << u"1970-01-01T01:12:01.000Z"_s;
    QTest::newRow("rsyslog") << "2026-11-22T18:00:01.123456+01:00 myhost kernel: [ 4321.000001] "_ba
                             << TimeBase::Own << u"2026-11-22T17:00:01.123Z"_s;
    QTest::newRow("dmesg --time-format iso")
        << "2026-11-22T18:00:01,123456+01:00 "_ba << TimeBase::Own << u"2026-11-22T17:00:01.123Z"_s;
    QTest::newRow("dmesg -T") << "[Sun Nov 22 18:00:01 2026] "_ba << TimeBase::Own
                              << u"2026-11-22T18:00:01.000Z"_s;
    QTest::newRow("syslog") << "Nov 22 18:00:01 myhost kernel: [ 4321.000001] "_ba << TimeBase::WithoutYear
                            << u"1972-11-22T18:00:01.000Z"_s;
    QTest::newRow("journalctl -o short-full")
        << "Sun 2026-11-22 18:00:01 UTC myhost kernel: "_ba << TimeBase::Own << u"2026-11-22T18:00:01.000Z"_s;
}

void TestTimeLines::datesOfTheKernelsLog()
{
    QFETCH(QByteArray, before);
    QFETCH(TimeBase, base);
    QFETCH(QString, time);
    const ReadAll read = readAll(before + "Unreclaimable slab info:\n" + before
        + "Name                      Used          Total\n" + before
        + "kmalloc-64                  128KB           256KB\n" + before
        + "task_struct               59000KB         60000KB\n");
    QCOMPARE(read.samples.size(), size_t(1));
    QCOMPARE(read.samples[0].timeBase, base);
    QCOMPARE(isoUtc(read.samples[0].sample->wall), time);
    QCOMPARE(read.doubts.size(), size_t(base == TimeBase::WithoutYear ? 1 : 0));
}

namespace {

ReadSample told(TimeBase base, std::chrono::nanoseconds time)
{
    auto sample = std::make_shared<Sample>();
    sample->wall = WallTime(time);
    return {std::move(sample), SourceKind::Slab, base, false, {}};
}

} // namespace

void TestTimeLines::completion_data()
{
    using Told = std::vector<std::pair<TimeBase, int>>; // minutes
    QTest::addColumn<Told>("samples");
    QTest::addColumn<int>("start"); // minutes; 0: none
    QTest::addColumn<QList<int>>("minutes"); // after 1970
    const auto own = [](int minutes) { return std::pair(TimeBase::Own, minutes); };
    const auto uptime = [](int minutes) { return std::pair(TimeBase::SinceStart, minutes); };
    const std::pair<TimeBase, int> none(TimeBase::Unknown, 0);
    QTest::newRow("between neighbours")
        << Told{own(100), none, none, own(160), none} << 0 << QList<int>{100, 120, 140, 160, 190};
    QTest::newRow("before the first") << Told{none, none, own(160)} << 0 << QList<int>{100, 130, 160};
    QTest::newRow("times go back") << Told{own(100), none, own(50)} << 0 << QList<int>{100, 130, 50};
    QTest::newRow("none at all") << Told{none, none, none} << 0 << QList<int>{940, 970, 1000};
    QTest::newRow("none at all, with a start") << Told{none, none} << 50 << QList<int>{50, 80};
    QTest::newRow("since boot: none in the future")
        << Told{uptime(70), uptime(72)} << 0 << QList<int>{998, 1000};
    QTest::newRow("since boot, with a start") << Told{uptime(70), uptime(72)} << 50 << QList<int>{50, 52};
}

/// The file was changed 1000 minutes after 1970.
void TestTimeLines::completion()
{
    using Told = std::vector<std::pair<TimeBase, int>>;
    QFETCH(Told, samples);
    QFETCH(int, start);
    QFETCH(QList<int>, minutes);
    QTemporaryFile file;
    QVERIFY(file.open() && file.write("x") == 1 && file.flush());
    QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(60'000), QFileDevice::FileModificationTime));
    SampleCompletion completion(u"x"_s,
        start == 0 ? std::nullopt : std::optional(WallTime(std::chrono::minutes(start))),
        std::chrono::minutes(30));
    std::vector<ReadSample> reads;
    TimeSurvey survey;
    for (const auto &[base, time] : samples) {
        reads.push_back(told(base, std::chrono::minutes(time)));
        survey.add(reads.back());
    }
    completion.beginFile(file.fileName(), [&survey] { return survey; });
    QList<int> found;
    for (ReadSample &read : reads) {
        completion.complete(read);
        found += static_cast<int>(
            std::chrono::floor<std::chrono::minutes>(read.sample->wall.time_since_epoch()).count());
    }
    QCOMPARE(found, minutes);
}

void TestTimeLines::yearOfALog_data()
{
    QTest::addColumn<QString>("told");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("time");
    QTest::newRow("this year") << u"1972-11-22T18:00:01Z"_s << QString() << u"2026-11-22T18:00:01.000Z"_s;
    QTest::newRow("last year") << u"1972-12-31T18:00:01Z"_s << QString() << u"2025-12-31T18:00:01.000Z"_s;
    QTest::newRow("a leap year") << u"1972-02-29T18:00:01Z"_s << QString() << u"2024-02-29T18:00:01.000Z"_s;
    QTest::newRow("near the start") << u"1972-01-01T00:00:01Z"_s << u"2020-12-31T00:00:00Z"_s
                                    << u"2021-01-01T00:00:01.000Z"_s;
}

/// The file was changed on the 29th of November 2026.
void TestTimeLines::yearOfALog()
{
    QFETCH(QString, told);
    QFETCH(QString, start);
    QFETCH(QString, time);
    QTemporaryFile file;
    QVERIFY(file.open() && file.write("x") == 1 && file.flush());
    QVERIFY(file.setFileTime(
        QDateTime::fromString(u"2026-11-29T12:00:00Z"_s, Qt::ISODate), QFileDevice::FileModificationTime));
    SampleCompletion completion(u"x"_s, wallTimeFromIso(start), std::chrono::minutes(30));
    completion.beginFile(file.fileName(), [] { return TimeSurvey(); });
    ReadSample read = ::told(TimeBase::WithoutYear, wallTimeFromIso(told)->time_since_epoch());
    completion.complete(read);
    QCOMPARE(isoUtc(read.sample->wall), time);
}

void TestTimeLines::logStart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("time"); // empty: none
    QTest::newRow("with zone") << u"2026-11-22T18:25:04+01:00"_s << u"2026-11-22T17:25:04.000Z"_s;
    QTest::newRow("local") << u"2026-11-22T18:25:04.250"_s << u"2026-11-22T18:25:04.250Z"_s;
    QTest::newRow("date") << u"2026-11-05"_s << u"2026-11-05T00:00:00.000Z"_s;
    QTest::newRow("words") << u"yesterday"_s << QString();
    QTest::newRow("no such day") << u"2026-02-30"_s << QString();
    QTest::newRow("too late") << u"9999-01-01"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void TestTimeLines::logStart()
{
    QFETCH(QString, text);
    QFETCH(QString, time);
    const auto found = logStartFromText(text);
    QCOMPARE(found ? isoUtc(*found) : QString(), time);
}

QTEST_GUILESS_MAIN(TestTimeLines)
#include "tst_timelines.moc"
