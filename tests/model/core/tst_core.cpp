// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/reading.h"
#include "model/core/systemreading.h"
#include "model/core/tagtext.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

class TestCore : public QObject
{
    Q_OBJECT

private slots:
    void bytesFromText_data();
    void bytesFromText();
    void counterArithmetic_data();
    void counterArithmetic();
    void perAllocation();
    void tagTextRoundTrip_data();
    void tagTextRoundTrip();
    void damagedTagText_data();
    void damagedTagText();
    void numbers_data();
    void numbers();
    void durations_data();
    void durations();
    void isoTimes();
    void systemFieldKeysAreUnique();
};

void TestCore::counterArithmetic_data()
{
    QTest::addColumn<Counter>("now");
    QTest::addColumn<Counter>("before");
    QTest::addColumn<int>("bits");
    QTest::addColumn<Counter>("expected");

    QTest::newRow("plain") << Counter(10) << Counter(4) << 64 << Counter(6);
    QTest::newRow("shrinks") << Counter(4) << Counter(10) << 64 << Counter(-6);
    QTest::newRow("unknown now") << Counter() << Counter(10) << 64 << Counter();
    QTest::newRow("unknown before") << Counter(10) << Counter() << 32 << Counter();
    QTest::newRow("wrap") << Counter(5) << Counter(0xFFFFFFFBLL) << 32 << Counter(10);
    QTest::newRow("no wrap at 64 bits")
        << Counter(5) << Counter(0xFFFFFFFBLL) << 64 << Counter(5 - 0xFFFFFFFBLL);
    QTest::newRow("set back") << Counter(0) << Counter(7) << 32 << Counter(-7);
    constexpr auto Largest = std::numeric_limits<qint64>::max();
    QTest::newRow("largest change") << Counter(Largest) << Counter(0) << 64 << Counter(Largest);
    QTest::newRow("more than 64 bits up") << Counter(Largest) << Counter(-1) << 64 << Counter();
    QTest::newRow("more than 64 bits down") << Counter(-Largest) << Counter(2) << 64 << Counter();
}

void TestCore::counterArithmetic()
{
    QFETCH(Counter, now);
    QFETCH(Counter, before);
    QFETCH(int, bits);
    QFETCH(Counter, expected);
    QVERIFY(wrappingDifference(now, before, bits) == expected);
}

void TestCore::perAllocation()
{
    QCOMPARE((Reading{{}, {}, Counter(4), Counter(130)}.perAlloc().value()), 32);
    QCOMPARE((Reading{{}, {}, Counter(0), Counter(130)}.perAlloc().value()), 0);
    QVERIFY(!(Reading{{}, {}, Counter(), Counter(130)}.perAlloc().isKnown()));
}

void TestCore::tagTextRoundTrip_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");

    QTest::newRow("plain") << "Ntff"_ba << u"Ntff"_s;
    QTest::newRow("blank kept") << "Irp "_ba << u"Irp "_s;
    QTest::newRow("backslash") << "a\\b"_ba << u"a\\\\b"_s;
    QTest::newRow("protected bit") << "Fil\xE5"_ba << u"Fil\\xe5"_s;
    QTest::newRow("zero byte") << QByteArray("A\0B", 3) << u"A\\x00B"_s;
}

void TestCore::tagTextRoundTrip()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(escapedTag(bytes), text);
    QCOMPARE(unescapedTag(text.toLatin1()), std::optional(bytes));
}

void TestCore::damagedTagText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("lone backslash") << "a\\"_ba;
    QTest::newRow("short escape") << "\\x4"_ba;
    QTest::newRow("not hex") << "\\xzz"_ba;
    QTest::newRow("unknown escape") << "\\n"_ba;
}

void TestCore::damagedTagText()
{
    QFETCH(QByteArray, text);
    QVERIFY(!unescapedTag(text).has_value());
}

void TestCore::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("zero") << groupedText(0) << u"0"_s;
    QTest::newRow("grouped") << groupedText(1234567) << u"1,234,567"_s;
    QTest::newRow("negative") << groupedText(-1000) << u"-1,000"_s;
    QTest::newRow("unknown") << groupedText(Counter()) << u"–"_s;
    QTest::newRow("signed") << signedGroupedText(1000) << u"+1,000"_s;
    QTest::newRow("signed zero") << signedGroupedText(0) << u"0"_s;
    QTest::newRow("bytes") << scaledBytesText(512) << u"512 B"_s;
    QTest::newRow("no 1000 B") << scaledBytesText(1000) << u"0.98 KiB"_s;
    QTest::newRow("KiB") << scaledBytesText(1536) << u"1.50 KiB"_s;
    QTest::newRow("MiB") << scaledBytesText(12'345'678) << u"11.8 MiB"_s;
    QTest::newRow("signed MiB") << signedScaledBytesText(-12'345'678) << u"-11.8 MiB"_s;
    QTest::newRow("largest") << scaledBytesText(std::numeric_limits<qint64>::max()) << u"8.00 EiB"_s;
    QTest::newRow("largest grouped") << groupedText(std::numeric_limits<qint64>::max())
                                     << u"9,223,372,036,854,775,807"_s;
}

