// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/growthrate.h"

#include <QtTest>

#include <cmath>
#include <optional>
#include <random>

using namespace poolscope;
using namespace std::chrono_literals;

namespace {

Reading bytes(Counter value)
{
    return {{}, {}, {}, value};
}

/// The documented formula, computed directly from a plain list of points.
class Direct
{
public:
    void add(double time, std::optional<qint64> value)
    {
        const double jitter = m_times.empty() ? 0 : (time - m_previous) / 2;
        while (m_times.size() > GrowthWindow::MinPoints && m_times.front() < time - 600) {
            std::erase_if(m_points, [&](const Point &point) { return point.time == m_times.front(); });
            m_times.erase(m_times.begin());
        }
        if (!value)
            m_points.clear();
        const bool keep = m_times.empty() || time + jitter >= m_times.back() + m_spacing;
        if (keep)
            keepTime(time);
        m_newest.reset();
        if (value && keep)
            m_points.push_back({time, double(*value)});
        else if (value)
            m_newest = Point{time, double(*value)};
        m_previous = time;
    }

    [[nodiscard]] double bytesPerHour() const
    {
        std::vector<Point> points = m_points;
        if (m_newest)
            points.push_back(*m_newest);
        if (points.size() < 3 || m_points.empty() || points.back().time - points.front().time < 5)
            return std::nan("");
        double meanT = 0;
        double meanY = 0;
        for (const Point &point : points) {
            meanT += point.time / double(points.size());
            meanY += point.value / double(points.size());
        }
        double above = 0;
        double below = 0;
        for (const Point &point : points) {
            above += (point.time - meanT) * (point.value - meanY);
            below += (point.time - meanT) * (point.time - meanT);
        }
        return 3600 * above / below;
    }
    [[nodiscard]] size_t kept() const { return m_times.size(); }

private:
    struct Point
    {
        double time;
        double value;
    };
    void keepTime(double time)
    {
        if (m_times.size() == GrowthWindow::MaxPoints) {
            m_spacing = (m_times.back() - m_times.front()) / 32;
            std::vector<double> half;
            for (size_t i = 0; i < m_times.size(); i += 2)
                half.push_back(m_times[i]);
            m_times = half;
            std::erase_if(m_points, [&](const Point &point) {
                return std::find(half.begin(), half.end(), point.time) == half.end();
            });
        }
        m_times.push_back(time);
    }

    std::vector<double> m_times; ///< of kept samples, whether the tag was there or not
    std::vector<Point> m_points;
    std::optional<Point> m_newest;
    double m_previous = 0;
    double m_spacing = 0;
};

} // namespace

class TestGrowthRate : public QObject
{
    Q_OBJECT

private slots:
    void unknownAtFirst();
    void straightLine_data();
    void straightLine();
    void equalsDirectComputation_data();
    void equalsDirectComputation();
    void levelIsExactlyZero();
    void tagsAreIndependent();
    void resetForgets();
    void hugeValues();
};

void TestGrowthRate::unknownAtFirst()
{
    GrowthRate growth;
    const TagId ids[] = {0};
    QVERIFY(std::isnan(growth.bytesPerHour(0)));
    QVERIFY(std::isnan(growth.bytesPerHour(77)));
    const auto add = [&](std::chrono::nanoseconds at, qint64 value) {
        const Reading readings[] = {bytes(value)};
        growth.add(1000s + at, ids, readings);
    };
    add(0s, 0);
    add(6s, 6);
    QVERIFY(std::isnan(growth.bytesPerHour(0))); // two points are no trend
    add(7s, 7);
    QCOMPARE(growth.bytesPerHour(0), 3600.0);

    growth.reset();
    for (int i = 0; i < 19; ++i) {
        add(i * 250ms, i);
        QVERIFY(std::isnan(growth.bytesPerHour(0))); // many, but within five seconds
    }
    add(5s, 20);
    QVERIFY(!std::isnan(growth.bytesPerHour(0)));
}

void TestGrowthRate::straightLine_data()
{
    QTest::addColumn<qint64>("intervalMs");
    QTest::addColumn<int>("samples");
    QTest::newRow("fast") << qint64(250) << 20'000;
    QTest::newRow("1 s for a day") << qint64(1000) << 86'400;
    QTest::newRow("2 s") << qint64(2000) << 5000;
    QTest::newRow("1 min") << qint64(60'000) << 500;
    QTest::newRow("rarer than the window") << qint64(3'600'000) << 100;
}

void TestGrowthRate::straightLine()
{
    QFETCH(qint64, intervalMs);
    QFETCH(int, samples);
    GrowthRate growth;
    const TagId ids[] = {0, 1};
    for (int i = 0; i < samples; ++i) {
        const Reading readings[] = {bytes(1'000'000 + i * 4096), bytes(50'000'000 - i * 10)};
        growth.add(i * std::chrono::milliseconds(intervalMs), ids, readings);
        if (i < 2 || i * intervalMs < 5000)
            continue;
        const double perHour = 3'600'000.0 / double(intervalMs);
        QVERIFY(std::abs(growth.bytesPerHour(0) / (4096 * perHour) - 1) < 1e-9);
        QVERIFY(std::abs(growth.bytesPerHour(1) / (-10 * perHour) - 1) < 1e-6);
    }
}

void TestGrowthRate::equalsDirectComputation_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("intervalMs");
    quint32 seed = 0;
    for (const int interval : {250, 1000, 2000, 10'000, 120'000})
        QTest::addRow("%d ms", interval) << seed++ << interval;
}

