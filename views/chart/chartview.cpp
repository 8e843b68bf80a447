// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartview.h"

#include "views/chart/chartoverlay.h"
#include "views/chart/paintitem.h"

#include <QApplication>
#include <QChart>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace std::chrono;

namespace {

constexpr double WheelZoom = 0.8; ///< for one notch of 15 degrees
constexpr double WheelNotch = 120;
constexpr double KeyZoom = 0.5;
constexpr int PanShare = 10; ///< an arrow key pans by this part of the window
constexpr int CrosshairColumns = 4; ///< logical pixels a key moves the crosshair
constexpr double ReadoutDistance = 12;

nanoseconds scaled(nanoseconds time, double factor)
{
    return nanoseconds(std::llround(static_cast<double>(time.count()) * factor));
}

} // namespace

ChartView::ChartView(QWidget *parent)
    : QChartView(parent)
    , m_look(ChartLook::of(palette(), font()))
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumSize(240, 120);
    setAccessibleName(tr("Chart of pinned tags"));

    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundRoundness(0);
    chart()->setMargins({});
    chart()->legend()->hide();
    m_axes = new PaintItem([this](QPainter *painter) { drawAxes(painter, m_layout, m_look); }, chart());
    m_marks = new PaintItem(
        [this](QPainter *painter) { drawMarks(painter, m_layout, m_picture.marks, m_look); }, chart());
    m_series = new SeriesItem(chart());
    m_positionLine = new PaintItem(
        [this](QPainter *painter) {
            if (m_position && m_message.isEmpty())
                drawPosition(painter, m_layout, palette().color(QPalette::Highlight), *m_position);
        },
        chart());
    m_overlay = new PaintItem([this](QPainter *painter) { paintOverlay(painter); }, chart());
    applyPalette();
}

void ChartView::setPicture(ChartPicture picture)
{
    if (picture.marks != m_picture.marks)
        m_marks->update();
    m_picture = std::move(picture);
    relayout();
}

void ChartView::setMessage(const QString &message)
{
    if (message == m_message)
        return;
    m_message = message;
    setAccessibleDescription(message);
    for (QGraphicsItem *item : std::initializer_list<QGraphicsItem *>{m_axes, m_marks, m_series})
        item->setVisible(message.isEmpty());
    m_positionLine->update();
    m_overlay->update();
}

int ChartView::columns() const
{
    return std::max(1, static_cast<int>(std::lround(m_layout.scale.area.width() * devicePixelRatioF())));
}

void ChartView::setPosition(std::optional<WallTime> at)
{
    if (at == m_position)
        return;
    m_positionLine->update(positionDirt());
    m_position = at;
    m_positionLine->update(positionDirt());
}

void ChartView::setCrosshair(std::optional<WallTime> at)
{
    if (at == m_crosshair)
        return;
    m_crosshair = at;
    updateOverlay();
}

void ChartView::setSelection(std::optional<TimeRange> range)
{
    if (range == m_selection)
        return;
    m_selection = range;
    updateOverlay();
}

Readout ChartView::readout() const
{
    if (m_selection)
        return rangeReadout(m_picture, m_look, *m_selection, tolerance());
    if (m_crosshair)
        return hoverReadout(m_picture, m_look, *m_crosshair, tolerance());
    return {};
}

Readout ChartView::fittedReadout() const
{
    return fitted(readout(), m_look, viewport()->height());
}

nanoseconds ChartView::tolerance() const
{
    // Two columns, and never less than the few seconds by which the newest sample lags the clock.
    return std::max<nanoseconds>(2 * m_picture.range.span() / std::max(columns(), 1), seconds(3));
}

WallTime ChartView::timeAt(double x) const
{
    const QRectF &area = m_layout.scale.area;
    return m_layout.scale.timeAt(std::clamp(x, area.left(), area.right()));
}

void ChartView::applyPalette()
{
    m_look = ChartLook::of(palette(), font());
    m_axes->update();
    m_marks->update();
    chart()->setBackgroundBrush(m_look.background);
    setBackgroundBrush(m_look.background);
    relayout();
    emit lookChanged();
}

