// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <vector>

class QAction;
class QDialog;
class QWidget;

namespace poolscope {

/// A key and what it does.
struct KeyHelp
{
    QString key;
    QString meaning;
};

/// The keys of PoolMon, which work while the table has the focus, and those of the chart.
[[nodiscard]] std::vector<KeyHelp> tableKeys();
/// The keys of a recording: on its time slider, and in the chart.
[[nodiscard]] std::vector<KeyHelp> replayKeys();
/// The shortcuts of the window's commands.
[[nodiscard]] std::vector<KeyHelp> commandKeys(const std::vector<QAction *> &actions);

/// Both delete themselves when they are closed; not modal.
[[nodiscard]] QDialog *makeKeysDialog(const std::vector<QAction *> &actions, QWidget *parent);
[[nodiscard]] QDialog *makeAboutDialog(QWidget *parent);

} // namespace poolscope
