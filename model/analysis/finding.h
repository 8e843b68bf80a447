// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/core/sample.h"
#include "model/core/tag.h"

#include <QByteArray>
#include <limits>
#include <optional>

namespace poolscope {

/// What the analysis says of a tag. Ordered: what is worse is greater.
enum class Verdict : quint8
{
    Steady, ///< nothing speaks for a leak
    Suspect, ///< grows, but not clearly enough or not long enough
    Leak, ///< grows steadily, is not filling up, gives nothing back
};

/// Why a verdict was given.
enum class Reason : quint8
{
    NoGrowth,
    SteadyGrowth,
    RisingFloor, ///< it goes up and down, and the lows rise
    OnlyUp, ///< it steps up again and again and never down
    Bursts, ///< it jumps up now and again, all along, and keeps what it took
    KeptAfterTest, ///< grew while a test ran and did not give it back
    Slowing, ///< fills up like a cache
    Stopped, ///< grew, then no longer
    Released, ///< grew in the test and gave it back, or fell back by itself
    InTest, ///< grows while a test runs: told after its end
    WeakGrowth,
    Jumps, ///< one or few jumps, level otherwise
    TakenBack, ///< grows, but the kernel takes such memory back when it is short
    Gone, ///< not in the newest sample
};

/// What is known of one tag's growth. Rates are per hour of active time (the machine awake).
struct Finding
{
    TagId id = 0;
    Verdict verdict = Verdict::Steady;
    Reason reason = Reason::NoGrowth;
    /// 0..1: how often tags judged like this one were leaks, on series whose truth is known.
    double confidence = 0;
    double score = 0; ///< what findings are ranked by; only the order means something
    double z = 0; ///< strength of the evidence in standard deviations
    /// Bytes per hour with its 90 % interval; NaN where nothing was fitted or bytes are unknown.
    double bytesPerHour = std::numeric_limits<double>::quiet_NaN();
    double bytesPerHourLow = std::numeric_limits<double>::quiet_NaN();
    double bytesPerHourHigh = std::numeric_limits<double>::quiet_NaN();
    double outstandingPerHour = std::numeric_limits<double>::quiet_NaN();
    double outstandingPerHourLow = std::numeric_limits<double>::quiet_NaN();
    double outstandingPerHourHigh = std::numeric_limits<double>::quiet_NaN();
    /// Growth rate of the later half of the time that was judged over that of all of it: a leak has 1, a
    /// filling cache less.
    double lateShare = std::numeric_limits<double>::quiet_NaN();
    std::chrono::duration<double> judgedOver{0}; ///< length of the time that the rate was taken over
    Counter bytesFirst; ///< of the first sample that held the tag
    Counter bytesLast; ///< of the newest sample that held it
    std::optional<WallTime> firstFlagged; ///< when it was called a leak for the first time
    std::optional<WallTime> flaggedSince; ///< since when without interruption; nullopt: no leak now
    /// Share of the growth in the tests that was given back after the last stop; below 0: it went on.
    std::optional<double> freedFraction;
    /// Number of the lockstep group, from 1 in rank order: tags that grow together.
    std::optional<int> group;
    quint64 samples = 0; ///< that held the tag, since it came or came back
    bool isTakenBackOnDemand = false; ///< memory that the kernel takes back when it is short

    friend bool operator==(const Finding &, const Finding &) = default;
};

/// "leak", "suspect" or "steady".
[[nodiscard]] QByteArray verdictWord(Verdict verdict);

} // namespace poolscope
