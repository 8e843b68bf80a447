// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/readout.h"

#include "model/core/duration.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

constexpr double Padding = 6;
constexpr double ColumnGap = 14;
constexpr double LineSample = 16;
constexpr double SecondsPerHour = 3600;

constexpr QStringView TimeFormat = u"yyyy-MM-dd HH:mm:ss";

Counter rounded(double value)
{
    return Counter(std::llround(value));
}

QString numberText(double value, AxisUnit unit, NumberStyle style, bool withSign)
{
    const QString brief = shortText(value, unit, withSign);
    return style == NumberStyle::Scaled && !brief.isEmpty() ? brief : exactText(value, unit, withSign);
}

} // namespace

std::optional<SeriesPoint> nearestPoint(
    const std::vector<SeriesPoint> &points, WallTime at, nanoseconds tolerance)
{
    const auto after = std::lower_bound(points.begin(), points.end(), at,
        [](const SeriesPoint &point, WallTime time) { return point.wall < time; });
    if (after == points.end()) {
        if (points.empty() || at - points.back().wall > tolerance)
            return std::nullopt;
        return points.back();
    }
    if (after->wall == at)
        return *after;
    if (after == points.begin())
        return after->wall - at <= tolerance ? std::optional(*after) : std::nullopt;
    const SeriesPoint &before = *std::prev(after);
    const bool isBeforeNearer = at - before.wall <= after->wall - at;
    const SeriesPoint &nearest = isBeforeNearer ? before : *after;
    const nanoseconds distance = isBeforeNearer ? at - before.wall : after->wall - at;
    if (after->afterGap && distance > tolerance)
        return std::nullopt;
    return nearest;
}

double RangeChange::perHour() const
{
    const nanoseconds time = end.wall - start.wall;
    if (time <= nanoseconds::zero())
        return std::numeric_limits<double>::quiet_NaN();
    return change() / duration<double>(time).count() * SecondsPerHour;
}

std::optional<RangeChange> rangeChange(
    const std::vector<SeriesPoint> &points, const TimeRange &range, nanoseconds tolerance)
{
    const auto start = nearestPoint(points, range.from, tolerance);
    const auto end = nearestPoint(points, range.to, tolerance);
    if (!start || !end)
        return std::nullopt;
    return RangeChange{*start, *end};
}

QString exactText(double value, AxisUnit unit, bool withSign)
{
    const auto grouped = [&] {
        return withSign ? signedGroupedText(rounded(value)) : groupedText(rounded(value));
    };
    switch (unit) {
    case AxisUnit::Bytes:
        return grouped() + u" B"_s;
    case AxisUnit::Count:
        return grouped();
    case AxisUnit::PerSecond:
        if (std::abs(value) >= 100)
            return grouped() + u"/s"_s;
        return (withSign && value > 0 ? u"+"_s : QString()) + QString::number(value, 'f', 2) + u"/s"_s;
    }
    return {};
}

QString shortText(double value, AxisUnit unit, bool withSign)
{
    if (unit != AxisUnit::Bytes)
        return {};
    return withSign ? signedScaledBytesText(rounded(value)) : scaledBytesText(rounded(value));
}

