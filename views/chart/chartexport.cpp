// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartexport.h"

#include "model/core/duration.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <limits>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int PngScale = 2;

QByteArray pngOf(const ChartPicture &picture, const ChartLook &look, const QSize &size)
{
    QImage image(size * PngScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(PngScale);
    QPainter painter(&image);
    drawPicture(&painter, picture, look, QRectF(QPointF(), QSizeF(size)));
    painter.end();
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return out;
}

QByteArray svgOf(const ChartPicture &picture, const ChartLook &look, const QSize &size)
{
    QByteArray out;
    QBuffer buffer(&out);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(u"PoolScope: "_s + metricTitle(picture.metric));
    QPainter painter(&generator);
    drawPicture(&painter, picture, look, QRectF(QPointF(), QSizeF(size)));
    painter.end();
    return out;
}

QByteArray csvField(const QString &text)
{
    QByteArray field = text.toUtf8();
    if (field.contains(',') || field.contains('"') || field.contains('\n') || field.contains('\r'))
        field = '"' + field.replace('"', "\"\"") + '"';
    return field;
}

QByteArray csvNumber(double value)
{
    if (value == std::round(value) && std::abs(value) < 0x1p63)
        return QByteArray::number(static_cast<qint64>(value));
    return QByteArray::number(value, 'g', std::numeric_limits<double>::max_digits10);
}

QByteArray csvOf(const ChartPicture &picture)
{
    struct Column
    {
        const ChartSeries *series;
        size_t next = 0;
    };
    std::vector<Column> columns;
    std::vector<WallTime> times;
    QByteArray out = "time";
    for (const ChartSeries &series : picture.series) {
        if (!series.shown)
            continue;
        columns.push_back({&series});
        out += ',' + csvField(series.label);
        for (const SeriesPoint &point : *series.points)
            times.push_back(point.wall);
    }
    out += "\r\n";
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    for (const WallTime time : times) {
        const bool inRange = picture.range.contains(time);
        if (inRange)
            out += isoUtc(time).toLatin1();
        for (Column &column : columns) {
            const std::vector<SeriesPoint> &points = *column.series->points;
            const bool has = column.next < points.size() && points[column.next].wall == time;
            if (inRange)
                out += has ? ',' + csvNumber(points[column.next].value) : QByteArray(",");
            if (has)
                ++column.next;
        }
        if (inRange)
            out += "\r\n";
    }
    return out;
}

} // namespace

QString chartFormatSuffix(ChartFormat format)
{
    switch (format) {
    case ChartFormat::Png:
        return u"png"_s;
    case ChartFormat::Svg:
        return u"svg"_s;
    case ChartFormat::Csv:
        return u"csv"_s;
    }
    return {};
}

QByteArray encodedPicture(
    const ChartPicture &picture, const ChartLook &look, const QSize &size, ChartFormat format)
{
    switch (format) {
    case ChartFormat::Png:
        return pngOf(picture, look, size);
    case ChartFormat::Svg:
        return svgOf(picture, look, size);
    case ChartFormat::Csv:
        return csvOf(picture);
    }
    return {};
}

} // namespace poolscope
