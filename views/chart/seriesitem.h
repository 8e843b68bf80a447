// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"
#include "views/chart/charttrend.h"
#include "views/chart/plotscale.h"

#include <QGraphicsItem>
#include <QPen>

#include <memory>
#include <optional>
#include <span>
#include <vector>

QT_FORWARD_DECLARE_CLASS(QChart)

namespace poolscope {

using SeriesPoints = std::shared_ptr<const std::vector<SeriesPoint>>;

/// One line of a chart.
struct SeriesLine
{
    SeriesPoints points; ///< never null
    QPen pen; ///< cosmetic, width 1
    bool shown = true;
    std::optional<ChartTrend> trend = std::nullopt; ///< drawn below the lines
};

/// Value of the straight line from `a` to `b` at a time; b.wall > a.wall.
[[nodiscard]] double valueBetween(const SeriesPoint &a, const SeriesPoint &b, WallTime at);

/// Draws lines clipped to scale.area and its edges: nothing between a point and the next when that one comes
/// after a gap; a point alone between gaps is a dot. Any thread.
void drawSeriesLines(QPainter *painter, const PlotScale &scale, std::span<const SeriesLine> lines);

/// The lines of a chart: draws polylines itself instead of a QLineSeries each, which rebuilds geometry and
/// a hit shape at every change of points or axes and costs many times as much. Child of the chart.
class SeriesItem : public QGraphicsItem
{
public:
    explicit SeriesItem(QChart *chart);

    /// Set the scale first: lines that draw the same pixels as the old ones cost no repaint.
    void setScale(const PlotScale &scale);
    void setLines(std::vector<SeriesLine> lines);
    [[nodiscard]] const std::vector<SeriesLine> &lines() const { return m_lines; }

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    std::vector<SeriesLine> m_lines;
    PlotScale m_scale;
};

} // namespace poolscope
