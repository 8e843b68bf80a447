// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/plaintable.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace poolscope {

PlainTable::PlainTable(QWidget *parent)
    : QTableView(parent)
{
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    setRowHeight();
    connect(this, &QTableView::doubleClicked, this,
        [this](const QModelIndex &index) { emit rowActivated(index.row()); });
}

void PlainTable::setRowHeight()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
}

void PlainTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setRowHeight();
}

QAction *PlainTable::actionFor(const QKeyEvent &event) const
{
    const QKeySequence keys(event.keyCombination());
    for (QAction *const action : actions()) {
        if (action->isEnabled() && action->shortcuts().contains(keys))
            return action;
    }
    return nullptr;
}

bool PlainTable::event(QEvent *event)
{
    // Two actions of the window with one key would make it do nothing at all.
    if (event->type() == QEvent::ShortcutOverride && actionFor(*static_cast<QKeyEvent *>(event)) != nullptr) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void PlainTable::keyPressEvent(QKeyEvent *event)
{
    if (QAction *const action = actionFor(*event); action != nullptr && state() != EditingState) {
        action->trigger();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && state() != EditingState && currentIndex().isValid()) {
        emit rowActivated(currentIndex().row());
        return;
    }
    QTableView::keyPressEvent(event);
}

void PlainTable::fitColumn(int column, const QString &text)
{
    constexpr int Padding = 16;
    constexpr int SortArrow = 18;
    const QString title = model()->headerData(column, Qt::Horizontal).toString();
    const int wanted = std::max(fontMetrics().horizontalAdvance(text) + Padding,
        horizontalHeader()->fontMetrics().horizontalAdvance(title) + Padding + SortArrow);
    setColumnWidth(column, wanted);
}

std::vector<int> PlainTable::selectedRows() const
{
    std::vector<int> rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

} // namespace poolscope
