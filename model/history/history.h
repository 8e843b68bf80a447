// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/historykeeper.h"
#include "model/history/seriesquery.h"

#include <optional>
#include <span>
#include <vector>

namespace poolscope {

class SeriesReader;

/// Bytes of memory that a history may take.
constexpr qint64 DefaultHistoryBudget = qint64(256) << 20;
constexpr qint64 MinHistoryBudget = qint64(16) << 20;
constexpr qint64 MaxHistoryBudget = qint64(64) << 30;

/// How far back a history reaches, and how well.
struct HistoryReach
{
    WallTime first{}; ///< of all samples that are left in any form
    /// If the budget was reached: of what is before, only the smallest, largest and last value of each
    /// minute are left.
    std::optional<WallTime> exactFrom;
    bool hasForgotten = false; ///< the oldest samples are not even left thinned

    friend bool operator==(const HistoryReach &, const HistoryReach &) = default;
};

/// Every series of a session in memory: four counters of each tag and each machine-wide field, on one time
/// axis; lossless until the budget is reached, then thinned from the oldest end (see Thinner). A value that
/// a sample does not know is a hole in its series, never 0. One thread.
class History
{
public:
    explicit History(qint64 budgetBytes = DefaultHistoryBudget);

    /// Takes effect with the next samples, and is kept to within what changes in about a hundred samples. At
    /// least 600 samples stay exact, whatever it is. Users may choose MinHistoryBudget..MaxHistoryBudget.
    void setBudget(qint64 bytes);

    /// `ids` are the tags of the sample's rows, `vanished` those that the sample before held and this one
    /// does not. Returns the sample's time on the axis, which may differ from its wall clock where that was
    /// set back. The work depends on the number of rows and changes, not on the length of the history.
    WallTime append(const Sample &sample, std::span<const TagId> ids, std::span<const TagId> vanished,
        TimeAxis::Joint joint);

    /// Ranges at pixel resolution, see seriesquery.h. A series that does not exist has no points. Not
    /// changed by it, but the working memory for unpacking is used.
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) const;

    /// Times of the exact part.
    [[nodiscard]] const TimeAxis &axis() const { return m_axis; }
    /// Nothing before the first sample.
    [[nodiscard]] std::optional<HistoryReach> reach() const;
    [[nodiscard]] size_t changes() const; ///< that are held exactly; packed ones count once for all counters
    [[nodiscard]] size_t memoryBytes() const; ///< about

    /// Does at once what is otherwise spread over the next samples: packing and thinning.
    void settle();

private:
    class Query;

    TimeAxis m_axis;
    std::vector<Reading> m_newest; ///< by TagId; unknown while vanished
    std::vector<StoredSeries> m_series; ///< first the machine-wide fields, then the tags by TagId
    HistoryKeeper m_keeper;
    mutable ChunkCoder m_queryCoder;
};

} // namespace poolscope
