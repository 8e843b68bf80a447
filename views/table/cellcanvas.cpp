// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/cellcanvas.h"

#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace poolscope {

namespace {

constexpr size_t MaxBlends = 64; // tints fade in steps: pairs of colours are few

/// Device pixels a unit when the painter only moves and scales by a whole number, else 0.
int wholeScale(const QPainter &painter)
{
    const QTransform &transform = painter.deviceTransform();
    const double scale = transform.m11();
    const bool isWhole = transform.type() <= QTransform::TxScale && scale == transform.m22() && scale >= 1
        && scale == std::floor(scale);
    return isWhole ? static_cast<int>(scale) : 0;
}

} // namespace

void CellCanvas::begin(
    QPainter *painter, const GlyphText &glyphs, const QRect &rect, const QColor &background)
{
    m_painter = painter;
    m_glyphs = &glyphs;
    m_rect = rect;
    m_background = background;
    m_scale = wholeScale(*painter);
    m_isBuffered = m_scale > 0 && background.alpha() == 255 && !rect.isEmpty();
    if (!m_isBuffered) {
        painter->fillRect(rect, background);
        return;
    }
    m_width = rect.width() * m_scale;
    m_height = rect.height() * m_scale;
    const auto size = static_cast<size_t>(m_width) * static_cast<size_t>(m_height);
    if (m_pixels.size() < size)
        m_pixels.resize(size);
    std::fill_n(m_pixels.begin(), size, background.rgb());
}

void CellCanvas::fill(const QRectF &rect, const QColor &color)
{
    if (!m_isBuffered) {
        m_painter->fillRect(rect, color);
        return;
    }
    const auto toPixel = [this](qreal at, int origin) {
        return static_cast<int>(std::lround((at - origin) * m_scale));
    };
    const int left = std::clamp(toPixel(rect.left(), m_rect.left()), 0, m_width);
    const int right = std::clamp(toPixel(rect.right(), m_rect.left()), left, m_width);
    const int top = std::clamp(toPixel(rect.top(), m_rect.top()), 0, m_height);
    const int bottom = std::clamp(toPixel(rect.bottom(), m_rect.top()), top, m_height);
    for (int y = top; y < bottom; ++y)
        std::fill_n(
            m_pixels.begin() + static_cast<std::ptrdiff_t>(y) * m_width + left, right - left, color.rgb());
}

void CellCanvas::text(QPointF baseline, QStringView text, const QColor &color, const QColor &background)
{
    if (m_isBuffered && !m_glyphs->covers(text))
        end();
    if (!m_isBuffered) {
        m_painter->setPen(color);
        m_glyphs->draw(m_painter, baseline, text);
        return;
    }
    const Blend &colors = blend(color.rgb(), background.rgb());
    const int y = static_cast<int>(std::lround((baseline.y() - m_rect.top()) * m_scale));
    qreal x = (baseline.x() - m_rect.left()) * m_scale;
    for (const QChar c : text) {
        const GlyphText::Placed placed = m_glyphs->placed(c, m_scale);
        put(*placed.bitmap, static_cast<int>(std::lround(x + placed.shift * m_scale)), y, colors);
        x += placed.advance * m_scale;
    }
}

const CellCanvas::Blend &CellCanvas::blend(QRgb text, QRgb background)
{
    const auto found = std::find_if(m_blends.begin(), m_blends.end(),
        [&](const Blend &candidate) { return candidate.text == text && candidate.background == background; });
    if (found != m_blends.end())
        return *found;
    if (m_blends.size() >= MaxBlends)
        m_blends.clear();
    Blend &added = m_blends.emplace_back();
    added.text = text;
    added.background = background;
    const auto mix = [](int from, int to, int coverage) {
        return from + ((to - from) * coverage + (to > from ? 127 : -127)) / 255;
    };
    for (int coverage = 0; coverage < 256; ++coverage) {
        added.pixels[static_cast<size_t>(coverage)] = qRgb(mix(qRed(background), qRed(text), coverage),
            mix(qGreen(background), qGreen(text), coverage), mix(qBlue(background), qBlue(text), coverage));
    }
    return added;
}

void CellCanvas::put(const GlyphText::Bitmap &bitmap, int x, int y, const Blend &blend)
{
    const int left = x + bitmap.left;
    const int top = y + bitmap.top;
    const int firstColumn = std::max(0, -left);
    const int endColumn = std::min(bitmap.width, m_width - left);
    const int firstRow = std::max(0, -top);
    const int endRow = std::min(bitmap.height, m_height - top);
    for (int row = firstRow; row < endRow; ++row) {
        const auto first = static_cast<std::ptrdiff_t>(row) * bitmap.width;
        QRgb *pixels = m_pixels.data() + static_cast<std::ptrdiff_t>(top + row) * m_width + left;
        if (!bitmap.grey.empty()) {
            const quint8 *coverage = bitmap.grey.data() + first;
            for (int column = firstColumn; column < endColumn; ++column) {
                if (coverage[column] != 0)
                    pixels[column] = blend.pixels[coverage[column]];
            }
            continue;
        }
        // Subpixel rendering: each channel has a coverage of its own.
        const QRgb *coverage = bitmap.coverage.data() + first;
        for (int column = firstColumn; column < endColumn; ++column) {
            const auto at = [&](int channel) { return blend.pixels[static_cast<size_t>(channel)]; };
            const QRgb c = coverage[column];
            if (c != 0)
                pixels[column] = qRgb(qRed(at(qRed(c))), qGreen(at(qGreen(c))), qBlue(at(qBlue(c))));
        }
    }
}

void CellCanvas::end()
{
    if (!m_isBuffered)
        return;
    m_isBuffered = false;
    QImage image(reinterpret_cast<const uchar *>(m_pixels.data()), m_width, m_height,
        static_cast<qsizetype>(m_width) * static_cast<qsizetype>(sizeof(QRgb)), QImage::Format_RGB32);
    image.setDevicePixelRatio(m_scale);
    m_painter->drawImage(m_rect.topLeft(), image);
}

} // namespace poolscope
