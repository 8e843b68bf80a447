// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"

#include <QObject>

namespace poolscope {

class TablePanel;
class WindowActions;
class WindowSettings;
class Workspace;

/// Binds the commands that concern a table to the table in front: the live one or an opened snapshot's.
/// Remembers columns, filter and switches of the live one. Window thread.
class TableCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    TableCommands(WindowActions &actions, Workspace &workspace, TablePanel &live, WindowSettings &settings,
        QObject *parent);

    void restore();
    void remember();

signals:
    void quitRequested();
    void keysHelpRequested();

private:
    void connectActions();
    void connectLive();
    void showStates();
    /// Null while something else is in front.
    [[nodiscard]] TablePanel *front() const;

    WindowActions &m_actions;
    Workspace &m_workspace;
    TablePanel &m_live;
    WindowSettings &m_settings;
};

} // namespace poolscope
