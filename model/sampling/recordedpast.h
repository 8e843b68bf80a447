// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"
#include "model/history/history.h"
#include "model/history/seriesquery.h"
#include "model/recording/recordingreader.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

/// A range of a live session's series that begins before what its history holds exactly.
struct PastRange
{
    SeriesRequest request;
    SeriesAnswer memory; ///< what the history answered, with the references it subtracted
    WallTime sessionFirst{}; ///< what the recording holds from before is not this session's
    WallTime exactFrom{}; ///< from here on `memory` is exact
    std::shared_ptr<const TagList> tags; ///< of the session, by TagId; never null
    QString path; ///< of the recording that the session is being written to
};

/// Puts what the recording of a session knows exactly in the place of what its history holds only thinned,
/// or no more. Keeps the file open and what was read, by pixel column, so that a range that slides along or
/// grows reads only its new columns. Blocks on the disk. One thread, that of the first complete().
class RecordedPast
{
public:
    /// `range.memory` with the past filled in; as it was where the file cannot tell.
    [[nodiscard]] SeriesAnswer complete(const PastRange &range);
    /// Lets go of the file.
    void close();

private:
    /// Points of whole columns of one width.
    struct Line
    {
        SeriesId id; ///< by the TagIds of the file
        Metric metric = Metric::Bytes;
        std::chrono::nanoseconds width{0};
        WallTime from{};
        WallTime to{};
        std::vector<SeriesPoint> points;
    };
    /// The part of a range that comes from the file, at boundaries of columns.
    struct Part
    {
        WallTime from{};
        WallTime to{};
        std::chrono::nanoseconds width{0};
    };

    [[nodiscard]] bool open(const QString &path);
    [[nodiscard]] std::optional<Part> partOf(const PastRange &range);
    [[nodiscard]] std::optional<SeriesId> idInFile(const SeriesId &id, const TagList &tags) const;
    [[nodiscard]] const Line &line(const SeriesId &id, Metric metric, const Part &part);
    [[nodiscard]] std::vector<SeriesPoint> read(
        const SeriesId &id, Metric metric, WallTime from, WallTime to, std::chrono::nanoseconds width);
    /// What the series was at `since`, if the file holds that time of this session.
    [[nodiscard]] std::optional<double> reference(
        const SeriesId &id, Metric metric, WallTime since, WallTime sessionFirst);

    QString m_path;
    std::unique_ptr<RecordingReader> m_reader;
    std::vector<Line> m_lines; ///< the most recently used last
};

} // namespace poolscope
