// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/thinner.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;

namespace {

using Index = TimeAxis::Index;
using Slots = std::array<Counter, SlotsPerMinute>;

/// One counter within one minute.
Slots slotsOf(CounterSeries::Cursor &cursor, const Minute &minute, bool isCumulative, Counter before)
{
    while (cursor.next() <= minute.first)
        cursor.advance();
    Counter min;
    Counter max;
    bool minFirst = true;
    bool hasHole = false;
    bool holeSinceLastKnown = false;
    const auto look = [&](Counter value) {
        if (!value.isKnown()) {
            holeSinceLastKnown = true;
            return;
        }
        hasHole = hasHole || holeSinceLastKnown;
        holeSinceLastKnown = false;
        if (!min.isKnown() || value.value() < min.value()) {
            minFirst = !min.isKnown();
            min = value;
        }
        if (!max.isKnown() || value.value() > max.value()) {
            minFirst = true;
            max = value;
        }
    };
    look(cursor.value());
    while (cursor.next() <= minute.last) {
        cursor.advance();
        look(cursor.value());
    }
    if (isCumulative)
        return {before, before, before, cursor.value()};
    const Counter first = minFirst ? min : max;
    return {hasHole ? Counter() : first, first, minFirst ? max : min, cursor.value()};
}

} // namespace

std::vector<Minute> Thinner::minutesOf(const TimeAxis &axis, Index begin, Index end)
{
    std::vector<Minute> minutes;
    std::chrono::sys_time<std::chrono::minutes> current{};
    for (Index index = begin; index < end; ++index) {
        const auto minute = std::chrono::floor<std::chrono::minutes>(axis.wall(index));
        if (index == begin || minute != current || axis.joint(index) != TimeAxis::Joint::Continuous)
            minutes.push_back({index, index});
        minutes.back().last = index;
        current = minute;
    }
    return minutes;
}

void Thinner::appendTimes(const TimeAxis &axis, std::span<const Minute> minutes, TimeAxis &thinned)
{
    for (const Minute &minute : minutes) {
        // Back from the last sample, whose time stays; the others are at least told apart.
        constexpr int Steps = static_cast<int>(SlotsPerMinute) - 1;
        const auto wallSpan =
            std::max<std::chrono::nanoseconds>(axis.wall(minute.last) - axis.wall(minute.first), Steps * 1ns);
        const auto monotonicSpan = axis.monotonic(minute.last) - axis.monotonic(minute.first);
        for (int slot = 0; slot <= Steps; ++slot) {
            thinned.append(axis.wall(minute.last) - wallSpan * (Steps - slot) / Steps,
                axis.monotonic(minute.last) - monotonicSpan * (Steps - slot) / Steps,
                slot == 0 ? axis.joint(minute.first) : TimeAxis::Joint::Continuous,
                axis.counterBits(minute.first));
        }
    }
}

void Thinner::appendValues(const CounterSeries &series, const Cumulative &cumulative,
    std::span<const Minute> minutes, Index slot, ChunkCoder &coder, CounterSeries &thinned)
{
    if (minutes.empty())
        return;
    std::vector<CounterSeries::Cursor> cursors;
    for (size_t i = 0; i < CountersPerSeries; ++i)
        cursors.emplace_back(series, i, minutes.front().first, coder);
    Counters last = thinned.newest();
    for (size_t number = 0; number < minutes.size(); ++number) {
        const Minute &minute = minutes[number];
        std::array<Slots, CountersPerSeries> values;
        for (size_t i = 0; i < CountersPerSeries; ++i)
            values[i] = slotsOf(cursors[i], minute, cumulative[i], last[i]);
        for (size_t i = 0; i < SlotsPerMinute; ++i) {
            for (size_t counter = 0; counter < CountersPerSeries; ++counter)
                last[counter] = values[counter][i];
            thinned.append(slot + static_cast<Index>(number * SlotsPerMinute + i), last);
        }
        // Nothing changes any more, as with most tags nearly always.
        const Index end = minutes.back().last;
        if (std::ranges::all_of(cursors, [end](const auto &cursor) { return cursor.next() > end; }))
            break;
    }
}

} // namespace poolscope
