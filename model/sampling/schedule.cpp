// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/schedule.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;

namespace {

constexpr int CostFactor = 100; // 1 % of a core
constexpr std::chrono::nanoseconds LongestStretch = 1h;
constexpr std::chrono::nanoseconds StretchStep = 50ms;

} // namespace

void Schedule::start(MonotonicTime now)
{
    m_next = now;
    m_hasServed = false;
    m_costCount = 0;
    m_effective = m_interval;
}

void Schedule::setInterval(Duration interval, MonotonicTime now)
{
    const bool isStretched = m_effective > m_interval;
    m_interval = interval;
    m_effective = isStretched ? std::max(m_effective, interval) : interval;
    if (m_hasServed)
        m_next = std::max(m_served + m_effective, now);
}

bool Schedule::noteCost(Duration cost)
{
    m_costs[m_costCount % RememberedCosts] = cost;
    ++m_costCount;
    if (m_costCount < CostsNeeded)
        return false;
    const auto known = static_cast<std::ptrdiff_t>(std::min(m_costCount, RememberedCosts));
    const Duration cheapest = *std::min_element(m_costs.begin(), m_costs.begin() + known);
    const Duration wanted = stretched(cheapest);
    if (wanted == m_effective)
        return false;
    m_effective = wanted;
    if (m_hasServed)
        m_next = m_served + m_effective;
    return true;
}

/// Hysteresis, so that the interval does not flap: a stretch starts above 1 %, ends below 0.8 % at the
/// wanted interval, and in between follows the cost only when it is a quarter off.
Schedule::Duration Schedule::stretched(Duration cost) const
{
    const Duration fair = std::min(cost * CostFactor, LongestStretch);
    const bool isStretched = m_effective > m_interval;
    if (fair <= m_interval)
        return isStretched && fair * 5 > m_interval * 4 ? m_effective : m_interval;
    const bool farOff = fair * 4 > m_effective * 5 || fair * 5 < m_effective * 4;
    if (isStretched && !farOff)
        return m_effective;
    return (fair + StretchStep - 1ns) / StretchStep * StretchStep;
}

quint64 Schedule::serve(MonotonicTime now)
{
    const auto missed = (now - m_next) / m_effective;
    m_served = m_next + missed * m_effective;
    m_hasServed = true;
    m_next = m_served + m_effective;
    return static_cast<quint64>(missed);
}

} // namespace poolscope
