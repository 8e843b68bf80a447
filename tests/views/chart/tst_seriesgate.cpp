// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/seriesgate.h"

#include "fakehistory.h"

#include <QTest>

using namespace poolscope;
using namespace std::chrono;

namespace {

constexpr WallTime Start{seconds(1'000'000)};

/// Tag 0 rises every second, tag 1 never moves.
FakeHistory history()
{
    return {{{"rise", PoolType::Paged}, {"idle", PoolType::Paged}},
        [](TagId id, qint64 second) { return id == 0 ? 1000.0 * static_cast<double>(second) : 5000.0; },
        Start, seconds(1)};
}

SeriesRequest request(TagId id, seconds from, seconds to)
{
    SeriesRequest out;
    out.wishes = {{id, std::nullopt}};
    out.from = Start + from;
    out.to = Start + to;
    out.columns = 10;
    return out;
}

} // namespace

class TestSeriesGate : public QObject
{
    Q_OBJECT

private slots:
    void firstQuestionIsNeeded()
    {
        FakeHistory h = history();
        SeriesGate gate;
        const SeriesRequest r = request(0, 0s, 100s);
        QVERIFY(gate.isNeeded(r, *h.frame(50)));
        gate.sent(r, *h.frame(50));
        QVERIFY(!gate.isNeeded(r, *h.frame(50)));
        gate.reset();
        QVERIFY(gate.isNeeded(r, *h.frame(50)));
    }

    void anotherQuestionIsNeeded()
    {
        FakeHistory h = history();
        SeriesGate gate;
        const SeriesRequest sent = request(0, 0s, 100s);
        gate.sent(sent, *h.frame(500));
        SeriesRequest other = sent;
        other.metric = Metric::Outstanding;
        QVERIFY(gate.isNeeded(other, *h.frame(500)));
        other = sent;
        other.columns = 11;
        QVERIFY(gate.isNeeded(other, *h.frame(500)));
        other = sent;
        other.to += 1s;
        QVERIFY(gate.isNeeded(other, *h.frame(500)));
        other = sent;
        other.wishes.push_back({TagId{1}, std::nullopt});
        QVERIFY(gate.isNeeded(other, *h.frame(500)));
        other = sent;
        other.wishes[0].changeSince = Start;
        QVERIFY(gate.isNeeded(other, *h.frame(500)));
    }

    void thePastDoesNotChange()
    {
        FakeHistory h = history();
        SeriesGate gate;
        const SeriesRequest r = request(0, 0s, 100s);
        gate.sent(r, *h.frame(200));
        QVERIFY(!gate.isNeeded(r, *h.frame(201)));
        QVERIFY(!gate.isNeeded(r, *h.frame(5000)));
    }

    void aWindowThatWasNotFullYetIsAskedOnceMore()
    {
        FakeHistory h = history();
        SeriesGate gate;
        const SeriesRequest r = request(0, 0s, 100s);
        gate.sent(r, *h.frame(99));
        QVERIFY(gate.isNeeded(r, *h.frame(150)));
        gate.sent(r, *h.frame(150));
        QVERIFY(!gate.isNeeded(r, *h.frame(151)));
    }

    void withinAColumnOnlyMovementCounts()
    {
        FakeHistory h = history();
        SeriesGate gate;
        const SeriesRequest idle = request(1, 0s, 100s);
        gate.sent(idle, *h.frame(50));
        QVERIFY(!gate.isNeeded(idle, *h.frame(55)));
        QVERIFY(gate.isNeeded(idle, *h.frame(60))); // the next column
        const SeriesRequest rising = request(0, 0s, 100s);
        gate.sent(rising, *h.frame(50));
        QVERIFY(gate.isNeeded(rising, *h.frame(51)));
    }

    void aRateMayMoveWhileItsCounterStands()
    {
        FakeHistory h = history();
        SeriesGate gate;
        SeriesRequest r = request(1, 0s, 100s);
        r.metric = Metric::AllocsPerSecond;
        gate.sent(r, *h.frame(50));
        QVERIFY(gate.isNeeded(r, *h.frame(51)));
    }
};

QTEST_GUILESS_MAIN(TestSeriesGate)
#include "tst_seriesgate.moc"
