// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/bursts.h"

#include "model/analysis/timebuckets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

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

/// Adds up the jumps of a course, one after the other.
class Tally
{
public:
    explicit Tally(size_t steps)
        : m_steps(steps)
    {
    }

    void take(size_t begin, double jump)
    {
        if (jump < 0) {
            ++m_found.downs;
            m_fallen -= jump;
            return;
        }
        m_found.smallest = m_found.ups == 0 ? jump : std::min(m_found.smallest, jump);
        ++m_found.ups;
        m_risen += jump;
        m_late += begin * 2 >= m_steps ? jump : 0;
        m_largest = std::max(m_largest, jump);
        m_gap = std::max(m_gap, begin - m_lastUp);
        m_lastUp = begin;
    }
    [[nodiscard]] Bursts over(double growth) const
    {
        Bursts found = m_found;
        if (found.ups == 0)
            return found;
        const size_t gap = std::max(m_gap, m_steps - m_lastUp);
        found.largestShare = m_largest / m_risen;
        found.lateShare = m_late / m_risen;
        found.fallenShare = m_fallen / m_risen;
        found.ofGrowth = m_risen / growth;
        found.longestGap = static_cast<double>(gap) / static_cast<double>(m_steps);
        return found;
    }

private:
    size_t m_steps;
    Bursts m_found;
    double m_risen = 0;
    double m_fallen = 0;
    double m_late = 0;
    double m_largest = 0;
    size_t m_lastUp = 0;
    size_t m_gap = 0;
};

} // namespace

Bursts burstsOf(const Course &course)
{
    constexpr double StandsOut = 3.5; // usual steps
    constexpr double GoesOn = .5; // of that: the next bucket belongs to the same jump
    const size_t n = course.size() > 0 ? course.size() - 1 : 0;
    const double growth = n > 0 ? static_cast<double>(course.mean[n] - course.mean[0]) : 0;
    if (n < Trend::MinPoints || growth <= 0)
        return {};
    std::array<double, TimeBuckets::Capacity> buffer{};
    const auto steps = std::span(buffer).first(n);
    for (size_t i = 0; i < n; ++i)
        steps[i] = static_cast<double>(course.mean[i + 1] - course.mean[i]);
    const double threshold = StandsOut * usualStep(steps);

    Tally tally(n);
    for (size_t i = 0; i < n;) {
        const size_t begin = i;
        if (std::abs(steps[i]) <= threshold) {
            ++i;
            continue;
        }
        double jump = 0;
        for (const bool up = steps[i] > 0; i < n && (up ? steps[i] : -steps[i]) > GoesOn * threshold; ++i)
            jump += steps[i];
        tally.take(begin, jump);
    }
    return tally.over(growth);
}

} // namespace poolscope
