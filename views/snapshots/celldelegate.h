// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QStyledItemDelegate>

namespace poolscope {

/// Draws the cells of the snapshot views: one line of text with room at both sides, zero and unknown dimmed.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;

protected:
    /// Draws what stands beside the text and takes its place from `space`, the room inside the cell.
    virtual void paintExtras(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, QRect &space) const;
    /// Colour behind the text; invalid for none.
    [[nodiscard]] virtual QColor tint(const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

/// A snapshot's label with the badges "auto" and "not saved" at the cell's right end.
class LabelDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    QWidget *createEditor(
        QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintExtras(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
        QRect &space) const override;
};

/// A comparison's cells: changes tinted by their sign, an icon before "rose in every step".
class ComparisonDelegate : public CellDelegate
{
    Q_OBJECT

public:
    explicit ComparisonDelegate(QObject *parent);

protected:
    void paintExtras(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
        QRect &space) const override;
    [[nodiscard]] QColor tint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QIcon m_rising;
};

} // namespace poolscope
