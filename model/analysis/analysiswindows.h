// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/timebuckets.h"
#include "model/analysis/windowevidence.h"

#include <vector>

namespace poolscope {

/// All windows of an analysis: the session, recent windows of 64 buckets each four times wider than the one
/// before (made as the session outgrows them), and the time in which tests ran, put end to end. Numbered:
/// 0 session, 1 … MostRecent recent ones, TestWindow. One thread.
class AnalysisWindows
{
public:
    static constexpr size_t MostRecent = 8;
    static constexpr size_t TestWindow = MostRecent + 1;
    static constexpr size_t Count = TestWindow + 1;

    /// The windows begin; samples will come about every `step` seconds.
    void begin(double step);
    [[nodiscard]] bool hasBegun() const { return !m_windows.empty(); }
    /// The next sample, at active time `now`; put() or interrupt() of every slot follows. `testTime` is the
    /// time in which tests ran; below 0: none runs.
    void advance(double now, double testTime);
    /// One more slot, whose tag is there since `since` and held its level until now.
    [[nodiscard]] size_t addSlot(double since);
    void put(size_t slot, const Levels &levels);
    void interrupt(size_t slot);
    void beginTest(double now); ///< the first test starts

    [[nodiscard]] size_t slotCount() const { return m_slots; }
    [[nodiscard]] bool hasTest() const { return !m_test.empty(); }
    [[nodiscard]] const TimeBuckets &session() const { return m_windows.front(); }
    [[nodiscard]] const TimeBuckets &finest() const { return m_windows[m_windows.size() > 1 ? 1 : 0]; }
    /// The window must be in use.
    [[nodiscard]] const TimeBuckets &at(size_t number) const
    {
        return number == TestWindow ? m_test.front() : m_windows[number];
    }
    /// Every how many samples a window is to be judged: once in a new bucket, the recent ones more rarely. 0:
    /// the window is not in use.
    [[nodiscard]] quint32 period(size_t number, double usualStep) const;
    /// Session and recent windows: the `place`th of them, the longest first.
    [[nodiscard]] size_t inUse() const { return m_windows.size(); }
    [[nodiscard]] size_t longest(size_t place) const { return place == 0 ? 0 : m_windows.size() - place; }

    /// Mean of the newest buckets of the finest window.
    [[nodiscard]] Levels recentLevel(size_t slot) const;
    /// Highest mean of the session before `time`; -infinity when there is none.
    [[nodiscard]] Levels maximumBefore(size_t slot, double time) const;

private:
    std::vector<TimeBuckets> m_windows; ///< the session, then the recent ones
    std::vector<TimeBuckets> m_test; ///< one once a test began
    size_t m_slots = 0;
    double m_step = 0;
    double m_testBegan = 0;
    bool m_testRuns = false;
};

} // namespace poolscope
