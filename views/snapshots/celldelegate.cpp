// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/celldelegate.h"

#include "model/core/numberformat.h"
#include "model/tables/comparisonmodel.h"
#include "model/tables/snapshotlistmodel.h"
#include "views/theme/themecolors.h"
#include "views/theme/themeicon.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Padding = 5;

bool isSelected(const QStyleOptionViewItem &option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

QColor inkOf(const QStyleOptionViewItem &option)
{
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, isSelected(option) ? QPalette::HighlightedText : QPalette::Text);
}

bool saysNothing(const QString &text)
{
    return text == u"0" || text == u"0.0 %" || text == unknownText();
}

/// A rounded outline with small text in it, ending where `space` does; takes its place from it.
void drawBadge(QPainter *painter, QRect &space, const QString &text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int width = metrics.horizontalAdvance(text) + 2 * Padding + 2;
    const int height = metrics.height() + 2;
    const QRectF badge(space.right() - width + 1.5, space.center().y() - std::floor(height / 2.0) + 0.5,
        width - 1, height - 1);
    painter->drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
    painter->drawText(badge, Qt::AlignCenter, text);
    space.setRight(space.right() - width - Padding);
}

} // namespace

void CellDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    const QStyle *const style = item.widget != nullptr ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    if (const QColor color = tint(item, index); color.isValid() && !isSelected(item))
        painter->fillRect(item.rect, color);

    QRect space = item.rect.adjusted(Padding, 0, -Padding, 0);
    paintExtras(painter, item, index, space);
    const bool dim = saysNothing(text) && !isSelected(item);
    painter->setFont(item.font);
    painter->setPen(dim ? ThemeColors::of(item.palette).dimText : inkOf(item));
    painter->drawText(space, static_cast<int>(item.displayAlignment | Qt::TextSingleLine),
        item.fontMetrics.elidedText(text, Qt::ElideRight, space.width()));
}

void CellDelegate::paintExtras(QPainter *, const QStyleOptionViewItem &, const QModelIndex &, QRect &) const
{
}

QColor CellDelegate::tint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {};
}

void LabelDelegate::paintExtras(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, QRect &space) const
{
    QStringList badges;
    if (!index.data(SnapshotListModel::SavedRole).toBool())
        badges += tr("not saved");
    if (index.data(SnapshotListModel::AutomaticRole).toBool())
        badges += tr("auto");
    if (badges.isEmpty())
        return;
    painter->save();
    QFont font = option.font;
    font.setPointSizeF(font.pointSizeF() * 0.85);
    painter->setFont(font);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(isSelected(option) ? inkOf(option) : ThemeColors::of(option.palette).dimText);
    for (const QString &badge : badges)
        drawBadge(painter, space, badge);
    painter->restore();
}

QWidget *LabelDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = CellDelegate::createEditor(parent, option, index);
    constexpr int LongestLabel = 200;
    if (auto *line = qobject_cast<QLineEdit *>(editor); line != nullptr)
        line->setMaxLength(LongestLabel);
    editor->setAccessibleName(tr("Label"));
    return editor;
}

ComparisonDelegate::ComparisonDelegate(QObject *parent)
    : CellDelegate(parent)
    , m_rising(themeIcon(u"rising"_s))
{
}

void ComparisonDelegate::paintExtras(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, QRect &space) const
{
    if (!index.data(ComparisonModel::RisingRole).toBool())
        return;
    const int side = option.fontMetrics.ascent() + 2;
    const QRect place(space.left(), space.center().y() - side / 2 + 1, side, side);
    m_rising.paint(painter, place, Qt::AlignCenter, isSelected(option) ? QIcon::Selected : QIcon::Normal);
    space.setLeft(place.right() + 1 + Padding);
}

QColor ComparisonDelegate::tint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant change = index.data(ComparisonModel::CellChangeRole);
    if (!change.isValid() || change.toLongLong() == 0)
        return {};
    const ThemeColors colors = ThemeColors::of(option.palette);
    return change.toLongLong() > 0 ? colors.grewTint : colors.fellTint;
}

} // namespace poolscope
