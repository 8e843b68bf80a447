// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <array>
#include <chrono>
#include <cstddef>

namespace poolscope {

/// When to read a source: deadlines on a fixed grid of the monotonic clock (next = previous + interval), so
/// that slow reads do not add up to drift. Stretches the interval while a read costs more than 1 % of a core
/// at the wanted one. Pure value, knows no clock and no thread.
class Schedule
{
public:
    using Duration = std::chrono::nanoseconds;

    /// The first deadline is `now`.
    void start(MonotonicTime now);
    /// The next deadline becomes the previous one plus `interval`, but is not earlier than `now`.
    void setInterval(Duration interval, MonotonicTime now);
    /// Takes what a read cost into account. The cheapest of the last reads counts, since noise only adds.
    /// True when the effective interval changed.
    bool noteCost(Duration cost);

    [[nodiscard]] Duration interval() const { return m_interval; } ///< wanted
    [[nodiscard]] Duration effectiveInterval() const { return m_effective; }
    [[nodiscard]] MonotonicTime next() const { return m_next; }
    [[nodiscard]] bool isDue(MonotonicTime now) const { return now >= m_next; }

    /// Serves the newest deadline that is due and moves on to the one after it. Returns how many earlier
    /// ones were missed altogether. Call only when isDue().
    quint64 serve(MonotonicTime now);

private:
    [[nodiscard]] Duration stretched(Duration cost) const;

    static constexpr size_t RememberedCosts = 5;
    static constexpr size_t CostsNeeded = 3;

    Duration m_interval = std::chrono::seconds(2);
    Duration m_effective = std::chrono::seconds(2);
    MonotonicTime m_next{};
    MonotonicTime m_served{};
    bool m_hasServed = false;
    std::array<Duration, RememberedCosts> m_costs{};
    size_t m_costCount = 0;
};

} // namespace poolscope
