// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/axisticks.h"

#include <QTest>

#include <cmath>

using namespace poolscope;
using namespace std::chrono;
using namespace Qt::Literals::StringLiterals;

namespace {

WallTime utc(const QString &text)
{
    return WallTime(milliseconds(QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch()));
}

QStringList labels(const ValueAxis &axis)
{
    QStringList out;
    for (const ValueTick &tick : axis.ticks)
        out << tick.label;
    return out;
}

} // namespace

class TestAxisTicks : public QObject
{
    Q_OBJECT

private slots:
    void valueLabels_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("maxTicks");
        QTest::addColumn<AxisUnit>("unit");
        QTest::addColumn<QStringList>("expected");
        constexpr double KiB = 1024;
        constexpr double MiB = 1024 * KiB;
        constexpr double GiB = 1024 * MiB;
        QTest::newRow("from zero") << 1 * MiB << 39 * MiB << 4 << AxisUnit::Bytes
                                   << QStringList{u"0"_s, u"10 MiB"_s, u"20 MiB"_s, u"30 MiB"_s, u"40 MiB"_s};
        QTest::newRow("not from zero") << 30.2 * MiB << 39.1 * MiB << 3 << AxisUnit::Bytes
                                       << QStringList{u"30 MiB"_s, u"35 MiB"_s, u"40 MiB"_s};
        QTest::newRow("parts of a unit") << 0.0 << 1.4 * GiB << 3 << AxisUnit::Bytes
                                         << QStringList{u"0"_s, u"0.5 GiB"_s, u"1.0 GiB"_s, u"1.5 GiB"_s};
        QTest::newRow("narrow and far from zero")
            << 20 * GiB << 20 * GiB + 4 * KiB << 4 << AxisUnit::Bytes
            << QStringList{u"20,971,520 KiB"_s, u"20,971,521 KiB"_s, u"20,971,522 KiB"_s, u"20,971,523 KiB"_s,
                   u"20,971,524 KiB"_s};
        QTest::newRow("below zero") << -3 * MiB << 8 * MiB << 4 << AxisUnit::Bytes
                                    << QStringList{u"-5 MiB"_s, u"0"_s, u"5 MiB"_s, u"10 MiB"_s};
        QTest::newRow("all below zero")
            << -7.0 * KiB << -1.0 * KiB << 4 << AxisUnit::Bytes
            << QStringList{u"-8 KiB"_s, u"-6 KiB"_s, u"-4 KiB"_s, u"-2 KiB"_s, u"0"_s};
        QTest::newRow("single bytes")
            << 0.0 << 2.0 << 10 << AxisUnit::Bytes << QStringList{u"0"_s, u"1 B"_s, u"2 B"_s};
        QTest::newRow("nothing at all")
            << 0.0 << 0.0 << 4 << AxisUnit::Bytes << QStringList{u"0"_s, u"1 B"_s};
        QTest::newRow("counts are decimal") << 0.0 << 12'000.0 << 3 << AxisUnit::Count
                                            << QStringList{u"0"_s, u"5,000"_s, u"10,000"_s, u"15,000"_s};
        QTest::newRow("rates below one")
            << 0.0 << 0.4 << 2 << AxisUnit::PerSecond << QStringList{u"0"_s, u"0.2/s"_s, u"0.4/s"_s};
        QTest::newRow("minus a half")
            << -0.5 << 0.4 << 2 << AxisUnit::PerSecond << QStringList{u"-0.5/s"_s, u"0"_s, u"0.5/s"_s};
        QTest::newRow("swapped") << 8.0 << 0.0 << 4 << AxisUnit::Count
                                 << QStringList{u"0"_s, u"2"_s, u"4"_s, u"6"_s, u"8"_s};
    }

    void valueLabels()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(int, maxTicks);
        QFETCH(AxisUnit, unit);
        QFETCH(QStringList, expected);
        QCOMPARE(labels(AxisTicks::values(low, high, maxTicks, unit)), expected);
    }

    void everyAxisHoldsItsRangeInFewRoundSteps()
    {
        // Ranges of all sizes and places.
        quint64 state = 1;
        const auto random = [&state] {
            state = state * 6364136223846793005U + 1442695040888963407U;
            return static_cast<double>(state >> 11) / 0x1p53;
        };
        for (int i = 0; i < 5000; ++i) {
            const double at = (random() - 0.3) * std::exp2(random() * 50);
            const double high = at + std::exp2(random() * 45);
            const int maxTicks = 2 + static_cast<int>(random() * 9);
            const auto unit = static_cast<AxisUnit>(i % 3);
            const ValueAxis axis = AxisTicks::values(at, high, maxTicks, unit);
            const double slack = axis.step * 1e-6;
            QVERIFY2(axis.low <= at + slack && axis.high >= high - slack, qPrintable(QString::number(i)));
            QVERIFY(axis.ticks.size() >= 2);
            QVERIFY2(static_cast<int>(axis.ticks.size()) <= maxTicks + 1, qPrintable(QString::number(i)));
            QStringList texts = labels(axis);
            QVERIFY2(texts.removeDuplicates() == 0, qPrintable(QString::number(i)));
        }
    }

    void timeLabels_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("maxTicks");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("seconds") << u"2026-11-22T18:25:04Z"_s << u"2026-11-22T18:25:31Z"_s << 3
                                 << QByteArray("UTC")
                                 << QStringList{u"18:25:10 2026-11-22"_s, u"18:25:20"_s, u"18:25:30"_s};
        QTest::newRow("minutes in half-hour zone")
            << u"2026-11-22T18:00:00Z"_s << u"2026-11-22T19:00:00Z"_s << 3 << QByteArray("Asia/Kolkata")
            << QStringList{u"23:30 2026-11-22"_s, u"00:00 2026-11-23"_s, u"00:30"_s};
        QTest::newRow("date where it changes")
            << u"2026-11-22T20:00:00Z"_s << u"2026-11-23T04:00:00Z"_s << 4 << QByteArray("UTC")
            << QStringList{u"21:00 2026-11-22"_s, u"00:00 2026-11-23"_s, u"03:00"_s};
        QTest::newRow("an hour that comes twice")
            << u"2026-10-24T22:00:00Z"_s << u"2026-10-25T04:00:00Z"_s << 4 << QByteArray("Europe/Berlin")
            << QStringList{u"00:00 2026-10-25"_s, u"02:00"_s, u"04:00"_s};
        QTest::newRow("an hour that is missing")
            << u"2026-03-28T23:00:00Z"_s << u"2026-03-29T06:00:00Z"_s << 4 << QByteArray("Europe/Berlin")
            << QStringList{u"00:00 2026-03-29"_s, u"03:00"_s, u"04:00"_s, u"06:00"_s, u"08:00"_s};
        QTest::newRow("days") << u"2026-11-20T12:00:00Z"_s << u"2026-11-24T12:00:00Z"_s << 5
                              << QByteArray("UTC")
                              << QStringList{
                                     u"2026-11-21"_s, u"2026-11-22"_s, u"2026-11-23"_s, u"2026-11-24"_s};
        QTest::newRow("empty") << u"2026-11-20T12:00:00Z"_s << u"2026-11-20T12:00:00Z"_s << 4
                               << QByteArray("UTC") << QStringList{u"12:00:00 2026-11-20"_s};
    }

    void timeLabels()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, maxTicks);
        QFETCH(QByteArray, zone);
        QFETCH(QStringList, expected);
        if (!QTimeZone(zone).isValid())
            QSKIP("this system does not know the time zone");
        QStringList found;
        const auto ticks = AxisTicks::times({utc(from), utc(to)}, maxTicks, QTimeZone(zone));
        for (const TimeTick &tick : ticks)
            found << QString(tick.label + u' ' + tick.date).trimmed();
        QCOMPARE(found, expected);
        for (size_t i = 1; i < ticks.size(); ++i)
            QVERIFY(ticks[i - 1].time < ticks[i].time);
    }
};

QTEST_GUILESS_MAIN(TestAxisTicks)
#include "tst_axisticks.moc"
