// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/finding.h"
#include "model/analysis/timebuckets.h"
#include "model/analysis/trend.h"

namespace poolscope {

/// From what has to be seen before a tag is called a leak. The values are a flat optimum on labelled series;
/// see the page about the method.
struct EvidenceRules
{
    /// Samples of the tag before it may be called a leak. For a finished recording: min(60, 0.6 n).
    quint32 minSamples = 60;
    int minBuckets = 12;
    double minObjects = 6; ///< growth over the window
    double minBytes = 96;
    double zSession = 4.8; ///< the trend's z over everything, and the drift that is enough by itself
    double driftSession = 3.0;
    /// Enough after so many samples of a tag that moves often and whose line is clearly better than a curve
    /// that levels off: growth of about the size of its noise.
    double zPatient = 4.0;
    quint32 patientSamples = 240;
    double clearLine = 0.5; ///< log likelihood
    double zRecent = 5.5; ///< over a recent window: there are many looks
    double driftRecent = 4.0;
    double zTest = 4.0; ///< over the time in which tests ran
    double driftTest = 3.0;
    double zFloor = 3.7;
    size_t teeth = 8; ///< lows between teeth, at least …
    double teethSpan = 0.6; ///< … over this share of the window
    double teethLeast = 0.08; ///< rise of these lows in heights of a tooth …
    double teethMost = 1.0; ///< … beyond, the line itself tells
    double zSuspect = 3.0;
    double slowRatio = 0.60; ///< late ratio below this, the noisier the higher, is "slowing"
    double bendRatio = 0.72; ///< or below this with a clear bend
    double episodes = 3.6; ///< growth in fewer than so many of 16 steps is "jumps"
    double walk = 3.2; ///< rarely changing tags: net change over the root of the summed squares
    double lateUps = 0.37;
    int ups = 10;
    int upsTest = 8;
    int upsSuspect = 6;
    int bursts = 5; ///< jumps up of a tag that is level otherwise, or one less if it never jumps down
    double burstObjects = 3; ///< the smallest of them, or twice as much if there is one less
    int streak = 2; ///< evaluations in a row with evidence …
    double persist = 0.05; ///< … that span this share of the window's length
    double persistRecent = 0.3;
    double strong = 9.0; ///< from this z on it need not last
    double grace = 0.15; ///< evidence may lapse for this share of the window's length
    double freed = 0.5; ///< given back after the test beyond this: no leak
    double settle = 0.08; ///< wait after a test's end, as a share of its length …
    double settleSamples = 5; ///< … and at least so many samples
    /// Memory that the kernel takes back on demand must grow for so many seconds before it counts.
    double patience = 1800;
    double hold = 0.25; ///< a leak without fresh evidence stays one for this share of the evidence's length
};

enum class WindowKind : quint8
{
    Session,
    Recent,
    Test,
};

/// What one window says; ordered: what is greater overrules.
enum class Weight : quint8
{
    Nothing,
    Suspicion,
    Contradiction, ///< it grows, but slows down: shorter windows that look straight prove nothing
    Evidence,
};

/// The fitted line of one signal.
struct FittedLine
{
    float slope = 0; ///< per second
    float error = std::numeric_limits<float>::infinity();
    float z = 0;
    float growth = 0;
    float mean = 0;
};

/// What is kept of the evaluation of one window of one tag.
struct WindowResult
{
    Weight weight = Weight::Nothing;
    Reason reason = Reason::NoGrowth;
    quint8 points = 0; ///< 0: not evaluated
    quint8 streak = 0; ///< evaluations in a row with evidence
    float z = 0;
    float length = 0; ///< seconds that were judged
    float lateRatio = 1;
    FittedLine outstanding; ///< of the window, or of its growth episode
    FittedLine bytes;
    double end = 0; ///< when it was evaluated
    Levels last; ///< mean of the newest eighth
    double passSince = -1; ///< start of the evidence at hand; below 0: none
    double passLength = 0;
    double passSeen = -1;

    /// The signal that shows the growth more clearly.
    [[nodiscard]] Signal clearer() const
    {
        return outstanding.z >= bytes.z ? Signal::Outstanding : Signal::Bytes;
    }
    [[nodiscard]] const FittedLine &of(Signal signal) const
    {
        return signal == Signal::Bytes ? bytes : outstanding;
    }
};

/// What is known of a tag beside the window at hand.
struct TagFacts
{
    double now = 0; ///< active seconds
    quint32 steps = 0; ///< samples since the tag came, and those that changed it
    quint32 changes = 0;
    Levels squares; ///< sums of the squared changes
    Levels level; ///< now, relative to its start
    Levels oldMaximum; ///< highest mean before the window; -infinity: nothing before
};

/// A cheap look that spares most tags the rest: whether either signal may rise in the window at all.
[[nodiscard]] bool mayHoldGrowth(const TimeBuckets::View &view);

/// Judges one window. `previous` is the result of the same window the last time.
[[nodiscard]] WindowResult weighWindow(const TimeBuckets::View &view, WindowKind kind, const TagFacts &facts,
    const WindowResult &previous, const EvidenceRules &rules);

} // namespace poolscope
