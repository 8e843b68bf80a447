// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/seriesreader.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;

/// Feeds a decimator with values at samples and counts what interrupts the line.
class SeriesReader::Output
{
public:
    Output(const TimeAxis &axis, const ColumnGrid &grid, double reference)
        : m_axis(axis)
        , m_decimator(grid)
        , m_reference(reference)
    {
    }

    void add(Index index, double value)
    {
        while (m_nextGap <= index)
            m_nextGap = m_axis.nextGap(++m_gaps);
        m_decimator.add(m_axis.wall(index), value - m_reference, m_gaps + m_holes);
    }
    void add(Index index, Counter value) { add(index, static_cast<double>(value.value())); }
    void hole() { ++m_holes; }
    [[nodiscard]] std::vector<SeriesPoint> take() { return m_decimator.take(); }

private:
    const TimeAxis &m_axis;
    Decimator m_decimator;
    double m_reference;
    quint32 m_gaps = 0;
    quint32 m_holes = 0;
    Index m_nextGap = m_axis.nextGap(0);
};

namespace {

/// Counter change per second at `index`, from the value before; nothing where it does not run on.
std::optional<double> rateAt(const TimeAxis &axis, TimeAxis::Index index, Counter before, Counter now)
{
    const std::chrono::duration<double> step = axis.step(index);
    const Counter change = wrappingDifference(now, before, axis.counterBits(index));
    if (step <= 0s || !change.isKnown())
        return std::nullopt;
    return static_cast<double>(change.value()) / step.count();
}

} // namespace

SeriesReader::SeriesReader(const TimeAxis &axis, WallTime from, WallTime to, int columns)
    : m_axis(axis)
    , m_grid(from, to, columns)
{
    if (axis.size() == 0)
        return;
    // Whole columns only, so that what the edges show does not depend on where they cut.
    Index index = axis.lowerBound(m_grid.startOf(from));
    const Index end = axis.lowerBound(m_grid.endOf(std::max(from, to)));
    if (index > 0)
        m_columns.push_back(index - 1);
    while (index < end) {
        m_columns.push_back(index);
        index = axis.lowerBound(m_grid.endOf(axis.wall(index)), index);
    }
    if (index < axis.size())
        m_columns.push_back(index++);
    m_columns.push_back(index);
}

std::vector<SeriesPoint> SeriesReader::values(
    const ChangeList &list, std::optional<WallTime> changeSince) const
{
    if (m_columns.size() < 2)
        return {};
    Output output(m_axis, m_grid, valueReference(list, changeSince));
    ChangeList::Cursor cursor(list, m_columns.front());
    for (size_t column = 0; column + 1 < m_columns.size(); ++column) {
        const Index end = m_columns[column + 1];
        if (cursor.next() == m_columns[column])
            cursor.advance();
        if (cursor.value().isKnown())
            output.add(m_columns[column], cursor.value());
        else
            output.hole();
        while (cursor.next() < end) {
            if (const ChangeList::Extremes *extremes = cursor.wholeBlock(end)) {
                const bool minFirst = extremes->minIndex <= extremes->maxIndex;
                output.add(minFirst ? extremes->minIndex : extremes->maxIndex,
                    Counter(minFirst ? extremes->min : extremes->max));
                output.add(minFirst ? extremes->maxIndex : extremes->minIndex,
                    Counter(minFirst ? extremes->max : extremes->min));
                cursor.skipBlock();
                continue;
            }
            const Index at = cursor.next();
            cursor.advance();
            if (cursor.value().isKnown())
                output.add(at, cursor.value());
            else
                output.hole();
        }
    }
    return output.take();
}

std::vector<SeriesPoint> SeriesReader::rates(
    const ChangeList &list, std::optional<WallTime> changeSince) const
{
    if (m_columns.size() < 2)
        return {};
    Output output(m_axis, m_grid, rateReference(list, changeSince));
    Index index = m_columns.front();
    // The value before the first sample of the range is needed for its rate.
    ChangeList::Cursor cursor(list, index > 0 ? index - 1 : 0);
    if (index == 0)
        ++index;
    for (size_t column = 0; column + 1 < m_columns.size(); ++column) {
        const Index end = m_columns[column + 1];
        while (index < end) {
            const Counter before = cursor.value();
            if (cursor.next() == index)
                cursor.advance();
            const std::optional<double> rate = rateAt(m_axis, index, before, cursor.value());
            if (rate)
                output.add(index, *rate);
            else
                output.hole();
            // Nothing changes up to the next change: one 0 stands for all that follow in this column.
            const bool isLevel = before == cursor.value() && (rate ? *rate == 0 : !cursor.value().isKnown());
            index = isLevel ? std::max(std::min(cursor.next(), end), index + 1) : index + 1;
        }
    }
    return output.take();
}

SeriesReader::Index SeriesReader::indexAtOrBefore(WallTime wall) const
{
    const Index after = m_axis.lowerBound(wall + 1ns);
    return after == 0 ? 0 : after - 1;
}

/// Where the series is unknown then, its next known value counts.
double SeriesReader::valueReference(const ChangeList &list, std::optional<WallTime> since) const
{
    if (!since)
        return 0;
    ChangeList::Cursor cursor(list, indexAtOrBefore(*since));
    while (!cursor.value().isKnown() && cursor.next() != ChangeList::Cursor::End)
        cursor.advance();
    return static_cast<double>(cursor.value().valueOr(0));
}

double SeriesReader::rateReference(const ChangeList &list, std::optional<WallTime> since) const
{
    if (!since)
        return 0;
    const Index at = indexAtOrBefore(*since);
    ChangeList::Cursor cursor(list, at > 0 ? at - 1 : 0);
    for (Index index = std::max<Index>(at, 1); index < m_axis.size(); ++index) {
        const Counter before = cursor.value();
        if (cursor.next() == index)
            cursor.advance();
        if (const std::optional<double> rate = rateAt(m_axis, index, before, cursor.value()))
            return *rate;
    }
    return 0;
}

} // namespace poolscope
