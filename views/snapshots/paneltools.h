// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QKeySequence>
#include <QString>
#include <Qt>

class QAbstractItemView;
class QAction;
class QLineEdit;
class QToolButton;
class QWidget;

namespace poolscope {

/// The tools above the list of snapshots and above a comparison, made alike.

/// An action of the panel that shows `view`; its key works while the view has the focus and is named in the
/// tool tip. `parent` owns it.
[[nodiscard]] QAction *makePanelAction(QAbstractItemView &view, const QString &icon, const QString &text,
    const QString &tip, const QKeySequence &key, QWidget *parent);
/// A flat button for `action`.
[[nodiscard]] QToolButton *makePanelButton(QAction *action, Qt::ToolButtonStyle style, QWidget *parent);
/// The same with a small menu of `more` beside it.
[[nodiscard]] QToolButton *makePanelMenuButton(
    QAction *action, const QList<QAction *> &more, QWidget *parent);
[[nodiscard]] QLineEdit *makePanelFilter(
    const QString &accessibleName, const QString &tip, int mostWidth, QWidget *parent);

} // namespace poolscope
