// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/binarysemaphore.h"
#include "model/sampling/newestbyasker.h"
#include "model/sampling/recordedpast.h"
#include "model/sampling/sessionworker.h"
#include "model/sampling/taskqueue.h"

#include <QThread>

#include <atomic>
#include <functional>
#include <mutex>

namespace poolscope {

/// Looks back into a live session's recording on a thread of its own, so that a slow disk delays nothing but
/// the chart of what is long past. Every call returns at once; any thread, but for construction and
/// destruction, which is on one thread and waits for a read that is under way.
class LookBack
{
public:
    /// Called on the thread of the look back.
    using Answered = std::function<void(RunNumber run, const SeriesAnswer &answer)>;

    explicit LookBack(Answered answered);
    ~LookBack();
    LookBack(const LookBack &) = delete;
    LookBack &operator=(const LookBack &) = delete;

    /// A range of the same asker that was not looked up yet is replaced and never answered.
    void ask(RunNumber run, PastRange range);
    /// Lets go of the file.
    void close();

private:
    struct Question
    {
        RunNumber run = 0;
        PastRange range;
    };
    void answerAll();
    /// With the first question: most sessions never look back, and a thread costs time at the program's
    /// start.
    void startThread();

    const Answered m_answered;
    NewestByAsker<Question> m_questions;
    RecordedPast m_past; ///< on m_thread only
    TaskQueue m_queue; ///< lives on m_thread
    QThread m_thread;
    std::once_flag m_starting;
    std::atomic<bool> m_isStarted = false;
    BinarySemaphore m_done{false};
};

} // namespace poolscope
