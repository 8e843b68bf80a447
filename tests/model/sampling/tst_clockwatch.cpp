// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/clockwatch.h"
#include "tests/model/sampling/samplerrigs.h"

#include <QtTest>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestClockWatch : public QObject
{
    Q_OBJECT

private slots:
    void tells_data();
    void tells();
    void firstReadingTellsNothing();
    void theMachinesOwnClocksGoOn();
    void samplerLeavesAGapWhereTheMachineSlept();
};

void TestClockWatch::tells_data()
{
    QTest::addColumn<qint64>("running"); // what each clock goes on by, in ms
    QTest::addColumn<qint64>("sinceBoot"); // -1: nobody tells
    QTest::addColumn<qint64>("wall");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("nothing") << 2'000LL << 2'000LL << 2'000LL << QStringList{};
    QTest::newRow("read a little apart") << 2'000LL << 2'100LL << 1'900LL << QStringList{};
    QTest::newRow("slewed by ntpd") << 3'600'000LL << 3'600'000LL << 3'602'000LL << QStringList{};
    QTest::newRow("slept") << 2'000LL << 7'202'000LL << 7'202'000LL << QStringList{u"sleep 2 h"_s};
    QTest::newRow("set forward") << 2'000LL << 2'000LL << 182'000LL
                                 << QStringList{u"clock set forward by 3 min"_s};
    QTest::newRow("set back") << 2'000LL << 2'000LL << -58'000LL << QStringList{u"clock set back by 1 min"_s};
    QTest::newRow("slept and set") << 2'000LL << 62'000LL << 92'000LL
                                   << QStringList{u"sleep 1 min"_s, u"clock set forward by 30 s"_s};
    QTest::newRow("unclear") << 2'000LL << -1LL << 62'000LL
                             << QStringList{u"clock set forward by 1 min, or slept so long"_s};
    QTest::newRow("clear without") << 2'000LL << -1LL << -58'000LL
                                   << QStringList{u"clock set back by 1 min"_s};
    QTest::newRow("another boot") << -2'000LL << 2'000LL << 90'000LL << QStringList{};
}

void TestClockWatch::tells()
{
    QFETCH(qint64, running);
    QFETCH(qint64, sinceBoot);
    QFETCH(qint64, wall);
    QFETCH(QStringList, expected);
    const ClockReading first{WallTime(1'800'000'000s), 100s,
        sinceBoot < 0 ? std::nullopt : std::optional<std::chrono::nanoseconds>(500s)};
    ClockReading second = first;
    second.running += std::chrono::milliseconds(running);
    if (second.sinceBoot)
        *second.sinceBoot += std::chrono::milliseconds(sinceBoot);
    second.wall += std::chrono::milliseconds(wall);

    ClockWatch watch;
    QVERIFY(watch.look(first).empty());
    QStringList found;
    for (const Mark &mark : watch.look(second)) {
        found += QString::fromLatin1(markKindWord(mark.kind)) + u' ' + mark.text;
        QCOMPARE(mark.wall, mark.kind == MarkKind::Sleep ? first.wall : second.wall);
    }
    QCOMPARE(found, expected);
}

void TestClockWatch::firstReadingTellsNothing()
{
    ClockWatch watch;
    QVERIFY(watch.look({WallTime(1s), 1s, 1s}).empty());
    watch.forget();
    QVERIFY(watch.look({WallTime(1'000s), 1s, 1s}).empty());
}

void TestClockWatch::theMachinesOwnClocksGoOn()
{
    const ClockReading first = readClocks();
    const ClockReading second = readClocks();
    QVERIFY(second.running >= first.running);
    QVERIFY(first.sinceBoot && second.sinceBoot);
    QVERIFY(*second.sinceBoot >= *first.sinceBoot);
    QVERIFY(*first.sinceBoot >= first.running - 1s);
}

void TestClockWatch::samplerLeavesAGapWhereTheMachineSlept()
{
    MonotonicTime now = 1h;
    std::chrono::nanoseconds slept{0};
    fakes::RecordingSink sink;
    Sampler sampler(
        sink, [&] { return now; },
        [&] {
            return ClockReading{WallTime(now + slept), now, std::optional(now + slept)};
        });
    sampler.setInterval(1s);
    sampler.start(std::make_unique<fakes::PullSource>([&]() -> Result<SamplePtr> {
        return SamplePtr(fakes::sampleAt(now, fakes::tagList({"Tag"}), {Reading{}}, fakes::origin()));
    }));
    sampler.tick();
    now += 1s;
    slept = 8h;
    sampler.tick();
    QCOMPARE(sink.samples.size(), size_t(2));
    QVERIFY(sink.gaps[1]);
    QCOMPARE(sink.marks.size(), size_t(1));
    QCOMPARE(sink.marks[0], (Mark{WallTime(1h), MarkKind::Sleep, u"8 h"_s}));
    now += 1s;
    sampler.tick();
    QVERIFY(!sink.gaps[2]);
    QCOMPARE(sink.marks.size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestClockWatch)
#include "tst_clockwatch.moc"
