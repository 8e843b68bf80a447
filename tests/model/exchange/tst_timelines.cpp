// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/exchange/logs/timelines.h"
#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

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
    row("11/5/2026 12:00:05 AM", u"2026-11-05T00:00:05.000Z");
    row("Sunday, November 22, 2026 6:00:05 PM", u"2026-11-22T18:00:05.000Z");
    row("Sunday, 22 November 2026 18:00:05", u"2026-11-22T18:00:05.000Z");
    row("Sun Nov 22 18:00:05 UTC 2026", u"2026-11-22T18:00:05.000Z");
    row("Sun Nov  1 18:00:05 2026", u"2026-11-01T18:00:05.000Z");
    row("Sun 22 Nov 2026 06:00:05 PM UTC", u"2026-11-22T18:00:05.000Z");
    row("2026.11.22-18:00:05 UTC (local time 2026.11.22-19:00:05)", u"2026-11-22T18:00:05.000Z");
    row("# Output of /bin/slabinfo (Top 20): 2018-02-02--00:05:00", u"2018-02-02T00:05:00.000Z");
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
    QVERIFY(!found->isAmbiguous());
    QCOMPARE(isoUtc(found->dayFirst ? *found->dayFirst : *found->monthFirst), time);
}

void TestTimeLines::otherLines_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
        {"", "=====", "============================", "=== 17", "=== 99999999999999999999",
            "=== 9999999999999", " 11:46:44 up 6 days,  2:18,  1 user,  load average: 9.24, 11.33, 15.07",
            "32/13/2026 10:00:00", "2026-02-30 10:00:00", "9999-01-01 10:00:00", "22/11/2026 25:00:00",
            " Memory:16468560K Avail:12072536K  PageFlts:468600648   InRam Krnl:56708K P:950888K",
            "see 22/11/2026 18:00:05 for more"})
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

QTEST_GUILESS_MAIN(TestTimeLines)
#include "tst_timelines.moc"
