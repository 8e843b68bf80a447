// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/activetime.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr int StepsNeeded = 7; ///< before a gap can be told from the usual step
constexpr double GapSteps = 4; ///< longer than so many usual steps is a gap
constexpr double IdleShare = 0.15; ///< of the usual allocations: below, the machine slept

} // namespace

double ActiveTime::advance(double elapsed, double allocations, bool counted)
{
    elapsed = std::max(elapsed, 1e-6);
    if (m_usual <= 0)
        m_usual = elapsed;
    const bool isGap = elapsed > GapSteps * m_usual;
    const bool slept = isGap && m_steps >= StepsNeeded && counted && m_rate > 0
        && allocations < IdleShare * m_rate * elapsed;
    const double step = slept ? m_usual : elapsed;
    if (!slept) {
        const double rate = allocations / elapsed;
        m_rate = m_rate <= 0 ? rate : m_rate + .15 * (rate - m_rate);
    }
    // An interval that was made longer for good is believed step by step.
    if (elapsed < GapSteps * m_usual)
        m_usual += .1 * (elapsed - m_usual);
    else if (!slept)
        m_usual *= 1.15;
    m_steps = std::min(m_steps + 1, StepsNeeded);
    m_now += step;
    return m_now;
}

double ActiveTime::skip()
{
    m_now += m_usual > 0 ? m_usual : 1;
    return m_now;
}

} // namespace poolscope
