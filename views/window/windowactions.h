// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "views/theme/theme.h"

#include <QObject>

#include <vector>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QToolBar;

namespace poolscope {

class IntervalBox;

/// Every command of the window, once: menus, tool bar, shortcuts and the list of keys are made of these.
/// What they do is connected by the window's controllers.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    /// The shortcuts work in `window`.
    explicit WindowActions(QWidget *window);

    /// `panels` are the show/hide actions of the docks.
    void fillMenuBar(QMenuBar &bar, const std::vector<QAction *> &panels);
    void fillToolBar(QToolBar &bar, IntervalBox *interval);
    /// The sources of the Recent part of the Source menu, newest first.
    void setRecentSources(const QStringList &uris);

    void showTheme(ThemeChoice choice);
    void showNumberStyle(NumberStyle style);
    void showPaused(bool paused);
    void showRecording(bool recording);
    /// A recording takes no samples: what would is switched off and says why.
    void showSampling(bool available);

    /// All commands with a shortcut, for the list of keys.
    [[nodiscard]] std::vector<QAction *> withShortcuts() const;

    QAction *openLive;
    QAction *openDemo;
    QAction *openCommand;
    QAction *openFile;
    QAction *chooseTagFile;
    QAction *logLines;
    QAction *logTimes;
    QAction *saveReport;
    QAction *quit;

    QAction *pause; ///< checkable
    QAction *sampleNow;
    QAction *resetBaseline;
    QAction *record; ///< checkable
    QAction *historyMemory;

    QAction *startTest;
    QAction *stopTest;
    QAction *addNote;
    QAction *takeSnapshot;
    QAction *compare;

    QAction *copy;
    QAction *copyMarkdown;
    QAction *find;
    QAction *clearPins;
    QAction *undo;

    QAction *holdOrder; ///< checkable, as are the next two
    QAction *highlight;
    QAction *totals;
    QAction *resetLayout;
    QAction *closeTab;

    QAction *keys;
    QAction *about;

signals:
    void sourceChosen(const QString &uri);
    void themeChosen(poolscope::ThemeChoice choice);
    void numberStyleChosen(poolscope::NumberStyle style);

private:
    QAction *make(const QString &name, const QString &icon, const QString &text, const QString &hint,
        const QList<QKeySequence> &shortcuts = {});
    QAction *makeCheckable(const QString &name, const QString &text, const QString &hint,
        const QList<QKeySequence> &shortcuts = {});
    QActionGroup *makeThemes();
    QActionGroup *makeNumberStyles();
    void fillSourceMenu(QMenu &menu);

    QWidget *m_window;
    std::vector<QAction *> m_all;
    QActionGroup *m_themes;
    QActionGroup *m_numberStyles;
    QMenu *m_sources;
    QMenu *m_recent;
};

} // namespace poolscope
