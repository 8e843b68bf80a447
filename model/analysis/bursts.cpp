// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/bursts.h"

#include "model/analysis/timebuckets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

namespace {

double medianOf(std::span<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Standard deviation of the steps, by their median distance from the median: jumps do not count.
double usualStep(std::span<const double> steps)
{
    constexpr double DeviationPerMedian = 1.4826; // of a normal distribution
    std::array<double, TimeBuckets::Capacity> copy{};
    const auto sorted = std::span(copy).first(steps.size());
    std::ranges::copy(steps, sorted.begin());
    const double median = medianOf(sorted);
    std::ranges::transform(steps, sorted.begin(), [median](double step) { return std::abs(step - median); });
    return DeviationPerMedian * medianOf(sorted);
}

} // namespace

Bursts burstsOf(const Course &course)
{
    constexpr double StandsOut = 3.5; // usual steps
    constexpr double GoesOn = .5; // of that: the next bucket belongs to the same jump
    const size_t n = course.size() > 0 ? course.size() - 1 : 0;
    Bursts out;
    const double growth = n > 0 ? static_cast<double>(course.mean[n] - course.mean[0]) : 0;
    if (n < Trend::MinPoints || growth <= 0)
        return out;
    std::array<double, TimeBuckets::Capacity> steps{};
    for (size_t i = 0; i < n; ++i)
        steps[i] = static_cast<double>(course.mean[i + 1] - course.mean[i]);
    const double threshold = StandsOut * usualStep(std::span(steps).first(n));

    double risen = 0, fallen = 0, late = 0, largest = 0;
    double smallest = std::numeric_limits<double>::infinity();
    size_t lastUp = 0, gap = 0;
    for (size_t i = 0; i < n;) {
        const size_t begin = i;
        if (std::abs(steps[i]) <= threshold) {
            ++i;
            continue;
        }
        double jump = 0;
        for (const bool up = steps[i] > 0; i < n && (up ? steps[i] : -steps[i]) > GoesOn * threshold; ++i)
            jump += steps[i];
        if (jump < 0) {
            ++out.downs;
            fallen -= jump;
            continue;
        }
        ++out.ups;
        risen += jump;
        late += begin * 2 >= n ? jump : 0;
        largest = std::max(largest, jump);
        smallest = std::min(smallest, jump);
        gap = std::max(gap, begin - lastUp);
        lastUp = begin;
    }
    if (out.ups == 0)
        return out;
    gap = std::max(gap, n - lastUp);
    out.smallest = smallest;
    out.largestShare = largest / risen;
    out.lateShare = late / risen;
    out.fallenShare = fallen / risen;
    out.ofGrowth = risen / growth;
    out.longestGap = static_cast<double>(gap) / static_cast<double>(n);
    return out;
}

} // namespace poolscope
