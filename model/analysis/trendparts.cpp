// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/trendparts.h"

#include "model/analysis/timebuckets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace poolscope {

namespace {

/// Shapes that level off over n points, centred and of norm 1: 1 - exp(-u/tau), then ln(1 + u/tau), u 0..1.
class FillingShapes
{
public:
    static constexpr std::array Tau{.12, .22, .40, 1 / 25., 1 / 120.};
    static constexpr size_t Exponential = 3; ///< the first so many
    using Shape = std::array<float, TimeBuckets::Capacity>;

    static const FillingShapes &instance()
    {
        static const FillingShapes shapes;
        return shapes;
    }
    [[nodiscard]] const Shape &shape(size_t points, size_t which) const { return m_shapes[points][which]; }

private:
    FillingShapes()
    {
        for (size_t n = Trend::MinPoints; n <= TimeBuckets::Capacity; ++n) {
            for (size_t which = 0; which < Tau.size(); ++which)
                m_shapes[n][which] = make(n, which);
        }
    }
    static Shape make(size_t n, size_t which)
    {
        std::array<double, TimeBuckets::Capacity> y{};
        for (size_t i = 0; i < n; ++i) {
            const double u = (static_cast<double>(i) + .5) / static_cast<double>(n);
            y[i] = which < Exponential ? 1 - std::exp(-u / Tau[which]) : std::log1p(u / Tau[which]);
        }
        const double mean = std::accumulate(y.begin(), y.begin() + n, 0.0) / static_cast<double>(n);
        double norm = 0;
        for (size_t i = 0; i < n; ++i)
            norm += (y[i] - mean) * (y[i] - mean);
        Shape shape{};
        for (size_t i = 0; i < n; ++i)
            shape[i] = static_cast<float>((y[i] - mean) / std::sqrt(norm));
        return shape;
    }

    std::array<std::array<Shape, Tau.size()>, TimeBuckets::Capacity + 1> m_shapes{};
};

/// Lows, times and swings of the segments that a course is cut into.
struct Segments
{
    static constexpr size_t Most = 16;
    size_t size = 0;
    std::array<double, Most> low{};
    std::array<double, Most> time{};
    std::array<double, Most> swing{};
};

Segments cut(const Course &course, size_t count)
{
    Segments out;
    out.size = count;
    const size_t n = course.size();
    for (size_t s = 0; s < count; ++s) {
        const size_t first = s * n / count;
        const size_t end = (s + 1) * n / count;
        const auto floors = course.floor.subspan(first, end - first);
        const auto means = course.mean.subspan(first, end - first);
        const auto times = course.time.subspan(first, end - first);
        out.low[s] = static_cast<double>(*std::ranges::min_element(floors));
        out.swing[s] = static_cast<double>(*std::ranges::max_element(means)) - out.low[s];
        out.time[s] = std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(end - first);
    }
    return out;
}

/// Slope and squared error of the line through the lows from segment `first` on.
struct LowLine
{
    double slope = 0;
    double tt = 0;
    double error = 0;
};

LowLine lineThroughLows(const Segments &segments, size_t first)
{
    const auto n = static_cast<double>(segments.size - first);
    double meanT = 0, meanY = 0;
    for (size_t i = first; i < segments.size; ++i) {
        meanT += segments.time[i] / n;
        meanY += segments.low[i] / n;
    }
    double ty = 0, yy = 0;
    LowLine line;
    for (size_t i = first; i < segments.size; ++i) {
        const double t = segments.time[i] - meanT;
        const double y = segments.low[i] - meanY;
        line.tt += t * t, ty += t * y, yy += y * y;
    }
    line.slope = ty / line.tt;
    line.error = std::max(yy - line.slope * ty, 1e-9 * yy);
    return line;
}

/// Pairs of lows that rise, less those that fall.
int concordance(const Segments &segments)
{
    int pairs = 0;
    for (size_t i = 0; i < segments.size; ++i) {
        for (size_t j = i + 1; j < segments.size; ++j) {
            if (segments.low[j] != segments.low[i])
                pairs += segments.low[j] > segments.low[i] ? 1 : -1;
        }
    }
    return pairs;
}

double driftOfLows(const Segments &segments)
{
    const auto steps = static_cast<double>(segments.size - 1);
    const double mean = (segments.low[segments.size - 1] - segments.low[0]) / steps;
    double squares = 0;
    for (size_t i = 1; i < segments.size; ++i) {
        const double d = segments.low[i] - segments.low[i - 1] - mean;
        squares += d * d;
    }
    constexpr double Perfect = 9;
    return squares > 0 ? normalDeviate(mean / std::sqrt(squares / (steps - 1)) * std::sqrt(steps), steps - 1)
                       : Perfect;
}

double medianSwing(Segments segments)
{
    const auto middle = segments.swing.begin() + segments.size / 2;
    std::nth_element(segments.swing.begin(), middle, segments.swing.begin() + segments.size);
    return *middle;
}

/// Rising lows count under real swings only: else the line itself tells.
void weighFloors(const Segments &segments, Trend &trend)
{
    const auto count = static_cast<double>(segments.size);
    if (concordance(segments) < .85 * count * (count - 1) / 2)
        return;
    const LowLine all = lineThroughLows(segments, 0);
    const double risePerSegment =
        all.slope * (segments.time[segments.size - 1] - segments.time[0]) / (count - 1);
    if (medianSwing(segments) < 2.5 * risePerSegment || driftOfLows(segments) < 1.8 || all.error <= 0)
        return;
    const double z = normalDeviate(all.slope / std::sqrt(all.error / (count - 2) / all.tt), count - 2);
    if (z <= trend.floorZ)
        return;
    trend.floorZ = z;
    trend.floorLateRatio = all.slope > 0 ? lineThroughLows(segments, segments.size / 2).slope / all.slope : 1;
}

} // namespace

