// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/driversearch.h"
#include "model/sampling/background.h"

#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace poolscope {

/// Looks into driver files for the pool tag shown: those that are loaded here, or a folder that was copied
/// from another machine. In the background, with progress and cancel. Window thread.
class DriverSection : public QWidget
{
    Q_OBJECT

public:
    explicit DriverSection(QWidget *parent = nullptr);
    /// A search under way is cancelled.
    ~DriverSection() override;

    /// What was found for another tag goes; a search for it is cancelled.
    void setTag(const QByteArray &tag);
    /// Files and folders; empty: the drivers that are loaded.
    void search(const QStringList &paths);
    /// Where findings are kept; driverCachePath() unless a test says otherwise.
    void setCachePath(const QString &path) { m_cachePath = path; }

private:
    /// Shared with the search.
    struct Job
    {
        std::atomic<int> permille = 0;
        std::atomic<bool> isCancelled = false;
    };

    void askForFolder();
    void cancel();
    void showRunning(bool isRunning);
    void showResult(const Result<DriverSearch> &found);

    Background m_background;
    std::shared_ptr<Job> m_job; ///< null: none under way
    QByteArray m_tag;
    QString m_cachePath = driverCachePath();
    bool m_hasLoaded = false; ///< drivers of this machine
    QTimer m_poll;
    QPushButton *m_loaded;
    QPushButton *m_folder;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QLabel *m_result;
};

} // namespace poolscope
