// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/history.h"
#include "tests/model/history/historytwin.h"
#include "tests/model/history/plainthinning.h"

#include <QtTest>

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

SeriesRequest wholeOf(const Twin &twin)
{
    SeriesRequest request;
    request.from = twin.plain.front().wall;
    request.to = twin.plain.back().wall;
    for (TagId id = 0; id < twin.plain[0].readings.size(); ++id) {
        request.wishes.push_back({id, {}});
        request.wishes.push_back({id, request.from + (request.to - request.from) / 5});
    }
    request.wishes.push_back({SystemField::MemAvailable, {}});
    request.wishes.push_back({SystemField::Commit, {}}); // never known
    return request;
}

} // namespace

class TestHistoryBudget : public QObject
{
    Q_OBJECT

private slots:
    void packedStaysExact_data();
    void packedStaysExact();
    void thinnedEqualsBruteForce_data();
    void thinnedEqualsBruteForce();
    void exactPartStaysExact();
    void memoryStaysFlat();
    void forgetsTheOldest();
    void smallerBudgetTakesEffect();
    void minuteWithOneSample();
};

void TestHistoryBudget::packedStaysExact_data()
{
    QTest::addColumn<int>("bits");
    QTest::newRow("64") << 64;
    QTest::newRow("32") << 32;
}

/// Far within the budget, but long enough for every busy series to be packed many times.
void TestHistoryBudget::packedStaysExact()
{
    QFETCH(int, bits);
    Twin twin(5, 6, bits);
    for (int i = 0; i < 30'000; ++i)
        twin.appendRandomSample();
    QVERIFY(!twin.history.reach()->exactFrom);
    // Packed: the busy ones would take far more as plain changes.
    QVERIFY2(twin.history.memoryBytes() < 1'500'000,
        QByteArray::number(quint64(twin.history.memoryBytes())).constData());
    std::mt19937 random(1);
    SeriesRequest request = wholeOf(twin);
    const auto span = request.to - request.from;
    for (int round = 0; round < 12; ++round) {
        if (round > 0) {
            request.from = twin.plain.front().wall + span * (random() % 1000) / 1000;
            request.to = request.from + span * (random() % 1000) / 3000;
        }
        request.columns = static_cast<int>(1 + random() % 2000);
        request.metric = static_cast<Metric>(round % 4);
        const SeriesAnswer answer = twin.history.answer(request);
        for (size_t wish = 0; wish < request.wishes.size(); ++wish)
            QVERIFY(same(answer.series[wish], twin.expected(request, wish)));
    }
}

void TestHistoryBudget::thinnedEqualsBruteForce_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<Metric>("metric");
    for (quint32 seed = 0; seed < 4; ++seed) {
        QTest::addRow("bytes %u", seed) << seed << Metric::Bytes;
        QTest::addRow("outstanding %u", seed) << seed << Metric::Outstanding;
        QTest::addRow("allocs %u", seed) << seed << Metric::AllocsPerSecond;
        QTest::addRow("frees %u", seed) << seed << Metric::FreesPerSecond;
    }
}

