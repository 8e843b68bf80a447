// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/replay/timeslider.h"

#include "views/chart/chartpicture.h"
#include "views/replay/replaytext.h"
#include "views/theme/themecolors.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Height = 26;
constexpr double Margin = 8; ///< room for half the handle
constexpr double GrooveHeight = 5;
constexpr double HandleRadius = 6.5;
constexpr double MarkReach = 5; ///< pixels around a mark in which the tool tip names it
constexpr int Steps = 10'000; ///< what accessibility tools see
constexpr int Tenths = 10;

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

TimeSlider::TimeSlider(QWidget *parent)
    : QSlider(Qt::Horizontal, parent)
{
    setObjectName(u"timeSlider"_s);
    setAccessibleName(tr("Moment of the recording"));
    setRange(0, Steps);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setEnabled(false);
}

void TimeSlider::setAxis(std::shared_ptr<const TimeAxis> axis)
{
    m_axis = std::move(axis);
    setEnabled(hasTime());
    if (hasTime()) {
        m_first = m_axis->wall(0);
        m_last = m_axis->wall(m_axis->size() - 1);
        m_at = std::clamp(m_at, m_first, m_last);
    }
    update();
}

void TimeSlider::setMarks(const std::vector<Mark> &marks)
{
    m_marks = marks;
    update();
}

void TimeSlider::setMoment(WallTime at)
{
    if (!hasTime())
        return;
    m_at = std::clamp(at, m_first, m_last);
    const double share = (xOf(m_at) - groove().left()) / std::max(groove().width(), 1.0);
    setValue(static_cast<int>(std::lround(share * Steps)));
    setAccessibleDescription(momentText(m_at));
    update();
}

QRectF TimeSlider::groove() const
{
    return {Margin, (height() - GrooveHeight) / 2, std::max(width() - 2 * Margin, 1.0), GrooveHeight};
}

double TimeSlider::xOf(WallTime at) const
{
    const auto span = std::max<std::chrono::nanoseconds>(m_last - m_first, std::chrono::nanoseconds(1));
    const double share = static_cast<double>((at - m_first).count()) / static_cast<double>(span.count());
    return groove().left() + std::clamp(share, 0.0, 1.0) * groove().width();
}

WallTime TimeSlider::timeAt(double x) const
{
    const double share = std::clamp((x - groove().left()) / groove().width(), 0.0, 1.0);
    const auto span = m_last - m_first;
    return m_first + std::chrono::nanoseconds(std::llround(share * static_cast<double>(span.count())));
}

QSize TimeSlider::sizeHint() const
{
    return {400, Height};
}

QSize TimeSlider::minimumSizeHint() const
{
    return {120, Height};
}

QString TimeSlider::hintAt(double x) const
{
    QStringList lines{momentText(timeAt(x))};
    for (const Mark &mark : m_marks) {
        if (std::abs(xOf(mark.wall) - x) <= MarkReach)
            lines << u"%1 · %2"_s.arg(momentText(mark.wall), markLabel(mark));
    }
    constexpr qsizetype Most = 6;
    if (lines.size() > Most)
        lines = lines.first(Most) + QStringList{u"…"_s};
    return lines.join(u'\n');
}

bool TimeSlider::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && hasTime()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), hintAt(help->pos().x()), this);
        return true;
    }
    return QSlider::event(event);
}

void TimeSlider::jumpTenths(int by)
{
    emit momentWanted(std::clamp(m_at + (m_last - m_first) / Tenths * by, m_first, m_last));
}

void TimeSlider::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (shift)
            emit markStepWanted(direction);
        else
            emit sampleStepWanted(direction);
        break;
    }
    case Qt::Key_PageUp:
        jumpTenths(-1);
        break;
    case Qt::Key_PageDown:
        jumpTenths(1);
        break;
    case Qt::Key_Home:
        emit firstWanted();
        break;
    case Qt::Key_End:
        emit lastWanted();
        break;
    case Qt::Key_Space:
        emit playToggled();
        break;
    default:
        event->ignore();
        return;
    }
    event->accept();
}

void TimeSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !hasTime()) {
        event->ignore();
        return;
    }
    event->accept();
    m_isDragged = true;
    emit momentWanted(timeAt(event->position().x()));
}

void TimeSlider::mouseMoveEvent(QMouseEvent *event)
{
    event->accept();
    m_hoverX = event->position().x();
    if (m_isDragged) {
        const WallTime at = timeAt(*m_hoverX);
        QToolTip::showText(event->globalPosition().toPoint(), momentText(at), this);
        emit momentWanted(at);
    }
    update();
}

void TimeSlider::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
    m_isDragged = false;
}

void TimeSlider::leaveEvent(QEvent *event)
{
    QSlider::leaveEvent(event);
    m_hoverX.reset();
    update();
}

void TimeSlider::wheelEvent(QWheelEvent *event)
{
    const int notch = event->angleDelta().y() + event->angleDelta().x();
    if (notch != 0)
        emit sampleStepWanted(notch > 0 ? -1 : 1);
    event->accept();
}

void TimeSlider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette &colors = palette();
    const QColor window = colors.color(QPalette::Window);
    const QColor text = colors.color(QPalette::WindowText);
    const QColor accent = isEnabled() ? colors.color(QPalette::Highlight) : mixed(window, text, 0.3);
    const QRectF line = groove();
    const double round = GrooveHeight / 2;

    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(window, text, 0.22));
    painter.drawRoundedRect(line, round, round);
    if (!hasTime())
        return;
    const double x = xOf(m_at);
    painter.setBrush(accent);
    painter.drawRoundedRect(QRectF(line.left(), line.top(), x - line.left(), line.height()), round, round);

    // Where samples are missing the line is broken.
    painter.setBrush(window);
    for (const TimeAxis::Index gap : m_axis->gaps()) {
        const double from = xOf(m_axis->wall(gap - 1));
        const double to = xOf(m_axis->wall(gap));
        if (to - from >= 1)
            painter.drawRect(QRectF(from, line.top() + 1.5, to - from, line.height() - 3));
    }
    const QColor markColor = ThemeColors::of(colors).markLine;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const Mark &mark : m_marks) {
        const double at = std::round(xOf(mark.wall));
        painter.fillRect(QRectF(at - 1, line.top() - 5, 2, line.height() + 10), markColor);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF center(x, line.center().y());
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(accent, 1.5));
        painter.drawEllipse(center, HandleRadius + 2.5, HandleRadius + 2.5);
    }
    painter.setPen(QPen(window, 1.5));
    painter.setBrush(accent);
    painter.drawEllipse(center, HandleRadius, HandleRadius);
    if (m_hoverX && isEnabled()) {
        painter.setPen(QPen(text, 1));
        const double hover = std::clamp(std::round(*m_hoverX), line.left(), line.right()) + 0.5;
        painter.drawLine(QPointF(hover, line.top() - 3), QPointF(hover, line.bottom() + 3));
    }
}

} // namespace poolscope
