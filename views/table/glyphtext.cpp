// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/glyphtext.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr std::array<char16_t, 4> OtherCharacters = {u'–', u'▲', u'▼', u'…'};
constexpr char16_t Ellipsis = u'…';

} // namespace

GlyphText::GlyphText(const QFont &font)
    : m_font(font)
    , m_metrics(font)
    , m_raw(QRawFont::fromFont(font))
{
    const auto lookUp = [this](QChar c) {
        const QList<quint32> indexes = m_raw.glyphIndexesForString(QString(c));
        Glyph glyph;
        if (indexes.size() == 1 && indexes[0] != 0) {
            glyph.index = indexes[0];
            const QList<QPointF> advances = m_raw.advancesForGlyphIndexes(indexes);
            glyph.advance = advances.isEmpty() ? 0 : advances[0].x();
        }
        return glyph;
    };
    for (char16_t c = 0x20; c < 0x7F; ++c)
        m_ascii[c] = lookUp(QChar(c));
    for (size_t i = 0; i < OtherCharacters.size(); ++i)
        m_others[i] = lookUp(QChar(OtherCharacters[i]));

    qreal widest = 0;
    for (char16_t c = u'0'; c <= u'9'; ++c)
        widest = std::max(widest, m_ascii[c].advance);
    for (char16_t c = u'0'; c <= u'9'; ++c) {
        m_ascii[c].shift = (widest - m_ascii[c].advance) / 2;
        m_ascii[c].advance = widest;
    }
    m_run.setRawFont(m_raw);
}

const GlyphText::Glyph *GlyphText::glyph(QChar c) const
{
    const char16_t code = c.unicode();
    if (code < m_ascii.size())
        return m_ascii[code].index != 0 ? &m_ascii[code] : nullptr;
    for (size_t i = 0; i < OtherCharacters.size(); ++i) {
        if (OtherCharacters[i] == code)
            return m_others[i].index != 0 ? &m_others[i] : nullptr;
    }
    return nullptr;
}

qreal GlyphText::width(QStringView text) const
{
    qreal sum = 0;
    for (const QChar c : text) {
        const Glyph *found = glyph(c);
        if (found == nullptr)
            return m_metrics.horizontalAdvance(text.toString());
        sum += found->advance;
    }
    return sum;
}

qreal GlyphText::baseline(qreal boxHeight) const
{
    // Whole pixels keep hinted glyphs sharp.
    return std::round((boxHeight - m_metrics.height()) / 2 + m_metrics.ascent());
}

void GlyphText::draw(QPainter *painter, QPointF at, QStringView text) const
{
    m_indexes.clear();
    m_positions.clear();
    qreal x = 0;
    for (const QChar c : text) {
        const Glyph *found = glyph(c);
        if (found == nullptr) {
            painter->setFont(m_font);
            painter->drawText(at, text.toString());
            return;
        }
        m_indexes.push_back(found->index);
        m_positions.emplace_back(x + found->shift, 0);
        x += found->advance;
    }
    if (m_indexes.empty())
        return;
    // The run refers to the buffers only while it is drawn.
    m_run.setRawData(m_indexes.data(), m_positions.data(), static_cast<int>(m_indexes.size()));
    painter->drawGlyphRun(at, m_run);
}

QString GlyphText::elided(QStringView text, qreal available) const
{
    if (width(text) <= available)
        return text.toString();
    const qreal dots = width(QStringView(&Ellipsis, 1));
    qreal sum = 0;
    qsizetype fits = 0;
    while (fits < text.size()) {
        sum += width(text.mid(fits, 1));
        if (sum + dots > available)
            break;
        ++fits;
    }
    return text.left(fits).toString() + QChar(Ellipsis);
}

} // namespace poolscope
