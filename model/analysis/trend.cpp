// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/trend.h"

#include "model/analysis/trendparts.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

namespace {

/// Most that neighbouring residuals are taken to be alike: beyond, no error can be told.
constexpr double MaxCorrelation = 0.97;

TrendSums sumsOf(const Course &course)
{
    TrendSums sums;
    sums.n = course.size();
    const auto n = static_cast<double>(sums.n);
    for (size_t i = 0; i < sums.n; ++i) {
        sums.meanT += course.time[i];
        sums.meanX += static_cast<double>(course.mean[i]);
    }
    sums.meanT /= n;
    sums.meanX /= n;
    for (size_t i = 0; i < sums.n; ++i) {
        const double t = course.time[i] - sums.meanT;
        const double x = static_cast<double>(course.mean[i]) - sums.meanX;
        sums.tt += t * t;
        sums.tx += t * x;
        sums.xx += x * x;
    }
    return sums;
}

/// The part of a parabola that is orthogonal to the line, and how much of it the course has.
struct Parabola
{
    double m2 = 0; ///< second central moment of the times
    double m3OverTt = 0;
    double norm = 0;
    double coefficient = 0;

    [[nodiscard]] double at(double t) const { return t * t - m2 - t * m3OverTt; }
};

Parabola parabolaOf(const Course &course, const TrendSums &sums)
{
    Parabola parabola;
    parabola.m2 = sums.tt / static_cast<double>(sums.n);
    double m3 = 0;
    for (const double time : course.time) {
        const double t = time - sums.meanT;
        m3 += t * t * t;
    }
    parabola.m3OverTt = m3 / sums.tt;
    double product = 0;
    for (size_t i = 0; i < sums.n; ++i) {
        const double q = parabola.at(course.time[i] - sums.meanT);
        parabola.norm += q * q;
        product += q * (static_cast<double>(course.mean[i]) - sums.meanX);
    }
    parabola.coefficient = parabola.norm > 0 ? product / parabola.norm : 0;
    return parabola;
}

/// Residuals after line and parabola: their squares, and how alike neighbours are.
void fitCorrelation(const Course &course, const Parabola &parabola, TrendSums &sums, Trend &trend)
{
    const double slope = sums.plainSlope();
    double lagged = 0;
    double previous = 0;
    for (size_t i = 0; i < sums.n; ++i) {
        const double t = course.time[i] - sums.meanT;
        const double x = static_cast<double>(course.mean[i]) - sums.meanX;
        const double residual = x - slope * t - parabola.coefficient * parabola.at(t);
        sums.residuals += residual * residual;
        if (i > 0)
            lagged += residual * previous;
        previous = residual;
    }
    const auto n = static_cast<double>(sums.n);
    const double r1 = sums.residuals > 1e-12 * sums.xx ? lagged / sums.residuals : 0;
    trend.correlation = std::clamp((n * r1 + 3) / (n - 5), 0.0, MaxCorrelation);
}

/// Prais-Winsten: ordinary least squares of what is left of each point after phi times its predecessor.
void fitSlope(const Course &course, const TrendSums &sums, Trend &trend)
{
    const double phi = trend.correlation;
    const double first = std::sqrt(1 - phi * phi);
    double s11 = 0, s1t = 0, stt = 0, s1x = 0, stx = 0, sxx = 0;
    for (size_t i = 0; i < sums.n; ++i) {
        double t = course.time[i] - sums.meanT;
        double x = static_cast<double>(course.mean[i]) - sums.meanX;
        double one = 1;
        if (i > 0) {
            one -= phi;
            t -= phi * (course.time[i - 1] - sums.meanT);
            x -= phi * (static_cast<double>(course.mean[i - 1]) - sums.meanX);
        } else {
            one *= first;
            t *= first;
            x *= first;
        }
        s11 += one * one, s1t += one * t, stt += t * t;
        s1x += one * x, stx += t * x, sxx += x * x;
    }
    const double determinant = s11 * stt - s1t * s1t;
    const double slope = (s11 * stx - s1t * s1x) / determinant;
    const double offset = (s1x - slope * s1t) / s11;
    const double squares = std::max(sxx - offset * s1x - slope * stx, 1e-12 * sxx);
    const auto n = static_cast<double>(sums.n);
    const double freedom = std::max(std::max(1.0, (n - 2) * (1 - phi) / (1 + phi)), std::min(6.0, n - 3));
    trend.slope = slope;
    trend.slopeError = std::max(std::sqrt(squares / (n - 3) * s11 / determinant), 1e-6 * std::abs(slope));
    trend.z = normalDeviate(slope / trend.slopeError, freedom);
    trend.growth = slope * trend.length;
}

double bendOf(const Parabola &parabola, const TrendSums &sums, double correlation)
{
    const auto n = static_cast<double>(sums.n);
    const double sigma = std::max(std::sqrt(sums.residuals / (n - 3)), 1e-4 * std::sqrt(sums.xx / n));
    const double inflation = std::sqrt((1 + correlation) / (1 - correlation));
    return parabola.norm > 0 ? parabola.coefficient * std::sqrt(parabola.norm) / (sigma * inflation) : 0;
}

struct LineFit
{
    Trend trend;
    TrendSums sums;
    Parabola parabola;
};

LineFit fitLine(const Course &course)
{
    LineFit fit;
    if (course.size() < Trend::MinPoints)
        return fit;
    fit.trend.points = static_cast<int>(course.size());
    fit.trend.start = course.time.front();
    fit.trend.length = course.time.back() - course.time.front();
    fit.sums = sumsOf(course);
    fit.trend.mean = fit.sums.meanX;
    if (fit.sums.tt <= 0 || fit.sums.xx <= 0)
        return fit;
    fit.parabola = parabolaOf(course, fit.sums);
    fitCorrelation(course, fit.parabola, fit.sums, fit.trend);
    fitSlope(course, fit.sums, fit.trend);
    return fit;
}

} // namespace

