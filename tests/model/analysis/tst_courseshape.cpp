// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/bursts.h"
#include "model/analysis/teeth.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

using namespace poolscope;

namespace {

/// A course of `size` buckets, a second each, whose floor is its mean.
class MadeBuckets
{
public:
    MadeBuckets(size_t size, const std::function<double(size_t)> &level)
        : m_time(size)
        , m_level(size)
    {
        std::iota(m_time.begin(), m_time.end(), 0.0);
        for (size_t i = 0; i < size; ++i)
            m_level[i] = static_cast<float>(level(i));
    }
    [[nodiscard]] Course course() const { return {m_time, m_level, m_level}; }

private:
    std::vector<double> m_time;
    std::vector<float> m_level;
};

double jumps(size_t at, std::initializer_list<size_t> when, double height)
{
    return height * static_cast<double>(std::ranges::count_if(when, [at](size_t w) { return at >= w; }));
}

} // namespace

/// What is read off the shape of a course, beside its line: teeth and jumps.
class TestCourseShape : public QObject
{
    Q_OBJECT

private slots:
    void lowsOfTeeth();
    void lowsRiseUnderTeeth();
    void noTeethInALine();
    void shortOrConstant();
    void unfinishedToothIsNoLow();
    void bursts();
    void burstsTakenBack();
    void rampIsOneJump();
    void noJumpsInNoise();
};

void TestCourseShape::lowsOfTeeth()
{
    const MadeBuckets made(64, [](size_t i) { return 100.0 + 10.0 * static_cast<double>(i % 8); });
    const TeethLows lows(made.course());
    QCOMPARE(lows.height(), 70.0);
    QCOMPARE(lows.size(), 7U); // the first bucket has nothing before it that fell
    const Course course = lows.course();
    for (size_t i = 0; i < lows.size(); ++i) {
        QCOMPARE(course.time[i], static_cast<double>(8 * (i + 1)));
        QCOMPARE(course.floor[i], 100.F);
    }
}

void TestCourseShape::lowsRiseUnderTeeth()
{
    const MadeBuckets made(
        64, [](size_t i) { return static_cast<double>(i) + 100.0 * static_cast<double>(i % 8); });
    const TeethLows lows(made.course());
    QCOMPARE(lows.size(), 7U);
    const Course course = lows.course();
    for (size_t i = 0; i < lows.size(); ++i)
        QCOMPARE(course.mean[i], static_cast<float>(8 * (i + 1)));
}

void TestCourseShape::noTeethInALine()
{
    const MadeBuckets made(64, [](size_t i) { return 5.0 * static_cast<double>(i); });
    QCOMPARE(TeethLows(made.course()).size(), 0U);
}

void TestCourseShape::shortOrConstant()
{
    const MadeBuckets constant(64, [](size_t) { return 3; });
    QCOMPARE(TeethLows(constant.course()).height(), 0.0);
    QCOMPARE(TeethLows(constant.course()).size(), 0U);
    QCOMPARE(burstsOf(constant.course()).ups, 0);
    for (size_t size = 0; size <= Trend::MinPoints; ++size) {
        const MadeBuckets made(size, [](size_t i) { return static_cast<double>(i % 2); });
        QCOMPARE(burstsOf(made.course()).ups, 0);
        QVERIFY(TeethLows(made.course()).size() <= size);
    }
}

void TestCourseShape::unfinishedToothIsNoLow()
{
    // Falls once and stays down: nothing says yet that this is a low between teeth.
    const MadeBuckets made(64, [](size_t i) { return i < 32 ? 10.0 * static_cast<double>(i % 8) : 0.0; });
    const TeethLows lows(made.course());
    QCOMPARE(lows.size(), 3U);
    QCOMPARE(lows.course().time.back(), 24.0);
}

void TestCourseShape::bursts()
{
    const MadeBuckets made(64, [](size_t i) { return jumps(i, {5, 20, 40, 60}, 10); });
    const Bursts found = burstsOf(made.course());
    QCOMPARE(found.ups, 4);
    QCOMPARE(found.downs, 0);
    QCOMPARE(found.smallest, 10.0);
    QCOMPARE(found.largestShare, .25);
    QCOMPARE(found.lateShare, .5);
    QCOMPARE(found.fallenShare, 0.0);
    QCOMPARE(found.ofGrowth, 1.0);
    QCOMPARE(found.longestGap, 20. / 63);
}

void TestCourseShape::burstsTakenBack()
{
    const MadeBuckets made(64, [](size_t i) {
        return jumps(i, {5, 20, 40, 60}, 10) - jumps(i, {10, 50}, 5);
    });
    const Bursts found = burstsOf(made.course());
    QCOMPARE(found.ups, 4);
    QCOMPARE(found.downs, 2);
    QCOMPARE(found.fallenShare, .25);
    QVERIFY(found.ofGrowth > 1);
}

void TestCourseShape::rampIsOneJump()
{
    const MadeBuckets made(64, [](size_t i) {
        return i < 10 ? 0.0 : i < 14 ? 5.0 * static_cast<double>(i - 9) : jumps(i, {40}, 30) + 20;
    });
    const Bursts found = burstsOf(made.course());
    QCOMPARE(found.ups, 2);
    QCOMPARE(found.smallest, 20.0);
    QCOMPARE(found.largestShare, .6);
}

void TestCourseShape::noJumpsInNoise()
{
    const MadeBuckets made(
        64, [](size_t i) { return static_cast<double>(i) + 3 * std::sin(static_cast<double>(i * i)); });
    QCOMPARE(burstsOf(made.course()).ups, 0);
}

QTEST_APPLESS_MAIN(TestCourseShape)
#include "tst_courseshape.moc"
