// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/timewindow.h"

#include "model/history/decimator.h"

#include <QTest>

using namespace poolscope;
using namespace std::chrono;

namespace {

constexpr WallTime Start{seconds(1'000'000)};

WallTime at(seconds offset)
{
    return Start + offset;
}

TimeWindow window(seconds history, std::optional<seconds> follow)
{
    TimeWindow out;
    out.setColumns(100);
    out.setFollowSpan(follow);
    out.setHistory({Start, at(history)});
    return out;
}

} // namespace

class TestTimeWindow : public QObject
{
    Q_OBJECT

private slots:
    void followsTheNewestSample()
    {
        TimeWindow w = window(1h, 5min);
        QVERIFY(w.isFollowing());
        QVERIFY(w.range().to >= at(1h));
        QVERIFY(w.range().to <= at(1h) + 4s);
        QCOMPARE(w.range().span(), nanoseconds(5min));
        w.setHistory({Start, at(1h + 30s)});
        QVERIFY(w.range().contains(at(1h + 30s)));
    }

    void movesByWholeColumns()
    {
        TimeWindow w = window(1h, 100s);
        const ColumnGrid grid(Start, at(100s), 100);
        const WallTime boundary = grid.endOf(at(1h));
        QCOMPARE(w.range().to, boundary);
        w.setHistory({Start, boundary - 1ns});
        QCOMPARE(w.range().to, boundary);
        w.setHistory({Start, boundary});
        QCOMPARE(w.range().to, boundary + grid.width());
    }

    void startsAtTheFirstSampleWhileYoung()
    {
        QCOMPARE(window(1min, 5min).range(), (TimeRange{Start, at(1min)}));
        QCOMPARE(window(0s, 5min).range(), (TimeRange{Start, at(30s)}));
        QCOMPARE(window(2h, std::nullopt).range(), (TimeRange{Start, at(2h)}));
    }

    void zoomKeepsTheTimeUnderTheCursor_data()
    {
        QTest::addColumn<int>("cursor");
        QTest::addColumn<double>("factor");
        for (const int cursor : {3400, 3450, 3500})
            for (const double factor : {0.5, 0.9, 1.7})
                QTest::addRow("%d x %g", cursor, factor) << cursor << factor;
    }

    void zoomKeepsTheTimeUnderTheCursor()
    {
        QFETCH(int, cursor);
        QFETCH(double, factor);
        TimeWindow w = window(2h, 5min);
        w.show({at(3350s), at(3550s)});
        const auto share = [&w](WallTime time) {
            return static_cast<double>((time - w.range().from).count())
                / static_cast<double>(w.range().span().count());
        };
        const double before = share(at(seconds(cursor)));
        w.zoom(factor, at(seconds(cursor)));
        QVERIFY(!w.isFollowing());
        QVERIFY(qAbs(share(at(seconds(cursor))) - before) < 1e-6);
        QVERIFY(qAbs(static_cast<double>(w.range().span().count()) - factor * 200e9) < 10);
    }

    void zoomStaysWithinBounds()
    {
        TimeWindow w = window(1h, 5min);
        w.zoom(1e-9, at(59min));
        QCOMPARE(w.range().span(), TimeWindow::MinSpan);
        w.zoom(1e9, at(59min));
        QCOMPARE(w.range(), (TimeRange{Start, at(1h)}));
    }

    void panStopsAtTheEnds()
    {
        TimeWindow w = window(1h, 5min);
        w.pan(-10min);
        QVERIFY(!w.isFollowing());
        w.pan(-10h);
        QCOMPARE(w.range(), (TimeRange{Start, at(5min)}));
        w.pan(10h);
        QCOMPARE(w.range(), (TimeRange{at(55min), at(1h)}));
    }

    void panOfAllThereIsGoesOnFollowing()
    {
        TimeWindow w = window(1min, 5min);
        w.pan(-10s);
        QVERIFY(w.isFollowing());
    }

    void frozenStaysWhileSamplesCome()
    {
        TimeWindow w = window(1h, 5min);
        w.pan(-10min);
        const TimeRange frozen = w.range();
        w.setHistory({Start, at(2h)});
        QCOMPARE(w.range(), frozen);
        w.follow();
        QVERIFY(w.range().contains(at(2h)));
        QCOMPARE(w.range().span(), nanoseconds(5min));
    }

    void followKeepsTheZoom()
    {
        TimeWindow w = window(1h, 5min);
        w.zoom(0.5, at(58min));
        w.follow();
        QVERIFY(w.isFollowing());
        QCOMPARE(w.range().span(), nanoseconds(150s));
        w.setFollowSpan(5min);
        QCOMPARE(w.range().span(), nanoseconds(5min));
    }
};

QTEST_GUILESS_MAIN(TestTimeWindow)
#include "tst_timewindow.moc"
