// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagtablemodel.h"
#include "views/table/cellcanvas.h"
#include "views/theme/themecolors.h"

#include <QAbstractItemDelegate>

#include <optional>

namespace poolscope {

/// Paints the cells of a TagTableModel, and only of that: it asks the model by type instead of through
/// QVariant. One fill, one or two runs of cached glyphs and no text layout, because painting is what a tick
/// costs. Rows alternate by themselves: the view's alternatingRowColors must be off, it would fill twice.
class TagDelegate : public QAbstractItemDelegate
{
    Q_OBJECT

public:
    using QAbstractItemDelegate::QAbstractItemDelegate;

    /// How strong changed cells are tinted: 0 (not) to 1.
    void setTintStrength(double strength) { m_tintStrength = strength; }
    [[nodiscard]] double tintStrength() const { return m_tintStrength; }

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Height of a row and width of a text of `characters` digits with the cell's margins.
    [[nodiscard]] static int rowHeight(const QFont &font);
    [[nodiscard]] static int columnWidth(const QFont &font, int characters);

    static constexpr int Margin = 4; ///< left and right of a cell's content, in pixels

private:
    struct Cell;

    /// Colours and glyphs are kept as long as palette and font stay the same.
    void prepare(const QStyleOptionViewItem &option) const;
    [[nodiscard]] QColor background(const Cell &cell) const;
    void paintStar(const Cell &cell) const;
    void paintTag(const Cell &cell) const;
    void paintText(const Cell &cell, qreal indent) const;
    [[nodiscard]] qreal verdictIconWidth(const Cell &cell) const;
    void paintVerdictIcon(const Cell &cell) const;
    void paintNumber(const Cell &cell) const;
    void paintTrend(const Cell &cell) const;

    double m_tintStrength = 0;
    mutable std::optional<GlyphText> m_glyphs;
    mutable CellCanvas m_canvas;
    mutable qint64 m_paletteKey = -1;
    mutable ThemeColors m_colors;
    mutable std::vector<QPointF> m_line;
};

} // namespace poolscope
