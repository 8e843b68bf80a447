// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/table/glyphtext.h"

#include <QColor>
#include <QImage>
#include <QRect>

#include <array>
#include <vector>

namespace poolscope {

/// A cell of one background colour with text on it, put together in a buffer and handed to the painter as
/// one opaque picture. Every glyph is a small map of coverages, every pair of colours a table from coverage
/// to pixel: a cell costs a tenth of what the painter's own text drawing costs. Where that cannot be exact
/// (a scale that is not whole, characters without a glyph) it falls back to the painter, cell by cell.
/// Window thread only; keeps its buffers between cells.
class CellCanvas
{
public:
    /// Starts a cell; `glyphs` and `painter` must live until end().
    void begin(QPainter *painter, const GlyphText &glyphs, const QRect &rect, const QColor &background);
    void fill(const QRectF &rect, const QColor &color);
    /// `background` is what lies under the text: the cell's background or what fill() put there.
    void text(QPointF baseline, QStringView text, const QColor &color, const QColor &background);
    void text(QPointF baseline, QStringView string, const QColor &color)
    {
        text(baseline, string, color, m_background);
    }
    /// Puts the cell on the painter, which may then draw over it.
    void end();

    [[nodiscard]] const GlyphText &glyphs() const { return *m_glyphs; }

private:
    /// From coverage to pixel, for one pair of colours.
    struct Blend
    {
        QRgb text = 0;
        QRgb background = 0;
        std::array<QRgb, 256> pixels; ///< every channel covered alike
    };

    [[nodiscard]] const Blend &blend(QRgb text, QRgb background);
    void put(const GlyphText::Bitmap &bitmap, int x, int y, const Blend &blend);

    QPainter *m_painter = nullptr;
    const GlyphText *m_glyphs = nullptr;
    QRect m_rect;
    QColor m_background;
    bool m_isBuffered = false;
    int m_scale = 1; // device pixels a unit
    int m_width = 0; // of the buffer, in device pixels
    int m_height = 0;
    std::vector<QRgb> m_pixels;
    std::vector<Blend> m_blends;
};

} // namespace poolscope
