// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/growthrate.h"

#include <algorithm>
#include <array>
#include <limits>

namespace poolscope {

namespace {

constexpr double Unknown = std::numeric_limits<double>::quiet_NaN();
constexpr qint64 Absent = std::numeric_limits<qint64>::min();
constexpr double SecondsPerHour = 3600;

double inSeconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

void GrowthRate::reset()
{
    *this = GrowthRate();
}

double GrowthRate::bytesPerHour(TagId id) const
{
    return id < m_rates.size() ? m_rates[id] : Unknown;
}

void GrowthRate::add(MonotonicTime time, std::span<const TagId> ids, std::span<const Reading> readings)
{
    if (!m_hasFirst) {
        m_first = time;
        m_hasFirst = true;
    }
    const double now = inSeconds(time - m_first);
    scatter(ids, readings);
    noteNewest(now);
    const GrowthWindow::Step step = m_window.add(now);
    drop(step.dropped);
    if (step.thinned)
        thin();
    if (step.kept)
        keep(now);
    evaluate(now, step.kept);
}

void GrowthRate::scatter(std::span<const TagId> ids, std::span<const Reading> readings)
{
    std::fill(m_now.begin(), m_now.end(), Absent);
    for (size_t row = 0; row < ids.size(); ++row) {
        const TagId id = ids[row];
        if (id >= m_now.size())
            m_now.resize(id + 1, Absent);
        m_now[id] = readings[row].bytes.valueOr(Absent);
    }
    m_states.resize(m_now.size(), State{0, 0, 0, 0, Absent, m_columns.size()});
    m_rates.resize(m_now.size(), Unknown);
}

void GrowthRate::noteNewest(double time)
{
    for (size_t id = 0; id < m_now.size(); ++id) {
        State &state = m_states[id];
        if (m_now[id] == state.newest)
            continue;
        if (m_now[id] == Absent || state.newest == Absent)
            state.start = m_columns.size();
        state.newest = m_now[id];
        state.constantSince = time;
    }
}

/// Every start moves with the columns.
void GrowthRate::drop(size_t tooOld)
{
    if (tooOld == 0)
        return;
    for (size_t id = 0; id < m_states.size(); ++id) {
        State &state = m_states[id];
        for (size_t column = state.start; column < tooOld; ++column) {
            const auto y = static_cast<double>(m_columns[column][id] - state.reference);
            state.sumY -= y;
            state.sumTY -= m_times[column] * y;
        }
        state.start = std::max(state.start, tooOld) - tooOld;
    }
    m_columns.erase(m_columns.begin(), m_columns.begin() + static_cast<std::ptrdiff_t>(tooOld));
    m_times.erase(m_times.begin(), m_times.begin() + static_cast<std::ptrdiff_t>(tooOld));
}

void GrowthRate::keep(double time)
{
    for (size_t id = 0; id < m_states.size(); ++id) {
        State &state = m_states[id];
        if (m_now[id] == Absent) {
            state.start = m_columns.size() + 1;
            continue;
        }
        if (state.start == m_columns.size()) {
            state.reference = m_now[id];
            state.sumY = state.sumTY = 0;
            continue;
        }
        const auto y = static_cast<double>(m_now[id] - state.reference);
        state.sumY += y;
        state.sumTY += time * y;
    }
    m_columns.push_back(m_now);
    m_times.push_back(time);
}

/// Makes room by dropping every second column, and sums anew what is left.
void GrowthRate::thin()
{
    for (size_t column = 2; column < m_columns.size(); column += 2) {
        m_columns[column / 2] = std::move(m_columns[column]);
        m_times[column / 2] = m_times[column];
    }
    m_columns.resize((m_columns.size() + 1) / 2);
    m_times.resize(m_columns.size());

    for (State &state : m_states) {
        state.start = (state.start + 1) / 2;
        state.sumY = state.sumTY = 0;
    }
    for (size_t column = 0; column < m_columns.size(); ++column) {
        const Column &kept = m_columns[column];
        for (size_t id = 0; id < kept.size(); ++id) {
            State &state = m_states[id];
            if (column < state.start)
                continue;
            const auto y = static_cast<double>(kept[id] - state.reference);
            state.sumY += y;
            state.sumTY += m_times[column] * y;
        }
    }
}

void GrowthRate::evaluate(double time, bool kept)
{
    std::array<GrowthWindow::Base, GrowthWindow::MaxPoints + 1> bases;
    for (size_t start = 0; start < m_columns.size(); ++start)
        bases[start] = m_window.base(start);

    for (size_t id = 0; id < m_states.size(); ++id) {
        State &state = m_states[id];
        const GrowthWindow::Base &times = bases[state.start];
        if (times.spread <= 0) {
            m_rates[id] = Unknown;
            continue;
        }
        if (state.constantSince <= m_times[state.start]) {
            // Exactly level; also throws away what rounding left behind.
            state.reference = state.newest;
            state.sumY = state.sumTY = 0;
            m_rates[id] = 0;
            continue;
        }
        const double y = kept ? 0 : static_cast<double>(state.newest - state.reference);
        const double covariance = state.sumTY + time * y - times.mean * (state.sumY + y);
        m_rates[id] = SecondsPerHour * covariance / times.spread;
    }
}

} // namespace poolscope
