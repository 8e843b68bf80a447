// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/teeth.h"

#include <algorithm>

namespace poolscope {

namespace {

/// Median over eight segments of how far each goes up and down.
double usualSwing(const Course &course)
{
    constexpr size_t Segments = 8;
    std::array<double, Segments> swing{};
    for (size_t s = 0; s < Segments; ++s) {
        const size_t first = s * course.size() / Segments;
        const size_t count = (s + 1) * course.size() / Segments - first;
        const float high = *std::ranges::max_element(course.mean.subspan(first, count));
        const float low = *std::ranges::min_element(course.floor.subspan(first, count));
        swing[s] = static_cast<double>(high - low);
    }
    std::ranges::sort(swing);
    return (swing[Segments / 2 - 1] + swing[Segments / 2]) / 2;
}

} // namespace

TeethLows::TeethLows(const Course &course)
{
    if (course.size() < Trend::MinPoints)
        return;
    m_height = usualSwing(course);
    if (m_height > 0)
        find(course);
}

Course TeethLows::course() const
{
    const auto low = std::span(m_low).first(m_size);
    return {std::span(m_time).first(m_size), low, low};
}

void TeethLows::add(double time, float low)
{
    m_time[m_size] = time;
    m_low[m_size] = low;
    ++m_size;
}

/// A high is passed when the floor fell by half a tooth below it, a low when the mean rose by half a tooth
/// above it. What is still up, or still down, at the end is no low yet.
void TeethLows::find(const Course &course)
{
    const auto half = static_cast<float>(m_height / 2);
    bool isFalling = false;
    float high = course.mean[0];
    float low = 0;
    size_t lowAt = 0;
    for (size_t i = 0; i < course.size(); ++i) {
        high = std::max(high, course.mean[i]);
        if (isFalling && course.floor[i] < low) {
            low = course.floor[i];
            lowAt = i;
            high = course.mean[i];
        }
        if (isFalling && high - low >= half) {
            add(course.time[lowAt], low);
            isFalling = false;
        }
        // The bucket of a low that was just passed fell before it rose: no second tooth.
        const bool isPassed = m_size > 0 && i == lowAt;
        if (!isFalling && !isPassed && high - course.floor[i] >= half) {
            isFalling = true;
            low = course.floor[i];
            lowAt = i;
            high = course.mean[i];
        }
    }
}

} // namespace poolscope
