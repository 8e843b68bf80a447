// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/seriesitem.h"

#include <QChart>
#include <QPainter>
#include <QVarLengthArray>

#include <algorithm>

namespace poolscope {

namespace {

/// Up to so many points antialiased lines cost no more than the dense ones they replace.
constexpr size_t MaxSmoothPoints = 8000;

/// The plot with its edges: a line at the lowest value lies on the bottom edge.
QRectF clipOf(const PlotScale &scale)
{
    return scale.area.adjusted(-1, -1, 1, 1);
}

/// Collects the pixels of one unbroken line and leaves out what would not be seen.
class Polyline
{
public:
    Polyline(QPainter *painter, bool snap)
        : m_painter(painter)
        , m_snap(snap ? painter->device()->devicePixelRatioF() : 0)
    {
    }

    void add(double x, double y)
    {
        if (m_snap > 0) {
            x = static_cast<double>(qRound64(x * m_snap)) / m_snap;
            y = static_cast<double>(qRound64(y * m_snap)) / m_snap;
        }
        const qsizetype size = m_points.size();
        if (size >= 1 && m_points[size - 1].x() == x && m_points[size - 1].y() == y)
            return;
        // The middle of three points on a level, or of three that rise or fall in one column.
        if (size >= 2) {
            const QPointF &a = m_points[size - 2];
            QPointF &b = m_points[size - 1];
            const bool level = a.y() == b.y() && b.y() == y;
            const bool upright = a.x() == b.x() && b.x() == x && (b.y() - a.y()) * (y - b.y()) > 0;
            if (level || upright) {
                b = {x, y};
                return;
            }
        }
        m_points.append({x, y});
    }

    void end()
    {
        if (m_points.size() == 1)
            m_painter->drawPoint(m_points.front());
        else if (m_points.size() > 1)
            m_painter->drawPolyline(m_points.constData(), static_cast<int>(m_points.size()));
        m_points.clear();
    }

private:
    QPainter *m_painter;
    double m_snap;
    QVarLengthArray<QPointF, 4096> m_points;
};

void drawLine(QPainter *painter, const PlotScale &scale, const SeriesLine &line, bool smooth)
{
    painter->setPen(line.pen);
    const double perNs = scale.xPerNanosecond();
    const double perUnit = scale.area.height() / (scale.high - scale.low);
    const double left = scale.area.left();
    const double bottom = scale.area.bottom();
    // Far outside, the raster engine's fixed-point numbers would overflow.
    const double margin = 4 * scale.area.height();
    Polyline polyline(painter, !smooth);
    const auto add = [&](WallTime wall, double value) {
        const double x = left + static_cast<double>((wall - scale.time.from).count()) * perNs;
        const double y = bottom - (value - scale.low) * perUnit;
        polyline.add(x, std::clamp(y, scale.area.top() - margin, bottom + margin));
    };
    // Lines end at the edges by themselves: an SVG has no clipping.
    const SeriesPoint *before = nullptr;
    for (const SeriesPoint &point : *line.points) {
        if (point.afterGap) {
            polyline.end();
            before = nullptr;
        }
        for (const WallTime edge : {scale.time.from, scale.time.to}) {
            if (before && before->wall < edge && edge < point.wall)
                add(edge, valueBetween(*before, point, edge));
        }
        if (scale.time.contains(point.wall))
            add(point.wall, point.value);
        before = &point;
    }
    polyline.end();
}

/// Whether two lines draw the same pixels, to a quarter of one.
bool looksSame(const PlotScale &scale, const SeriesLine &a, const SeriesLine &b)
{
    if (a.shown != b.shown || a.pen != b.pen || a.trend != b.trend)
        return false;
    if (a.points == b.points)
        return true;
    const auto cell = [](double pixel) { return std::llround(4 * pixel); };
    return std::equal(a.points->begin(), a.points->end(), b.points->begin(), b.points->end(),
        [&](const SeriesPoint &p, const SeriesPoint &q) {
            return p.afterGap == q.afterGap && cell(scale.x(p.wall)) == cell(scale.x(q.wall))
                && cell(scale.y(p.value)) == cell(scale.y(q.value));
        });
}

} // namespace

double valueBetween(const SeriesPoint &a, const SeriesPoint &b, WallTime at)
{
    return a.value
        + (b.value - a.value) * static_cast<double>((at - a.wall).count())
        / static_cast<double>((b.wall - a.wall).count());
}

void drawSeriesLines(QPainter *painter, const PlotScale &scale, std::span<const SeriesLine> lines)
{
    size_t total = 0;
    for (const SeriesLine &line : lines)
        total += line.shown ? line.points->size() : 0;
    const bool smooth = total <= MaxSmoothPoints;
    painter->save();
    painter->setClipRect(clipOf(scale), Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing, smooth);
    painter->setBrush(Qt::NoBrush);
    for (const SeriesLine &line : lines) {
        if (line.shown && line.trend)
            drawTrend(painter, scale, *line.trend, line.pen.color());
    }
    for (const SeriesLine &line : lines) {
        if (line.shown)
            drawLine(painter, scale, line, smooth);
    }
    painter->restore();
}

SeriesItem::SeriesItem(QChart *chart)
    : QGraphicsItem(chart)
{
    // Hovering moves a crosshair above the lines many times a second: they are kept as drawn meanwhile.
    setCacheMode(QGraphicsItem::DeviceCoordinateCache);
}

void SeriesItem::setLines(std::vector<SeriesLine> lines)
{
    const bool isSame = std::equal(m_lines.begin(), m_lines.end(), lines.begin(), lines.end(),
        [this](const SeriesLine &a, const SeriesLine &b) { return looksSame(m_scale, a, b); });
    m_lines = std::move(lines);
    if (!isSame)
        update();
}

void SeriesItem::setScale(const PlotScale &scale)
{
    if (m_scale == scale)
        return;
    if (m_scale.area != scale.area)
        prepareGeometryChange();
    m_scale = scale;
    update();
}

QRectF SeriesItem::boundingRect() const
{
    return clipOf(m_scale);
}

void SeriesItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    drawSeriesLines(painter, m_scale, m_lines);
}

} // namespace poolscope
