// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/tagdelegate.h"

#include "model/core/duration.h"
#include "views/table/numbercell.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Gap = 6; // between a text and what follows it

QColor mixed(const QColor &base, const QColor &over, double strength)
{
    const auto mix = [strength](
                         int a, int b) { return static_cast<int>(std::lround(a + (b - a) * strength)); };
    return QColor(
        mix(base.red(), over.red()), mix(base.green(), over.green()), mix(base.blue(), over.blue()));
}

QPainterPath starPath(const QPointF &center, double radius)
{
    QPainterPath path;
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * (i / 5.0 - 0.5);
        const double r = i % 2 == 0 ? radius : radius * 0.42;
        const QPointF point = center + QPointF(r * std::cos(angle), r * std::sin(angle));
        if (i == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

} // namespace

/// What the painting of one cell needs, gathered once.
struct TagDelegate::Cell
{
    QPainter *painter;
    const QStyleOptionViewItem &option;
    const TagTableModel &model;
    QRect rect;
    int row;
    TagColumn column;
    TagCell content;
    QPalette::ColorGroup group;
    bool isSelected;
    bool isPresent;

    [[nodiscard]] QColor textColor() const
    {
        return option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
    }
    [[nodiscard]] QRectF contentRect() const { return rect.adjusted(Margin, 0, -Margin, 0); }
};

int TagDelegate::rowHeight(const QFont &font)
{
    return QFontMetrics(font).height() + 6;
}

int TagDelegate::columnWidth(const QFont &font, int characters)
{
    return QFontMetrics(font).horizontalAdvance(u'0') * characters + 2 * Margin;
}

QSize TagDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const TagColumnInfo &info = tagColumnInfo(static_cast<TagColumn>(index.column()));
    return {columnWidth(option.font, info.widthInCharacters), rowHeight(option.font)};
}

void TagDelegate::prepare(const QStyleOptionViewItem &option) const
{
    if (!m_glyphs || m_glyphs->font() != option.font)
        m_glyphs.emplace(option.font);
    if (m_paletteKey != option.palette.cacheKey()) {
        m_paletteKey = option.palette.cacheKey();
        m_colors = ThemeColors::of(option.palette);
    }
}

void TagDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const TagTableModel *>(index.model());
    if (model == nullptr)
        return;
    prepare(option);
    const auto column = static_cast<TagColumn>(index.column());
    const Cell cell{.painter = painter,
        .option = option,
        .model = *model,
        .rect = option.rect,
        .row = index.row(),
        .column = column,
        .content = model->cell(index.row(), column),
        .group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive,
        .isSelected = option.state.testFlag(QStyle::State_Selected),
        .isPresent = model->frameRowAt(index.row()).present};
    m_canvas.begin(painter, *m_glyphs, cell.rect, background(cell));
    switch (column) {
    case TagColumn::Pin:
    case TagColumn::Trend:
    case TagColumn::Count:
        break;
    case TagColumn::Tag:
        paintTag(cell);
        break;
    case TagColumn::Type:
    case TagColumn::Driver:
        paintText(cell, 0);
        break;
    case TagColumn::Verdict:
        paintText(cell, verdictIconWidth(cell));
        break;
    case TagColumn::Allocs:
    case TagColumn::Frees:
    case TagColumn::Diff:
    case TagColumn::Bytes:
    case TagColumn::PerAlloc:
    case TagColumn::Rate:
        paintNumber(cell);
        break;
    }
    m_canvas.end();
    if (column == TagColumn::Pin)
        paintStar(cell);
    else if (column == TagColumn::Trend)
        paintTrend(cell);
    else if (column == TagColumn::Verdict)
        paintVerdictIcon(cell);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(cell.textColor());
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(cell.rect.adjusted(0, 0, -1, -1));
    }
}

QColor TagDelegate::background(const Cell &cell) const
{
    if (cell.isSelected)
        return cell.option.palette.color(cell.group, QPalette::Highlight);
    const bool isAlternate = cell.row % 2 == 1;
    const QColor base =
        cell.option.palette.color(cell.group, isAlternate ? QPalette::AlternateBase : QPalette::Base);
    switch (cell.content.direction) {
    case ChangeDirection::None:
        return base;
    case ChangeDirection::Up:
        return mixed(base, m_colors.grewTint, m_tintStrength);
    case ChangeDirection::Down:
        return mixed(base, m_colors.fellTint, m_tintStrength);
    }
    return base;
}

void TagDelegate::paintStar(const Cell &cell) const
{
    const int slot = cell.model.tagRowAt(cell.row).pinSlot;
    const double radius = std::min(cell.rect.width(), cell.rect.height()) * 0.36;
    const QPainterPath star = starPath(QRectF(cell.rect).center(), radius);
    QPainter *painter = cell.painter;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (slot >= 0) {
        painter->setPen(cell.isSelected ? QPen(cell.textColor()) : QPen(Qt::NoPen));
        painter->setBrush(pinColor(slot, m_colors.dark));
    } else {
        painter->setPen(
            cell.isSelected ? cell.textColor() : mixed(m_colors.gridLine, m_colors.dimText, 0.35));
        painter->setBrush(Qt::NoBrush);
    }
    painter->drawPath(star);
    painter->restore();
}

