// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/history.h"
#include "model/sampling/recordingstatus.h"

#include <QObject>

class QWidget;

namespace poolscope {

class BannerStack;
class LiveSession;
class StatusLine;
class WindowActions;
class WindowSettings;

/// A name for a new recording: HOST-2026-11-22-1825.poolscope in the user's documents folder, or in
/// `lastFolder` where there is one. Local time.
[[nodiscard]] QString suggestedRecordingPath(const QString &host, WallTime now, const QString &lastFolder);

/// Starts and stops recordings, shows how they fare, asks before a window with one is closed; says where the
/// history goes when its memory is full. Window thread.
class RecordingController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        LiveSession &live;
        WindowActions &actions;
        BannerStack &banners;
        StatusLine &statusLine;
        WindowSettings &settings;
        QWidget &window; ///< parent of dialogs
    };
    RecordingController(const Parts &parts, QObject *parent);

    void start(const QString &path);
    void setDataAvailable(bool available);
    /// Whether the window may close now. If not, the user is asked, and closeConfirmed() may follow.
    [[nodiscard]] bool mayClose();

signals:
    void closeConfirmed();

private:
    void toggle(bool on);
    void chooseFile();
    void chooseHistoryMemory();
    void takeStatus(const RecordingStatus &status);
    void showAction();
    void say(const RecordingStatus &status);
    void sayHistory();

    Parts m_parts;
    RecordingStatus m_status;
    bool m_hasData = false;
    bool m_saidHistory = false;
    bool m_saysTrouble = false;
    quint64 m_saidDropped = 0;
};

} // namespace poolscope
