// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/trend.h"

namespace poolscope {

/// The sums that all parts of a trend share; x are the means, centred like the times.
struct TrendSums
{
    size_t n = 0;
    double meanT = 0;
    double meanX = 0;
    double tt = 0;
    double tx = 0;
    double xx = 0;
    double residuals = 0; ///< sum of squares after line and parabola

    [[nodiscard]] double plainSlope() const { return tx / tt; }
    /// Squared error of the plain line; never 0.
    [[nodiscard]] double lineError() const;
};

/// Each fills its own fields of a trend whose line was fitted and rises.
void fitDrift(const Course &course, Trend &trend);
void fitJump(const Course &course, const TrendSums &sums, Trend &trend);
void fitLateHalf(const Course &course, const TrendSums &sums, Trend &trend);
void fitFilling(const Course &course, const TrendSums &sums, Trend &trend);
void fitFloors(const Course &course, Trend &trend);
void fitEpisodes(const Course &course, Trend &trend);
void countSteps(const Course &course, Trend &trend);

} // namespace poolscope
