// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/timebuckets.h"
#include "model/analysis/trend.h"

#include <array>

namespace poolscope {

/// The lows between the teeth of a course that fills and is trimmed again and again: what lies under the
/// teeth, as a course of its own.
class TeethLows
{
public:
    explicit TeethLows(const Course &course);

    [[nodiscard]] size_t size() const { return m_size; }
    /// Time and level of each low, in order. Valid as long as this object.
    [[nodiscard]] Course course() const;
    /// Height of a usual tooth; 0: the course does not move.
    [[nodiscard]] double height() const { return m_height; }

private:
    void find(const Course &course);
    void add(double time, float low);

    size_t m_size = 0;
    double m_height = 0;
    std::array<double, TimeBuckets::Capacity> m_time{};
    std::array<float, TimeBuckets::Capacity> m_low{};
};

} // namespace poolscope
