// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartpicture.h"

#include "model/core/duration.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double Gap = 6;
/// Beside the plot's right edge, up to which the last time's label may reach.
constexpr double RightMargin = 14;
/// Left margins come in such steps, so that the plot keeps its place while labels change.
constexpr double MarginStep = 16;
constexpr double PixelsPerValueTick = 38;
constexpr int MaxValueTicks = 10;
constexpr int MaxTimeTicks = 12;
constexpr float MarkAlpha = 0.65F;
constexpr double DimmedAlpha = 0.25;
constexpr double LineSample = 22;
constexpr double MaxMarkLabel = 160;

struct Extent
{
    double low = 0;
    double high = 0;
    bool any = false;

    void add(double value)
    {
        low = any ? std::min(low, value) : value;
        high = any ? std::max(high, value) : value;
        any = true;
    }
};

void addVisible(Extent &extent, const std::vector<SeriesPoint> &points, const TimeRange &range)
{
    for (size_t i = 0; i < points.size(); ++i) {
        const SeriesPoint &point = points[i];
        if (range.contains(point.wall))
            extent.add(point.value);
        if (i == 0 || point.afterGap)
            continue;
        const SeriesPoint &before = points[i - 1];
        for (const WallTime edge : {range.from, range.to}) {
            if (before.wall < edge && edge < point.wall)
                extent.add(valueBetween(before, point, edge));
        }
    }
}

Extent visibleExtent(const ChartPicture &picture)
{
    Extent extent;
    for (const ChartSeries &series : picture.series) {
        if (series.shown)
            addVisible(extent, *series.points, picture.range);
    }
    return extent;
}

} // namespace

ChartLook ChartLook::of(const QPalette &palette, const QFont &font)
{
    return {font, palette.color(QPalette::Base), palette.color(QPalette::Text), ThemeColors::of(palette)};
}

AxisUnit axisUnit(Metric metric)
{
    switch (metric) {
    case Metric::Bytes:
        return AxisUnit::Bytes;
    case Metric::Outstanding:
        return AxisUnit::Count;
    case Metric::AllocsPerSecond:
    case Metric::FreesPerSecond:
        return AxisUnit::PerSecond;
    }
    return AxisUnit::Count;
}

QString metricTitle(Metric metric)
{
    switch (metric) {
    case Metric::Bytes:
        return u"Bytes"_s;
    case Metric::Outstanding:
        return u"Outstanding"_s;
    case Metric::AllocsPerSecond:
        return u"Allocs/s"_s;
    case Metric::FreesPerSecond:
        return u"Frees/s"_s;
    }
    return {};
}

QString changeBaseTitle(ChangeBase base)
{
    switch (base) {
    case ChangeBase::None:
        return u"Value"_s;
    case ChangeBase::Pin:
        return u"Change since pin"_s;
    case ChangeBase::Baseline:
        return u"Change since baseline"_s;
    }
    return {};
}

QString markTitle(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Snapshot:
        return u"Snapshot"_s;
    case MarkKind::Gap:
        return u"Gap"_s;
    case MarkKind::Reboot:
        return u"Reboot"_s;
    case MarkKind::SourceLost:
        return u"Source lost"_s;
    case MarkKind::SourceBack:
        return u"Source back"_s;
    case MarkKind::Baseline:
        return u"Baseline"_s;
    case MarkKind::Note:
        return u"Note"_s;
    case MarkKind::Sleep:
        return u"Sleep"_s;
    case MarkKind::ClockChange:
        return u"Clock set"_s;
    case MarkKind::TestStart:
        return u"Test start"_s;
    case MarkKind::TestStop:
        return u"Test stop"_s;
    }
    return {};
}

QString markLabel(const Mark &mark)
{
    return mark.kind == MarkKind::Note && !mark.text.isEmpty() ? mark.text : markTitle(mark.kind);
}

