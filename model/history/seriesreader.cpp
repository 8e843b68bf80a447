// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/seriesreader.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;

class SeriesReader::Gaps
{
public:
    /// Those up to `index` lie before the line.
    Gaps(const TimeAxis &axis, Index index)
        : m_axis(axis)
        , m_next(axis.gapAfter(index))
    {
    }

    void pass(Index index, SeriesLine &line)
    {
        while (m_next <= index) {
            line.interrupt();
            m_next = m_axis.gapAfter(m_next);
        }
    }

private:
    const TimeAxis &m_axis;
    Index m_next;
};

SeriesReader::SeriesReader(
    const TimeAxis &axis, const ColumnGrid &grid, WallTime from, WallTime to, TimeAxis::Index stride)
    : m_axis(axis)
    , m_grid(grid)
    , m_stride(stride)
{
    if (axis.size() == axis.begin())
        return;
    // Whole columns only, so that what the edges show does not depend on where they cut.
    Index index = axis.lowerBound(m_grid.startOf(from));
    const Index end = axis.lowerBound(m_grid.endOf(std::max(from, to)));
    if (index > axis.begin())
        m_columns.push_back(index - 1);
    while (index < end) {
        m_columns.push_back(index);
        index = axis.lowerBound(m_grid.endOf(axis.wall(index)), index);
    }
    if (index < axis.size())
        m_columns.push_back(index++);
    m_columns.push_back(index);
}

void SeriesReader::values(
    const CounterSeries &series, size_t counter, ChunkCoder &coder, SeriesLine &line) const
{
    if (m_columns.size() < 2)
        return;
    Gaps gaps(m_axis, m_columns.front());
    const auto add = [&](Index index, Counter value) {
        gaps.pass(index, line);
        if (value.isKnown())
            line.add(m_axis.wall(index), static_cast<double>(value.value()));
        else
            line.interrupt();
    };
    CounterSeries::Cursor cursor(series, counter, m_columns.front(), coder);
    for (size_t column = 0; column + 1 < m_columns.size(); ++column) {
        const Index end = m_columns[column + 1];
        if (cursor.next() == m_columns[column])
            cursor.advance();
        add(m_columns[column], cursor.value());
        while (cursor.next() < end) {
            if (const ChangeList::Extremes *extremes = cursor.wholeBlock(end)) {
                const bool minFirst = extremes->minIndex <= extremes->maxIndex;
                add(minFirst ? extremes->minIndex : extremes->maxIndex,
                    Counter(minFirst ? extremes->min : extremes->max));
                add(minFirst ? extremes->maxIndex : extremes->minIndex,
                    Counter(minFirst ? extremes->max : extremes->min));
                cursor.skipBlock();
                continue;
            }
            const Index at = cursor.next();
            cursor.advance();
            add(at, cursor.value());
        }
    }
}

/// Counter change per second at `index`, from the value before; nothing where it does not run on.
std::optional<double> SeriesReader::rateAt(Index index, Counter before, Counter now) const
{
    const std::chrono::duration<double> step = m_axis.step(index, m_stride);
    const Counter change = wrappingDifference(now, before, m_axis.counterBits(index));
    if (step <= 0s || !change.isKnown())
        return std::nullopt;
    return static_cast<double>(change.value()) / step.count();
}

void SeriesReader::rates(
    const CounterSeries &series, size_t counter, ChunkCoder &coder, SeriesLine &line) const
{
    if (m_columns.size() < 2)
        return;
    Index index = ratedAtOrBefore(m_columns.front());
    // A gap right before it may separate it from an older stretch.
    Gaps gaps(m_axis, index - m_stride);
    // The value before the first sample of the range is needed for its rate.
    CounterSeries::Cursor cursor(series, counter, index - m_stride, coder);
    for (size_t column = 0; column + 1 < m_columns.size(); ++column) {
        const bool isLast = column + 2 == m_columns.size();
        const Index end = isLast ? tellingFrom(m_columns[column + 1] - 1) + 1 : m_columns[column + 1];
        while (index < end) {
            const Counter before = cursor.value();
            while (cursor.next() <= index)
                cursor.advance();
            gaps.pass(index, line);
            const std::optional<double> rate = rateAt(index, before, cursor.value());
            if (rate)
                line.add(m_axis.wall(index), *rate);
            else
                line.interrupt();
            // Nothing changes up to the next change: one 0 stands for all that follow in this column.
            const bool isLevel = before == cursor.value() && (rate ? *rate == 0 : !cursor.value().isKnown());
            index =
                isLevel ? tellingFrom(std::max(std::min(cursor.next(), end), index + 1)) : index + m_stride;
        }
    }
}

SeriesReader::Index SeriesReader::indexAtOrBefore(WallTime wall) const
{
    const Index after = m_axis.lowerBound(wall + 1ns);
    return after == m_axis.begin() ? after : after - 1;
}

SeriesReader::Index SeriesReader::ratedAtOrBefore(Index index) const
{
    const Index telling = tellingFrom(index);
    const Index before = telling == index ? index : std::max(telling, m_stride) - m_stride;
    return std::max(before, tellingFrom(m_axis.begin()) + m_stride);
}

std::optional<double> SeriesReader::valueReference(
    const CounterSeries &series, size_t counter, ChunkCoder &coder, WallTime since) const
{
    if (m_axis.size() == m_axis.begin())
        return std::nullopt;
    CounterSeries::Cursor cursor(series, counter, indexAtOrBefore(since), coder);
    while (!cursor.value().isKnown() && cursor.next() != CounterSeries::Cursor::End)
        cursor.advance();
    if (!cursor.value().isKnown())
        return std::nullopt;
    return static_cast<double>(cursor.value().value());
}

std::optional<double> SeriesReader::rateReference(
    const CounterSeries &series, size_t counter, ChunkCoder &coder, WallTime since) const
{
    if (m_axis.size() == m_axis.begin())
        return std::nullopt;
    Index index = ratedAtOrBefore(indexAtOrBefore(since));
    CounterSeries::Cursor cursor(series, counter, index - m_stride, coder);
    for (; index < m_axis.size(); index += m_stride) {
        const Counter before = cursor.value();
        while (cursor.next() <= index)
            cursor.advance();
        if (const std::optional<double> rate = rateAt(index, before, cursor.value()))
            return *rate;
    }
    return std::nullopt;
}

} // namespace poolscope
