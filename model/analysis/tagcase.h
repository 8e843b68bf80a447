// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/analysiswindows.h"
#include "model/analysis/finding.h"
#include "model/analysis/windowevidence.h"

#include <array>
#include <limits>
#include <optional>

namespace poolscope {

/// What the analysis keeps of a tag that changed at least once, beside its buckets: about 1.5 KB.
struct TagCase
{
    std::array<WindowResult, AnalysisWindows::Count> windows;

    // What the tests showed, as of the last stop.
    WindowResult atStop; ///< of the test window
    bool grewInTests = false; ///< clearly, mostly while they ran, and not before them
    bool leakedBeforeTests = false;
    Levels runStart; ///< level at the start of the test at hand
    Levels grownInRuns; ///< sum over the finished tests

    /// The newest evidence for a leak: what a verdict is kept for after it lapses.
    struct Proof
    {
        double at = -std::numeric_limits<double>::infinity(); ///< active seconds
        double length = 0;
        double z = 0;
        Levels level; ///< then
        Levels growth;
        size_t window = 0;
    } proof;

    Verdict verdict = Verdict::Steady;
    Reason reason = Reason::NoGrowth;
    double score = 0;
    double z = 0;
    /// What rates are told from; nullopt: nothing rose.
    struct Judged
    {
        FittedLine outstanding;
        FittedLine bytes;
        double length = 0;
        double lateRatio = 1;
    };
    std::optional<Judged> judged;
    std::optional<double> freed;
    std::optional<WallTime> firstFlagged;
    std::optional<WallTime> flaggedSince;

    /// The tag starts anew: after a time without it, or a reboot.
    void restart()
    {
        const auto flagged = firstFlagged;
        *this = {};
        firstFlagged = flagged;
    }
};

/// The tests of a session. Times are active seconds.
struct TestPhase
{
    int runs = 0;
    bool running = false;
    double firstStart = 0;
    double start = 0; ///< of the test at hand
    double stop = 0; ///< of the last finished one
    double finished = 0; ///< length of all finished ones together

    /// Time in which tests ran up to `now`; below 0: none runs.
    [[nodiscard]] double testTime(double now) const { return running ? finished + now - start : -1; }
};

/// What a verdict is given with.
struct VerdictContext
{
    const AnalysisWindows &windows;
    const TestPhase &test;
    const EvidenceRules &rules;
    size_t slot = 0;
    quint32 samples = 0; ///< of the tag since it came
    double now = 0; ///< active seconds
    double usualStep = 0;
    WallTime wall{};
    Levels level; ///< relative to the tag's start
    bool takenBackOnDemand = false; ///< see isTakenBackOnDemand()
};

/// Gives the verdict after one or more windows were judged: the best lasting evidence counts, a longer window
/// in which growth slows down overrules shorter ones, tests have the last word.
void conclude(TagCase &tagCase, const VerdictContext &context);

/// To be told when a test stops, after the test window was judged: keeps what the tests showed.
void closeTest(TagCase &tagCase, const VerdictContext &context);

} // namespace poolscope
