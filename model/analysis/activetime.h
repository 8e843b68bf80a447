// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace poolscope {

/// The time in which the machine worked, in seconds since the first sample. A machine that sleeps allocates
/// nothing: a long gap in which far fewer allocations were made than the usual rate gives counts as one
/// usual step. Where allocations are not counted every second counts; live sources then have a clock that
/// stops with the machine. Pure value.
class ActiveTime
{
public:
    /// The next sample came `elapsed` seconds after the one before, in which `allocations` were made by all
    /// tags together; `counted`: the source counts them and some counter moved. Returns now().
    double advance(double elapsed, double allocations, bool counted);
    /// After a reboot: the time between counts as one usual step.
    double skip();

    [[nodiscard]] double now() const { return m_now; }
    [[nodiscard]] double usualStep() const { return m_usual; } ///< 0 before the second sample

private:
    double m_now = 0;
    double m_usual = 0;
    double m_rate = 0; ///< allocations a second, smoothed
    int m_steps = 0; ///< up to StepsNeeded
};

} // namespace poolscope
