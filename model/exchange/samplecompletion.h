// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/samplereader.h"

#include <chrono>
#include <functional>
#include <map>

namespace poolscope {

/// Gives samples from files what the files do not say: whose they are, and when they were taken. Samples of
/// formats that say nothing of the machine are taken to be of one machine and one boot. One thread.
class SampleCompletion
{
public:
    /// `name` stands for the machine. `start` is the time of the first sample whose time no file tells;
    /// without it, the last sample of a file is of the time of its last change. `interval` lies between them.
    SampleCompletion(const QString &name, std::optional<WallTime> start, std::chrono::nanoseconds interval);

    /// The samples that follow are of this file. `countSamples` is asked once at most, when times have to be
    /// counted back from the end.
    void beginFile(const QString &path, std::function<qint64()> countSamples);
    void complete(ReadSample &read);

private:
    QString m_name;
    std::optional<WallTime> m_start;
    std::chrono::nanoseconds m_interval;
    std::map<SourceKind, std::shared_ptr<const Origin>> m_origins;
    WallTime m_changed{}; ///< of the file at hand
    std::function<qint64()> m_countSamples;
    std::optional<WallTime> m_nextTime; ///< of the next sample without one
};

/// When the file was changed last.
[[nodiscard]] WallTime changeTime(const QString &path);

} // namespace poolscope
