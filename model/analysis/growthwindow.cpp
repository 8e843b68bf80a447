// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/growthwindow.h"

namespace poolscope {

namespace {

double inSeconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

GrowthWindow::Step GrowthWindow::add(double time)
{
    Step step;
    while (
        m_points.size() - step.dropped > MinPoints && m_points[step.dropped].time < time - inSeconds(Window))
        ++step.dropped;
    m_points.erase(m_points.begin(), m_points.begin() + static_cast<std::ptrdiff_t>(step.dropped));

    // Timers jitter: kept is the sample that lies nearest to where the next point should be.
    const double jitter = (time - m_previous) / 2;
    step.kept = m_points.empty() || time + jitter >= m_points.back().time + m_spacing;
    step.thinned = step.kept && m_points.size() == MaxPoints;
    if (step.thinned)
        thin();
    if (step.kept)
        m_points.push_back({time, m_samples});
    ++m_samples;
    m_previous = time;
    m_keptNewest = step.kept;
    return step;
}

void GrowthWindow::thin()
{
    const double span = m_points.back().time - m_points.front().time;
    for (size_t point = 2; point < m_points.size(); point += 2)
        m_points[point / 2] = m_points[point];
    m_points.resize((m_points.size() + 1) / 2);
    m_spacing = span / static_cast<double>(m_points.size());
}

GrowthWindow::Base GrowthWindow::base(size_t start) const
{
    const size_t count = m_points.size() - start + (m_keptNewest ? 0 : 1);
    if (count < PointsNeeded || m_previous - m_points[start].time < inSeconds(TimeNeeded))
        return {};
    double sum = m_keptNewest ? 0 : m_previous;
    for (size_t point = start; point < m_points.size(); ++point)
        sum += m_points[point].time;
    const double mean = sum / static_cast<double>(count);
    const auto square = [](double x) { return x * x; };
    double spread = m_keptNewest ? 0 : square(m_previous - mean);
    for (size_t point = start; point < m_points.size(); ++point)
        spread += square(m_points[point].time - mean);
    return {mean, spread};
}

} // namespace poolscope