Readout hoverReadout(const ChartPicture &picture, const ChartLook &look, WallTime at, nanoseconds tolerance)
{
    const AxisUnit unit = axisUnit(picture.metric);
    const bool withSign = picture.base != ChangeBase::None;
    struct Entry
    {
        const ChartSeries *series;
        std::optional<SeriesPoint> point;
    };
    std::vector<Entry> entries;
    for (const ChartSeries &series : picture.series) {
        if (series.shown)
            entries.push_back({&series, nearestPoint(*series.points, at, tolerance)});
    }
    const auto key = [](const Entry &entry) {
        return entry.point ? entry.point->value : -std::numeric_limits<double>::infinity();
    };
    std::stable_sort(
        entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) { return key(a) > key(b); });

    Readout out;
    out.title = toDateTime(at).toString(TimeFormat);
    for (const Mark &mark : picture.marks) {
        if (abs(mark.wall - at) <= tolerance)
            out.title += u"  ·  "_s + markLabel(mark);
    }
    for (const Entry &entry : entries) {
        ReadoutRow row{seriesPen(*entry.series, look), {entry.series->label}};
        if (!entry.point) {
            row.columns << unknownText();
        } else {
            const QString brief = shortText(entry.point->value, unit, withSign);
            if (!brief.isEmpty())
                row.columns << brief;
            row.columns << exactText(entry.point->value, unit, withSign);
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

Readout rangeReadout(
    const ChartPicture &picture, const ChartLook &look, const TimeRange &range, nanoseconds tolerance)
{
    const AxisUnit unit = axisUnit(picture.metric);
    const bool withSign = picture.base != ChangeBase::None;
    struct Entry
    {
        const ChartSeries *series;
        std::optional<RangeChange> change;
    };
    std::vector<Entry> entries;
    for (const ChartSeries &series : picture.series) {
        if (series.shown)
            entries.push_back({&series, rangeChange(*series.points, range, tolerance)});
    }
    const auto key = [](const Entry &entry) {
        return entry.change ? entry.change->change() : -std::numeric_limits<double>::infinity();
    };
    std::stable_sort(
        entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) { return key(a) > key(b); });

    Readout out;
    out.title = toDateTime(range.from).toString(TimeFormat) + u" – "_s
        + toDateTime(range.to).toString(u"HH:mm:ss"_s) + u"  ("_s + elapsedText(range.span()) + u')';
    out.header = {u"Tag"_s, u"Start"_s, u"End"_s, u"Change"_s, u"Per hour"_s};
    for (const Entry &entry : entries) {
        ReadoutRow row{seriesPen(*entry.series, look), {entry.series->label}};
        if (!entry.change) {
            row.columns << unknownText() << unknownText() << unknownText() << unknownText();
        } else {
            const RangeChange &change = *entry.change;
            const auto text = [&](double value, bool isSigned) {
                return numberText(value, unit, picture.numbers, isSigned);
            };
            const double perHour = change.perHour();
            row.columns << text(change.start.value, withSign) << text(change.end.value, withSign)
                        << text(change.change(), true)
                        << (std::isnan(perHour) ? unknownText() : QString(text(perHour, true) + u"/h"_s));
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

QString readoutText(const Readout &readout)
{
    QString out = readout.title;
    if (!readout.header.isEmpty())
        out += u'\n' + readout.header.join(u'\t');
    for (const ReadoutRow &row : readout.rows)
        out += u'\n' + row.columns.join(u'\t');
    return out;
}

namespace {

std::vector<double> columnWidths(const Readout &readout, const QFontMetricsF &metrics)
{
    std::vector<double> widths;
    const auto fit = [&](const QStringList &columns) {
        widths.resize(std::max(widths.size(), static_cast<size_t>(columns.size())));
        for (qsizetype i = 0; i < columns.size(); ++i) {
            double &width = widths[static_cast<size_t>(i)];
            width = std::max(width, std::ceil(metrics.horizontalAdvance(columns[i])));
        }
    };
    fit(readout.header);
    for (const ReadoutRow &row : readout.rows)
        fit(row.columns);
    return widths;
}

double rowHeight(const QFontMetricsF &metrics)
{
    return std::ceil(metrics.height()) + 1;
}

} // namespace

Readout fitted(Readout readout, const ChartLook &look, double height)
{
    const double spare = height - 2 * Padding;
    const int lines = static_cast<int>(spare / rowHeight(QFontMetricsF(look.font)));
    const auto room = static_cast<size_t>(std::max(lines - (readout.header.isEmpty() ? 1 : 2), 2));
    if (readout.rows.size() <= room)
        return readout;
    const size_t missing = readout.rows.size() - (room - 1);
    readout.rows.resize(room - 1);
    readout.rows.push_back({Qt::NoPen, {u"… %1 more"_s.arg(missing)}});
    return readout;
}

QSizeF readoutSize(const Readout &readout, const ChartLook &look)
{
    const QFontMetricsF metrics(look.font);
    double width = LineSample + Padding;
    for (const double column : columnWidths(readout, metrics))
        width += column + ColumnGap;
    width = std::max(width - ColumnGap, metrics.horizontalAdvance(readout.title));
    const auto rows = static_cast<double>(readout.rows.size() + 1 + (readout.header.isEmpty() ? 0 : 1));
    return {width + 2 * Padding, rows * rowHeight(metrics) + 2 * Padding};
}

void drawReadout(QPainter *painter, const Readout &readout, const ChartLook &look, const QPointF &topLeft)
{
    const QFontMetricsF metrics(look.font);
    const std::vector<double> widths = columnWidths(readout, metrics);
    const QRectF box(topLeft, readoutSize(readout, look));
    painter->setFont(look.font);
    painter->setRenderHint(QPainter::Antialiasing, true);
    QColor fill = look.background;
    fill.setAlphaF(0.93F);
    painter->setBrush(fill);
    painter->setPen(QPen(look.theme.markLine, 0));
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter->setRenderHint(QPainter::Antialiasing, false);

    double y = box.top() + Padding;
    const double height = rowHeight(metrics);
    painter->setPen(look.text);
    painter->drawText(QPointF(box.left() + Padding, y + metrics.ascent()), readout.title);
    y += height;
    const auto drawColumns = [&](const QStringList &columns, const QColor &color) {
        painter->setPen(color);
        double x = box.left() + 2 * Padding + LineSample;
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const double width = widths[static_cast<size_t>(i)];
            const QRectF cell(x, y, width, height);
            const Qt::Alignment side = i == 0 ? Qt::AlignLeft : Qt::AlignRight;
            painter->drawText(cell, static_cast<int>(side | Qt::AlignTop) | Qt::TextSingleLine, columns[i]);
            x += width + ColumnGap;
        }
    };
    if (!readout.header.isEmpty()) {
        drawColumns(readout.header, look.theme.dimText);
        y += height;
    }
    for (const ReadoutRow &row : readout.rows) {
        QPen pen = row.pen;
        pen.setWidth(2);
        painter->setPen(pen);
        const double middle = std::round(y + height / 2);
        painter->drawLine(
            QPointF(box.left() + Padding, middle), QPointF(box.left() + Padding + LineSample, middle));
        drawColumns(row.columns, look.text);
        y += height;
    }
}

} // namespace poolscope
