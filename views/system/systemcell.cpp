// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/system/systemcell.h"

#include "views/theme/themecolors.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int SideMargin = 8;
constexpr int TopMargin = 2;
constexpr int ChangeGap = 6;
constexpr int BarGap = 1;
constexpr int BarHeight = 3;
constexpr int SparklineGap = 8;
constexpr int SparklineWidth = 48;
constexpr qreal TitleScale = 0.88;

} // namespace

SystemCell::SystemCell(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    widenToText();
}

void SystemCell::setStartsGroup(bool starts)
{
    m_startsGroup = starts;
    update();
}

void SystemCell::setValue(const QString &value, const QString &change)
{
    if (value == m_value && change == m_change)
        return;
    m_value = value;
    m_change = change;
    widenToText();
    update();
}

void SystemCell::setBar(std::optional<double> share, std::optional<double> peak)
{
    if (m_withBar && share == m_share && peak == m_peak)
        return;
    m_share = share;
    m_peak = peak;
    m_withBar = true;
    update();
}

void SystemCell::setSparkline(std::vector<QPolygonF> lines)
{
    if (!m_withSparkline) {
        m_withSparkline = true;
        updateGeometry();
    }
    m_lines = std::move(lines);
    update();
}

QSize SystemCell::sizeHint() const
{
    const int sparkline = m_withSparkline ? SparklineGap + SparklineWidth : 0;
    const int height =
        TopMargin * 2 + QFontMetrics(titleFont()).height() + fontMetrics().height() + BarGap + BarHeight;
    return {SideMargin * 2 + m_textWidth + sparkline, height};
}

QFont SystemCell::titleFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * TitleScale);
    return small;
}

int SystemCell::textWidth() const
{
    const QFontMetrics metrics = fontMetrics();
    int line = std::max(metrics.horizontalAdvance(m_value), metrics.horizontalAdvance(u"8.88 GiB"_s));
    if (!m_change.isEmpty())
        line += ChangeGap + metrics.horizontalAdvance(m_change);
    return std::max(line, QFontMetrics(titleFont()).horizontalAdvance(m_title));
}

void SystemCell::widenToText()
{
    const int width = textWidth();
    if (width <= m_textWidth)
        return;
    m_textWidth = width;
    updateGeometry();
}

void SystemCell::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_textWidth = 0;
        widenToText();
    }
}

void SystemCell::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors colors = ThemeColors::of(palette());
    if (m_startsGroup && x() > SideMargin)
        painter.fillRect(0, TopMargin + 2, 1, height() - 2 * TopMargin - 4, colors.gridLine);

    const QFontMetrics small(titleFont());
    const QRect inner = rect().adjusted(SideMargin, TopMargin, -SideMargin, -TopMargin);
    painter.setFont(titleFont());
    painter.setPen(colors.dimText);
    painter.drawText(inner.topLeft() + QPoint(0, small.ascent()), m_title);

    const QFontMetrics metrics = fontMetrics();
    const QPoint base = inner.topLeft() + QPoint(0, small.height() + metrics.ascent());
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(base, m_value);
    if (!m_change.isEmpty()) {
        painter.setPen(colors.dimText);
        painter.drawText(base + QPoint(metrics.horizontalAdvance(m_value) + ChangeGap, 0), m_change);
    }
    if (m_withBar)
        paintBar(painter, QRect(inner.left(), inner.bottom() - BarHeight + 1, m_textWidth, BarHeight));
    if (m_withSparkline) {
        paintSparkline(painter,
            QRect(inner.left() + m_textWidth + SparklineGap, inner.top() + 3, SparklineWidth,
                inner.height() - 6));
    }
}

void SystemCell::paintBar(QPainter &painter, const QRect &box) const
{
    painter.fillRect(box, ThemeColors::of(palette()).gridLine);
    if (m_share) {
        const int filled = static_cast<int>(box.width() * std::clamp(*m_share, 0.0, 1.0));
        painter.fillRect(
            QRect(box.topLeft(), QSize(filled, box.height())), palette().color(QPalette::Highlight));
    }
    if (m_peak) {
        const int at = static_cast<int>((box.width() - 1) * std::clamp(*m_peak, 0.0, 1.0));
        painter.fillRect(
            box.left() + at, box.top() - 1, 1, box.height() + 2, palette().color(QPalette::WindowText));
    }
}

void SystemCell::paintSparkline(QPainter &painter, const QRect &box) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(pinColor(0, ThemeColors::of(palette()).dark), 1.2));
    const QRectF area(box);
    for (const QPolygonF &line : m_lines) {
        QPolygonF points;
        points.reserve(line.size());
        for (const QPointF &point : line)
            points << QPointF(
                area.left() + point.x() * area.width(), area.bottom() - point.y() * area.height());
        painter.drawPolyline(points);
    }
}

} // namespace poolscope
