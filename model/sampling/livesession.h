// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/history/seriesquery.h"
#include "model/sampling/frame.h"
#include "model/sampling/samplerstatus.h"
#include "model/sources/source.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

/// The window's handle on a running source: owns the sampler thread (source and schedule) and the session
/// thread (history, growth rates, frames). Lives on the window's thread; every call returns at once and
/// every signal arrives there. Destruction stops both threads.
class LiveSession : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds MinInterval{250};
    static constexpr std::chrono::milliseconds MaxInterval{3'600'000};
    static constexpr std::chrono::milliseconds DefaultInterval{2000};

    explicit LiveSession(QObject *parent = nullptr);
    ~LiveSession() override;

    /// Ends what runs and starts anew with an empty history. Emits restarted() at once.
    void start(std::unique_ptr<Source> source);
    void stop();
    [[nodiscard]] QString sourceUri() const;
    [[nodiscard]] QString sourceTitle() const;

    /// Clamped to MinInterval..MaxInterval. Has no effect on push sources, which keep their own pace.
    void setInterval(std::chrono::milliseconds interval);
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const;
    /// One sample as soon as possible; does not shift the schedule.
    void sampleNow();
    /// Tries a failing source at once instead of after the back-off pause.
    void retryNow();

    /// Counts changes from the newest sample on.
    void resetBaseline();
    void addMark(MarkKind kind, const QString &text);
    /// Every `period` of source time snapshotDue() hands over the sample; nullopt switches it off.
    void setAutoSnapshotPeriod(std::optional<std::chrono::milliseconds> period);

    /// The answer comes with seriesReady(). Requests of one asker (the upper 8 bits of the token) that
    /// were not answered yet are replaced by its newer one.
    void requestSeries(const SeriesRequest &request);

    [[nodiscard]] FramePtr frame() const; ///< newest delivered; null before the first
    [[nodiscard]] const SamplerStatus &status() const;
    [[nodiscard]] const std::vector<Mark> &marks() const;

signals:
    void restarted();
    void frameReady(const poolscope::FramePtr &frame);
    void statusChanged(const poolscope::SamplerStatus &status);
    void marksChanged();
    void seriesReady(const poolscope::SeriesAnswer &answer);
    void snapshotDue(const poolscope::SamplePtr &sample);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace poolscope
