// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/paneltools.h"

#include "views/theme/themeicon.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

QAction *makePanelAction(QAbstractItemView &view, const QString &icon, const QString &text,
    const QString &tip, const QKeySequence &key, QWidget *parent)
{
    auto *action = new QAction(themeIcon(icon), text, parent);
    action->setToolTip(
        key.isEmpty() ? tip : QString(tip + u" ("_s + key.toString(QKeySequence::NativeText) + u')'));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    view.addAction(action);
    return action;
}

QToolButton *makePanelButton(QAction *action, Qt::ToolButtonStyle style, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text().remove(u'&').remove(u'…'));
    return button;
}

QToolButton *makePanelMenuButton(QAction *action, const QList<QAction *> &more, QWidget *parent)
{
    QToolButton *button = makePanelButton(action, Qt::ToolButtonIconOnly, parent);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    auto *menu = new QMenu(button);
    menu->addActions(more);
    button->setMenu(menu);
    return button;
}

QLineEdit *makePanelFilter(const QString &accessibleName, const QString &tip, int mostWidth, QWidget *parent)
{
    auto *filter = new QLineEdit(parent);
    filter->setPlaceholderText(QCoreApplication::translate("PanelTools", "filter…"));
    filter->setClearButtonEnabled(true);
    filter->setAccessibleName(accessibleName);
    filter->setToolTip(tip);
    filter->setMaximumWidth(mostWidth);
    return filter;
}

} // namespace poolscope
