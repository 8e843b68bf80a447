// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/charttrend.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace poolscope {

namespace {

using Hours = std::chrono::duration<double, std::ratio<3600>>;

constexpr int BandAlpha = 36;

/// A line of one growth through the middle of the trend.
class Growth
{
public:
    Growth(const PlotScale &scale, const ChartTrend &trend, double perHour)
        : m_scale(scale)
        , m_trend(trend)
        , m_perHour(perHour)
    {
    }

    [[nodiscard]] QPointF at(WallTime wall) const
    {
        const double value = m_trend.value + m_perHour * Hours(wall - m_trend.middle).count();
        // Far outside, the raster engine's fixed-point numbers would overflow.
        const double margin = 4 * m_scale.area.height();
        return {m_scale.x(wall),
            std::clamp(m_scale.y(value), m_scale.area.top() - margin, m_scale.area.bottom() + margin)};
    }

private:
    const PlotScale &m_scale;
    const ChartTrend &m_trend;
    double m_perHour;
};

} // namespace

std::optional<ChartTrend> trendOf(
    const Finding &finding, Metric metric, std::span<const SeriesPoint> points, WallTime newest)
{
    if (finding.verdict == Verdict::Steady || (metric != Metric::Bytes && metric != Metric::Outstanding))
        return std::nullopt;
    const bool isBytes = metric == Metric::Bytes;
    ChartTrend trend;
    trend.perHour = isBytes ? finding.bytesPerHour : finding.outstandingPerHour;
    trend.perHourLow = isBytes ? finding.bytesPerHourLow : finding.outstandingPerHourLow;
    trend.perHourHigh = isBytes ? finding.bytesPerHourHigh : finding.outstandingPerHourHigh;
    if (!std::isfinite(trend.perHour) || !std::isfinite(trend.perHourLow)
        || !std::isfinite(trend.perHourHigh))
        return std::nullopt;
    trend.over = {newest - std::chrono::ceil<std::chrono::nanoseconds>(finding.judgedOver), newest};
    double hours = 0;
    double values = 0;
    double count = 0;
    for (const SeriesPoint &point : points) {
        if (!trend.over.contains(point.wall))
            continue;
        hours += Hours(point.wall - trend.over.from).count();
        values += point.value;
        ++count;
    }
    if (count < 2)
        return std::nullopt;
    trend.middle = trend.over.from + std::chrono::round<std::chrono::nanoseconds>(Hours(hours / count));
    trend.value = values / count;
    return trend;
}

void drawTrend(QPainter *painter, const PlotScale &scale, const ChartTrend &trend, const QColor &color)
{
    const WallTime from = std::max(trend.over.from, scale.time.from);
    const WallTime to = std::min(trend.over.to, scale.time.to);
    if (from >= to)
        return;
    const Growth slow(scale, trend, trend.perHourLow);
    const Growth fast(scale, trend, trend.perHourHigh);
    const Growth line(scale, trend, trend.perHour);
    // Where the lines cross, the band changes sides.
    const WallTime cross = std::clamp(trend.middle, from, to);
    QColor band = color;
    band.setAlpha(BandAlpha);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(band);
    for (const WallTime end : {from, to})
        painter->drawPolygon(QPolygonF{slow.at(cross), slow.at(end), fast.at(end), fast.at(cross)});
    QPen dashes(color, 1, Qt::DashLine);
    dashes.setCosmetic(true);
    painter->setPen(dashes);
    painter->drawLine(line.at(from), line.at(to));
    painter->restore();
}

} // namespace poolscope
