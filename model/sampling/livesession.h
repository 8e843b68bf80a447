// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/history.h"
#include "model/sampling/recorder.h"
#include "model/sampling/samplerstatus.h"
#include "model/sampling/sessionhandle.h"
#include "model/sources/source.h"

#include <chrono>
#include <memory>
#include <optional>

namespace poolscope {

/// The window's handle on a running source: owns the sampler thread (source and schedule) and the session
/// thread (history, growth rates, frames). Lives on the window's thread; every call returns at once and
/// every signal arrives there. Destruction stops both threads and waits for a read that is under way.
class LiveSession : public SessionHandle
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds MinInterval{250};
    static constexpr std::chrono::milliseconds MaxInterval{3'600'000};
    static constexpr std::chrono::milliseconds DefaultInterval{2000};

    explicit LiveSession(QObject *parent = nullptr, RecordingOpener openRecording = openRecordingSink);
    ~LiveSession() override;

    /// Ends what runs and starts anew, not paused and with an empty history. Emits restarted() at once;
    /// nothing of the earlier source arrives after it, not even answers that are still under way.
    /// `source` must live on this thread; it is opened, used and destroyed on the sampler's.
    void start(std::unique_ptr<Source> source);
    /// Closes the source and empties the session; emits restarted() as well.
    void stop();
    [[nodiscard]] SessionAbilities abilities() const override;
    [[nodiscard]] QString sourceUri() const override;
    [[nodiscard]] QString sourceTitle() const override;

    /// Clamped to MinInterval..MaxInterval. Has no effect on push sources, which keep their own pace.
    void setInterval(std::chrono::milliseconds interval);
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const;
    /// One sample as soon as possible; does not shift the schedule.
    void sampleNow();
    /// Tries a failing source at once instead of after the back-off pause.
    void retryNow();

    /// Counts changes from the newest sample on; leaves a Baseline mark, and the newest frame comes anew
    /// under its old number.
    void resetBaseline() override;
    /// At this moment in source time: that of the newest frame for a Snapshot, for a test's start and stop
    /// and for push sources, which may be replays, else the wall clock's.
    void addMark(MarkKind kind, const QString &text) override;
    /// Every `period` of source time snapshotDue() hands over the sample; nullopt switches it off.
    void setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period);

    /// From the newest sample on, everything goes into this file, see Recorder: samples, marks, host facts.
    /// Ends a recording that is on. The recording ends with the source: start() and stop() close it.
    void startRecording(const QString &path);
    void stopRecording();
    [[nodiscard]] const RecordingStatus &recordingStatus() const;
    /// For what belongs into the same file. Lives as long as the session.
    [[nodiscard]] Recorder &recorder();

    /// Clamped to MinHistoryBudget..MaxHistoryBudget.
    void setHistoryBudget(qint64 bytes);
    /// Nothing while the memory that the history may take suffices.
    [[nodiscard]] const std::optional<HistoryReach> &historyReach() const;

    void requestSeries(const SeriesRequest &request) override;

    [[nodiscard]] FramePtr frame() const override;
    [[nodiscard]] const SamplerStatus &status() const;
    [[nodiscard]] const std::vector<Mark> &marks() const override;

signals:
    void statusChanged(const poolscope::SamplerStatus &status);
    void snapshotDue(const poolscope::SamplePtr &sample);
    void recordingChanged(const poolscope::RecordingStatus &status);
    /// The memory of the history is full: see historyReach().
    void historyThinned();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace poolscope