void ChartView::relayout()
{
    const QRectF bounds(QPointF(), QSizeF(viewport()->size()));
    ChartLayout layout = ChartLayout::of(m_picture, m_look, bounds);
    chart()->setPlotArea(layout.scale.area);
    for (PaintItem *item : {m_axes, m_marks, m_positionLine, m_overlay})
        item->setBounds(bounds);
    if (layout != m_layout) {
        m_layout = std::move(layout);
        m_axes->update();
        m_marks->update();
        m_positionLine->update();
    }
    if (m_hoverX)
        m_crosshair = timeAt(*m_hoverX);
    m_series->setScale(m_layout.scale);
    m_series->setLines(seriesLines(m_picture, m_look));
    updateOverlay();
    if (const int now = columns(); now != m_columns) {
        m_columns = now;
        emit columnsChanged();
    }
}

void ChartView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyPalette();
}

void ChartView::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    relayout();
}

void ChartView::contextMenuEvent(QContextMenuEvent *event)
{
    // The owner's menu, not the scene's.
    event->ignore();
}

// Input

void ChartView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const QPoint angle = event->angleDelta();
    const bool sideways = angle.y() == 0 || event->modifiers().testFlag(Qt::ShiftModifier);
    if (sideways) {
        const int delta = angle.x() != 0 ? angle.x() : angle.y();
        emit panWanted(scaled(m_picture.range.span(), -delta / WheelNotch / PanShare));
        return;
    }
    emit zoomWanted(std::pow(WheelZoom, angle.y() / WheelNotch), timeAt(event->position().x()));
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    event->accept();
    if (event->button() != Qt::LeftButton)
        return;
    m_dragX = m_pressX = event->position().x();
    m_isClick = true;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_drag = Drag::Select;
        m_selectionAnchor = timeAt(m_dragX);
        setSelection(std::nullopt);
        return;
    }
    m_drag = Drag::Pan;
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    event->accept();
    const double x = event->position().x();
    m_isClick = m_isClick && std::abs(x - m_pressX) < QApplication::startDragDistance();
    // A hand that trembles while it clicks must not move the picture.
    if (m_isClick && m_position && m_drag == Drag::Pan)
        return;
    switch (m_drag) {
    case Drag::None:
        break;
    case Drag::Pan:
        if (x != m_dragX)
            emit panWanted(scaled(nanoseconds(1), (m_dragX - x) / m_layout.scale.xPerNanosecond()));
        m_dragX = x;
        break;
    case Drag::Select: {
        const WallTime here = timeAt(x);
        setSelection(TimeRange{std::min(m_selectionAnchor, here), std::max(m_selectionAnchor, here)});
        break;
    }
    }
    const QRectF &area = m_layout.scale.area;
    m_hoverX = x >= area.left() && x <= area.right() ? std::optional(x) : std::nullopt;
    setCrosshair(m_hoverX ? std::optional(timeAt(x)) : std::nullopt);
}

void ChartView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (m_isClick && m_position && drag == Drag::Pan && m_layout.scale.area.contains(event->position()))
        emit momentWanted(timeAt(event->position().x()));
    m_isClick = false;
    viewport()->unsetCursor();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent *event)
{
    event->accept();
    setSelection(std::nullopt);
    emit resetWanted();
}

