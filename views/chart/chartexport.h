// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartpicture.h"

#include <QByteArray>
#include <QSize>

namespace poolscope {

enum class ChartFormat : quint8
{
    Png, ///< at twice the size on the screen
    Svg,
    Csv, ///< "time,<tag>…": the shown points, one column a series, unknown empty (RFC 4180)
};

/// "png", "svg", "csv".
[[nodiscard]] QString chartFormatSuffix(ChartFormat format);

/// The picture in a file format; `size` in logical pixels. Any thread.
[[nodiscard]] QByteArray encodedPicture(
    const ChartPicture &picture, const ChartLook &look, const QSize &size, ChartFormat format);

} // namespace poolscope