void TestGrowthRate::equalsDirectComputation()
{
    QFETCH(quint32, seed);
    QFETCH(int, intervalMs);
    constexpr TagId Tags = 12;
    std::mt19937 random(seed);
    GrowthRate growth;
    std::vector<Direct> direct(Tags);
    std::vector<qint64> values(Tags, 1'000'000);
    std::vector<bool> present(Tags, true);
    std::chrono::nanoseconds at{0};
    for (int i = 0; i < 4000; ++i) {
        std::vector<TagId> ids;
        std::vector<Reading> readings;
        const double time = std::chrono::duration<double>(at).count();
        for (TagId id = 0; id < Tags; ++id) {
            if (random() % 300 == 0)
                present[id] = !present[id];
            if (random() % (1 + id * id) == 0)
                values[id] += static_cast<qint64>(random() % 100'000) - 45'000;
            const bool unknown = random() % 500 == 0;
            direct[id].add(time, present[id] && !unknown ? std::optional(values[id]) : std::nullopt);
            if (!present[id])
                continue;
            ids.push_back(id);
            readings.push_back(bytes(unknown ? Counter() : Counter(values[id])));
        }
        growth.add(12345s + at, ids, readings);
        for (TagId id = 0; id < Tags; ++id) {
            const double ours = growth.bytesPerHour(id);
            const double theirs = direct[id].bytesPerHour();
            QCOMPARE(std::isnan(ours), std::isnan(theirs));
            if (!std::isnan(ours))
                QVERIFY(std::abs(ours - theirs) <= 1e-6 * std::max(1000.0, std::abs(theirs)));
        }
        // Jitter, and now and then a pause.
        at += std::chrono::milliseconds(intervalMs) * (random() % 400 == 0 ? 40 : 1)
            + std::chrono::microseconds(random() % 20'000);
    }
    QVERIFY(direct[0].kept() >= 8);
}

void TestGrowthRate::levelIsExactlyZero()
{
    GrowthRate growth;
    const TagId ids[] = {0};
    std::mt19937 random(1);
    int second = 0;
    const auto add = [&](qint64 value) {
        const Reading readings[] = {bytes(value)};
        growth.add(second++ * 1s, ids, readings);
    };
    for (int i = 0; i < 5000; ++i)
        add(static_cast<qint64>(random()) * 1000);
    QVERIFY(growth.bytesPerHour(0) != 0.0);
    for (int i = 0; i < 650; ++i)
        add(123'456'789);
    QCOMPARE(growth.bytesPerHour(0), 0.0);
}

void TestGrowthRate::tagsAreIndependent()
{
    // One that comes later has a shorter past and still the right slope.
    GrowthRate growth;
    for (int i = 0; i < 400; ++i) {
        std::vector<TagId> ids = {0};
        std::vector<Reading> readings = {bytes(i)};
        if (i >= 333) {
            ids.insert(ids.begin(), 1);
            readings.insert(readings.begin(), bytes(1000 - i * 7));
        }
        growth.add(i * 1s, ids, readings);
        if (i == 335)
            QVERIFY(std::isnan(growth.bytesPerHour(1)));
    }
    QVERIFY(std::abs(growth.bytesPerHour(0) - 3600) < 1e-6);
    QVERIFY(std::abs(growth.bytesPerHour(1) + 7 * 3600) < 1e-6);
}

void TestGrowthRate::resetForgets()
{
    GrowthRate growth;
    const TagId ids[] = {0};
    for (int i = 0; i < 100; ++i) {
        const Reading readings[] = {bytes(qint64(i) * 100)};
        growth.add(i * 1s, ids, readings);
    }
    growth.reset();
    QVERIFY(std::isnan(growth.bytesPerHour(0)));
    for (int i = 0; i < 10; ++i) { // another boot, another clock
        const Reading readings[] = {bytes(i)};
        growth.add(i * 1s, ids, readings);
    }
    QVERIFY(std::abs(growth.bytesPerHour(0) - 3600) < 1e-6);
}

void TestGrowthRate::hugeValues()
{
    GrowthRate growth;
    const TagId ids[] = {0};
    constexpr qint64 Terabytes = qint64(64) << 40;
    for (int i = 0; i < 100'000; ++i) {
        const Reading readings[] = {bytes(Terabytes + i)};
        growth.add(i * 1s, ids, readings);
    }
    QVERIFY(std::abs(growth.bytesPerHour(0) - 3600) < 0.01);
}

QTEST_GUILESS_MAIN(TestGrowthRate)
#include "tst_growthrate.moc"