void ChartView::leaveEvent(QEvent *event)
{
    QChartView::leaveEvent(event);
    m_hoverX.reset();
    setCrosshair(std::nullopt);
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
    const nanoseconds span = m_picture.range.span();
    const WallTime middle = m_crosshair.value_or(m_picture.range.from + span / 2);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (shift || ctrl)
            moveCrosshair(direction * CrosshairColumns, shift);
        else
            emit panWanted(direction * (span / PanShare));
        break;
    }
    case Qt::Key_PageUp:
        emit panWanted(-span);
        break;
    case Qt::Key_PageDown:
        emit panWanted(span);
        break;
    case Qt::Key_Up:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        emit zoomWanted(KeyZoom, middle);
        break;
    case Qt::Key_Down:
    case Qt::Key_Minus:
        emit zoomWanted(1 / KeyZoom, middle);
        break;
    case Qt::Key_Home:
        emit startWanted();
        break;
    case Qt::Key_End:
        emit followWanted();
        break;
    case Qt::Key_0:
    case Qt::Key_Backspace:
        setSelection(std::nullopt);
        emit resetWanted();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_position || !m_crosshair) {
            event->ignore();
            return;
        }
        emit momentWanted(*m_crosshair);
        break;
    case Qt::Key_Escape:
        if (!m_selection && !m_crosshair) {
            event->ignore();
            return;
        }
        setSelection(std::nullopt);
        setCrosshair(std::nullopt);
        break;
    default:
        event->ignore();
        return;
    }
    event->accept();
}

void ChartView::moveCrosshair(int columns, bool selecting)
{
    const PlotScale &scale = m_layout.scale;
    const WallTime old = m_crosshair.value_or(m_picture.range.from + m_picture.range.span() / 2);
    if (selecting && !m_selection)
        m_selectionAnchor = old;
    m_hoverX.reset();
    setCrosshair(timeAt(scale.x(old) + columns));
    if (selecting) {
        const auto [from, to] = std::minmax(m_selectionAnchor, *m_crosshair);
        setSelection(TimeRange{from, to});
    }
    setAccessibleDescription(readoutText(readout()));
}

// Overlay

QRectF ChartView::readoutBox(const Readout &readout) const
{
    const QSizeF size = readoutSize(readout, m_look);
    const QRectF &area = m_layout.scale.area;
    const double x = m_selection ? m_layout.scale.x(m_selection->to) : m_layout.scale.x(*m_crosshair);
    double left = x + ReadoutDistance;
    if (left + size.width() > area.right()) {
        const double otherSide = m_selection ? m_layout.scale.x(m_selection->from) : x;
        left = otherSide - ReadoutDistance - size.width();
    }
    left = std::clamp(left, 0.0, std::max(0.0, viewport()->width() - size.width()));
    const double top = std::clamp(area.top() + 4, 0.0, std::max(0.0, viewport()->height() - size.height()));
    return {QPointF(left, top), size};
}

QRectF ChartView::overlayDirt() const
{
    if (!m_selection && !m_crosshair)
        return {};
    QRectF dirt = readoutBox(fittedReadout());
    const QRectF &area = m_layout.scale.area;
    if (m_crosshair)
        dirt |= QRectF(m_layout.scale.x(*m_crosshair) - 5, area.top(), 10, area.height());
    if (m_selection) {
        const double from = m_layout.scale.x(m_selection->from);
        dirt |= QRectF(from - 2, area.top(), m_layout.scale.x(m_selection->to) - from + 4, area.height());
    }
    return dirt.adjusted(-2, -2, 2, 2);
}

QRectF ChartView::positionDirt() const
{
    if (!m_position)
        return {};
    const QRectF &area = m_layout.scale.area;
    return QRectF(m_layout.scale.x(*m_position) - 8, area.top() - 2, 16, area.height() + 4);
}

void ChartView::updateOverlay()
{
    const QRectF now = overlayDirt();
    if (!m_overlayDirt.isEmpty())
        m_overlay->update(m_overlayDirt);
    if (!now.isEmpty())
        m_overlay->update(now);
    m_overlayDirt = now;
}

void ChartView::paintOverlay(QPainter *painter) const
{
    if (!m_message.isEmpty()) {
        painter->setFont(m_look.font);
        painter->setPen(m_look.theme.dimText);
        painter->drawText(m_layout.scale.area, Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    if (m_selection)
        drawSelection(painter, m_layout, *m_selection, palette().color(QPalette::Highlight));
    if (m_crosshair && m_picture.range.contains(*m_crosshair))
        drawCrosshair(painter, m_layout, m_picture, m_look, *m_crosshair, tolerance());
    const Readout shown = fittedReadout();
    if (!shown.rows.empty())
        drawReadout(painter, shown, m_look, readoutBox(shown).topLeft());
}

} // namespace poolscope
