// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testresult.h"
#include "model/core/mark.h"
#include "model/core/sample.h"

#include <QByteArray>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace poolscope {

/// Which pool a test is of.
enum class TestPool : quint8
{
    Both,
    Nonpaged,
    Paged,
};

/// "both", "nonpaged" or "paged": the text of a TestStart mark.
[[nodiscard]] QByteArray testPoolWord(TestPool pool);
[[nodiscard]] TestPool testPoolFrom(QStringView word); ///< Both for any other text
[[nodiscard]] bool isOfPool(const Tag &tag, TestPool pool);

/// How far a test has come.
enum class TestStage : quint8
{
    Idle,
    Running, ///< what is suspected goes on
    After, ///< it was stopped: is the memory given back?
    Done,
};

/// The guided test after Microsoft's procedure with PoolMon: what grew while something ran, and what of it
/// was given back after it was stopped. A value fed with samples, independent of any screen; it holds the
/// samples at its start and stop and at most MaxPoints of the stage at hand, evenly spread. Counters run
/// neither across a reboot nor across a replay that starts over: the test then ends at the last sample
/// before. One thread.
class TestRun
{
public:
    static constexpr size_t MaxPoints = 40;

    [[nodiscard]] TestStage stage() const { return m_stage; }
    [[nodiscard]] TestPool pool() const { return m_pool; }
    /// Ended by a reboot, or because the source started over.
    [[nodiscard]] bool isInterrupted() const { return m_interrupted; }

    /// From any stage; `sample` is the baseline. Not null.
    void start(TestPool pool, const SamplePtr &sample);
    /// While Running: the memory held now is what the test left behind.
    void stop();
    /// While After: add() changes nothing any more.
    void finish();
    /// While Running or After: what comes has nothing to do with what was.
    void interrupt();
    /// The next sample, of which some may be left out; nothing while Idle or Done.
    void add(const SamplePtr &sample);

    /// A test whose samples are known from before. `start` is not null; `stop` null: it runs.
    [[nodiscard]] static TestRun restored(TestPool pool, const SamplePtr &start, const SamplePtr &stop);

    // Null before the stage that they belong to; newest is the one at the end once Done.
    [[nodiscard]] const SamplePtr &startSample() const { return m_start; }
    [[nodiscard]] const SamplePtr &stopSample() const { return m_stop; }
    [[nodiscard]] const SamplePtr &newest() const { return m_newest; }

    /// From start to stop, or to the newest sample while Running.
    [[nodiscard]] std::chrono::nanoseconds testTime() const;
    /// From the stop to the newest sample.
    [[nodiscard]] std::chrono::nanoseconds afterTime() const;

    /// Of every tag of the pool. Costs a look-up a tag and a fit of at most MaxPoints / 2 numbers each: not
    /// for the window's thread; a copy of the run is cheap and independent.
    [[nodiscard]] TestResult result() const;

private:
    void keepPoint(const SamplePtr &sample);
    void beginStage(TestStage stage);

    TestStage m_stage = TestStage::Idle;
    TestPool m_pool = TestPool::Both;
    bool m_interrupted = false;
    SamplePtr m_start;
    SamplePtr m_stop;
    SamplePtr m_newest;
    std::vector<SamplePtr> m_points; ///< of the stage, by time; without the newest
    std::chrono::nanoseconds m_spacing{0}; ///< least time between two points
};

/// The test that a moment of a recording lies in or after, by its marks.
struct MarkedTest
{
    WallTime start{};
    std::optional<WallTime> stop; ///< nullopt: it runs at that moment
    TestPool pool = TestPool::Both;

    friend bool operator==(const MarkedTest &, const MarkedTest &) = default;
};
/// `marks` by time; a stop without a start, and a start while a test runs, count for nothing.
[[nodiscard]] std::optional<MarkedTest> markedTestAt(std::span<const Mark> marks, WallTime at);

} // namespace poolscope
