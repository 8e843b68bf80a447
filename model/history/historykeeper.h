// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/counterseries.h"
#include "model/history/thinner.h"
#include "model/history/timeaxis.h"

#include <memory>
#include <vector>

namespace poolscope {

/// Four series on both axes: exact, and thinned for what is older.
struct StoredSeries
{
    CounterSeries exact;
    std::unique_ptr<CounterSeries> thinned; ///< null before anything was thinned
    Thinner::Cumulative cumulative{};
    size_t exactBytes = 0; ///< when last counted
    size_t thinnedBytes = 0;
};

/// Keeps the memory of many series within a budget: packs what is not new, thins the oldest part when the
/// budget is reached, and lets go of the oldest thinned part when even that takes a quarter of it. The work
/// is spread over the samples: each step() looks at a small share of the series. What a reader sees changes
/// only between two rounds. The thinned axis ends with the sample that the exact one begins with. One thread.
class HistoryKeeper
{
public:
    explicit HistoryKeeper(qint64 budgetBytes)
        : m_budget(static_cast<size_t>(budgetBytes))
    {
    }

    void setBudget(qint64 bytes) { m_budget = static_cast<size_t>(bytes); }

    /// A share of the work, after a sample was added to all series.
    void step(TimeAxis &axis, std::vector<StoredSeries> &series);
    /// What is left of the round under way, or a whole one.
    void finishRound(TimeAxis &axis, std::vector<StoredSeries> &series);

    [[nodiscard]] const TimeAxis &thinnedAxis() const { return m_thinnedAxis; }

private:
    void beginRound(const TimeAxis &axis, size_t seriesCount);
    void endRound(TimeAxis &axis);
    void look(StoredSeries &series, const TimeAxis &axis);
    [[nodiscard]] std::vector<Minute> oldestPart(const TimeAxis &axis) const;

    size_t m_budget;
    ChunkCoder m_coder;
    TimeAxis m_thinnedAxis;
    size_t m_exactBytes = 0;
    size_t m_thinnedBytes = 0;
    // Of the round under way:
    size_t m_next = 0; ///< number of the series to look at next; 0: between two rounds
    size_t m_packAbove = 0; ///< bytes of a series' unpacked changes
    std::vector<Minute> m_minutes; ///< what moves from the exact to the thinned axis
};

} // namespace poolscope
