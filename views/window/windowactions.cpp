// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/windowactions.h"

#include "views/theme/themeicon.h"
#include "views/window/intervalbox.h"

#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <iterator>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_themes(makeThemes())
    , m_numberStyles(makeNumberStyles())
    , m_sources(new QMenu(tr("&Source"), window))
    , m_recent(new QMenu(tr("&Recent"), window))
{
    openLive = make(u"openLive"_s, u"source"_s, tr("&This machine"), tr("The live kernel of this machine"));
    openDemo = make(u"openDemo"_s, u"demo"_s, tr("&Demo"), tr("A recorded real leak; needs no rights"));
    openCommand = make(u"openCommand"_s, u"command"_s, tr("&Command…"),
        tr("Any program that writes PoolScope's stream format, on another machine for instance"));
    openFile = make(u"openFile"_s, u"open"_s, tr("&Open…"),
        tr("A recording, or a log saved as JSON, CSV or PoolMon text"), {QKeySequence::Open});
    chooseTagFile = make(u"chooseTagFile"_s, {}, tr("Pool tag &names…"),
        tr("Choose the pooltag.txt that says which driver a pool tag belongs to"));
    logLines = make(u"logLines"_s, {}, tr("How the &log was read…"),
        tr("The lines of the log shown that were left out or are in doubt, and why"));
    logTimes = make(u"logTimes"_s, {}, tr("Set log t&imes…"),
        tr("When the samples of the log shown were taken, where it does not say"));
    logLines->setEnabled(false);
    logTimes->setEnabled(false);
    saveReport = make(u"saveReport"_s, u"export"_s, tr("Save re&port…"),
        tr("Save one page with the findings, charts and next steps of the file or recording shown"),
        {QKeySequence(u"Ctrl+Shift+R"_s)});
    quit = make(u"quit"_s, {}, tr("&Quit"), tr("Ends PoolScope; Q does so from the table"),
        {QKeySequence(u"Ctrl+Q"_s)});
    quit->setMenuRole(QAction::QuitRole);

    pause = makeCheckable(u"pause"_s, tr("&Pause"), tr("Stops sampling; what is on the screen stays"),
        {QKeySequence(u"Ctrl+P"_s), QKeySequence(Qt::Key_Pause)});
    showPaused(false);
    sampleNow = make(u"sampleNow"_s, u"now"_s, tr("Sample &now"),
        tr("Takes one sample at once; the schedule stays as it is"), {QKeySequence(Qt::Key_F5)});
    sampleNow->setIconText(tr("Now"));
    resetBaseline = make(u"resetBaseline"_s, {}, tr("Count changes from &here"),
        tr("Makes the newest sample the baseline of “change since baseline”"), {QKeySequence(u"Ctrl+B"_s)});

    record = makeCheckable(u"record"_s, tr("&Record"), {}, {QKeySequence(u"Ctrl+R"_s)});
    showRecording(false);
    historyMemory = make(u"historyMemory"_s, {}, tr("History &memory…"),
        tr("How much memory the history may take before its oldest part is reduced"));

    startTest = make(u"startTest"_s, u"starttest"_s, tr("Start &test"),
        tr("Keeps the sample of now as the baseline of a guided test"), {QKeySequence(u"Ctrl+T"_s)});
    stopTest = make(u"stopTest"_s, u"stoptest"_s, tr("St&op test"),
        tr("Ends what was tested: from here on it counts what is given back"),
        {QKeySequence(u"Ctrl+Shift+T"_s)});
    addNote = make(u"addNote"_s, u"note"_s, tr("Add &note…"),
        tr("Marks this moment with a text, in the chart and in the recording"), {QKeySequence(u"Ctrl+N"_s)});
    takeSnapshot = make(u"takeSnapshot"_s, u"snapshot"_s, tr("Take &snapshot"),
        tr("Keeps the newest sample, with time and label"), {QKeySequence::Save});
    takeSnapshot->setIconText(tr("Snapshot"));
    compare = make(u"compare"_s, u"compare"_s, tr("&Compare snapshots"),
        tr("The selected snapshots side by side, or the last two"), {QKeySequence(u"Ctrl+D"_s)});
    compare->setIconText(tr("Compare"));

    copy = make(u"copy"_s, u"copy"_s, tr("&Copy rows"),
        tr("The selected rows as text that pastes as a table"), {QKeySequence::Copy});
    // Shown as a reminder: each view answers Ctrl+C itself while it has the focus.
    copy->setShortcutContext(Qt::WidgetShortcut);
    copyMarkdown = make(u"copyMarkdown"_s, {}, tr("Copy rows as &Markdown"),
        tr("The selected rows as a Markdown table"), {QKeySequence(u"Ctrl+Shift+C"_s)});
    // Only in tables: the lists of snapshots have the same key for the same thing of theirs.
    copyMarkdown->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_window->removeAction(copyMarkdown);
    find = make(
        u"find"_s, u"filter"_s, tr("&Filter…"), tr("Goes to the filter of the table"), {QKeySequence::Find});
    clearPins = make(u"clearPins"_s, {}, tr("Clear &pins"), tr("Takes every tag out of the chart"));
    undo = make(u"undo"_s, u"undo"_s, tr("&Undo"), tr("Brings back cleared pins or deleted snapshots"),
        {QKeySequence::Undo});

    holdOrder = makeCheckable(u"holdOrder"_s, tr("&Hold order"),
        tr("Rows stay where they are while you read"), {QKeySequence(u"Ctrl+H"_s)});
    highlight = makeCheckable(u"highlight"_s, tr("Highlight &changes"),
        tr("Tints what changed at the last sample; L does so from the table"));
    totals =
        makeCheckable(u"totals"_s, tr("T&otals"), tr("The row of sums under the table; E from the table"));
    resetLayout = make(u"resetLayout"_s, {}, tr("&Reset layout"), tr("Puts all panels back in their places"));
    closeTab =
        make(u"closeTab"_s, u"close"_s, tr("Close ta&b"), tr("Closes the snapshot or comparison shown"),
            {QKeySequence(u"Ctrl+W"_s), QKeySequence(u"Ctrl+F4"_s)});

    keys = make(u"keys"_s, u"keys"_s, tr("&Keys"), tr("All keys at a glance; ? does so from the table"),
        {QKeySequence(Qt::Key_F1)});
    about = make(u"about"_s, u"notice"_s, tr("&About PoolScope"), tr("Version and licence"));
    about->setMenuRole(QAction::AboutRole);
    fillSourceMenu(*m_sources);
}

