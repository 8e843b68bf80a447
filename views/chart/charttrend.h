// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/finding.h"
#include "model/history/seriesquery.h"
#include "views/chart/plotscale.h"

#include <QColor>

#include <optional>
#include <span>

class QPainter;

namespace poolscope {

/// The growth that the analysis found, as a line through the middle of what it was judged by, and the lines
/// of the slowest and the fastest growth that the evidence allows (90 %).
struct ChartTrend
{
    TimeRange over;
    WallTime middle;
    double value = 0; ///< at the middle, in the unit of the chart
    double perHour = 0;
    double perHourLow = 0;
    double perHourHigh = 0;

    friend bool operator==(const ChartTrend &, const ChartTrend &) = default;
};

/// Of a leak or a suspect, for bytes and outstanding; nullopt for anything else, and where fewer than two
/// points lie in the time that was judged, which ends at `newest`.
[[nodiscard]] std::optional<ChartTrend> trendOf(
    const Finding &finding, Metric metric, std::span<const SeriesPoint> points, WallTime newest);

/// A band and a dashed line, cut off at the edges of the plot's time.
void drawTrend(QPainter *painter, const PlotScale &scale, const ChartTrend &trend, const QColor &color);

} // namespace poolscope
