// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/decimator.h"

#include <QtTest>

#include <limits>
#include <map>
#include <random>

using namespace poolscope;
using namespace std::chrono_literals;

namespace {

struct Value
{
    WallTime wall{};
    double value = 0;
    quint32 stretch = 0;
};

constexpr WallTime Start{std::chrono::seconds(1'800'000'000)};

std::vector<Value> randomSeries(std::mt19937 &random, int count)
{
    std::vector<Value> series;
    WallTime wall = Start;
    quint32 stretch = 0;
    for (int i = 0; i < count; ++i) {
        wall += std::chrono::nanoseconds(1 + random() % 3'000'000'000U);
        stretch += random() % 16 == 0 ? 1 : 0;
        // Few different values, so that ties are common.
        series.push_back({wall, static_cast<double>(random() % 9) - 4, stretch});
    }
    return series;
}

std::vector<SeriesPoint> decimated(const ColumnGrid &grid, const std::vector<Value> &series)
{
    Decimator decimator(grid);
    for (const Value &value : series)
        decimator.add(value.wall, value.value, value.stretch);
    return decimator.take();
}

/// The definition, written down once more without any cleverness.
std::vector<SeriesPoint> bruteForce(const ColumnGrid &grid, const std::vector<Value> &series)
{
    std::map<WallTime, std::vector<Value>> columns;
    for (const Value &value : series)
        columns[grid.startOf(value.wall)].push_back(value);
    std::vector<Value> chosen;
    for (const auto &[start, values] : columns) {
        Value min = values[0];
        Value max = values[0];
        for (const Value &value : values) {
            min = value.value < min.value ? value : min;
            max = value.value > max.value ? value : max;
        }
        chosen.push_back(min.wall < max.wall ? min : max);
        if (min.wall != max.wall)
            chosen.push_back(min.wall < max.wall ? max : min);
    }
    std::vector<SeriesPoint> points;
    for (size_t i = 0; i < chosen.size(); ++i)
        points.push_back(
            {chosen[i].wall, chosen[i].value, i > 0 && chosen[i].stretch != chosen[i - 1].stretch});
    return points;
}

} // namespace

class TestDecimator : public QObject
{
    Q_OBJECT

private slots:
    void equalsBruteForce_data();
    void equalsBruteForce();
    void atMostTwoPointsPerColumn();
    void keepsEverythingWhereThereIsRoom();
    void oneColumnWithTies();
    void gapInsideAColumn();
    void slidingWindowShowsTheSameColumns();
    void canBeUsedAgain();
    void gridBorders_data();
    void gridBorders();
    void jitteringSpanKeepsItsColumns();
};

void TestDecimator::equalsBruteForce_data()
{
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("columns");
    QTest::newRow("none") << 0 << 100;
    QTest::newRow("one") << 1 << 100;
    QTest::newRow("one column") << 500 << 1;
    QTest::newRow("dense") << 5000 << 50;
    QTest::newRow("even") << 1000 << 1000;
    QTest::newRow("sparse") << 100 << 5000;
}

void TestDecimator::equalsBruteForce()
{
    QFETCH(int, samples);
    QFETCH(int, columns);
    std::mt19937 random(42);
    for (int round = 0; round < 20; ++round) {
        const std::vector<Value> series = randomSeries(random, samples);
        const WallTime end = series.empty() ? Start : series.back().wall;
        const ColumnGrid grid(Start, end, columns);
        const std::vector<SeriesPoint> ours = decimated(grid, series);
        QVERIFY(ours == bruteForce(grid, series));
        QVERIFY(std::is_sorted(ours.begin(), ours.end(),
            [](const SeriesPoint &a, const SeriesPoint &b) { return a.wall <= b.wall; }));
    }
}

void TestDecimator::atMostTwoPointsPerColumn()
{
    std::mt19937 random(7);
    const std::vector<Value> series = randomSeries(random, 20'000);
    const ColumnGrid grid(Start, series.back().wall, 300);
    std::map<WallTime, int> perColumn;
    for (const SeriesPoint &point : decimated(grid, series))
        ++perColumn[grid.startOf(point.wall)];
    QVERIFY(perColumn.size() > 250);
    QVERIFY(perColumn.size() <= 301);
    for (const auto &[column, points] : perColumn)
        QVERIFY(points <= 2);
}

void TestDecimator::keepsEverythingWhereThereIsRoom()
{
    Decimator decimator(ColumnGrid(Start, Start + 10s, 1000));
    for (int i = 0; i <= 10; ++i)
        decimator.add(Start + i * 1s, i * 1.5, 0);
    const std::vector<SeriesPoint> points = decimator.take();
    QCOMPARE(points.size(), size_t(11));
    for (int i = 0; i <= 10; ++i)
        QCOMPARE(points[size_t(i)], (SeriesPoint{Start + i * 1s, i * 1.5, false}));
}

void TestDecimator::oneColumnWithTies()
{
    Decimator decimator(ColumnGrid(Start, Start + 100s, 1));
    const double values[] = {5, 1, 9, 1, 9, 5};
    for (int i = 0; i < 6; ++i)
        decimator.add(Start + i * 1ns, values[i], 0);
    const std::vector<SeriesPoint> points = decimator.take();
    QCOMPARE(points.size(), size_t(2));
    QCOMPARE(points[0], (SeriesPoint{Start + 1ns, 1, false})); // the first of each
    QCOMPARE(points[1], (SeriesPoint{Start + 2ns, 9, false}));
}

void TestDecimator::gapInsideAColumn()
{
    Decimator decimator(ColumnGrid(Start, Start + 100s, 1));
    decimator.add(Start, 1, 0);
    decimator.add(Start + 1ns, 2, 1);
    const std::vector<SeriesPoint> points = decimator.take();
    QCOMPARE(points.size(), size_t(2));
    QVERIFY(!points[0].afterGap);
    QVERIFY(points[1].afterGap);
}

void TestDecimator::slidingWindowShowsTheSameColumns()
{
    std::mt19937 random(3);
    const std::vector<Value> series = randomSeries(random, 10'000);
    constexpr auto Span = 600s;
    std::vector<SeriesPoint> previous;
    for (int step = 0; step < 50; ++step) {
        const WallTime from = Start + 1000s + step * 1s;
        const ColumnGrid grid(from, from + Span, 200);
        std::vector<Value> window;
        for (const Value &value : series) {
            if (value.wall >= grid.startOf(from) && value.wall < grid.endOf(from + Span))
                window.push_back(value);
        }
        const std::vector<SeriesPoint> points = decimated(grid, window);
        // What both windows show is the same, point for point.
        size_t shared = 0;
        for (const SeriesPoint &point : points) {
            if (point.wall < grid.endOf(from - 1s + Span)) {
                ++shared;
                if (step > 0 && point.wall > points[0].wall)
                    QVERIFY(std::find(previous.begin(), previous.end(), point) != previous.end());
            }
        }
        QVERIFY(shared > 100);
        previous = points;
    }
}

void TestDecimator::canBeUsedAgain()
{
    Decimator decimator(ColumnGrid(Start, Start + 10s, 10));
    decimator.add(Start, 1, 5);
    QCOMPARE(decimator.take().size(), size_t(1));
    QVERIFY(decimator.take().empty());
    decimator.add(Start + 5s, 2, 9);
    const std::vector<SeriesPoint> points = decimator.take();
    QCOMPARE(points.size(), size_t(1));
    QVERIFY(!points[0].afterGap);
}

void TestDecimator::gridBorders_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<int>("columns");
    const qint64 now = Start.time_since_epoch().count();
    QTest::newRow("hour") << now << now + 3'600'000'000'000 << 1000;
    QTest::newRow("nanoseconds") << now << now + 10 << 1000;
    QTest::newRow("empty") << now << now << 1000;
    QTest::newRow("backwards") << now << now - 1'000'000 << 1000;
    QTest::newRow("no columns") << now << now + 1'000'000 << 0;
    QTest::newRow("negative columns") << now << now + 1'000'000 << -5;
    QTest::newRow("before 1970") << qint64(-5'000'000'000) << qint64(5'000'000'000) << 7;
    const qint64 end = std::numeric_limits<qint64>::max();
    QTest::newRow("all of time") << qint64(0) << end << 3;
    QTest::newRow("more than a number holds") << -end << end << 1000;
    QTest::newRow("end of time") << end - 5 << end << 2;
}

void TestDecimator::gridBorders()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(int, columns);
    const WallTime first{std::chrono::nanoseconds(from)};
    const WallTime last{std::chrono::nanoseconds(to)};
    const ColumnGrid grid(first, last, columns);
    QVERIFY(grid.width() >= 1ns);
    for (const WallTime wall : {first, last}) {
        QVERIFY(grid.startOf(wall) <= wall);
        QVERIFY(grid.endOf(wall) > wall || wall == WallTime::max());
        QCOMPARE(grid.startOf(grid.startOf(wall)), grid.startOf(wall));
        if (grid.startOf(wall) != WallTime::min())
            QCOMPARE(grid.startOf(wall).time_since_epoch().count() % grid.width().count(), qint64(0));
    }
    if (to > from && columns > 0) {
        const double span = static_cast<double>(to) - static_cast<double>(from);
        QVERIFY(span / static_cast<double>(grid.width().count()) <= columns * 1.001);
    }
}

void TestDecimator::jitteringSpanKeepsItsColumns()
{
    const ColumnGrid grid(Start, Start + 300s, 997);
    for (int i = 1; i < 1000; ++i) {
        const ColumnGrid other(
            Start + i * 1ms, Start + i * 1ms + 300s + std::chrono::nanoseconds(i * 37), 997);
        QCOMPARE(other.width(), grid.width());
    }
}

QTEST_GUILESS_MAIN(TestDecimator)
#include "tst_decimator.moc"
