// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/badgedelegate.h"

#include "model/tables/comparisonmodel.h"
#include "model/tables/snapshotlistmodel.h"
#include "views/theme/themeicon.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Gap = 6;

/// A rounded outline with small text in it, ending at `right`; returns where it begins.
int drawBadge(QPainter *painter, const QRect &cell, int right, const QString &text, const QColor &ink)
{
    QFont font = painter->font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    const int height = metrics.height() + 2;
    const int width = metrics.horizontalAdvance(text) + 2 * Gap;
    const QRectF badge(right - width + 0.5, cell.center().y() - height / 2 + 0.5, width - 1, height - 1);
    painter->setPen(ink);
    painter->drawRoundedRect(badge, badge.height() / 2, badge.height() / 2);
    painter->drawText(badge, Qt::AlignCenter, text);
    return right - width;
}

} // namespace

void BadgeDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString label = std::exchange(item.text, QString());
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool selected = item.state.testFlag(QStyle::State_Selected);
    const QColor ink = item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    QColor badgeInk = ink;
    badgeInk.setAlphaF(0.75F);
    QStringList badges;
    if (!index.data(SnapshotListModel::SavedRole).toBool())
        badges += tr("not saved");
    if (index.data(SnapshotListModel::AutomaticRole).toBool())
        badges += tr("auto");

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    int right = item.rect.right() - Gap;
    for (const QString &badge : badges) {
        painter->setFont(item.font);
        right = drawBadge(painter, item.rect, right, badge, badgeInk) - Gap;
    }
    painter->setFont(item.font);
    painter->setPen(ink);
    const QRect space = item.rect.adjusted(Gap, 0, 0, 0)
                            .intersected(QRect(item.rect.topLeft(), QPoint(right, item.rect.bottom())));
    painter->drawText(space, Qt::AlignLeft | Qt::AlignVCenter,
        item.fontMetrics.elidedText(label, Qt::ElideRight, space.width()));
    painter->restore();
}

QWidget *BadgeDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (auto *line = qobject_cast<QLineEdit *>(editor); line != nullptr)
        line->setMaxLength(200);
    editor->setAccessibleName(tr("Label"));
    return editor;
}

RemarkDelegate::RemarkDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_rising(themeIcon(u"rising"_s))
{
}

void RemarkDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.data(ComparisonModel::RoseEveryStepRole).toBool())
        return;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->icon = m_rising;
    const int side = option->fontMetrics.height();
    option->decorationSize = QSize(side, side);
}

} // namespace poolscope
