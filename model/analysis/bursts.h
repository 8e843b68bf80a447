// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/trend.h"

namespace poolscope {

/// The jumps of a course that is level otherwise. Shares are 0..1.
struct Bursts
{
    int ups = 0;
    int downs = 0;
    double smallest = 0; ///< of the jumps up, in units of the course
    double largestShare = 1; ///< the largest of what all jumps rise together
    double lateShare = 0; ///< what those in the later half rise of that
    double fallenShare = 0; ///< what the jumps down take back of that
    double ofGrowth = 0; ///< what the jumps rise, over the growth of the course
    double longestGap = 1; ///< longest time without a jump up, of the length of the course
};

/// Jumps stand out from how far the course usually moves from bucket to bucket.
[[nodiscard]] Bursts burstsOf(const Course &course);

} // namespace poolscope