void TagDelegate::paintTag(const Cell &cell) const
{
    const QRectF box = cell.contentRect();
    const FrameRow &row = cell.model.frameRowAt(cell.row);
    const bool isNew = cell.model.isNewAt(cell.row);
    QString note;
    if (!cell.isPresent)
        note = u"gone "_s + toDateTime(row.lastSeen).toString(u"HH:mm:ss"_s);
    else if (isNew)
        note = u"new"_s;
    const qreal noteWidth = note.isEmpty() ? 0 : m_glyphs->width(note) + Gap;
    const QString name = m_glyphs->elided(cell.content.value, box.width() - noteWidth);
    const qreal nameWidth = m_glyphs->width(name);
    const qreal baseline = box.top() + m_glyphs->baseline(box.height());
    QColor under = background(cell);
    if (isNew && cell.isPresent && !cell.isSelected) {
        under = m_colors.newTint;
        m_canvas.fill({box.left() - 3, box.top() + 2, nameWidth + noteWidth + 6, box.height() - 4}, under);
    }
    const QColor dim = cell.isSelected ? cell.textColor() : m_colors.dimText;
    m_canvas.text({box.left(), baseline}, name, cell.isPresent ? cell.textColor() : dim, under);
    m_canvas.text({box.left() + nameWidth + Gap, baseline}, note, dim, under);
}

void TagDelegate::paintText(const Cell &cell, qreal indent) const
{
    const QRectF box = cell.contentRect().adjusted(indent, 0, 0, 0);
    const QString &text = cell.content.value;
    const bool isQuiet = cell.column == TagColumn::Verdict && indent == 0;
    const bool isDim = !cell.isPresent || text == unknownText() || isQuiet;
    m_canvas.text({box.left(), box.top() + m_glyphs->baseline(box.height())},
        m_glyphs->elided(text, box.width()), isDim && !cell.isSelected ? m_colors.dimText : cell.textColor());
}

/// Only what is not steady has an icon, and so stands out.
qreal TagDelegate::verdictIconWidth(const Cell &cell) const
{
    const FrameRow &row = cell.model.frameRowAt(cell.row);
    const bool hasIcon = row.suspicion.isKnown() && row.verdict != Verdict::Steady;
    return hasIcon ? m_glyphs->width(u"M"_s) + Gap : 0;
}

/// A filled warning triangle for a leak, the outline of one for a suspect.
void TagDelegate::paintVerdictIcon(const Cell &cell) const
{
    const qreal width = verdictIconWidth(cell) - Gap;
    if (width <= 0)
        return;
    const bool isLeak = cell.model.frameRowAt(cell.row).verdict == Verdict::Leak;
    const QRectF box = cell.contentRect();
    const qreal bottom = box.center().y() + width / 2;
    const QPolygonF triangle{{QPointF(box.left(), bottom), QPointF(box.left() + width / 2, bottom - width),
        QPointF(box.left() + width, bottom)}};
    const QColor color = cell.isSelected ? cell.textColor() : isLeak ? m_colors.leak : m_colors.suspect;
    QPainter *painter = cell.painter;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.5, Qt::SolidLine, Qt::SquareCap, Qt::RoundJoin));
    painter->setBrush(isLeak ? QBrush(color) : QBrush(Qt::NoBrush));
    painter->drawPolygon(triangle);
    painter->restore();
}

void TagDelegate::paintNumber(const Cell &cell) const
{
    const TagCell &content = cell.content;
    const QColor dim = cell.isSelected ? cell.textColor() : m_colors.dimText;
    const bool isUnknown = content.value == unknownText();
    const bool isQuiet = content.direction == ChangeDirection::None || !cell.isPresent;
    drawNumberCell(m_canvas, cell.contentRect(), content,
        {.showsChange = tagColumnInfo(cell.column).showsChange && !isUnknown,
            .value = isUnknown || !cell.isPresent ? dim : cell.textColor(),
            .change = isQuiet ? dim : cell.textColor()});
}

void TagDelegate::paintTrend(const Cell &cell) const
{
    const TrendPtr trend = cell.model.trend(cell.model.tagIdAt(cell.row));
    if (trend == nullptr || trend->size() < 2)
        return;
    const auto [least, most] = std::minmax_element(trend->begin(), trend->end(),
        [](const SeriesPoint &a, const SeriesPoint &b) { return a.value < b.value; });
    const double low = least->value;
    const double range = most->value - low;
    const QRectF box = QRectF(cell.rect).adjusted(Margin, 4, -Margin, -4);
    const auto first = trend->front().wall;
    const double span = std::chrono::duration<double>(trend->back().wall - first).count();
    if (span <= 0)
        return;
    const int slot = cell.model.tagRowAt(cell.row).pinSlot;
    QPainter *painter = cell.painter;
    painter->setPen(cell.isSelected ? cell.textColor()
            : slot >= 0             ? pinColor(slot, m_colors.dark)
                                    : m_colors.dimText);
    m_line.clear();
    const auto flush = [&] {
        if (m_line.size() > 1)
            painter->drawPolyline(m_line.data(), static_cast<int>(m_line.size()));
        m_line.clear();
    };
    for (const SeriesPoint &point : *trend) {
        if (point.afterGap)
            flush();
        const double x = std::chrono::duration<double>(point.wall - first).count() / span;
        const double y = range > 0 ? (point.value - low) / range : 0.5;
        m_line.emplace_back(box.left() + x * (box.width() - 1), box.bottom() - 1 - y * (box.height() - 1));
    }
    flush();
}

} // namespace poolscope
