// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/intervalbox.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

class TestIntervalBox : public QObject
{
    Q_OBJECT

private slots:
    void startsWithTwoSeconds();
    void typedDurations_data();
    void typedDurations();
    void pickedByKey();
    void setIntervalIsSilent();
};

void TestIntervalBox::startsWithTwoSeconds()
{
    IntervalBox box;
    QCOMPARE(box.interval(), milliseconds(2s));
    QCOMPARE(box.currentText(), u"2 s"_s);
}

void TestIntervalBox::typedDurations_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<qint64>("ms"); // -1: refused
    QTest::addColumn<QString>("shown");
    QTest::newRow("seconds") << u"5"_s << qint64(5000) << u"5 s"_s;
    QTest::newRow("between") << u"750ms"_s << qint64(750) << u"750 ms"_s;
    QTest::newRow("blank") << u"5 m"_s << qint64(300'000) << u"5 m"_s;
    QTest::newRow("hour") << u"1h"_s << qint64(3'600'000) << u"1 h"_s;
    QTest::newRow("least") << u"250ms"_s << qint64(250) << u"250 ms"_s;
    QTest::newRow("too short") << u"249ms"_s << qint64(-1) << u"2 s"_s;
    QTest::newRow("too long") << u"61m"_s << qint64(-1) << u"2 s"_s;
    QTest::newRow("words") << u"often"_s << qint64(-1) << u"2 s"_s;
    QTest::newRow("nothing") << u""_s << qint64(-1) << u"2 s"_s;
}

void TestIntervalBox::typedDurations()
{
    QFETCH(QString, typed);
    QFETCH(qint64, ms);
    QFETCH(QString, shown);
    IntervalBox box;
    QSignalSpy chosen(&box, &IntervalBox::intervalChosen);
    QSignalSpy refused(&box, &IntervalBox::refused);
    box.lineEdit()->selectAll();
    if (typed.isEmpty())
        QTest::keyClick(&box, Qt::Key_Delete);
    QTest::keyClicks(&box, typed);
    QTest::keyClick(&box, Qt::Key_Return);
    QCOMPARE(box.currentText(), shown);
    QCOMPARE(chosen.count(), ms < 0 ? 0 : 1);
    QCOMPARE(refused.count(), ms < 0 ? 1 : 0);
    QCOMPARE(box.interval(), ms < 0 ? milliseconds(2s) : milliseconds(ms));
}

void TestIntervalBox::pickedByKey()
{
    IntervalBox box;
    QSignalSpy chosen(&box, &IntervalBox::intervalChosen);
    QTest::keyClick(&box, Qt::Key_Down);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(box.interval(), milliseconds(5s));
}

void TestIntervalBox::setIntervalIsSilent()
{
    IntervalBox box;
    QSignalSpy chosen(&box, &IntervalBox::intervalChosen);
    box.setInterval(700ms);
    QCOMPARE(box.currentText(), u"700 ms"_s);
    box.setInterval(10s);
    QCOMPARE(box.currentText(), u"10 s"_s);
    QCOMPARE(chosen.count(), 0);
}

QTEST_MAIN(TestIntervalBox)
#include "tst_intervalbox.moc"
