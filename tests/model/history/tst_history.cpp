// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/history.h"
#include "tests/model/history/historytwin.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace poolscope;
using fakes::Twin;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

bool same(const std::vector<SeriesPoint> &a, const std::vector<SeriesPoint> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const SeriesPoint &x, const SeriesPoint &y) {
        return x.wall == y.wall && x.afterGap == y.afterGap
            && std::abs(x.value - y.value) <= 1e-9 * std::max(1.0, std::abs(x.value));
    });
}

SeriesRequest requestFor(const Twin &twin, Metric metric, WallTime from, WallTime to, int columns)
{
    SeriesRequest request;
    request.token = 99;
    request.metric = metric;
    request.from = from;
    request.to = to;
    request.columns = columns;
    for (TagId id = 0; id < twin.plain[0].readings.size(); ++id) {
        request.wishes.push_back({id, {}});
        request.wishes.push_back({id, from + (to - from) / 3});
    }
    request.wishes.push_back({SystemField::MemAvailable, {}});
    request.wishes.push_back({SystemField::Commit, {}}); // never known
    return request;
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT

private slots:
    void everySampleComesBack_data();
    void everySampleComesBack();
    void anyRangeEqualsBruteForce_data();
    void anyRangeEqualsBruteForce();
    void wholeBlocksInOneColumn();
    void emptyHistory();
    void unknownSeries();
    void rangeOutsideTheHistory();
    void clockThatWasSetBack();
    void idleTagsCostNothing();
};

void TestHistory::everySampleComesBack_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<Metric>("metric");
    for (const int bits : {32, 64}) {
        QTest::addRow("bytes %d", bits) << bits << Metric::Bytes;
        QTest::addRow("outstanding %d", bits) << bits << Metric::Outstanding;
        QTest::addRow("allocs %d", bits) << bits << Metric::AllocsPerSecond;
        QTest::addRow("frees %d", bits) << bits << Metric::FreesPerSecond;
    }
}

void TestHistory::everySampleComesBack()
{
    QFETCH(int, bits);
    QFETCH(Metric, metric);
    Twin twin(1, 6, bits);
    for (int i = 0; i < 3000; ++i)
        twin.appendRandomSample();
    // So many columns that no two samples share one.
    const SeriesRequest request =
        requestFor(twin, metric, twin.plain.front().wall, twin.plain.back().wall, 100'000'000);
    const SeriesAnswer answer = twin.history.answer(request);
    QCOMPARE(answer.token, quint64(99));
    QCOMPARE(answer.first, twin.plain.front().wall);
    QCOMPARE(answer.last, twin.plain.back().wall);
    QCOMPARE(answer.series.size(), request.wishes.size());
    for (size_t wish = 0; wish < request.wishes.size(); ++wish) {
        const auto values = fakes::valuesOf(twin.plain, request.wishes[wish], metric, bits);
        const auto known =
            std::count_if(values.begin(), values.end(), [](const auto &value) { return value.has_value(); });
        QCOMPARE(answer.series[wish].size(), size_t(known));
        QVERIFY(same(answer.series[wish], twin.expected(request, wish)));
    }
}

void TestHistory::anyRangeEqualsBruteForce_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 0; seed < 12; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestHistory::anyRangeEqualsBruteForce()
{
    QFETCH(quint32, seed);
    Twin twin(seed, 4, seed % 2 == 0 ? 64 : 32);
    std::mt19937 random(seed + 1000);
    const int count = seed == 0 ? 1 : 2000;
    for (int i = 0; i < count; ++i)
        twin.appendRandomSample();
    const WallTime first = twin.plain.front().wall;
    const auto span = twin.plain.back().wall - first + 10s;
    for (int round = 0; round < 30; ++round) {
        const auto pick = [&] { return first - 5s + span * (random() % 1001) / 1000; };
        WallTime from = pick();
        WallTime to = pick();
        if (to < from)
            std::swap(from, to);
        const Metric metric = static_cast<Metric>(random() % 4);
        const int columns = round % 3 == 0 ? 3 : static_cast<int>(1 + random() % 800);
        const SeriesRequest request = requestFor(twin, metric, from, to, columns);
        const SeriesAnswer answer = twin.history.answer(request);
        for (size_t wish = 0; wish < request.wishes.size(); ++wish) {
            QVERIFY(same(answer.series[wish], twin.expected(request, wish)));
            QVERIFY(answer.series[wish].size() <= size_t(2 * (columns + 1) + 2));
        }
    }
}

