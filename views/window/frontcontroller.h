// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <QObject>

class QStackedWidget;
class QWidget;

namespace poolscope {

class ChartPanel;
class DetailsPanel;
class FindingController;
class IntervalBox;
class LiveSession;
class PinMemory;
class RecordingController;
class ReplayController;
class ReplaySession;
class SessionSwitch;
class SnapshotController;
class SourceController;
class StatusLine;
class SystemBar;
class TablePanel;
class UnavailablePanel;
class WindowActions;
class WindowSettings;

/// What is in front: the live source, or a recording while the live source goes on behind it. Opens them,
/// and hands the frames of the one in front to what shows them. Window thread.
class FrontController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        SessionSwitch &session;
        LiveSession &live;
        ReplaySession &replay;
        SourceController &source;
        ReplayController &recordings;
        SnapshotController &snapshots;
        RecordingController &recorder;
        FindingController &findings;
        PinMemory &pinMemory;
        WindowActions &actions;
        WindowSettings &settings;
        QStackedWidget &liveView; ///< holds the next two
        TablePanel &table;
        UnavailablePanel &unavailable;
        ChartPanel &chart;
        DetailsPanel &details;
        SystemBar &systemBar;
        StatusLine &statusLine;
        IntervalBox &interval;
        QWidget &window; ///< gets the title of what is in front
    };
    FrontController(const Parts &parts, QObject *parent);

    /// A source's URI, or a file's (see isFileUri()).
    void open(const QString &uri);

private:
    void startShowing(const QString &uri, const QString &title, bool keepsOwnPace);
    void showRecording(const QString &uri, const QString &title);
    void showLive();
    void clearViews(const QString &uri, const QString &title);
    void takeAvailability(bool available);
    void showUnavailable();
    void showFrame(const FramePtr &frame);

    Parts m_parts;
};

} // namespace poolscope
