// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/recordingsink.h"
#include "model/sampling/recordingstatus.h"
#include "model/sampling/taskqueue.h"

#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <mutex>

namespace poolscope {

/// Writes what a session sees to a recording, on a thread of its own: who hands something over never waits
/// for the disk. Everything is kept in order until it is written; when the disk hangs or is full, samples
/// wait in memory up to `maxQueuedBytes` (and as many again in the RecordingWriter). What comes beyond that
/// is dropped, counted, and marked as a gap in the recording. A write that fails is tried again after 1, 2,
/// 4 … 60 s for as long as the recording is on. Functions may be called on any thread unless they say
/// otherwise. Lives in model/sampling, because it is threads and queues as its neighbours here; what a file
/// looks like is model/recording's.
class Recorder
{
public:
    struct Options
    {
        std::chrono::milliseconds flushPeriod{5000};
        qint64 maxQueuedBytes = qint64(256) << 20;
        std::chrono::milliseconds stalledAfter{15'000}; ///< a write that takes longer is said
        std::chrono::milliseconds changeTimeout{10'000};
        std::chrono::milliseconds firstPause{1000}; ///< before a failed write is tried again
    };
    /// Called at every change of the status, on the recorder's thread or on that of append().
    using Report = std::function<void(const RecordingStatus &)>;

    /// Needs a QCoreApplication once it starts.
    explicit Recorder(Report report, RecordingOpener open = openRecordingSink)
        : Recorder(std::move(report), std::move(open), Options())
    {
    }
    Recorder(Report report, RecordingOpener open, const Options &options);
    /// Ends a recording well and waits for it.
    ~Recorder();

    /// Makes the file or opens it for append. Ends a recording that is on.
    void start(const QString &path);
    /// Writes everything and closes the file.
    void stop();
    [[nodiscard]] bool isOn() const { return m_isOn; }
    [[nodiscard]] RecordingStatus status() const;

    /// One thread at a time.
    void append(const SamplePtr &sample, bool afterGap);
    void addMark(const Mark &mark);
    void addNote(const RecordingNote &note);

    /// Runs `change` on the file of `path` and waits until it is on the disk; for snapshots. An error when
    /// that file is not being recorded, when it cannot be written now, and after `changeTimeout`: it may
    /// then still be written later. Not for the window's thread.
    [[nodiscard]] Result<Done> change(const QString &path, std::function<void(RecordingSink &)> change);

private:
    struct Timer : QObject
    {
        QTimer timer{this};
    };
    /// Everything with this mark runs on the recorder's thread.
    void openFile(quint64 start, const QString &path);
    void closeFile();
    void take(const SamplePtr &sample, bool afterGap);
    void noteMachine(const Sample &sample);
    Result<Done> flush();
    template <typename Work>
    auto timed(Work work);

    void update(const std::function<void(RecordingStatus &)> &change);
    void checkStall();

    const Report m_report;
    const RecordingOpener m_open;
    const Options m_options;
    QThread m_thread;
    TaskQueue m_queue; ///< lives on m_thread
    Timer m_flush; ///< likewise
    std::atomic<bool> m_isOn{false};
    std::atomic<quint64> m_starts{0};
    std::atomic<qint64> m_queuedBytes{0};
    std::atomic<qint64> m_busySince{0}; ///< ns on the steady clock; 0: the disk is not busy
    quint64 m_droppedInARow = 0; ///< thread of append()

    mutable std::mutex m_mutex;
    RecordingStatus m_status; ///< by m_mutex

    // The recorder's thread only:
    std::unique_ptr<RecordingSink> m_sink;
    std::shared_ptr<const Origin> m_noted;
    std::chrono::milliseconds m_pause{0};
    quint64 m_droppedBySink = 0;
};

} // namespace poolscope
