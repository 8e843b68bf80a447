// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/glyphtext.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace poolscope {

namespace {

constexpr std::array<char16_t, 5> OtherCharacters = {u'–', u'▲', u'▼', u'…', u'·'};
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
    static_assert(OtherCharacters.size() == OtherCount);
    for (char16_t c = 0x20; c < 0x7F; ++c)
        m_table[c] = lookUp(QChar(c));
    for (size_t i = 0; i < OtherCount; ++i)
        m_table[AsciiCount + i] = lookUp(QChar(OtherCharacters[i]));

    qreal widest = 0;
    for (char16_t c = u'0'; c <= u'9'; ++c)
        widest = std::max(widest, m_table[c].advance);
    for (char16_t c = u'0'; c <= u'9'; ++c) {
        m_table[c].shift = (widest - m_table[c].advance) / 2;
        m_table[c].advance = widest;
    }
    m_run.setRawFont(m_raw);
}

int GlyphText::slot(QChar c)
{
    const char16_t code = c.unicode();
    if (code < AsciiCount)
        return code;
    for (size_t i = 0; i < OtherCount; ++i) {
        if (OtherCharacters[i] == code)
            return static_cast<int>(AsciiCount + i);
    }
    return -1;
}

const GlyphText::Glyph *GlyphText::glyph(QChar c) const
{
    const int at = slot(c);
    if (at < 0 || m_table[static_cast<size_t>(at)].index == 0)
        return nullptr;
    return &m_table[static_cast<size_t>(at)];
}

bool GlyphText::covers(QStringView text) const
{
    return std::all_of(text.begin(), text.end(), [this](QChar c) { return glyph(c) != nullptr; });
}

GlyphText::Placed GlyphText::placed(QChar c, int scale) const
{
    if (scale != m_bitmapScale) {
        m_bitmaps = {};
        m_bitmapScale = scale;
    }
    const auto at = static_cast<size_t>(slot(c));
    const Glyph &glyph = m_table[at];
    Bitmap &bitmap = m_bitmaps[at];
    // A blank has no pixels but gets a width, so that it is not rendered again.
    if (bitmap.width == 0)
        bitmap = rendered(glyph, scale);
    return {&bitmap, glyph.advance, glyph.shift};
}

GlyphText::Bitmap GlyphText::rendered(const Glyph &glyph, int scale) const
{
    // Room on every side for glyphs that reach beyond their advance.
    const int margin = static_cast<int>(std::ceil(m_metrics.height() / 2));
    const int ascent = static_cast<int>(std::ceil(m_metrics.ascent())) + margin;
    const QSize size(static_cast<int>(std::ceil(glyph.advance)) + 2 * margin,
        static_cast<int>(std::ceil(m_metrics.height())) + 2 * margin);
    QImage image(size * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(Qt::black);
    m_run.setGlyphIndexes({glyph.index});
    m_run.setPositions({QPointF()});
    painter.drawGlyphRun(QPointF(margin, ascent), m_run);
    painter.end();

    const auto coverageAt = [&](int x, int y) { return ~image.pixel(x, y) & 0x00FFFFFF; };
    QRect box;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (coverageAt(x, y) != 0)
                box |= QRect(x, y, 1, 1);
        }
    }
    if (box.isEmpty())
        box = QRect(margin * scale, ascent * scale, 1, 1);
    Bitmap bitmap{.left = box.left() - margin * scale,
        .top = box.top() - ascent * scale,
        .width = box.width(),
        .height = box.height(),
        .coverage = {},
        .grey = {}};
    for (int y = box.top(); y <= box.bottom(); ++y) {
        for (int x = box.left(); x <= box.right(); ++x)
            bitmap.coverage.push_back(coverageAt(x, y));
    }
    const bool isGrey = std::all_of(bitmap.coverage.begin(), bitmap.coverage.end(),
        [](QRgb c) { return qRed(c) == qGreen(c) && qGreen(c) == qBlue(c); });
    if (isGrey) {
        for (const QRgb c : bitmap.coverage)
            bitmap.grey.push_back(static_cast<quint8>(qRed(c)));
    }
    return bitmap;
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