QAction *WindowActions::make(const QString &name, const QString &icon, const QString &text,
    const QString &hint, const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(text, m_window);
    action->setObjectName(name);
    if (!icon.isEmpty())
        action->setIcon(themeIcon(icon));
    action->setIconVisibleInMenu(!icon.isEmpty());
    action->setShortcuts(shortcuts);
    const QString key = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(key.isEmpty() ? hint : tr("%1 (%2)").arg(hint, key));
    action->setStatusTip({});
    m_window->addAction(action);
    m_all.push_back(action);
    return action;
}

QAction *WindowActions::makeCheckable(
    const QString &name, const QString &text, const QString &hint, const QList<QKeySequence> &shortcuts)
{
    QAction *action = make(name, {}, text, hint, shortcuts);
    action->setCheckable(true);
    return action;
}

QActionGroup *WindowActions::makeThemes()
{
    auto *group = new QActionGroup(this);
    const std::pair<ThemeChoice, QString> choices[] = {{ThemeChoice::System, tr("As the &system")},
        {ThemeChoice::Light, tr("&Light")}, {ThemeChoice::Dark, tr("&Dark")}};
    for (const auto &[choice, text] : choices) {
        auto *action = new QAction(text, group);
        action->setObjectName(u"theme."_s + themeChoiceWord(choice));
        action->setCheckable(true);
        action->setData(static_cast<int>(choice));
        connect(action, &QAction::triggered, this, [this, chosen = choice] { emit themeChosen(chosen); });
    }
    return group;
}

QActionGroup *WindowActions::makeNumberStyles()
{
    auto *group = new QActionGroup(this);
    const std::pair<NumberStyle, QString> styles[] = {{NumberStyle::Grouped, tr("&Digits: 12,345,678")},
        {NumberStyle::Scaled, tr("&Binary units: 11.8 MiB")}};
    for (const auto &[style, text] : styles) {
        auto *action = new QAction(text, group);
        action->setObjectName(style == NumberStyle::Grouped ? u"numbers.grouped"_s : u"numbers.scaled"_s);
        action->setCheckable(true);
        action->setData(static_cast<int>(style));
        connect(
            action, &QAction::triggered, this, [this, chosen = style] { emit numberStyleChosen(chosen); });
    }
    return group;
}

void WindowActions::fillSourceMenu(QMenu &menu)
{
    menu.setToolTipsVisible(true);
    menu.addActions({openLive, openDemo, openCommand, openFile});
    menu.addMenu(m_recent);
    setRecentSources({});
}