void TestHistory::wholeBlocksInOneColumn()
{
    // Enough changes for many blocks in each of few columns, without holes: the way that skips decoding.
    Twin twin(77, 1);
    for (int i = 0; i < 20'000; ++i)
        twin.appendRandomSample();
    for (const int columns : {1, 2, 7, 40}) {
        const SeriesRequest request =
            requestFor(twin, Metric::Outstanding, twin.plain.front().wall, twin.plain.back().wall, columns);
        const SeriesAnswer answer = twin.history.answer(request);
        for (size_t wish = 0; wish < request.wishes.size(); ++wish)
            QVERIFY(same(answer.series[wish], twin.expected(request, wish)));
    }
}

void TestHistory::emptyHistory()
{
    SeriesRequest request;
    request.token = 5;
    request.wishes = {{TagId(0), {}}, {SystemField::MemTotal, {}}};
    const SeriesAnswer answer = History().answer(request);
    QCOMPARE(answer.token, quint64(5));
    QCOMPARE(answer.series.size(), size_t(2));
    QVERIFY(answer.series[0].empty());
    QVERIFY(answer.series[1].empty());
}

void TestHistory::unknownSeries()
{
    Twin twin(3);
    for (int i = 0; i < 10; ++i)
        twin.appendRandomSample();
    SeriesRequest request;
    request.wishes = {{TagId(12345), {}}, {SystemField::Commit, twin.plain[3].wall}};
    request.from = twin.plain.front().wall;
    request.to = twin.plain.back().wall;
    for (const auto metric : {Metric::Bytes, Metric::FreesPerSecond}) {
        request.metric = metric;
        const SeriesAnswer answer = twin.history.answer(request);
        QVERIFY(answer.series[0].empty());
        QVERIFY(answer.series[1].empty());
    }
}

void TestHistory::rangeOutsideTheHistory()
{
    Twin twin(4);
    for (int i = 0; i < 100; ++i)
        twin.appendRandomSample();
    const WallTime first = twin.plain.front().wall;
    const WallTime last = twin.plain.back().wall;
    // The one sample next to the range is there, so that a line can reach the edge.
    for (const auto &[from, to] : {std::pair(first - 2h, first - 1h), std::pair(last + 1h, last + 2h)}) {
        const SeriesRequest request = requestFor(twin, Metric::Outstanding, from, to, 100);
        const SeriesAnswer answer = twin.history.answer(request);
        QCOMPARE(answer.first, first);
        for (size_t wish = 0; wish < request.wishes.size(); ++wish) {
            QVERIFY(answer.series[wish].size() <= 1);
            QVERIFY(same(answer.series[wish], twin.expected(request, wish)));
        }
    }
}

void TestHistory::clockThatWasSetBack()
{
    History history;
    const auto tags = fakes::tagList({"Tag"});
    const TagId ids[] = {0};
    const auto at = [&](std::chrono::nanoseconds wall, std::chrono::nanoseconds monotonic, qint64 bytes) {
        auto sample = fakes::sampleAt(wall, tags, {fakes::reading(bytes)});
        sample->monotonic = monotonic;
        return history.append(*sample, ids, {}, TimeAxis::Joint::Continuous);
    };
    QCOMPARE(at(0s, 100s, 1), fakes::FirstWall);
    QCOMPARE(at(1s, 101s, 2), fakes::FirstWall + 1s);
    QCOMPARE(at(-3600s, 102s, 3), fakes::FirstWall + 2s); // goes on by the monotonic clock
    QCOMPARE(at(-3599s, 103s, 4), fakes::FirstWall + 3s);
    QCOMPARE(at(-3598s, 103s, 5), fakes::FirstWall + 3s + 1ns);
    QCOMPARE(at(60s, 104s, 6), fakes::FirstWall + 60s);
    SeriesRequest request;
    request.wishes = {{TagId(0), {}}};
    request.from = fakes::FirstWall;
    request.to = fakes::FirstWall + 60s;
    request.columns = 1'000'000'000;
    const std::vector<SeriesPoint> points = history.answer(request).series[0];
    QCOMPARE(points.size(), size_t(6));
    for (size_t i = 1; i < points.size(); ++i)
        QVERIFY(points[i].wall > points[i - 1].wall);
}

void TestHistory::idleTagsCostNothing()
{
    History history;
    std::vector<TagId> ids(1000);
    std::vector<Reading> readings;
    TagList tags;
    for (TagId id = 0; id < 1000; ++id) {
        ids[id] = id;
        tags.push_back({{QByteArray::number(id), PoolType::None}, {}});
        readings.push_back(fakes::reading(id * 4096, id, 0));
    }
    const auto list = std::make_shared<const TagList>(tags);
    const auto append = [&](int second) {
        history.append(*fakes::sampleAt(second * 1s, list, readings), ids, {}, TimeAxis::Joint::Continuous);
    };
    append(0);
    // The times of the samples are another matter.
    const auto bytes = [&] { return history.memoryBytes() - history.axis().memoryBytes(); };
    const size_t before = bytes();
    const size_t changes = history.changes();
    for (int second = 1; second < 500; ++second)
        append(second);
    QCOMPARE(bytes(), before);
    QCOMPARE(history.changes(), changes);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
