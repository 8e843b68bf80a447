// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/replay/replaysession.h"
#include "model/sampling/livesession.h"
#include "model/sampling/sessionswitch.h"
#include "model/snapshots/snapshotstore.h"
#include "model/tables/pinlist.h"
#include "views/window/sourcecontroller.h"

#include <QMainWindow>

class QDialog;
class QStackedWidget;

namespace poolscope {

class BannerStack;
class ChartPanel;
class DetailsPanel;
class FindingController;
class FrontController;
class IntervalBox;
class NoteLine;
class PinMemory;
class RecordingController;
class ReplayBar;
class ReplayController;
class SnapshotController;
class SnapshotPanel;
class StatusLine;
class SystemBar;
class TableCommands;
class TestController;
class TestPanel;
class TablePanel;
class Theme;
class UnavailablePanel;
class WindowActions;
class WindowSettings;
class Workspace;

/// The program's window: composes the parts and hands frames from the session to them. What the commands do
/// lives in the controllers. Window thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `theme` and `settings` must outlive the window.
    MainWindow(Theme &theme, WindowSettings &settings, SourceMaker makeSource, const QString &snapshotFolder,
        RecordingOpener openRecording = openRecordingSink);
    ~MainWindow() override;

    /// A source's URI, or a file's (see isFileUri()).
    void openSource(const QString &uri);
    /// For this run; what the user picks in the window is remembered, this is not.
    void setInterval(std::chrono::milliseconds interval);
    /// Records the source that was opened last.
    void startRecording(const QString &path);
    /// Nobody is asked from now on when the window closes: the recording is closed well, a test that runs is
    /// kept. For whoever ends the program or the desktop.
    void stopAsking() { m_closes = true; }
    void closeUnasked();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void compose();
    void composePanels();
    void connectSession();
    void connectSampling();
    void connectActions();
    void showSettings();
    void keepSettingsSaved();
    void saveSettings();
    void connectFindings();
    void connectTest();
    void showDetails(const Tag &tag);
    void openDropped(const QStringList &files);
    void setNumberStyle(NumberStyle style);
    void showPinActions();
    void showKeys();
    /// The dialog of this name, made unless it is open already.
    void showOnce(const QString &name, const std::function<QDialog *()> &make);

    Theme &m_theme;
    WindowSettings &m_settings;
    LiveSession m_live;
    ReplaySession m_replay;
    SessionSwitch m_session{m_live}; ///< what the window shows
    PinList m_pins;
    SnapshotStore m_snapshots;

    WindowActions *m_actions;
    SystemBar *m_systemBar;
    BannerStack *m_banners;
    UnavailablePanel *m_unavailable;
    TablePanel *m_table;
    ChartPanel *m_chart;
    DetailsPanel *m_details;
    QStackedWidget *m_liveView; ///< the table, or why there is nothing to show in it
    Workspace *m_workspace;
    StatusLine *m_statusLine;
    IntervalBox *m_interval;
    SourceController *m_source;
    PinMemory *m_pinMemory;
    TableCommands *m_tableCommands;
    SnapshotPanel *m_snapshotPanel;
    SnapshotController *m_snapshotController;
    RecordingController *m_recording;
    bool m_closes = false; ///< without asking whether the recording or the test may end
    ReplayBar *m_replayBar;
    ReplayController *m_replayController;
    FindingController *m_findings;
    NoteLine *m_noteLine;
    TestPanel *m_testPanel;
    TestController *m_test;
    FrontController *m_front;
};

} // namespace poolscope
