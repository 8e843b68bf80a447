// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/schedule.h"

#include <QtTest>

using namespace poolscope;
using namespace std::chrono_literals;

class TestSchedule : public QObject
{
    Q_OBJECT

private slots:
    void lateReadsDoNotDrift();
    void missedDeadlines_data();
    void missedDeadlines();
    void intervalChange();
    void stretchesForDearReads();
    void oneDearReadDoesNotStretch();
    void doesNotFlap();
};

void TestSchedule::lateReadsDoNotDrift()
{
    Schedule schedule;
    schedule.start(100s);
    MonotonicTime now = 100s;
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(schedule.isDue(now));
        QCOMPARE(schedule.serve(now), quint64(0));
        QCOMPARE(schedule.next(), 100s + (i + 1) * 2s);
        QVERIFY(!schedule.isDue(schedule.next() - 1ns));
        now = schedule.next() + (i % 7) * 250ms; // always late, never by a whole interval
    }
}

void TestSchedule::missedDeadlines_data()
{
    QTest::addColumn<qint64>("lateMs");
    QTest::addColumn<quint64>("missed");
    QTest::addColumn<qint64>("nextMs");

    QTest::newRow("in time") << qint64(0) << quint64(0) << qint64(2000);
    QTest::newRow("late") << qint64(1999) << quint64(0) << qint64(2000);
    QTest::newRow("one missed") << qint64(2000) << quint64(1) << qint64(4000);
    QTest::newRow("one missed, late") << qint64(3999) << quint64(1) << qint64(4000);
    QTest::newRow("many") << qint64(3'600'001) << quint64(1800) << qint64(3'602'000);
}

void TestSchedule::missedDeadlines()
{
    QFETCH(qint64, lateMs);
    QFETCH(quint64, missed);
    QFETCH(qint64, nextMs);
    Schedule schedule;
    schedule.start(5s);
    QCOMPARE(schedule.serve(5s + std::chrono::milliseconds(lateMs)), missed);
    QCOMPARE(schedule.next(), 5s + std::chrono::milliseconds(nextMs));
}

void TestSchedule::intervalChange()
{
    Schedule schedule;
    schedule.start(10s);
    schedule.serve(10s);
    schedule.setInterval(10s, 11s);
    QCOMPARE(schedule.next(), 20s);
    schedule.setInterval(250ms, 15s); // 10.25 s is over: due now, and nothing was missed
    QCOMPARE(schedule.next(), 15s);
    QCOMPARE(schedule.serve(15s), quint64(0));
    QCOMPARE(schedule.next(), 15s + 250ms);
}

void TestSchedule::stretchesForDearReads()
{
    Schedule schedule;
    schedule.setInterval(1s, 0s);
    schedule.start(0s);
    schedule.serve(0s);
    QVERIFY(!schedule.noteCost(30ms));
    QVERIFY(!schedule.noteCost(30ms));
    QVERIFY(schedule.noteCost(30ms)); // 3 % of a core at 1 s, 1 % at 3 s
    QCOMPARE(schedule.interval(), 1s);
    QCOMPARE(schedule.effectiveInterval(), 3s);
    QCOMPARE(schedule.next(), 3s);
    // Cheap again: the cheapest of the last reads counts.
    QVERIFY(schedule.noteCost(1ms));
    QCOMPARE(schedule.effectiveInterval(), 1s);
    QCOMPARE(schedule.next(), 1s);
}

void TestSchedule::oneDearReadDoesNotStretch()
{
    Schedule schedule;
    schedule.setInterval(1s, 0s);
    schedule.start(0s);
    for (int i = 0; i < 100; ++i)
        QVERIFY(!schedule.noteCost(i % 5 == 0 ? 2ms : 900ms)); // preempted four times of five
    QCOMPARE(schedule.effectiveInterval(), 1s);
}

void TestSchedule::doesNotFlap()
{
    Schedule schedule;
    schedule.setInterval(1s, 0s);
    schedule.start(0s);
    int changes = 0;
    for (int i = 0; i < 300; ++i)
        changes += schedule.noteCost(i / 10 % 2 == 0 ? 9500us : 10'500us) ? 1 : 0; // around 1 %
    QCOMPARE(changes, 1);
    QVERIFY(schedule.effectiveInterval() > 1s);
    QVERIFY(schedule.effectiveInterval() <= 1100ms);
    for (int i = 0; i < 10; ++i)
        changes += schedule.noteCost(5ms) ? 1 : 0;
    QCOMPARE(changes, 2);
    QCOMPARE(schedule.effectiveInterval(), 1s);
}

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
