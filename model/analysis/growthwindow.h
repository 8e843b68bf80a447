// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

namespace poolscope {

/// Which samples the growth rate is taken over: at most MaxPoints of the last ten minutes. At first every
/// sample is kept; whenever all places are taken before ten minutes are over, every second point goes and
/// the spacing doubles; then the window slides. Where samples are rarer, it reaches back over MinPoints of
/// them, however old. Depends on the times alone, so a replay finds the samples that the live run kept
/// without reading the others. Pure value.
class GrowthWindow
{
public:
    static constexpr size_t MaxPoints = 64;
    static constexpr size_t MinPoints = 8;
    static constexpr std::chrono::seconds Window{600};
    /// No rate before this many points over this time.
    static constexpr size_t PointsNeeded = 3;
    static constexpr std::chrono::seconds TimeNeeded{5};

    struct Point
    {
        double time = 0; ///< seconds since the first sample
        size_t sample = 0; ///< number of the add() call, from 0
    };
    /// What a sample did to the points, in this order.
    struct Step
    {
        size_t dropped = 0; ///< oldest points that went
        bool thinned = false; ///< then points 1, 3, 5… went
        bool kept = false; ///< then this sample became a point
    };

    /// The next sample, `time` seconds after the first; must rise between calls.
    Step add(double time);

    [[nodiscard]] std::span<const Point> points() const { return m_points; }
    /// Whether the newest sample added is the last of points().
    [[nodiscard]] bool keptNewest() const { return m_keptNewest; }
    [[nodiscard]] double newest() const { return m_previous; } ///< time of the newest sample

    /// Of the times of the points from `start` on and of the newest sample: the same for all tags that start
    /// there. slope = sum((t - mean) * y) / spread.
    struct Base
    {
        double mean = 0;
        double spread = 0; ///< sum((t - mean)^2); 0: too few points or too short for a rate
    };
    [[nodiscard]] Base base(size_t start) const;

private:
    void thin();

    std::vector<Point> m_points;
    size_t m_samples = 0;
    double m_previous = 0;
    double m_spacing = 0; ///< wanted seconds between two points; 0: keep all
    bool m_keptNewest = false;
};

} // namespace poolscope