QPen seriesPen(const ChartSeries &series, const ChartLook &look)
{
    QColor color = pinColor(series.slot, look.theme.dark);
    if (series.dimmed)
        color.setAlphaF(DimmedAlpha);
    QPen pen(color, 1, pinPenStyle(series.slot));
    pen.setCosmetic(true);
    return pen;
}

std::vector<SeriesLine> seriesLines(const ChartPicture &picture, const ChartLook &look)
{
    std::vector<SeriesLine> lines;
    lines.reserve(picture.series.size());
    for (const bool dimmed : {true, false}) {
        for (const ChartSeries &series : picture.series) {
            if (series.dimmed == dimmed)
                lines.push_back({series.points, seriesPen(series, look), series.shown,
                    series.dimmed ? std::nullopt : series.trend});
        }
    }
    return lines;
}

ChartLayout ChartLayout::of(const ChartPicture &picture, const ChartLook &look, const QRectF &bounds)
{
    const QFontMetricsF metrics(look.font);
    const double lineHeight = metrics.height();
    // Above the plot there is room for one row of mark labels, below it for time and date.
    QRectF area = bounds.adjusted(0, lineHeight + 4, -RightMargin, -(2 * lineHeight + Gap));
    const Extent extent = visibleExtent(picture);
    ChartLayout layout;
    layout.values = AxisTicks::values(extent.low, extent.high,
        std::min(MaxValueTicks, static_cast<int>(area.height() / PixelsPerValueTick)),
        axisUnit(picture.metric));
    double widest = metrics.horizontalAdvance(u"00.00 MiB"_s);
    for (const ValueTick &tick : layout.values.ticks)
        widest = std::max(widest, metrics.horizontalAdvance(tick.label));
    area.setLeft(bounds.left() + std::ceil((widest + 2 * Gap) / MarginStep) * MarginStep);
    // On whole pixels grid lines are sharp.
    area = QRectF(area.toAlignedRect());
    const double perTimeTick = metrics.horizontalAdvance(u"2026-11-22"_s) + 4 * Gap;
    layout.times = AxisTicks::times(picture.range,
        std::min(MaxTimeTicks, static_cast<int>(area.width() / perTimeTick)), QTimeZone::systemTimeZone());
    layout.scale = {area, picture.range, layout.values.low, layout.values.high};
    return layout;
}

void drawAxes(QPainter *painter, const ChartLayout &layout, const ChartLook &look)
{
    const QRectF &area = layout.scale.area;
    const QFontMetricsF metrics(look.font);
    painter->setFont(look.font);
    painter->setRenderHint(QPainter::Antialiasing, false);
    const QPen gridPen(look.theme.gridLine, 0);
    for (const ValueTick &tick : layout.values.ticks) {
        const double y = std::round(layout.scale.y(tick.value));
        painter->setPen(tick.value == 0 ? QPen(look.theme.markLine, 0) : gridPen);
        painter->drawLine(QPointF(area.left() - 4, y), QPointF(area.right(), y));
        painter->setPen(look.theme.dimText);
        const QRectF box(area.left() - 400, y - metrics.height() / 2, 400 - Gap - 2, metrics.height());
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, tick.label);
    }
    for (const TimeTick &tick : layout.times) {
        const double x = std::round(layout.scale.x(tick.time));
        const bool isNewDay = !tick.date.isEmpty() && &tick != &layout.times.front();
        painter->setPen(!isNewDay ? gridPen : QPen(look.theme.markLine, 0, Qt::DotLine));
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 4));
        painter->setPen(look.theme.dimText);
        double top = area.bottom() + Gap;
        for (const QString &text : {tick.label, tick.date}) {
            const double width = std::ceil(metrics.horizontalAdvance(text));
            const double left = std::min(x - width / 2, area.right() + RightMargin - width);
            painter->drawText(QRectF(left, top, width, metrics.height()), Qt::TextSingleLine, text);
            top += metrics.height();
        }
    }
    painter->setPen(QPen(look.theme.markLine, 0));
    painter->drawLine(area.bottomLeft(), area.bottomRight());
}

