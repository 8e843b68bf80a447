// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartoverlay.h"

#include "views/chart/readout.h"

#include <QPainter>

#include <algorithm>

namespace poolscope {

namespace {

constexpr double DotRadius = 3.5;
constexpr float BandAlpha = 0.18F;

} // namespace

void drawSelection(
    QPainter *painter, const ChartLayout &layout, const TimeRange &range, const QColor &highlight)
{
    const QRectF &area = layout.scale.area;
    const double from = std::clamp(layout.scale.x(range.from), area.left(), area.right());
    const double to = std::clamp(layout.scale.x(range.to), area.left(), area.right());
    QColor tint = highlight;
    tint.setAlphaF(BandAlpha);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRectF(from, area.top(), to - from, area.height()), tint);
    painter->setPen(QPen(highlight, 0));
    for (const double x : {std::round(from), std::round(to)})
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
}

void drawPosition(QPainter *painter, const ChartLayout &layout, const QColor &color, WallTime at)
{
    if (!layout.scale.time.contains(at))
        return;
    constexpr double Handle = 5;
    const QRectF &area = layout.scale.area;
    const double x = std::round(layout.scale.x(at));
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(QPen(color, 1));
    painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    painter->setRenderHint(QPainter::Antialiasing, true);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawPolygon(QPolygonF({{x + 0.5 - Handle, area.top()}, {x + 0.5 + Handle, area.top()},
        {x + 0.5, area.top() + Handle * 1.3}}));
}

void drawCrosshair(QPainter *painter, const ChartLayout &layout, const ChartPicture &picture,
    const ChartLook &look, WallTime at, std::chrono::nanoseconds tolerance)
{
    const PlotScale &scale = layout.scale;
    const double x = std::round(scale.x(at));
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(QPen(look.theme.markLine, 0));
    painter->drawLine(QPointF(x, scale.area.top()), QPointF(x, scale.area.bottom()));
    painter->setRenderHint(QPainter::Antialiasing, true);
    painter->setPen(QPen(look.background, 1));
    for (const ChartSeries &series : picture.series) {
        if (!series.shown)
            continue;
        if (const auto point = nearestPoint(*series.points, at, tolerance)) {
            painter->setBrush(seriesPen(series, look).color());
            painter->drawEllipse(QPointF(scale.x(point->wall), scale.y(point->value)), DotRadius, DotRadius);
        }
    }
}

} // namespace poolscope
