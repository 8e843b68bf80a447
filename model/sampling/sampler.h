// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/sampling/clockwatch.h"
#include "model/sampling/samplerstatus.h"
#include "model/sampling/schedule.h"
#include "model/sources/source.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// Who receives what a sampler produces; called on the sampler's thread, must return at once.
class SamplerSink
{
public:
    SamplerSink() = default;
    SamplerSink(const SamplerSink &) = delete;
    SamplerSink &operator=(const SamplerSink &) = delete;
    virtual ~SamplerSink() = default;

    /// Every sample, in order. `afterGap`: samples are missing between the previous one and this.
    virtual void sampleTaken(const SamplePtr &sample, bool afterGap) = 0;
    /// Gap, SourceLost, SourceBack, Sleep or ClockChange, in source time; before the sample that tells.
    virtual void markMade(const Mark &mark) = 0;
    virtual void statusChanged(const SamplerStatus &status) = 0;
};

/// Reads a source on schedule. Owns the source; both live on the sampler's thread and every call is made
/// there. A source that fails is closed and opened again after 1, 2, 4 … 60 s. Time comes from a clock that
/// is handed in, and tick() does whatever is due by it: tests drive a sampler without waiting.
class Sampler : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<MonotonicTime()>;
    using Clocks = std::function<ClockReading()>;

    /// `sink` must outlive the sampler. `clocks` tell of sleep and of a wall clock that is set.
    explicit Sampler(SamplerSink &sink, Clock clock = {}, Clocks clocks = readClocks);
    ~Sampler() override;

    /// Ends what runs; opens `source` at the next tick. `source` must live on this thread already.
    void start(std::unique_ptr<Source> source);
    /// Closes and destroys the source.
    void stop();

    void setInterval(std::chrono::milliseconds interval);
    void setPaused(bool paused);
    void sampleNow();
    void retryNow();

    /// Does what is due now.
    void tick();
    /// When tick() has something to do; nullopt: not before something else happens.
    [[nodiscard]] std::optional<MonotonicTime> nextDue() const;
    [[nodiscard]] const SamplerStatus &status() const { return m_status; }

private:
    void open();
    void closeSource();
    void readSource();
    void deliver(const SamplePtr &sample);
    void takePushed(const SamplePtr &sample);
    void watchClocks(const Sample &sample);
    [[nodiscard]] bool isLateForPush(const Sample &sample);
    void fail(const Error &error);
    void setState(SamplerState state);
    void interrupt(const QString &why);
    void rearm();
    [[nodiscard]] bool isPull() const;

    SamplerSink &m_sink;
    Clock m_clock;
    Clocks m_clocks;
    ClockWatch m_clockWatch;
    QTimer m_timer;
    std::unique_ptr<Source> m_source;
    Schedule m_schedule;
    SamplerStatus m_status;
    SamplePtr m_last;
    bool m_paused = false;
    bool m_isOpen = false;
    bool m_closePending = false; ///< not from within the source's own signal
    bool m_lost = false; ///< a SourceLost mark waits for its SourceBack
    bool m_interrupted = false; ///< the next sample comes after a gap
    QString m_gapReason; ///< text of the gap mark that is due with the next sample; empty: none
    MonotonicTime m_retryAt{};
    std::chrono::milliseconds m_pause{0};
    std::chrono::nanoseconds m_usualSpacing{0}; ///< between samples of a push source
    int m_spacings = 0;
};

} // namespace poolscope
