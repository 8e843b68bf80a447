// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/analysiswindows.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace poolscope {

void AnalysisWindows::begin(double step)
{
    m_step = step;
    m_windows.emplace_back(TimeBuckets::Kind::Doubling, 0, step, m_slots);
    m_windows.back().advance(0);
}

void AnalysisWindows::advance(double now, double testTime)
{
    m_windows.front().advance(now);
    const size_t recent = m_windows.size() - 1;
    const double width = m_step * std::pow(4.0, static_cast<double>(recent));
    constexpr double Outgrown = 1.6;
    if (recent < MostRecent && now > Outgrown * TimeBuckets::Capacity * width)
        m_windows.emplace_back(TimeBuckets::Kind::Sliding, now, width, m_slots);
    for (size_t i = 1; i < m_windows.size(); ++i)
        m_windows[i].advance(now);
    m_testRuns = testTime >= 0 && hasTest();
    if (m_testRuns)
        m_test.front().advance(testTime);
}

size_t AnalysisWindows::addSlot(double since)
{
    for (TimeBuckets &window : m_windows)
        window.addSlot(since);
    // The test has its own clock: a tag that came during it has no past there.
    for (TimeBuckets &window : m_test)
        window.addSlot(since <= m_testBegan ? 0 : std::numeric_limits<double>::infinity());
    return m_slots++;
}

void AnalysisWindows::put(size_t slot, const Levels &levels)
{
    const auto outstanding = static_cast<float>(levels.outstanding);
    const auto bytes = static_cast<float>(levels.bytes);
    for (TimeBuckets &window : m_windows)
        window.put(slot, outstanding, bytes);
    if (m_testRuns)
        m_test.front().put(slot, outstanding, bytes);
}

void AnalysisWindows::interrupt(size_t slot)
{
    for (TimeBuckets &window : m_windows)
        window.interrupt(slot);
    for (TimeBuckets &window : m_test)
        window.interrupt(slot);
}

void AnalysisWindows::beginTest(double now)
{
    if (hasTest() || !hasBegun())
        return;
    m_test.emplace_back(TimeBuckets::Kind::Doubling, 0, m_step, m_slots);
    m_testBegan = now;
}

quint32 AnalysisWindows::period(size_t number, double usualStep) const
{
    if (number == TestWindow ? !hasTest() : number >= m_windows.size())
        return 0;
    const quint32 every = number == 0 || number == TestWindow ? 1 : number == 1 ? 8 : 4;
    const double samples = std::round(at(number).width() / std::max(usualStep, 1e-9));
    return static_cast<quint32>(std::clamp(samples, 1.0, 1e8)) * every;
}

Levels AnalysisWindows::recentLevel(size_t slot) const
{
    TimeBuckets::View view;
    finest().view(slot, view);
    const int count = std::min(view.size, 6);
    Levels levels;
    for (auto i = static_cast<size_t>(view.size - count); i < static_cast<size_t>(view.size); ++i) {
        levels.outstanding += static_cast<double>(view.outstanding.mean[i]) / count;
        levels.bytes += static_cast<double>(view.bytes.mean[i]) / count;
    }
    return levels;
}

Levels AnalysisWindows::maximumBefore(size_t slot, double time) const
{
    TimeBuckets::View view;
    session().view(slot, view);
    Levels levels{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    const double end = time - session().width() / 2;
    for (size_t i = 0; i < static_cast<size_t>(view.size) && view.time[i] < end; ++i) {
        levels.outstanding = std::max(levels.outstanding, static_cast<double>(view.outstanding.mean[i]));
        levels.bytes = std::max(levels.bytes, static_cast<double>(view.bytes.mean[i]));
    }
    return levels;
}

} // namespace poolscope
