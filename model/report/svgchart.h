// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/history/seriesquery.h"

#include <QString>

#include <span>

namespace poolscope {

/// One line of bytes over time as an <svg> element: axes with round steps in binary units and local time,
/// gaps as gaps, marks as vertical lines. Colours come from the page (classes line, grid, mark, axis).
/// `title` is escaped here. Empty without a point.
[[nodiscard]] QString svgChart(
    std::span<const SeriesPoint> points, std::span<const Mark> marks, const QString &title);

} // namespace poolscope