void TestCore::numbers()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(text, expected);
}

void TestCore::durations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms"); // -1: refused
    QTest::addColumn<QString>("normal");

    QTest::newRow("ms") << u"250ms"_s << qint64(250) << u"250ms"_s;
    QTest::newRow("s") << u"2s"_s << qint64(2000) << u"2s"_s;
    QTest::newRow("fraction") << u"1.5s"_s << qint64(1500) << u"1500ms"_s;
    QTest::newRow("min") << u"5m"_s << qint64(300'000) << u"5m"_s;
    QTest::newRow("h") << u"1h"_s << qint64(3'600'000) << u"1h"_s;
    QTest::newRow("bare") << u"90"_s << qint64(90'000) << u"90s"_s;
    QTest::newRow("word") << u"soon"_s << qint64(-1) << QString();
    QTest::newRow("negative") << u"-2s"_s << qint64(-1) << QString();
    QTest::newRow("unknown unit") << u"2w"_s << qint64(-1) << QString();
    QTest::newRow("empty") << QString() << qint64(-1) << QString();
}

void TestCore::durations()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    QFETCH(QString, normal);
    const auto parsed = durationFromText(text);
    QCOMPARE(parsed.has_value(), ms >= 0);
    if (parsed) {
        QCOMPARE(qint64(parsed->count()), ms);
        QCOMPARE(durationText(*parsed), normal);
    }
}

void TestCore::isoTimes()
{
    const auto time = wallTimeFromIso(u"2026-11-22T18:25:04.123456789Z");
    QVERIFY(time.has_value());
    QCOMPARE(isoUtc(*time, 9), u"2026-11-22T18:25:04.123456789Z"_s);
    QCOMPARE(isoUtc(*time), u"2026-11-22T18:25:04.123Z"_s);
    QCOMPARE(isoUtc(*wallTimeFromIso(u"2026-11-22T19:25:04+01:00"), 0), u"2026-11-22T18:25:04Z"_s);
    QCOMPARE(isoUtc(*wallTimeFromIso(u"2026-11-22T18:25:04"), 0), u"2026-11-22T18:25:04Z"_s);
    QVERIFY(!wallTimeFromIso(u"yesterday").has_value());
    QVERIFY(!wallTimeFromIso(u"9999-01-01T00:00:00Z").has_value());
    QVERIFY(!wallTimeFromIso(u"2026-11-22T18:25:04.Z").has_value());
    QCOMPARE(elapsedText(125s), u"2 min 5 s"_s);
}

void TestCore::systemFieldKeysAreUnique()
{
    for (const SystemFieldInfo &info : systemFields()) {
        QCOMPARE(systemFieldFromKey(info.key), std::optional(info.field));
        QVERIFY(&systemFieldInfo(info.field) == &info);
    }
    QVERIFY(!systemFieldFromKey("nonsense").has_value());
}

void TestCore::bytesFromText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("expected"); // -1: none
    QTest::newRow("plain") << u"4096"_s << 4096LL;
    QTest::newRow("M") << u"500M"_s << 500LL * 1024 * 1024;
    QTest::newRow("fraction") << u"1.5 GiB"_s << 1536LL * 1024 * 1024;
    QTest::newRow("kB") << u"100kB"_s << 102'400LL;
    QTest::newRow("T") << u"2t"_s << 2LL * 1024 * 1024 * 1024 * 1024;
    for (const QString &bad :
        {u""_s, u"M"_s, u"-1M"_s, u"1X"_s, u"1MG"_s, u"1.2.3"_s, u"99999999T"_s, u"1 000"_s})
        QTest::addRow("\"%s\"", qPrintable(bad)) << bad << -1LL;
}

void TestCore::bytesFromText()
{
    QFETCH(QString, text);
    QFETCH(qint64, expected);
    QCOMPARE(poolscope::bytesFromText(text).value_or(-1), expected);
}

QTEST_GUILESS_MAIN(TestCore)
#include "tst_core.moc"
