// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/fileuri.h"
#include "model/core/result.h"
#include "model/sampling/background.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

class QWidget;

namespace poolscope {

class BannerStack;
class LiveSession;
class ReplaySession;
class SessionSwitch;
class WindowActions;

/// Saves the report of what the window shows: of the opened file, or of the recording that the live session
/// is being written to. Reads and writes in the background, tells how far it is and can be stopped. Window
/// thread.
class ReportController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        SessionSwitch &session;
        LiveSession &live;
        ReplaySession &replay;
        WindowActions &actions;
        BannerStack &banners;
        QWidget &window; ///< parent of the dialog
    };
    ReportController(const Parts &parts, QObject *parent);
    ~ReportController() override;

    /// The file that a report would be of; empty when there is none.
    [[nodiscard]] FileUri input() const; ///< without a path: there is no file
    /// Asks where to, then saves.
    void choose();
    void save(const FileUri &input, const QString &output);

private:
    struct Job
    {
        std::atomic<double> done = 0;
        std::atomic<bool> isStopped = false;
    };
    void showProgress();
    void finish(const Result<QString> &written);

    Parts m_parts;
    std::shared_ptr<Job> m_job; ///< null: nothing is being saved
    QString m_input;
    QTimer m_poll;
    Background m_background;
};

} // namespace poolscope
