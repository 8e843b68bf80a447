// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/progressline.h"
#include "model/recording/recordinginfo.h"
#include "model/sampling/recorder.h"

#include <QTimer>

#include <optional>

namespace poolscope {

/// What `record` does with the samples: into a recording, with what happened between them, and a word to
/// stderr when the disk does not take them. Main thread.
class RecordingJob
{
public:
    struct Plan
    {
        QString path;
        RotationLimits limits;
        std::chrono::milliseconds flushPeriod{5000};
        QString note;
        bool quiet = false; ///< no progress and no summary
    };

    explicit RecordingJob(const Plan &plan);
    ~RecordingJob();

    /// Makes or opens the file; waits until that is done. The error says why not, and nothing was changed.
    [[nodiscard]] Result<Done> open();
    void take(const SamplePtr &sample, bool afterGap);
    void addMark(const Mark &mark);
    /// Closes the file; waits until that is done. The error says what is lost.
    [[nodiscard]] Result<Done> close();

private:
    void readEarlier();
    [[nodiscard]] bool isBoundary(const Sample &sample);
    void statusChanged(const RecordingStatus &status);
    void showProgress();
    void waitUntil(const std::function<bool(const RecordingStatus &)> &reached);
    [[nodiscard]] QString what() const;

    Plan m_plan;
    bool m_isNew = false;
    std::optional<WallTime> m_lastWall; ///< of the newest sample, also of one that was there already
    std::shared_ptr<const Origin> m_lastOrigin; ///< likewise
    MonotonicTime m_lastMonotonic{}; ///< of the newest sample of this run
    bool m_runsOn = false; ///< there was a sample in this run
    qint64 m_samples = 0;
    WallTime m_began{};
    RecordingStatus m_status; ///< newest known
    std::function<void()> m_reported; ///< called with each report while one is waited for
    bool m_failing = false; ///< and said so
    ProgressLine m_progress;
    QTimer m_progressTimer;
    TaskQueue m_queue; ///< brings the recorder's reports to this thread
    Recorder m_recorder; ///< last: its reports need the rest
};

} // namespace poolscope
