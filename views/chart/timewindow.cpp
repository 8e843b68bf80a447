// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/timewindow.h"

#include "model/history/decimator.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace std::chrono;

void TimeWindow::setFollowSpan(std::optional<nanoseconds> span)
{
    m_followSpan = span;
    m_zoomed = false;
}

void TimeWindow::setMoment(std::optional<WallTime> moment)
{
    m_moment = moment;
}

void TimeWindow::setHistory(const TimeRange &history)
{
    m_history = history;
}

void TimeWindow::setColumns(int columns)
{
    m_columns = std::max(columns, 1);
}

void TimeWindow::follow()
{
    if (!m_following && m_zoomed && m_frozen.span() < m_history.span())
        m_followSpan = m_frozen.span();
    m_zoomed = false;
    m_following = true;
}

void TimeWindow::freeze()
{
    if (!m_following)
        return;
    m_frozen = followed();
    m_following = false;
}

void TimeWindow::zoom(double factor, WallTime at)
{
    const TimeRange old = range();
    const nanoseconds widest = std::max<nanoseconds>(m_history.span(), MinFollowSpan);
    const double wanted = static_cast<double>(old.span().count()) * factor;
    const double span =
        std::clamp(wanted, static_cast<double>(MinSpan.count()), static_cast<double>(widest.count()));
    const double left = old.span().count() == 0
        ? 0.5
        : static_cast<double>((at - old.from).count()) / static_cast<double>(old.span().count());
    const WallTime from = at - nanoseconds(std::llround(left * span));
    show({from, from + nanoseconds(std::llround(span))});
    m_zoomed = true;
}

void TimeWindow::pan(nanoseconds by)
{
    const TimeRange old = range();
    const TimeRange moved = clamped({old.from + by, old.to + by});
    // A window that shows all there is cannot move, so it goes on following.
    if (moved != old)
        show(moved);
}

void TimeWindow::show(const TimeRange &range)
{
    m_frozen = clamped(range);
    m_following = false;
}

TimeRange TimeWindow::range() const
{
    return m_following ? followed() : m_frozen;
}

TimeRange TimeWindow::followed() const
{
    const nanoseconds known = m_history.span();
    if (!m_followSpan || known < *m_followSpan) {
        const nanoseconds shortest = m_followSpan ? std::min(MinFollowSpan, *m_followSpan) : MinFollowSpan;
        return {m_history.from, std::max(m_history.to, m_history.from + shortest)};
    }
    const ColumnGrid grid(WallTime(), WallTime(*m_followSpan), m_columns);
    if (m_moment) {
        const WallTime middle = grid.endOf(*m_moment - *m_followSpan / 2);
        return clamped({middle, middle + *m_followSpan});
    }
    const WallTime end = grid.endOf(m_history.to);
    return {end - *m_followSpan, end};
}

TimeRange TimeWindow::clamped(TimeRange range) const
{
    const nanoseconds span = std::max(range.span(), MinSpan);
    // A window as long as the history starts where it starts; a shorter one ends within it.
    const WallTime lastFrom = std::max(m_history.from, m_history.to - span);
    const WallTime from = std::clamp(range.from, m_history.from, lastFrom);
    return {from, from + span};
}

} // namespace poolscope
