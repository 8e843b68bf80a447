// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/progress.h"
#include "model/core/result.h"
#include "model/core/sample.h"
#include "model/core/snapshot.h"
#include "model/history/seriesquery.h"
#include "model/history/timeaxis.h"
#include "model/recording/recordinginfo.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// Reads one recording, also while it is being written, also a damaged one: what cannot be trusted is left
/// out and listed in info().damage. Never changes the file. Samples are numbered by index from 0 and stay
/// so until refresh() says otherwise. Blocks; one thread at a time, and open() on the thread that then uses
/// it; any number of readers. Needs a QCoreApplication.
class RecordingReader
{
public:
    using Index = TimeAxis::Index;

    /// Refused: a file of a newer format, one that is not a recording, one that cannot be read at all.
    [[nodiscard]] static Result<std::unique_ptr<RecordingReader>> open(const QString &path);
    ~RecordingReader();
    RecordingReader(const RecordingReader &) = delete;
    RecordingReader &operator=(const RecordingReader &) = delete;

    [[nodiscard]] const RecordingInfo &info() const;
    /// Every tag of the recording by TagId; append-only. Drivers are empty here: they are kept with the
    /// samples. Never null; the same pointer as long as nothing new comes.
    [[nodiscard]] const std::shared_ptr<const TagList> &tags() const;

    /// Times of all samples. They rise strictly, also where the wall clock was set back (see TimeAxis).
    [[nodiscard]] const TimeAxis &axis() const;
    [[nodiscard]] std::optional<Index> indexAtOrBefore(WallTime wall) const; ///< nullopt: before the first
    /// How a sample follows the one before it.
    [[nodiscard]] TimeAxis::Joint jointAt(Index index) const;

    /// The rows of the samples from `first` on, until the next entry's: which tags, in which order.
    struct Rows
    {
        Index first = 0;
        std::shared_ptr<const std::vector<TagId>> ids; ///< never null
    };
    /// By rising `first`; entry 0 begins at sample 0. An entry whose rows equal the one before is allowed.
    /// Tells without reading samples which tag was there when; a replay needs it to go to any moment.
    [[nodiscard]] const std::vector<Rows> &rows() const;

    /// One whole sample as it was appended (readCost is not recorded: 0). Tags whose readings are damaged
    /// have unknown counters. Neighbours come fast.
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index);

    /// Visits the samples [first, end) in order; stops early when `visit` returns false. Samples that cannot
    /// be read are left out: the next one then comes AfterGap.
    using Visitor = std::function<bool(Index index, const SamplePtr &sample, TimeAxis::Joint joint)>;
    [[nodiscard]] Result<Done> forEachSample(Index first, Index end, const Visitor &visit);

    /// Ranges at pixel resolution, as History::answer() gives them, by the TagIds of tags().
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request);

    [[nodiscard]] Result<Snapshot> snapshot(const QUuid &id);

    struct Refreshed
    {
        Index added = 0; ///< new samples behind the ones known before
        /// The oldest samples went away (rotation): indices count anew, TagIds stay.
        bool renumbered = false;
        bool other = false; ///< marks, snapshots, notes, host facts or damage changed
    };
    /// Looks what a live writer has added.
    [[nodiscard]] Result<Refreshed> refresh();

    /// Reads everything once to find all damage; info().damage is complete afterwards. `progress` is called
    /// with 0..1 and stops the work by returning false.
    [[nodiscard]] Result<Done> verify(const Progress &progress = {});

private:
    class Private;
    explicit RecordingReader(std::unique_ptr<Private> d);

    std::unique_ptr<Private> d;
};

} // namespace poolscope
