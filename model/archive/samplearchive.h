// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/recording/recordinginfo.h"
#include "model/recording/recordingreader.h"

#include <memory>
#include <vector>

namespace poolscope {

enum class MarkChange : quint8
{
    Add,
    Remove,
};

/// A file of samples that is opened to look back: a recording, or a log that was read whole. Samples are
/// numbered from 0. Calls may block on the disk; one thread.
class SampleArchive
{
public:
    using Index = TimeAxis::Index;
    using Rows = RecordingReader::Rows;
    struct Refreshed : RecordingReader::Refreshed
    {
        bool renamed = false; ///< tags of all samples have other drivers now
    };

    SampleArchive() = default;
    SampleArchive(const SampleArchive &) = delete;
    SampleArchive &operator=(const SampleArchive &) = delete;
    virtual ~SampleArchive() = default;

    [[nodiscard]] virtual const RecordingInfo &info() const = 0;
    /// Times of all samples; a new segment begins where counters do not run on.
    [[nodiscard]] virtual const TimeAxis &axis() const = 0;
    /// Every tag by TagId, append-only; never null, the same pointer as long as nothing new comes.
    [[nodiscard]] virtual const std::shared_ptr<const TagList> &tags() const = 0;
    /// Which tags the samples hold, see RecordingReader::rows().
    [[nodiscard]] virtual const std::vector<Rows> &rows() const = 0;
    [[nodiscard]] virtual Result<SamplePtr> sampleAt(Index index) = 0;
    /// Ranges at pixel resolution, as History::answer() gives them.
    [[nodiscard]] virtual SeriesAnswer answer(const SeriesRequest &request) = 0;
    [[nodiscard]] virtual Result<Snapshot> snapshot(const QUuid &id) = 0;
    /// Writes a mark into the file, or takes it out again; refresh() shows it. An error, with the file as it
    /// was, for a log, a file that cannot be written and one that somebody else writes to.
    [[nodiscard]] virtual Result<Done> changeMark(const Mark &mark, MarkChange change);
    /// Looks what a live writer has added.
    [[nodiscard]] virtual Result<Refreshed> refresh() = 0;
};

/// Index of the sample shown at a time: the one at or before it, else the first. The axis is not empty.
[[nodiscard]] inline TimeAxis::Index indexAt(const TimeAxis &axis, WallTime wall)
{
    const TimeAxis::Index after = axis.lowerBound(wall + std::chrono::nanoseconds(1));
    return after == 0 ? 0 : after - 1;
}

} // namespace poolscope
