// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartpicture.h"

namespace poolscope {

/// A tinted band over a stretch of time.
void drawSelection(
    QPainter *painter, const ChartLayout &layout, const TimeRange &range, const QColor &highlight);
/// The moment shown: a vertical line with a handle at its top.
void drawPosition(QPainter *painter, const ChartLayout &layout, const QColor &color, WallTime at);
/// A vertical line at a time, and a dot on every shown series' nearest point.
void drawCrosshair(QPainter *painter, const ChartLayout &layout, const ChartPicture &picture,
    const ChartLook &look, WallTime at, std::chrono::nanoseconds tolerance);

} // namespace poolscope
