// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/report/svgchart.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double Width = 760;
constexpr double Height = 200;
constexpr double Left = 80; ///< room for the numbers
constexpr double Right = 12;
constexpr double Top = 10;
constexpr double Bottom = 24; ///< room for the times
constexpr int TimeTicks = 5;
constexpr double ValueTicks = 4;

/// Smallest of 1, 2, 4, 8 … times a unit of 1024 that makes at most ValueTicks steps.
double byteStep(double span)
{
    double step = 1;
    while (span / step > ValueTicks)
        step *= 2;
    return step;
}

class Frame
{
public:
    explicit Frame(std::span<const SeriesPoint> points)
        : m_from(points.front().wall)
        , m_span(std::max(1e-3, std::chrono::duration<double>(points.back().wall - m_from).count()))
    {
        const auto [low, high] = std::ranges::minmax_element(points, {}, &SeriesPoint::value);
        step = byteStep(std::max(high->value - low->value, 1.0));
        least = std::floor(low->value / step) * step;
        most = std::max(std::ceil(high->value / step) * step, least + step);
    }

    [[nodiscard]] double x(WallTime wall) const
    {
        const double share = std::chrono::duration<double>(wall - m_from).count() / m_span;
        return Left + share * (Width - Left - Right);
    }
    [[nodiscard]] double y(double value) const
    {
        return Top + (most - value) / (most - least) * (Height - Top - Bottom);
    }
    [[nodiscard]] WallTime at(double share) const
    {
        return m_from + std::chrono::nanoseconds(static_cast<qint64>(share * m_span * 1e9));
    }
    [[nodiscard]] double span() const { return m_span; }

    double step = 1;
    double least = 0;
    double most = 1;

private:
    WallTime m_from;
    double m_span; ///< s
};

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString axes(const Frame &frame)
{
    QString out;
    for (double value = frame.least; value <= frame.most + frame.step / 2; value += frame.step) {
        const QString y = number(frame.y(value));
        out += u"<line class=\"grid\" x1=\"%1\" x2=\"%2\" y1=\"%3\" y2=\"%3\"/>"_s.arg(
            number(Left), number(Width - Right), y);
        out +=
            u"<text class=\"axis\" x=\"%1\" y=\"%2\" text-anchor=\"end\" dominant-baseline=\"middle\">%3</text>"_s
                .arg(number(Left - 6), y, scaledBytesText(Counter(std::llround(value))).toHtmlEscaped());
    }
    constexpr double Day = 86'400;
    const QString format = frame.span() > Day ? u"MM-dd HH:mm"_s
        : frame.span() > 600                  ? u"HH:mm"_s
                                              : u"HH:mm:ss"_s;
    for (int tick = 0; tick < TimeTicks; ++tick) {
        const WallTime wall = frame.at(static_cast<double>(tick) / (TimeTicks - 1));
        const QString anchor = tick == 0 ? u"start"_s : tick == TimeTicks - 1 ? u"end"_s : u"middle"_s;
        out += u"<text class=\"axis\" x=\"%1\" y=\"%2\" text-anchor=\"%3\">%4</text>"_s.arg(
            number(frame.x(wall)), number(Height - 6), anchor, toDateTime(wall).toString(format));
    }
    return out;
}

QString markLines(const Frame &frame, std::span<const Mark> marks, std::span<const SeriesPoint> points)
{
    QString out;
    for (const Mark &mark : marks) {
        if (mark.wall < points.front().wall || points.back().wall < mark.wall)
            continue;
        out += u"<line class=\"mark\" x1=\"%1\" x2=\"%1\" y1=\"%2\" y2=\"%3\"><title>%4</title></line>"_s.arg(
            number(frame.x(mark.wall)), number(Top), number(Height - Bottom), mark.text.toHtmlEscaped());
    }
    return out;
}

QString lines(const Frame &frame, std::span<const SeriesPoint> points)
{
    QString path;
    for (size_t i = 0; i < points.size(); ++i) {
        const bool starts = i == 0 || points[i].afterGap;
        path += (starts ? u'M' : u'L') + number(frame.x(points[i].wall)) + u' '
            + number(frame.y(points[i].value));
    }
    return u"<path class=\"line\" d=\"%1\"/>"_s.arg(path);
}

} // namespace

QString svgChart(std::span<const SeriesPoint> points, std::span<const Mark> marks, const QString &title)
{
    if (points.empty())
        return {};
    const Frame frame(points);
    return u"<svg class=\"chart\" role=\"img\" viewBox=\"0 0 %1 %2\"><title>%3</title>"_s.arg(
               number(Width), number(Height), title.toHtmlEscaped())
        + axes(frame) + markLines(frame, marks, points) + lines(frame, points) + u"</svg>\n"_s;
}

} // namespace poolscope
