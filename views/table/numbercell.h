// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagcolumns.h"
#include "views/table/cellcanvas.h"

#include <QColor>
#include <QRectF>

namespace poolscope {

/// How a number and its change stand in a cell. Table and totals share it, so that digits line up.
struct NumberCellStyle
{
    bool showsChange = false; ///< the column sets part of its width aside for changes
    QColor value;
    QColor change;
};

/// The value right-aligned before the part for the change, the change right-aligned at the end. Where both
/// do not fit, the change shrinks to its arrow, then goes; a value that does not fit ends in "…".
void drawNumberCell(CellCanvas &canvas, const QRectF &box, const TagCell &cell, const NumberCellStyle &style);

} // namespace poolscope