void fitDrift(const Course &course, Trend &trend)
{
    const size_t n = course.size();
    const auto steps = static_cast<double>(n - 1);
    const double mean = static_cast<double>(course.mean[n - 1] - course.mean[0]) / steps;
    double squares = 0;
    for (size_t i = 1; i < n; ++i) {
        const double d = static_cast<double>(course.mean[i] - course.mean[i - 1]) - mean;
        squares += d * d;
    }
    const double deviation = std::sqrt(squares / (steps - 1));
    const double t = mean / std::max(deviation, 1e-6 * std::abs(mean) + 1e-12) * std::sqrt(steps);
    trend.drift = normalDeviate(t, steps - 1);
}

void fitJump(const Course &course, const TrendSums &sums, Trend &trend)
{
    const size_t n = course.size();
    double sum = 0, best = 0;
    for (size_t i = 0; i + 1 < n; ++i) {
        sum += static_cast<double>(course.mean[i]) - sums.meanX;
        const auto before = static_cast<double>(i + 1);
        const auto after = static_cast<double>(n - 1 - i);
        if (sum < 0)
            best = std::max(best, sum * sum * static_cast<double>(n) / (before * after));
    }
    trend.jumpOverLine = (sums.xx - best) / sums.lineError();
}

void fitLateHalf(const Course &course, const TrendSums &sums, Trend &trend)
{
    const Course late = course.from(course.size() / 2);
    const auto n = static_cast<double>(late.size());
    double meanT = 0, meanX = 0;
    for (size_t i = 0; i < late.size(); ++i) {
        meanT += late.time[i] / n;
        meanX += static_cast<double>(late.mean[i]) / n;
    }
    double tt = 0, tx = 0;
    for (size_t i = 0; i < late.size(); ++i) {
        const double t = late.time[i] - meanT;
        tt += t * t;
        tx += t * (static_cast<double>(late.mean[i]) - meanX);
    }
    const double slope = sums.plainSlope();
    if (slope <= 0 || tt <= 0)
        return;
    const double inflation = std::sqrt((1 + trend.correlation) / (1 - trend.correlation));
    const double sigma = std::sqrt(sums.residuals / (static_cast<double>(course.size()) - 3));
    trend.lateRatio = tx / tt / slope;
    trend.lateRatioError = sigma * inflation / std::sqrt(tt) / slope;
}

void fitFilling(const Course &course, const TrendSums &sums, Trend &trend)
{
    double best = std::numeric_limits<double>::infinity();
    for (size_t which = 0; which < FillingShapes::Tau.size(); ++which) {
        const auto &shape = FillingShapes::instance().shape(course.size(), which);
        double product = 0;
        for (size_t i = 0; i < course.size(); ++i)
            product += static_cast<double>(shape[i]) * (static_cast<double>(course.mean[i]) - sums.meanX);
        if (product > 0)
            best = std::min(best, sums.xx - product * product);
    }
    if (!std::isfinite(best))
        return;
    const double phi = trend.correlation;
    const double effective = static_cast<double>(course.size()) * (1 - phi) / (1 + phi);
    trend.lineOverFilling = effective / 2 * std::log(std::max(best, 1e-9 * sums.xx) / sums.lineError());
}

void fitFloors(const Course &course, Trend &trend)
{
    if (course.size() >= 12)
        weighFloors(cut(course, 8), trend);
    if (course.size() >= 32)
        weighFloors(cut(course, 16), trend);
}

void fitEpisodes(const Course &course, Trend &trend)
{
    // What was never given back: the minimum from a point on. The newest eighth counts as one point, or a
    // tooth that is still up would pass as growth.
    const size_t n = course.size();
    const size_t tail = std::max<size_t>(1, n / 8);
    std::array<float, TimeBuckets::Capacity> kept{};
    float low = *std::ranges::min_element(course.floor.last(tail));
    for (size_t i = n; i-- > 0;) {
        if (i + tail < n)
            low = std::min(low, course.floor[i]);
        kept[i] = low;
    }
    constexpr size_t MostSteps = 16;
    const size_t steps = std::min(MostSteps, n);
    double sum = 0, squares = 0;
    size_t previous = 0;
    for (size_t s = 1; s <= steps; ++s) {
        const size_t at = std::min(n - 1, s * n / steps);
        const double d = static_cast<double>(kept[at] - kept[previous]);
        previous = at;
        sum += d;
        squares += d * d;
    }
    trend.episodes = squares > 0 ? sum * sum / squares : 0;
}

void countSteps(const Course &course, Trend &trend)
{
    const size_t n = course.size();
    double firstUp = course.time[0];
    double lastUp = firstUp;
    for (size_t i = 1; i < n; ++i) {
        if (course.floor[i] < course.floor[i - 1])
            ++trend.downs;
        if (course.floor[i] <= course.floor[i - 1])
            continue;
        if (trend.ups++ == 0)
            firstUp = course.time[i];
        lastUp = course.time[i];
        if (i >= n / 2)
            ++trend.lateUps;
    }
    trend.sinceUp = course.time[n - 1] - lastUp;
    trend.meanGap = trend.ups > 1 ? (lastUp - firstUp) / (trend.ups - 1) : trend.length;
}

} // namespace poolscope
