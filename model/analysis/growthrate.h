// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <array>
#include <span>
#include <vector>

namespace poolscope {

/// How fast the bytes of each tag grow: the least-squares slope over the last ten minutes,
///     rate = 3600 * sum((t - mean t) * y) / sum((t - mean t)^2)   bytes per hour, t in seconds,
/// over at most MaxPoints kept samples and the newest one. At first every sample is kept; whenever all
/// places are taken before ten minutes are over, every second point goes and the spacing doubles; then the
/// window slides. Where samples are rarer, the window reaches back over MinPoints of them, however old.
/// The work for a sample does not depend on the length of the run. One thread.
class GrowthRate
{
public:
    static constexpr size_t MaxPoints = 64;
    static constexpr size_t MinPoints = 8;
    static constexpr std::chrono::seconds Window{600};
    /// No rate before this many points over this time.
    static constexpr size_t PointsNeeded = 3;
    static constexpr std::chrono::seconds TimeNeeded{5};

    /// One sample: `ids` are the tags of its rows. `time` must rise between calls. A tag whose bytes are
    /// unknown, or which is not in the sample, starts anew when it comes back.
    void add(MonotonicTime time, std::span<const TagId> ids, std::span<const Reading> readings);
    /// Forgets everything: after a reboot.
    void reset();

    /// Bytes per hour; NaN while unknown.
    [[nodiscard]] double bytesPerHour(TagId id) const;

private:
    struct Column
    {
        double time = 0; ///< seconds since the first sample
        std::vector<qint64> bytes; ///< by TagId; shorter than the roster when tags came later
    };
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
    /// Of the times alone, the same for every tag that starts at the same column.
    struct Base
    {
        double mean = 0;
        double spread = 0; ///< sum((t - mean)^2); 0: too few points or too short
    };

    void scatter(std::span<const TagId> ids, std::span<const Reading> readings);
    void noteNewest(double time);
    void slide(double time);
    void keep(double time);
    void thin();
    [[nodiscard]] Base base(size_t start, double time, bool kept) const;
    void evaluate(double time, bool kept);

    std::vector<Column> m_columns;
    std::vector<State> m_states;
    std::vector<qint64> m_now; ///< bytes by TagId
    std::vector<double> m_rates;
    MonotonicTime m_first{};
    bool m_hasFirst = false;
    double m_previous = 0; ///< time of the sample before
    double m_spacing = 0; ///< wanted seconds between two kept samples; 0: keep all
};

} // namespace poolscope
