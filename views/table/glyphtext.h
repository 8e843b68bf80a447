// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>
#include <QStringView>

#include <array>
#include <vector>

namespace poolscope {

/// Measures and draws short texts of one font without shaping them: glyphs are looked up once, digits take
/// the width of the widest digit (tabular figures in every font). Falls back to QPainter::drawText() for
/// characters that the font lacks. Window thread only.
class GlyphText
{
public:
    explicit GlyphText(const QFont &font);

    /// How strongly a glyph covers each pixel of its box, per colour channel, as the painter draws it.
    struct Bitmap
    {
        int left = 0; ///< of the box, from the pen's place, in device pixels
        int top = 0; ///< from the baseline, downwards
        int width = 0;
        int height = 0;
        std::vector<QRgb> coverage; ///< row by row, without alpha; 0: not covered
        std::vector<quint8> grey; ///< the same where all channels are alike, else empty
    };
    struct Placed
    {
        const Bitmap *bitmap; ///< never null
        qreal advance; ///< to the next pen place, in units
        qreal shift; ///< of the glyph from the pen's place, in units
    };

    [[nodiscard]] const QFont &font() const { return m_font; }
    [[nodiscard]] qreal width(QStringView text) const;
    /// Distance of the baseline from the top of a box of this height in which the text is centred.
    [[nodiscard]] qreal baseline(qreal boxHeight) const;

    /// In the painter's pen, from the left end of the baseline.
    void draw(QPainter *painter, QPointF at, QStringView text) const;
    /// True when every character has a glyph: then placed() may be asked for each.
    [[nodiscard]] bool covers(QStringView text) const;
    /// The glyph of a covered character at `scale` device pixels a unit; valid until the scale changes.
    [[nodiscard]] Placed placed(QChar c, int scale) const;
    /// The text, or its beginning with "…" so that it fits.
    [[nodiscard]] QString elided(QStringView text, qreal width) const;

private:
    struct Glyph
    {
        quint32 index = 0; ///< 0: the font lacks it
        qreal advance = 0;
        qreal shift = 0; ///< centres a digit in the width of the widest
    };

    static constexpr size_t AsciiCount = 128;
    static constexpr size_t OtherCount = 5;

    /// Place in the tables below; -1: not among them.
    [[nodiscard]] static int slot(QChar c);
    [[nodiscard]] const Glyph *glyph(QChar c) const;
    [[nodiscard]] Bitmap rendered(const Glyph &glyph, int scale) const;

    QFont m_font;
    QFontMetricsF m_metrics;
    QRawFont m_raw;
    std::array<Glyph, AsciiCount + OtherCount> m_table;
    mutable std::array<Bitmap, AsciiCount + OtherCount> m_bitmaps;
    mutable int m_bitmapScale = 0;
    mutable QGlyphRun m_run;
    mutable std::vector<quint32> m_indexes;
    mutable std::vector<QPointF> m_positions;
};

} // namespace poolscope
