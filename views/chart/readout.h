// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartpicture.h"

#include <optional>

namespace poolscope {

/// The point of a series nearest to a time; nullopt within a gap and beyond the ends of the series.
/// `tolerance` is how far beyond an end still counts as the end.
[[nodiscard]] std::optional<SeriesPoint> nearestPoint(
    const std::vector<SeriesPoint> &points, WallTime at, std::chrono::nanoseconds tolerance);

/// Change of one series over a selected range.
struct RangeChange
{
    SeriesPoint start;
    SeriesPoint end;

    [[nodiscard]] double change() const { return end.value - start.value; }
    /// Per hour between the two points; NaN when they are one.
    [[nodiscard]] double perHour() const;
};

/// From the points nearest to both ends; nullopt when either is unknown.
[[nodiscard]] std::optional<RangeChange> rangeChange(
    const std::vector<SeriesPoint> &points, const TimeRange &range, std::chrono::nanoseconds tolerance);

/// "12,345,678 B" or "1,234" or "0.5/s".
[[nodiscard]] QString exactText(double value, AxisUnit unit, bool withSign);
/// "11.8 MiB" for bytes; empty where the exact text is short already.
[[nodiscard]] QString shortText(double value, AxisUnit unit, bool withSign);

/// A small table: title, then a row a series. `columns[0]` is the label.
struct ReadoutRow
{
    QPen pen;
    QStringList columns;
};
struct Readout
{
    QString title;
    QStringList header; ///< empty: none
    std::vector<ReadoutRow> rows;
};

/// Values of all shown series at a time, largest first; the title names marks within `tolerance`.
[[nodiscard]] Readout hoverReadout(
    const ChartPicture &picture, const ChartLook &look, WallTime at, std::chrono::nanoseconds tolerance);
/// Start, end, change and change per hour of all shown series, largest change first.
[[nodiscard]] Readout rangeReadout(const ChartPicture &picture, const ChartLook &look, const TimeRange &range,
    std::chrono::nanoseconds tolerance);

/// The readout as lines of tab-separated text, for assistive technology and the clipboard.
[[nodiscard]] QString readoutText(const Readout &readout);

/// The readout with as many rows as a box of `height` holds; the last one then says how many are missing.
[[nodiscard]] Readout fitted(Readout readout, const ChartLook &look, double height);
/// Size of the readout's box.
[[nodiscard]] QSizeF readoutSize(const Readout &readout, const ChartLook &look);
void drawReadout(QPainter *painter, const Readout &readout, const ChartLook &look, const QPointF &topLeft);

} // namespace poolscope
