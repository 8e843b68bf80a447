// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/core/sample.h"

#include <optional>
#include <vector>

namespace poolscope {

/// A machine's clocks at one instant.
struct ClockReading
{
    WallTime wall{};
    std::chrono::nanoseconds running{0}; ///< stands still while the machine sleeps
    /// Goes on while it sleeps; nullopt where nobody tells, so that sleep and a clock set look alike.
    std::optional<std::chrono::nanoseconds> sinceBoot;
};

/// This machine's clocks: CLOCK_MONOTONIC and CLOCK_BOOTTIME, on Windows the unbiased interrupt time and the
/// tick count. Costs three system calls at most. Any thread.
[[nodiscard]] ClockReading readClocks();
/// The clocks as the sample's own machine read them.
[[nodiscard]] ClockReading clocksOf(const Sample &sample);

/// Notices from one reading to the next that the machine slept or that its wall clock was set. Knows no
/// clock itself.
class ClockWatch
{
public:
    /// What happened since the reading before: a Sleep mark at its time, a ClockChange mark at the time of
    /// this one.
    [[nodiscard]] std::vector<Mark> look(const ClockReading &now);
    /// The next reading is the first again: another machine, another boot.
    void forget() { m_before.reset(); }

    /// What clocks may differ by without having been set or slept: ntpd slews by up to 0.05 %.
    static constexpr std::chrono::nanoseconds Tolerance = std::chrono::seconds(1);
    static constexpr int SlewDivisor = 1000; ///< plus one part in so many of the time between

private:
    std::optional<ClockReading> m_before;
};

} // namespace poolscope