void WindowActions::fillMenuBar(QMenuBar &bar, const std::vector<QAction *> &panels)
{
    bar.addMenu(m_sources);
    m_sources->addSeparator();
    m_sources->addActions({logLines, logTimes});
    m_sources->addSeparator();
    m_sources->addAction(saveReport);
    m_sources->addAction(chooseTagFile);
    m_sources->addSeparator();
    m_sources->addAction(quit);

    QMenu *edit = bar.addMenu(tr("&Edit"));
    edit->addActions({undo, clearPins});
    edit->addSeparator();
    edit->addActions({copy, copyMarkdown});
    edit->addSeparator();
    edit->addAction(find);

    QMenu *sampling = bar.addMenu(tr("S&ampling"));
    sampling->addActions({pause, sampleNow, resetBaseline});
    sampling->addSeparator();
    sampling->addActions({record, historyMemory});
    sampling->addSeparator();
    sampling->addActions({startTest, stopTest});
    sampling->addSeparator();
    sampling->addActions({takeSnapshot, compare, addNote});

    QMenu *view = bar.addMenu(tr("&View"));
    for (QAction *panel : panels)
        view->addAction(panel);
    view->addAction(resetLayout);
    view->addSeparator();
    view->addActions({holdOrder, highlight, totals});
    view->addSeparator();
    view->addMenu(tr("&Numbers"))->addActions(m_numberStyles->actions());
    view->addMenu(tr("&Theme"))->addActions(m_themes->actions());
    view->addSeparator();
    view->addAction(closeTab);

    bar.addMenu(tr("&Help"))->addActions({keys, about});
    for (QMenu *menu : bar.findChildren<QMenu *>())
        menu->setToolTipsVisible(true);
}

void WindowActions::fillToolBar(QToolBar &bar, IntervalBox *interval)
{
    auto *source = new QToolButton(&bar);
    source->setObjectName(u"sourceButton"_s);
    source->setIcon(themeIcon(u"source"_s));
    source->setText(tr("Source"));
    source->setToolTip(tr("Choose what to look at"));
    source->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    source->setPopupMode(QToolButton::InstantPopup);
    source->setMenu(m_sources);
    source->setFocusPolicy(Qt::TabFocus);

    constexpr int IconSize = 18;
    bar.setIconSize({IconSize, IconSize});
    bar.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar.addWidget(source);
    bar.addSeparator();
    bar.addAction(pause);
    bar.addAction(sampleNow);
    auto *every = new QLabel(tr("every"), &bar);
    every->setContentsMargins(8, 0, 4, 0);
    every->setBuddy(interval);
    bar.addWidget(every);
    bar.addWidget(interval);
    bar.addSeparator();
    bar.addAction(record);
    bar.addSeparator();
    bar.addAction(startTest);
    bar.addAction(stopTest);
    bar.addSeparator();
    bar.addAction(takeSnapshot);
    bar.addAction(compare);
    for (QToolButton *button : bar.findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
}

void WindowActions::setRecentSources(const QStringList &uris)
{
    m_recent->clear();
    m_recent->setEnabled(!uris.isEmpty());
    for (const QString &uri : uris) {
        // An ampersand would be taken for a mnemonic.
        QString text = uri;
        QAction *action = m_recent->addAction(text.replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, uri] { emit sourceChosen(uri); });
    }
}

void WindowActions::showTheme(ThemeChoice choice)
{
    for (QAction *action : m_themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
}

void WindowActions::showNumberStyle(NumberStyle style)
{
    for (QAction *action : m_numberStyles->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(style));
}

void WindowActions::showPaused(bool paused)
{
    pause->setChecked(paused);
    pause->setIcon(themeIcon(paused ? u"resume"_s : u"pause"_s));
    pause->setIconVisibleInMenu(true);
    pause->setIconText(paused ? tr("Resume") : tr("Pause"));
}

void WindowActions::showRecording(bool recording)
{
    record->setChecked(recording);
    record->setIcon(themeIcon(recording ? u"stoprecording"_s : u"record"_s));
    record->setIconVisibleInMenu(true);
    record->setIconText(recording ? tr("Recording") : tr("Record"));
    const QString hint = recording
        ? tr("Ends the recording and closes its file")
        : tr("Writes every sample, mark and snapshot to a file that survives a crash");
    record->setToolTip(tr("%1 (%2)").arg(hint, record->shortcut().toString(QKeySequence::NativeText)));
}

void WindowActions::showSampling(bool available)
{
    constexpr const char *Hint = "hint";
    for (QAction *action : {pause, sampleNow}) {
        if (!action->property(Hint).isValid())
            action->setProperty(Hint, action->toolTip());
        action->setEnabled(available);
        action->setToolTip(available ? action->property(Hint).toString()
                                     : tr("A recording is shown: no samples are taken for it"));
    }
}

std::vector<QAction *> WindowActions::withShortcuts() const
{
    std::vector<QAction *> found;
    std::ranges::copy_if(m_all, std::back_inserter(found),
        [](const QAction *action) { return !action->shortcut().isEmpty(); });
    return found;
}

} // namespace poolscope
