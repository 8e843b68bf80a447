// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/throttle.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace poolscope;
using namespace std::chrono;

class TestThrottle : public QObject
{
    Q_OBJECT

private slots:
    void aBurstIsOneCallAtOnceAndOneAtItsEnd()
    {
        Throttle throttle(20ms);
        QSignalSpy due(&throttle, &Throttle::due);
        for (int i = 0; i < 1000; ++i)
            throttle.call();
        QCOMPARE(due.size(), 1);
        QTRY_COMPARE(due.size(), 2);
        // Nothing waits any more: the next call is the first of a new burst.
        QTest::qWait(60);
        QCOMPARE(due.size(), 2);
        throttle.call();
        QCOMPARE(due.size(), 3);
    }

    void neverCloserThanTheInterval()
    {
        Throttle throttle(20ms);
        QElapsedTimer clock;
        clock.start();
        std::vector<qint64> times;
        connect(&throttle, &Throttle::due, this, [&] { times.push_back(clock.nsecsElapsed()); });
        QTimer caller;
        connect(&caller, &QTimer::timeout, &throttle, &Throttle::call);
        caller.start(1ms);
        QTRY_VERIFY(times.size() >= 6);
        // A busy machine makes the distances longer, never shorter; a timer counts whole milliseconds.
        for (size_t i = 1; i < times.size(); ++i)
            QVERIFY2(
                times[i] - times[i - 1] >= 19'000'000, qPrintable(QString::number(times[i] - times[i - 1])));
    }

    void aCancelledCallDoesNotCome()
    {
        Throttle throttle(10ms);
        QSignalSpy due(&throttle, &Throttle::due);
        throttle.call();
        throttle.call();
        throttle.cancel();
        QTest::qWait(40);
        QCOMPARE(due.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestThrottle)
#include "tst_throttle.moc"
