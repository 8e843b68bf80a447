// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <limits>
#include <span>

namespace poolscope {

/// The course of one signal: times in seconds, mean and minimum of each bucket; equal sizes.
struct Course
{
    std::span<const double> time;
    std::span<const float> mean;
    std::span<const float> floor;

    [[nodiscard]] size_t size() const { return time.size(); }
    [[nodiscard]] Course from(size_t first) const
    {
        return {time.subspan(first), mean.subspan(first), floor.subspan(first)};
    }
};

/// What a course of at least MinPoints buckets says about growth. z values are comparable with standard
/// normal deviates; values that were not looked at keep what speaks neither way.
struct Trend
{
    static constexpr size_t MinPoints = 8;

    int points = 0; ///< 0: too short, or nothing moved
    double start = 0; ///< seconds
    double length = 0;
    double mean = 0;

    // The line, by generalised least squares after Prais and Winsten: its errors may follow one another.
    double slope = 0; ///< per second
    double slopeError = std::numeric_limits<double>::infinity();
    double z = 0; ///< slope over its error
    double correlation = 0; ///< of neighbouring residuals, 0..0.97, corrected for the bias of the fit
    double growth = 0; ///< of the line over the length

    /// z of the mean step from bucket to bucket, as if the course were a random walk.
    double drift = 0;
    /// Slope of the later half over that of all; its error; z of the bend of a parabola (negative: slower).
    double lateRatio = 1;
    double lateRatioError = 0;
    double bend = 0;
    /// Log likelihood of the line over that of the best course that levels off; below 0: it fills up.
    double lineOverFilling = 9;
    /// Squared error of the best single jump over that of the line.
    double jumpOverLine = 0;
    /// z of the line through the lows of segments, where they rise one after the other under real swings.
    double floorZ = 0;
    double floorLateRatio = 1;
    /// On how many of 16 steps what was never given back grew, (sum d)^2 / sum d^2: one jump has 1.
    double episodes = 0;
    // Steps of the floor from bucket to bucket.
    int ups = 0;
    int downs = 0;
    int lateUps = 0; ///< in the later half
    double sinceUp = 0; ///< seconds since the last one
    double meanGap = 0; ///< seconds between two

    /// Highest mean before the growth began, when only its episode was looked at.
    double before = -std::numeric_limits<double>::infinity();
};

/// Fits the line alone: Trend up to `growth`, for a third of the work.
[[nodiscard]] Trend fitTrendLine(const Course &course);

/// Fits everything of Trend. Work grows with the number of buckets.
[[nodiscard]] Trend fitTrend(const Course &course);

/// Where growth began: the best "level, then a line", by one pass of suffix sums. 0 unless that is clearly
/// better than one line over everything.
[[nodiscard]] size_t growthStart(const Course &course);

/// A t value with `freedom` degrees of freedom as a standard normal deviate (Wallace 1959).
[[nodiscard]] double normalDeviate(double t, double freedom);

} // namespace poolscope