double normalDeviate(double t, double freedom)
{
    if (freedom < 1)
        return 0;
    const double z = std::sqrt(freedom * std::log1p(t * t / freedom)) * (8 * freedom + 1) / (8 * freedom + 3);
    return t < 0 ? -z : z;
}

double TrendSums::lineError() const
{
    return std::max(xx - plainSlope() * tx, 1e-9 * xx);
}

Trend fitTrendLine(const Course &course)
{
    return fitLine(course).trend;
}

Trend fitTrend(const Course &course)
{
    LineFit line = fitLine(course);
    Trend &trend = line.trend;
    if (trend.slope <= 0)
        return trend;
    fitDrift(course, trend);
    fitJump(course, line.sums, trend);
    fitLateHalf(course, line.sums, trend);
    trend.bend = bendOf(line.parabola, line.sums, trend.correlation);
    fitFilling(course, line.sums, trend);
    fitFloors(course, trend);
    fitEpisodes(course, trend);
    countSteps(course, trend);
    return trend;
}

size_t growthStart(const Course &course)
{
    constexpr double NeededGain = 10; // n * (fall of the squared error) / (what is left)
    const size_t n = course.size();
    const TrendSums sums = sumsOf(course);
    if (n < Trend::MinPoints || sums.tt <= 0)
        return 0;
    // The squared error of a hinge at i is xx - hx^2 / hh with the hinge function's centred products.
    double s1 = 0, st = 0, stt = 0, sx = 0, stx = 0;
    double best = 0;
    size_t at = 0;
    for (size_t i = n; i-- > 0;) {
        const double t = course.time[i] - sums.meanT;
        const double x = static_cast<double>(course.mean[i]) - sums.meanX;
        if (i + Trend::MinPoints <= n) {
            const double h = st - t * s1;
            const double hh = stt - 2 * t * st + t * t * s1 - h * h / static_cast<double>(n);
            const double hx = stx - t * sx;
            if (hx > 0 && hh > 0 && hx * hx / hh > best) {
                best = hx * hx / hh;
                at = i;
            }
        }
        s1 += 1, st += t, stt += t * t, sx += x, stx += t * x;
    }
    const double line = sums.xx - (sums.tx > 0 ? sums.tx * sums.tx / sums.tt : 0);
    const double hinge = std::max(sums.xx - best, 1e-9 * sums.xx);
    return best > 0 && (line - hinge) / hinge * static_cast<double>(n) >= NeededGain ? at : 0;
}

} // namespace poolscope
