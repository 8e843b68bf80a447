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

void drawNumberCell(QPainter *painter, const GlyphText &glyphs, const QRectF &box, const TagCell &cell,
    const NumberCellStyle &style)
{
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
        if (fits) {
            painter->setPen(style.change);
            glyphs.draw(painter, {right - changeWidth, baseline}, change);
        }
        const qreal setAside = std::min(box.width() * ChangeShare, box.width() - valueWidth);
        right -= std::max(fits ? changeWidth + Gap : 0, setAside);
    }
    right = std::max(right, box.left());
    painter->setPen(style.value);
    if (valueWidth <= right - box.left() + 0.5) {
        glyphs.draw(painter, {right - valueWidth, baseline}, cell.value);
    } else {
        const QString value = glyphs.elided(cell.value, box.width());
        glyphs.draw(painter, {box.right() - glyphs.width(value), baseline}, value);
    }
}

} // namespace poolscope
