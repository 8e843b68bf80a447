// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/numbercell.h"

#include <algorithm>

namespace poolscope {

namespace {

/// Share of a column that is set aside for changes, so that values and changes stand in columns of their own.
constexpr double ChangeShare = 0.45;
constexpr qreal Gap = 6; // between value and change

} // namespace

void drawNumberCell(CellCanvas &canvas, const QRectF &box, const TagCell &cell, const NumberCellStyle &style)
{
    const GlyphText &glyphs = canvas.glyphs();
    const qreal baseline = box.top() + glyphs.baseline(box.height());
    const qreal valueWidth = glyphs.width(cell.value);
    qreal right = box.right();
    if (style.showsChange) {
        QStringView change = cell.change;
        qreal changeWidth = glyphs.width(change);
        if (valueWidth + Gap + changeWidth > box.width() && cell.direction != ChangeDirection::None) {
            change = change.chopped(1).right(1);
            changeWidth = glyphs.width(change);
        }
        const bool fits = !change.isEmpty() && valueWidth + Gap + changeWidth <= box.width();
        if (fits)
            canvas.text({right - changeWidth, baseline}, change, style.change);
        const qreal setAside = std::min(box.width() * ChangeShare, box.width() - valueWidth);
        right -= std::max(fits ? changeWidth + Gap : 0, setAside);
    }
    right = std::max(right, box.left());
    if (valueWidth <= right - box.left() + 0.5) {
        canvas.text({right - valueWidth, baseline}, cell.value, style.value);
    } else {
        const QString value = glyphs.elided(cell.value, box.width());
        canvas.text({box.right() - glyphs.width(value), baseline}, value, style.value);
    }
}

} // namespace poolscope
