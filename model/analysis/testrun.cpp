// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/testrun.h"

namespace poolscope {

namespace {

bool isNonpaged(const Tag &tag)
{
    return tag.type == PoolType::Nonpaged;
}

bool isPaged(const Tag &tag)
{
    return tag.type == PoolType::Paged;
}

bool isAny(const Tag &)
{
    return true;
}

/// On the monotonic clock, which nobody sets; both samples are of one boot.
std::chrono::nanoseconds between(const SamplePtr &from, const SamplePtr &to)
{
    return from && to ? to->monotonic - from->monotonic : std::chrono::nanoseconds(0);
}

} // namespace

QByteArray testPoolWord(TestPool pool)
{
    switch (pool) {
    case TestPool::Both:
        return QByteArrayLiteral("both");
    case TestPool::Nonpaged:
        return QByteArrayLiteral("nonpaged");
    case TestPool::Paged:
        return QByteArrayLiteral("paged");
    }
    return {};
}

TestPool testPoolFrom(QStringView word)
{
    for (const TestPool pool : {TestPool::Nonpaged, TestPool::Paged}) {
        if (word == QLatin1StringView(testPoolWord(pool)))
            return pool;
    }
    return TestPool::Both;
}

bool isOfPool(const Tag &tag, TestPool pool)
{
    switch (pool) {
    case TestPool::Both:
        return true;
    case TestPool::Nonpaged:
        return isNonpaged(tag);
    case TestPool::Paged:
        return isPaged(tag);
    }
    return true;
}

void TestRun::start(TestPool pool, const SamplePtr &sample)
{
    *this = {};
    m_pool = pool;
    m_start = m_newest = sample;
    beginStage(TestStage::Running);
}

void TestRun::stop()
{
    if (m_stage != TestStage::Running)
        return;
    m_stop = m_newest;
    beginStage(TestStage::After);
}

void TestRun::finish()
{
    if (m_stage == TestStage::After)
        m_stage = TestStage::Done;
}

void TestRun::interrupt()
{
    if (m_stage != TestStage::Running && m_stage != TestStage::After)
        return;
    m_interrupted = true;
    if (m_stage == TestStage::Running)
        m_stop = m_newest;
    m_stage = TestStage::Done;
}

void TestRun::beginStage(TestStage stage)
{
    m_stage = stage;
    m_points.clear();
    m_spacing = {};
    keepPoint(m_newest);
}

void TestRun::add(const SamplePtr &sample)
{
    if (m_stage != TestStage::Running && m_stage != TestStage::After)
        return;
    if (!countersRunOn(*m_newest, *sample)) {
        interrupt();
        return;
    }
    if (sample->monotonic <= m_newest->monotonic)
        return;
    keepPoint(m_newest);
    m_newest = sample;
}

/// When they are too many every second one goes, and the next ones come as far apart as those that stay.
void TestRun::keepPoint(const SamplePtr &sample)
{
    if (!m_points.empty()) {
        const auto since = between(m_points.back(), sample);
        if (since.count() <= 0 || since < m_spacing)
            return;
    }
    m_points.push_back(sample);
    if (m_points.size() < MaxPoints)
        return;
    std::vector<SamplePtr> fewer;
    for (size_t i = 0; i < m_points.size(); i += 2)
        fewer.push_back(m_points[i]);
    m_points = std::move(fewer);
    m_spacing = between(m_points.front(), m_points.back()) / static_cast<qint64>(m_points.size() - 1);
}

TestRun TestRun::restored(TestPool pool, const SamplePtr &start, const SamplePtr &stop)
{
    TestRun run;
    run.start(pool, start);
    if (stop) {
        run.add(stop);
        run.stop();
    }
    return run;
}

std::chrono::nanoseconds TestRun::testTime() const
{
    return between(m_start, m_stop ? m_stop : m_newest);
}

std::chrono::nanoseconds TestRun::afterTime() const
{
    return between(m_stop, m_newest);
}

TestResult TestRun::result() const
{
    if (!m_start)
        return {};
    const auto wanted = m_pool == TestPool::Nonpaged ? isNonpaged
        : m_pool == TestPool::Paged                  ? isPaged
                                                     : isAny;
    return testResult({m_start, m_stop, m_newest, m_points}, wanted);
}

std::optional<MarkedTest> markedTestAt(std::span<const Mark> marks, WallTime at)
{
    std::optional<MarkedTest> test;
    for (const Mark &mark : marks) {
        if (mark.wall > at)
            break;
        const bool isRunning = test && !test->stop;
        if (mark.kind == MarkKind::TestStart && !isRunning)
            test = MarkedTest{mark.wall, {}, testPoolFrom(mark.text)};
        else if (mark.kind == MarkKind::TestStop && isRunning)
            test->stop = mark.wall;
    }
    return test;
}

} // namespace poolscope
