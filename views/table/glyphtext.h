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

/// Draws short texts of one font without shaping them: glyphs are looked up once, digits take the width of
/// the widest digit (tabular figures in every font). Falls back to QPainter::drawText() for characters that
/// the font lacks. Window thread only.
class GlyphText
{
public:
    explicit GlyphText(const QFont &font);

    [[nodiscard]] const QFont &font() const { return m_font; }
    [[nodiscard]] qreal width(QStringView text) const;
    /// Distance of the baseline from the top of a box of this height in which the text is centred.
    [[nodiscard]] qreal baseline(qreal boxHeight) const;

    /// In the painter's pen, from the left end of the baseline.
    void draw(QPainter *painter, QPointF at, QStringView text) const;
    /// The text, or its beginning with "…" so that it fits.
    [[nodiscard]] QString elided(QStringView text, qreal width) const;

private:
    struct Glyph
    {
        quint32 index = 0; ///< 0: the font lacks it
        qreal advance = 0;
        qreal shift = 0; ///< centres a digit in the width of the widest
    };

    [[nodiscard]] const Glyph *glyph(QChar c) const;

    QFont m_font;
    QFontMetricsF m_metrics;
    QRawFont m_raw;
    std::array<Glyph, 128> m_ascii;
    std::array<Glyph, 4> m_others;
    mutable QGlyphRun m_run;
    mutable std::vector<quint32> m_indexes;
    mutable std::vector<QPointF> m_positions;
};

} // namespace poolscope
