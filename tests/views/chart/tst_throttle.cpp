// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/throttle.h"

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
