// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/core/numberformat.h"
#include "model/core/tag.h"
#include "views/chart/axisticks.h"
#include "views/chart/seriesitem.h"
#include "views/theme/themecolors.h"

#include <QFont>
#include <QPalette>

namespace poolscope {

/// What is done to the values before they are drawn.
enum class ChangeBase : quint8
{
    None, ///< the values themselves
    Pin, ///< change since the tag was pinned
    Baseline, ///< change since the session's baseline
};

/// One pinned tag in a chart.
struct ChartSeries
{
    Tag tag;
    QString label; ///< escaped tag; with its type where two pinned tags read alike
    int slot = 0; ///< colour slot of the pin
    bool shown = true;
    bool dimmed = false; ///< another series is highlighted
    SeriesPoints points; ///< never null
    std::optional<ChartTrend> trend = std::nullopt; ///< of a tag that is judged to grow
};

/// Everything a chart shows, as a value: the screen, the PNG, the SVG and the CSV are made from it.
struct ChartPicture
{
    std::vector<ChartSeries> series;
    std::vector<Mark> marks; ///< by time
    TimeRange range;
    Metric metric = Metric::Bytes;
    ChangeBase base = ChangeBase::None;
    NumberStyle numbers = NumberStyle::Scaled;
};

/// Colours and font of a chart.
struct ChartLook
{
    QFont font;
    QColor background;
    QColor text;
    ThemeColors theme;

    [[nodiscard]] static ChartLook of(const QPalette &palette, const QFont &font);
};

[[nodiscard]] AxisUnit axisUnit(Metric metric);
/// "Bytes", "Outstanding", "Allocs/s", "Frees/s".
[[nodiscard]] QString metricTitle(Metric metric);
/// "Value", "Change since pin", "Change since baseline".
[[nodiscard]] QString changeBaseTitle(ChangeBase base);
[[nodiscard]] QString markTitle(MarkKind kind);
/// A note says its text, any other mark its kind.
[[nodiscard]] QString markLabel(const Mark &mark);

/// Lines of the picture's series in the look's colours, highlighted ones last, so that they lie on top.
[[nodiscard]] std::vector<SeriesLine> seriesLines(const ChartPicture &picture, const ChartLook &look);
[[nodiscard]] QPen seriesPen(const ChartSeries &series, const ChartLook &look);

/// Axes fitted to what the picture shows, and where everything lies in `bounds`.
struct ChartLayout
{
    PlotScale scale;
    ValueAxis values;
    std::vector<TimeTick> times;

    friend bool operator==(const ChartLayout &, const ChartLayout &) = default;

    [[nodiscard]] static ChartLayout of(
        const ChartPicture &picture, const ChartLook &look, const QRectF &bounds);
};

/// Grid lines and labels. Any thread.
void drawAxes(QPainter *painter, const ChartLayout &layout, const ChartLook &look);
/// Vertical lines with short labels; a label that would cover its neighbour is left out. Any thread.
void drawMarks(
    QPainter *painter, const ChartLayout &layout, const std::vector<Mark> &marks, const ChartLook &look);
/// The whole picture with title and legend, as it is exported. Any thread.
void drawPicture(QPainter *painter, const ChartPicture &picture, const ChartLook &look, const QRectF &bounds);

} // namespace poolscope