void drawMarks(
    QPainter *painter, const ChartLayout &layout, const std::vector<Mark> &marks, const ChartLook &look)
{
    const QRectF &area = layout.scale.area;
    const QFontMetricsF metrics(look.font);
    painter->setFont(look.font);
    painter->setRenderHint(QPainter::Antialiasing, false);
    QColor lineColor = look.theme.markLine;
    lineColor.setAlphaF(MarkAlpha);
    const QPen linePen(lineColor, 0, Qt::DashLine);
    double free = area.left();
    for (const Mark &mark : marks) {
        if (!layout.scale.time.contains(mark.wall))
            continue;
        const double x = std::round(layout.scale.x(mark.wall));
        painter->setPen(linePen);
        painter->drawLine(QPointF(x, area.top() - 3), QPointF(x, area.bottom()));
        const QString text = metrics.elidedText(markLabel(mark), Qt::ElideRight, MaxMarkLabel);
        const double width = metrics.horizontalAdvance(text);
        const double left = std::clamp(x - width / 2, area.left(), area.right() - width);
        if (left < free)
            continue;
        free = left + width + Gap;
        painter->setPen(look.theme.dimText);
        painter->drawText(QPointF(left, area.top() - 4 - metrics.descent()), text);
    }
}

namespace {

/// Lays the legend out in rows from the top of `bounds`; draws it when a painter is given. Its height.
double legend(QPainter *painter, const ChartPicture &picture, const ChartLook &look, const QRectF &bounds)
{
    const QFontMetricsF metrics(look.font);
    double x = bounds.left();
    double y = bounds.top();
    for (const ChartSeries &series : picture.series) {
        if (!series.shown)
            continue;
        const double width = LineSample + Gap + metrics.horizontalAdvance(series.label) + 3 * Gap;
        if (x > bounds.left() && x + width > bounds.right()) {
            x = bounds.left();
            y += metrics.height() + 2;
        }
        if (painter) {
            QPen pen = seriesPen(series, look);
            pen.setWidth(2);
            painter->setPen(pen);
            const double middle = std::round(y + metrics.height() / 2);
            painter->drawLine(QPointF(x, middle), QPointF(x + LineSample, middle));
            painter->setPen(look.text);
            painter->drawText(QPointF(x + LineSample + Gap, y + metrics.ascent()), series.label);
        }
        x += width;
    }
    return y + metrics.height() - bounds.top();
}

QString pictureTitle(const ChartPicture &picture)
{
    QString title = metricTitle(picture.metric);
    if (picture.base != ChangeBase::None)
        title += u", "_s + changeBaseTitle(picture.base).toLower();
    const QString format = u"yyyy-MM-dd HH:mm:ss"_s;
    return title + u"  ·  "_s + toDateTime(picture.range.from).toString(format) + u" – "_s
        + toDateTime(picture.range.to).toString(format + u" t"_s);
}

} // namespace

void drawPicture(QPainter *painter, const ChartPicture &picture, const ChartLook &look, const QRectF &bounds)
{
    painter->fillRect(bounds, look.background);
    const QFontMetricsF metrics(look.font);
    QRectF rest = bounds.adjusted(Gap, Gap, -Gap, -Gap);
    QFont bold = look.font;
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(look.text);
    painter->drawText(rest, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine, pictureTitle(picture));
    rest.setTop(rest.top() + metrics.height() + Gap);
    painter->setFont(look.font);
    rest.setTop(rest.top() + legend(painter, picture, look, rest) + Gap);
    const ChartLayout layout = ChartLayout::of(picture, look, rest);
    drawAxes(painter, layout, look);
    drawMarks(painter, layout, picture.marks, look);
    drawSeriesLines(painter, layout.scale, seriesLines(picture, look));
}

} // namespace poolscope