void TestHistoryBudget::thinnedEqualsBruteForce()
{
    QFETCH(quint32, seed);
    QFETCH(Metric, metric);
    Twin twin(seed, 4, seed % 2 == 0 ? 64 : 32, 150'000);
    for (int i = 0; i < 9000; ++i)
        twin.appendRandomSample();
    const HistoryReach reach = *twin.history.reach();
    QVERIFY(reach.exactFrom);
    QVERIFY(!reach.hasForgotten);
    QVERIFY(*reach.exactFrom > twin.plain[1000].wall);
    const bool isRate = metric == Metric::AllocsPerSecond || metric == Metric::FreesPerSecond;
    const auto values = fakes::thinned(twin.plain, *reach.exactFrom, false);
    const auto rates = fakes::thinned(twin.plain, *reach.exactFrom, true);

    std::mt19937 random(seed);
    SeriesRequest request = wholeOf(twin);
    request.metric = metric;
    const auto span = request.to - request.from;
    for (int round = 0; round < 60; ++round) {
        if (round > 0) {
            request.from = twin.plain.front().wall - 5s + span * (random() % 1000) / 1000;
            request.to = request.from + span * (random() % 1000) / (round % 2 == 0 ? 1000 : 20'000);
            request.columns = static_cast<int>(1 + random() % 1500);
        }
        if (round % 7 == 3) { // right at the join
            request.from = *reach.exactFrom + std::chrono::seconds(int(random() % 5) - 2);
            request.to = request.from + std::chrono::seconds(random() % 90);
        }
        const SeriesAnswer answer = twin.history.answer(request);
        for (size_t wish = 0; wish < request.wishes.size(); ++wish) {
            const bool ofRates = isRate && std::holds_alternative<TagId>(request.wishes[wish].id);
            const auto expected = twin.expectedFrom(ofRates ? rates : values, request, wish);
            QVERIFY2(
                same(answer.series[wish], expected), qPrintable(u"round %1, wish %2"_s.arg(round).arg(wish)));
            QVERIFY(answer.series[wish].size() <= size_t(2 * (request.columns + 1) + 2));
        }
    }
}

void TestHistoryBudget::exactPartStaysExact()
{
    Twin twin(8, 4, 64, 150'000);
    for (int i = 0; i < 9000; ++i)
        twin.appendRandomSample();
    QVERIFY(twin.history.reach()->exactFrom);
    SeriesRequest request = wholeOf(twin);
    request.from = *twin.history.reach()->exactFrom + 5s;
    request.columns = 50'000;
    std::erase_if(request.wishes, [](const SeriesWish &wish) { return wish.changeSince.has_value(); });
    for (const Metric metric : {Metric::Bytes, Metric::AllocsPerSecond}) {
        request.metric = metric;
        const SeriesAnswer answer = twin.history.answer(request);
        for (size_t wish = 0; wish < request.wishes.size(); ++wish)
            QVERIFY(same(answer.series[wish], twin.expected(request, wish)));
    }
}

void TestHistoryBudget::memoryStaysFlat()
{
    constexpr qint64 Budget = 400'000;
    Twin twin(9, 10, 64, Budget);
    size_t most = 0;
    for (int i = 0; i < 30'000; ++i) {
        twin.appendRandomSample();
        if (i % 100 == 0 && twin.history.reach()->exactFrom)
            most = std::max(most, twin.history.memoryBytes());
    }
    QVERIFY(most > 0);
    QVERIFY2(most <= Budget * 12 / 10, QByteArray::number(quint64(most)).constData());
}

void TestHistoryBudget::forgetsTheOldest()
{
    Twin twin(10, 4, 64, 120'000);
    for (int i = 0; i < 40'000; ++i)
        twin.appendRandomSample();
    const HistoryReach reach = *twin.history.reach();
    QVERIFY(reach.hasForgotten);
    QVERIFY(reach.first > twin.plain.front().wall);
    SeriesRequest request = wholeOf(twin);
    std::erase_if(request.wishes, [](const SeriesWish &wish) { return wish.changeSince.has_value(); });
    request.metric = Metric::Outstanding;
    const SeriesAnswer answer = twin.history.answer(request);
    QCOMPARE(answer.first, reach.first);
    QVERIFY(answer.series[0].front().wall >= reach.first);
    // What is left is still what it was.
    request.from = reach.first + 3min;
    const auto values = fakes::thinned(twin.plain, *reach.exactFrom, false);
    const SeriesAnswer rest = twin.history.answer(request);
    for (size_t wish = 0; wish < request.wishes.size(); ++wish)
        QVERIFY(same(rest.series[wish], twin.expectedFrom(values, request, wish)));
}

void TestHistoryBudget::smallerBudgetTakesEffect()
{
    Twin twin(11, 6);
    for (int i = 0; i < 8000; ++i)
        twin.appendRandomSample();
    QVERIFY(!twin.history.reach()->exactFrom);
    const size_t before = twin.history.memoryBytes();
    twin.history.setBudget(static_cast<qint64>(before / 2));
    for (int i = 0; i < 1500; ++i)
        twin.appendRandomSample();
    QVERIFY(twin.history.reach()->exactFrom);
    QVERIFY(twin.history.memoryBytes() < before);
}

/// Samples further apart than a minute: nothing can be thinned, and nothing changes its time.
void TestHistoryBudget::minuteWithOneSample()
{
    History history(1);
    const auto tags = fakes::tagList({"Tag"});
    const TagId ids[] = {0};
    for (int i = 0; i < 2000; ++i) {
        const auto sample = fakes::sampleAt(i * 5min, tags, {fakes::reading(i * i)});
        history.append(*sample, ids, {}, TimeAxis::Joint::Continuous);
    }
    QVERIFY(history.reach()->exactFrom);
    SeriesRequest request;
    request.wishes = {{TagId(0), {}}};
    request.from = history.reach()->first;
    request.to = fakes::FirstWall + 2000 * 5min;
    request.columns = 100'000;
    const std::vector<SeriesPoint> points = history.answer(request).series[0];
    QVERIFY(points.size() >= 600);
    for (const SeriesPoint &point : points) {
        const auto number = (point.wall - fakes::FirstWall + 1s) / 5min;
        QCOMPARE(point.value, static_cast<double>(number * number));
    }
}

QTEST_GUILESS_MAIN(TestHistoryBudget)
#include "tst_historybudget.moc"
