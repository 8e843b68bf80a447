// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/historykeeper.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr size_t StepsPerRound = 64;
constexpr size_t SmallestPack = 1024;
constexpr size_t LargestPack = 16'384;
/// The exact part is never shorter.
constexpr TimeAxis::Index FewestExact = 600;
/// More samples than a minute has at the shortest interval.
constexpr TimeAxis::Index LongestMinute = 300;
/// What is thinned or let go of at once: this part of what there is.
constexpr TimeAxis::Index PartAtOnce = 8;

} // namespace

void HistoryKeeper::step(TimeAxis &axis, std::vector<StoredSeries> &series)
{
    if (m_next == 0)
        beginRound(axis, series.size());
    const size_t end = std::min(m_next + series.size() / StepsPerRound + 1, series.size());
    for (; m_next < end; ++m_next)
        look(series[m_next], axis);
    if (m_next == series.size())
        endRound(axis);
}

void HistoryKeeper::finishRound(TimeAxis &axis, std::vector<StoredSeries> &series)
{
    do
        step(axis, series);
    while (m_next != 0);
}

void HistoryKeeper::beginRound(const TimeAxis &axis, size_t seriesCount)
{
    m_packAbove = std::clamp(m_budget / 2 / std::max<size_t>(seriesCount, 1), SmallestPack, LargestPack);
    const size_t bytes = m_exactBytes + m_thinnedBytes + axis.memoryBytes() + m_thinnedAxis.memoryBytes();
    if (bytes > m_budget / 8 * 7)
        m_minutes = oldestPart(axis);
}

/// Whole minutes: the last one may go on behind the part.
std::vector<Minute> HistoryKeeper::oldestPart(const TimeAxis &axis) const
{
    using Index = TimeAxis::Index;
    // The first exact sample is thinned already, see the class.
    const Index begin = axis.begin() + (m_thinnedAxis.size() > 0 ? 1 : 0);
    const Index count = axis.size() - begin;
    if (count <= FewestExact)
        return {};
    const Index end = begin + std::min(count - FewestExact, std::max(count / PartAtOnce, LongestMinute));
    std::vector<Minute> minutes = Thinner::minutesOf(axis, begin, end);
    minutes.pop_back();
    return minutes;
}

void HistoryKeeper::look(StoredSeries &series, const TimeAxis &axis)
{
    series.exact.dropBefore(axis.begin());
    if (series.exact.hotBytes() > m_packAbove)
        series.exact.pack(m_coder);
    if (!m_minutes.empty()) {
        if (!series.thinned)
            series.thinned = std::make_unique<CounterSeries>();
        Thinner::appendValues(
            series.exact, series.cumulative, m_minutes, m_thinnedAxis.size(), m_coder, *series.thinned);
    }
    if (series.thinned) {
        series.thinned->dropBefore(m_thinnedAxis.begin());
        if (series.thinned->hotBytes() > m_packAbove / 4)
            series.thinned->pack(m_coder);
    }

    m_exactBytes -= series.exactBytes;
    m_thinnedBytes -= series.thinnedBytes;
    series.exactBytes = series.exact.memoryBytes() + sizeof(StoredSeries);
    series.thinnedBytes = series.thinned ? series.thinned->memoryBytes() + sizeof(CounterSeries) : 0;
    m_exactBytes += series.exactBytes;
    m_thinnedBytes += series.thinnedBytes;
}

void HistoryKeeper::endRound(TimeAxis &axis)
{
    m_next = 0;
    if (!m_minutes.empty()) {
        Thinner::appendTimes(axis, m_minutes, m_thinnedAxis);
        axis.dropBefore(m_minutes.back().last);
        m_minutes.clear();
    }
    if (m_thinnedBytes > m_budget / 4) {
        const TimeAxis::Index minutes = (m_thinnedAxis.size() - m_thinnedAxis.begin()) / SlotsPerMinute;
        m_thinnedAxis.dropBefore(m_thinnedAxis.begin() + minutes / PartAtOnce * SlotsPerMinute);
    }
}

} // namespace poolscope
