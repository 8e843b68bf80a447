// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/sampler.h"

#include <QDeadlineTimer>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// Reads a source on the sampler's schedule for a command that writes what it gets, until enough was read,
/// somebody stops the program, or the source fails for good. Main thread.
class SampleFeed : private SamplerSink
{
public:
    struct Plan
    {
        std::chrono::milliseconds interval{2000};
        /// Ends after so many. A job with an end fails with its source; one without reports the failure and
        /// goes on when the source is back, unless there never was a sample.
        std::optional<qint64> samples;
        /// Ends then, whether there were samples or not.
        std::optional<std::chrono::milliseconds> duration{};
    };
    enum class Next : quint8
    {
        Continue,
        Ignore, ///< this one does not count
        End,
    };
    /// `afterGap`: samples are missing before this one.
    using Take = std::function<Next(const SamplePtr &sample, bool afterGap)>;

    SampleFeed(const Plan &plan, Take take);
    /// Called with every mark that the sampler makes.
    void setMarkTaker(std::function<void(const Mark &)> takeMark) { m_takeMark = std::move(takeMark); }

    /// Runs the event loop; returns the exit code and has reported the error that it stands for.
    [[nodiscard]] int run(std::unique_ptr<Source> source);

private:
    void sampleTaken(const SamplePtr &sample, bool afterGap) override;
    void markMade(const Mark &mark) override;
    void waitForEnd();
    void statusChanged(const SamplerStatus &status) override;
    void end();
    [[nodiscard]] Error endedEarly() const;

    Plan m_plan;
    Take m_take;
    std::function<void(const Mark &)> m_takeMark;
    QDeadlineTimer m_deadline{QDeadlineTimer::Forever};
    QTimer m_endTimer;
    QString m_uri;
    qint64 m_samples = 0;
    bool m_ended = false;
    std::optional<Error> m_fatal;
    QString m_reported; ///< the last failure told, so that each is told once
    Sampler m_sampler; ///< last: the sink must outlive it
};

} // namespace poolscope
