// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/replay/replaysession.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QWidget;

namespace poolscope {

class BannerStack;
class ChartPanel;
class ReplayBar;
class SnapshotController;
class StatusLine;
class WindowActions;
class WindowSettings;

/// Opens recordings in the window and says how they fare: the bar while there is one, the chart's moment,
/// the status line, banners for what is damaged or cannot be opened. Window thread.
class ReplayController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        ReplaySession &replay;
        ReplayBar &bar;
        ChartPanel &chart;
        StatusLine &status;
        BannerStack &banners;
        SnapshotController &snapshots;
        WindowSettings &settings;
        WindowActions &actions;
    };
    ReplayController(const Parts &parts, QObject *parent);

    /// A "file:" URI or a path. What cannot be opened leaves what is shown as it was and is said in a banner.
    void open(const QString &uri);
    /// Asks for a file.
    void chooseFile(QWidget *parent);

signals:
    /// Comes before the recording's first frame.
    void opened(const QString &uri, const QString &title);
    void closed();

private:
    void open(const FileUri &file);
    void sayNotOpened(const Error &error);
    void chooseTimes();
    void showLines();
    void sayAgain();
    void restart();
    void showContents();
    void sayWhatIsWrong(const RecordingInfo &info);
    void showStatusLine();
    void showStatus(const ReplayStatus &status);
    void compareAll();
    void takeSnapshot(const Snapshot &snapshot);

    Parts m_parts;
    QTimer m_patience; ///< runs while a file is being opened and the bar does not say so yet
    FileUri m_opening; ///< what was asked for last
    std::optional<double> m_speed; ///< to be played at once it is open
    bool m_isOpen = false;
    QStringList m_said; ///< damage and remarks that the banners told of; dismissed ones do not come again
    bool m_isNew = false; ///< the slider gets the keyboard with the first contents
    std::vector<QUuid> m_toCompare; ///< not read yet
    std::vector<Snapshot> m_read; ///< for the comparison
};

} // namespace poolscope
