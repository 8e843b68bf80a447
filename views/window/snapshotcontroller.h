// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/sampling/recordingstatus.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace poolscope {

class BannerStack;
class ComparisonView;
class LiveSession;
class SessionHandle;
class SnapshotPanel;
class SnapshotStore;
class TablePanel;
class WindowActions;
class WindowSettings;
class Workspace;

/// Where snapshots are kept: poolscope/snapshots in the user's data folder.
[[nodiscard]] QString defaultSnapshotFolder();

/// Takes snapshots, by command and by the timer, and opens them and their comparisons as tabs. Window thread.
class SnapshotController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        SessionHandle &session; ///< the one in front, of which a command keeps the sample shown
        LiveSession &live; ///< the one of which the timer keeps samples
        SnapshotStore &store;
        SnapshotPanel &panel;
        Workspace &workspace;
        TablePanel &liveTable;
        BannerStack &banners;
        WindowActions &actions;
        WindowSettings &settings;
    };
    SnapshotController(const Parts &parts, QObject *parent);

    void setNumberStyle(NumberStyle style);
    void setDataAvailable(bool available);
    /// Under this label and without a mark: who keeps it has one of its own.
    void keepNamed(const SamplePtr &sample, const QString &label);
    /// While a test runs the timer goes as often as it wants; nullopt: as the user chose in the panel.
    void setTestPeriod(std::optional<std::chrono::milliseconds> period);
    /// As tabs.
    void open(const Snapshot &snapshot);
    void compare(const std::vector<Snapshot> &snapshots);

signals:
    /// The first snapshot of an empty list was taken: worth showing the list.
    void firstTaken();
    /// For the status bar.
    void said(const QString &text);

private:
    void connectPanel();
    void connectStore();
    void take();
    void keep(const SamplePtr &sample, bool automatic, SessionHandle &session);
    void showFailure(const Error &error);
    void showExported(const QString &path);
    void showCompareAction();
    void showLost();
    void followRecording(const RecordingStatus &status);
    void startAutoSnapshots();

    Parts m_parts;
    std::optional<std::chrono::milliseconds> m_testPeriod;
    QString m_recordedTo; ///< the store knows of this recording
    QStringList m_lostBanners; ///< keys
    NumberStyle m_style = NumberStyle::Grouped;
};

} // namespace poolscope
