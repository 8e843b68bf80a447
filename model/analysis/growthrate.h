// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/growthwindow.h"
#include "model/core/sample.h"

#include <span>
#include <vector>

namespace poolscope {

/// How fast the bytes of each tag grow: the least-squares slope over the last ten minutes,
///     rate = 3600 * sum((t - mean t) * y) / sum((t - mean t)^2)   bytes per hour, t in seconds,
/// over the samples that a GrowthWindow keeps and the newest one. The work for a sample does not depend on
/// the length of the run. One thread.
class GrowthRate
{
public:
    /// One sample: `ids` are the tags of its rows. `time` must rise between calls. A tag whose bytes are
    /// unknown, or which is not in the sample, starts anew when it comes back.
    void add(MonotonicTime time, std::span<const TagId> ids, std::span<const Reading> readings);
    /// Forgets everything: after a reboot.
    void reset();

    /// Bytes per hour; NaN while unknown.
    [[nodiscard]] double bytesPerHour(TagId id) const;

private:
    using Column = std::vector<qint64>; ///< bytes by TagId; shorter than the roster when tags came later
    /// The sums of one tag run over the kept columns from `start` on, relative to `reference`.
    struct State
    {
        qint64 reference = 0;
        double sumY = 0;
        double sumTY = 0;
        double constantSince = 0; ///< time of the first sample with the newest value
        qint64 newest = 0;
        size_t start = 0; ///< index of the first column that counts; m_columns.size(): none
    };
    void scatter(std::span<const TagId> ids, std::span<const Reading> readings);
    void noteNewest(double time);
    void drop(size_t tooOld);
    void keep(double time);
    void thin();
    void evaluate(double time, bool kept);

    GrowthWindow m_window;
    std::vector<Column> m_columns; ///< one for each of the window's points
    std::vector<double> m_times; ///< of the columns
    std::vector<State> m_states;
    std::vector<qint64> m_now; ///< bytes by TagId
    std::vector<double> m_rates;
    MonotonicTime m_first{};
    bool m_hasFirst = false;
};

} // namespace poolscope
