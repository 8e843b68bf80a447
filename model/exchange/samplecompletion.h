// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/samplereader.h"

#include <chrono>
#include <functional>
#include <map>
#include <vector>

namespace poolscope {

/// What a file tells of the times of its samples, all of them.
class TimeSurvey
{
public:
    void add(const ReadSample &read); ///< as it came from its reader, in order

    /// Samples without time that follow one another.
    struct Gap
    {
        qint64 first = 0; ///< from 0
        qint64 count = 0;
        std::optional<WallTime> before; ///< of the sample before it, where the file tells that
        std::optional<WallTime> after;
    };
    [[nodiscard]] const std::vector<Gap> &gaps() const { return m_gaps; }
    [[nodiscard]] std::chrono::nanoseconds lastSinceStart() const { return m_lastSinceStart; }

private:
    qint64 m_samples = 0;
    std::optional<WallTime> m_before;
    std::vector<Gap> m_gaps;
    std::chrono::nanoseconds m_lastSinceStart{0};
};

/// Gives samples from files what the files do not say: whose they are, and when they were taken. Samples of
/// formats that say nothing of the machine are taken to be of one machine and one boot. One thread.
class SampleCompletion
{
public:
    /// `name` stands for the machine. `start` is the time of the first sample whose time no file tells;
    /// without it, the last sample of a file is of the time of its last change. `interval` lies between them.
    /// Samples without time between others that have one are spread evenly between those. A date without year
    /// is of the last year in which it is not after the file's last change, or of that nearest to `start`.
    SampleCompletion(const QString &name, std::optional<WallTime> start, std::chrono::nanoseconds interval);

    /// The samples that follow are of this file. `survey` is asked once at most, when a time has to be found
    /// that depends on later samples.
    void beginFile(const QString &path, std::function<TimeSurvey()> survey);
    void complete(ReadSample &read);

private:
    [[nodiscard]] const TimeSurvey &survey();
    [[nodiscard]] WallTime sinceStart(std::chrono::nanoseconds elapsed);
    [[nodiscard]] WallTime withYear(WallTime time) const;
    [[nodiscard]] WallTime inGap();

    QString m_name;
    std::optional<WallTime> m_start;
    std::chrono::nanoseconds m_interval;
    std::map<SourceKind, std::shared_ptr<const Origin>> m_origins;
    WallTime m_changed{}; ///< of the file at hand
    std::function<TimeSurvey()> m_ask;
    std::optional<TimeSurvey> m_survey;
    qint64 m_sample = 0; ///< from 0, in the file at hand
    size_t m_gap = 0; ///< the first that is not over
    std::optional<WallTime> m_zero; ///< of times counted from a start
    std::optional<WallTime> m_nextTime; ///< of the next sample without one
};

/// When the file was changed last.
[[nodiscard]] WallTime changeTime(const QString &path);

} // namespace poolscope
