// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/timerange.h"

#include <QRectF>

#include <cmath>

namespace poolscope {

/// Where times and values lie in a plot area.
struct PlotScale
{
    QRectF area; ///< logical pixels
    TimeRange time;
    double low = 0; ///< value at the bottom edge
    double high = 1; ///< value at the top edge

    [[nodiscard]] double x(WallTime at) const
    {
        // The difference is exact in whole nanoseconds; only then it becomes a double.
        return area.left() + static_cast<double>((at - time.from).count()) * xPerNanosecond();
    }
    [[nodiscard]] double y(double value) const
    {
        return area.bottom() - (value - low) / (high - low) * area.height();
    }
    [[nodiscard]] WallTime timeAt(double x) const
    {
        return time.from + std::chrono::nanoseconds(std::llround((x - area.left()) / xPerNanosecond()));
    }
    [[nodiscard]] double xPerNanosecond() const
    {
        return area.width() / static_cast<double>(std::max<qint64>(time.span().count(), 1));
    }

    friend bool operator==(const PlotScale &, const PlotScale &) = default;
};

} // namespace poolscope
