// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/findings.h"
#include "model/core/binarysemaphore.h"
#include "model/replay/replaymoments.h"
#include "model/replay/replayworker.h"
#include "model/sampling/taskqueue.h"

#include <QStringList>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace poolscope {

/// How far an analysis has read its file.
struct AnalysisReading
{
    double share = 0; ///< 0..1
    QStringList damage; ///< a sentence each: all that was found so far, see RecordingInfo
};

/// Analyses a file from its beginning on a thread of its own, with a reader of its own, and keeps what was to
/// be said at moments spread over it: so a replay shows the verdicts of any moment without reading what came
/// before. Calls return at once; any thread, but for construction and destruction.
class ReplayAnalysis
{
public:
    /// Called on the analysis' thread when there is more to look up.
    using Advanced = std::function<void(RunNumber run)>;

    explicit ReplayAnalysis(Advanced advanced);
    /// Waits for the sample that is being read.
    ~ReplayAnalysis();
    ReplayAnalysis(const ReplayAnalysis &) = delete;
    ReplayAnalysis &operator=(const ReplayAnalysis &) = delete;

    /// Begins anew with a file; `opener` is called on the analysis' thread.
    void start(RunNumber run, const FileOpener &opener);
    /// There are new samples in it.
    void goOn();
    void stop();

    /// As of the last moment kept at or before this sample; null where the analysis has not come yet.
    [[nodiscard]] FindingsPtr at(TimeAxis::Index index) const { return m_moments.at(index); }
    /// Complete when the share is 1: nothing but the analysis reads every sample of a file.
    [[nodiscard]] AnalysisReading reading() const;

private:
    struct Work;
    void open(RunNumber run, const FileOpener &opener);
    void step(RunNumber run);
    void forget();

    const Advanced m_advanced;
    std::atomic<RunNumber> m_wanted = 0; ///< 0: none
    ReplayMoments m_moments;
    mutable std::mutex m_readingMutex;
    AnalysisReading m_reading; ///< under m_readingMutex
    std::unique_ptr<Work> m_work; ///< on m_thread only
    TaskQueue m_queue; ///< lives on m_thread
    QThread m_thread;
    BinarySemaphore m_done{false};
};

} // namespace poolscope
