// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/changelist.h"

#include <QtTest>

#include <limits>
#include <random>

using namespace poolscope;
using Cursor = ChangeList::Cursor;

class TestChangeList : public QObject
{
    Q_OBJECT

private slots:
    void emptyIsUnknown();
    void roundTrip_data();
    void roundTrip();
    void cursorFromAnywhere();
    void wholeBlocksTellTheirExtremes();
    void nothingChangesNothingGrows();
    void isSmall();
};

namespace {

/// One value per index, and the list that holds the same.
struct Pair
{
    std::vector<Counter> plain;
    ChangeList list;

    void append(Counter value)
    {
        list.append(static_cast<quint32>(plain.size()), value);
        plain.push_back(value);
    }
};

Pair randomPair(quint32 seed, int count, double changeShare, bool extremes, double holeShare = 0.02)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    Pair pair;
    qint64 value = 1'000'000;
    Counter now;
    for (int i = 0; i < count; ++i) {
        if (share(random) < changeShare) {
            if (share(random) < holeShare) {
                now = {};
            } else {
                value = extremes ? static_cast<qint64>(random())
                                 : value + static_cast<qint64>(random() % 64) * 192 - 5000;
                now = value == std::numeric_limits<qint64>::min() ? Counter(0) : Counter(value);
            }
        }
        pair.append(now);
    }
    return pair;
}

} // namespace

void TestChangeList::emptyIsUnknown()
{
    ChangeList list;
    Cursor cursor(list, 5);
    QVERIFY(!cursor.value().isKnown());
    QCOMPARE(cursor.next(), Cursor::End);
    QVERIFY(!cursor.wholeBlock(100));
    list.append(3, Counter());
    QCOMPARE(list.changes(), size_t(0));
    list.append(9, Counter(0)); // 0 is not unknown
    QCOMPARE(Cursor(list, 8).next(), 9U);
    QVERIFY(!Cursor(list, 8).value().isKnown());
    QVERIFY(Cursor(list, 9).value() == Counter(0));
}

void TestChangeList::roundTrip_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("share");
    QTest::addColumn<bool>("extremes");
    QTest::newRow("always") << 20'000 << 1.0 << false;
    QTest::newRow("often") << 50'000 << 0.3 << false;
    QTest::newRow("rarely") << 200'000 << 0.003 << false;
    QTest::newRow("any 64-bit value") << 20'000 << 0.7 << true;
}

void TestChangeList::roundTrip()
{
    QFETCH(int, count);
    QFETCH(double, share);
    QFETCH(bool, extremes);
    for (quint32 seed = 0; seed < 5; ++seed) {
        const Pair pair = randomPair(seed, count, share, extremes);
        Cursor cursor(pair.list, 0);
        size_t changes = pair.plain[0].isKnown() ? 1 : 0;
        for (quint32 i = 0; i < pair.plain.size(); ++i) {
            if (cursor.next() == i) {
                QVERIFY(i > 0 && pair.plain[i] != pair.plain[i - 1]);
                cursor.advance();
                ++changes;
            }
            QVERIFY(cursor.value() == pair.plain[i]);
        }
        QCOMPARE(cursor.next(), Cursor::End);
        QCOMPARE(pair.list.changes(), changes);
        QVERIFY(pair.list.newest() == pair.plain.back());
    }
}

void TestChangeList::cursorFromAnywhere()
{
    const Pair pair = randomPair(11, 8000, 0.4, false);
    for (quint32 i = 0; i < pair.plain.size(); ++i) {
        const Cursor cursor(pair.list, i);
        QVERIFY(cursor.value() == pair.plain[i]);
        quint32 next = i + 1;
        while (next < pair.plain.size() && pair.plain[next] == pair.plain[i])
            ++next;
        QCOMPARE(cursor.next(), next < pair.plain.size() ? next : Cursor::End);
    }
}

void TestChangeList::wholeBlocksTellTheirExtremes()
{
    for (quint32 seed = 20; seed < 25; ++seed) {
        const Pair pair = randomPair(seed, 30'000, 0.5, seed % 2 == 0, 0.001);
        Cursor cursor(pair.list, 0);
        int blocks = 0;
        while (cursor.next() != Cursor::End) {
            const quint32 first = cursor.next();
            const ChangeList::Extremes *extremes = cursor.wholeBlock(Cursor::End);
            if (!extremes) {
                cursor.advance();
                continue;
            }
            cursor.skipBlock();
            const quint32 end = std::min<quint32>(cursor.next(), quint32(pair.plain.size()));
            quint32 minAt = first;
            quint32 maxAt = first;
            for (quint32 i = first; i < end; ++i) {
                QVERIFY(pair.plain[i].isKnown());
                minAt = pair.plain[i].value() < pair.plain[minAt].value() ? i : minAt;
                maxAt = pair.plain[i].value() > pair.plain[maxAt].value() ? i : maxAt;
            }
            QCOMPARE(extremes->min, pair.plain[minAt].value());
            QCOMPARE(extremes->max, pair.plain[maxAt].value());
            QCOMPARE(extremes->minIndex, minAt);
            QCOMPARE(extremes->maxIndex, maxAt);
            QVERIFY(cursor.value() == pair.plain[end - 1]);
            ++blocks;
        }
        QVERIFY(blocks > 3);
    }
    // Not beyond the end that was asked for.
    ChangeList list;
    list.append(5, Counter(1));
    list.append(7, Counter(2));
    QVERIFY(!Cursor(list, 0).wholeBlock(7));
    QVERIFY(Cursor(list, 0).wholeBlock(8));
    QVERIFY(!Cursor(list, 5).wholeBlock(8)); // already inside it
}

void TestChangeList::nothingChangesNothingGrows()
{
    ChangeList list;
    list.append(0, Counter(42));
    const size_t before = list.memoryBytes();
    for (quint32 i = 1; i < 100'000; ++i)
        list.append(i, Counter(42));
    QCOMPARE(list.memoryBytes(), before);
    QCOMPARE(list.changes(), size_t(1));
}

void TestChangeList::isSmall()
{
    // A busy tag: changes at every other sample by some objects of 192 bytes.
    const Pair pair = randomPair(5, 86'400, 0.5, false, 0);
    const double perChange = double(pair.list.memoryBytes()) / double(pair.list.changes());
    QVERIFY2(perChange < 4.5, qPrintable(QString::number(perChange)));
}

QTEST_GUILESS_MAIN(TestChangeList)
#include "tst_changelist.moc"
