// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/history.h"

#include "model/history/seriesreader.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr auto FieldCount = static_cast<size_t>(SystemField::Count);
constexpr size_t SystemSeries = (FieldCount + CountersPerSeries - 1) / CountersPerSeries;

enum CounterIndex : size_t
{
    Allocs,
    Frees,
    Outstanding,
    Bytes,
};

/// Where a wish is kept.
struct Place
{
    size_t series = 0;
    size_t counter = 0;
    bool isRate = false;
};

Place placeOf(const SeriesId &id, Metric metric)
{
    if (const auto *field = std::get_if<SystemField>(&id)) {
        const auto number = static_cast<size_t>(*field);
        return {number / CountersPerSeries, number % CountersPerSeries, false};
    }
    const size_t series = SystemSeries + std::get<TagId>(id);
    switch (metric) {
    case Metric::Bytes:
        return {series, Bytes, false};
    case Metric::Outstanding:
        return {series, Outstanding, false};
    case Metric::AllocsPerSecond:
        return {series, Allocs, true};
    case Metric::FreesPerSecond:
        return {series, Frees, true};
    }
    return {series, Bytes, false};
}

} // namespace

/// One request: which stretches of the history it reaches, and one line after the other.
class History::Query
{
public:
    Query(const History &history, const SeriesRequest &request)
        : m_history(history)
        , m_grid(request.from, request.to, request.columns)
        , m_exact(history.m_axis, m_grid, request.from, request.to)
        , m_thinned(thinnedAxis(), m_grid, request.from, request.to, SlotsPerMinute)
    {
        if (thinnedAxis().size() == 0)
            return;
        // A stretch is left out where the other one has the samples next to the range as well; the sample
        // at the join is in both, but its rate is in the thinned one only.
        const TimeAxis &exact = history.m_axis;
        const WallTime join = exact.wall(exact.begin());
        m_useThinned = m_grid.startOf(request.from) <= exact.wall(exact.begin() + 1);
        m_useExact = m_grid.endOf(std::max(request.from, request.to)) > join;
    }

    /// What the series was at `since`; 0 where it has no value from then on.
    [[nodiscard]] double reference(const Place &place, WallTime since) const
    {
        return reference(m_history.m_series[place.series], place, since);
    }

    [[nodiscard]] std::vector<SeriesPoint> points(const Place &place, double reference)
    {
        const StoredSeries &series = m_history.m_series[place.series];
        const auto draw = [&](const SeriesReader &reader, const CounterSeries &from, SeriesLine &line) {
            if (place.isRate)
                reader.rates(from, place.counter, m_history.m_queryCoder, line);
            else
                reader.values(from, place.counter, m_history.m_queryCoder, line);
        };
        SeriesLine line(m_grid, reference);
        if (m_useThinned && series.thinned)
            draw(m_thinned, *series.thinned, line);
        if (m_useExact)
            draw(m_exact, series.exact, line);
        return line.take();
    }

private:
    [[nodiscard]] const TimeAxis &thinnedAxis() const { return m_history.m_keeper.thinnedAxis(); }

    [[nodiscard]] double reference(const StoredSeries &series, const Place &place, WallTime since) const
    {
        const auto at = [&](const SeriesReader &reader, const CounterSeries &from) {
            return place.isRate ? reader.rateReference(from, place.counter, m_history.m_queryCoder, since)
                                : reader.valueReference(from, place.counter, m_history.m_queryCoder, since);
        };
        std::optional<double> found;
        if (series.thinned && since < m_history.m_axis.wall(m_history.m_axis.begin()))
            found = at(m_thinned, *series.thinned);
        if (!found)
            found = at(m_exact, series.exact);
        return found.value_or(0);
    }

    const History &m_history;
    ColumnGrid m_grid;
    SeriesReader m_exact;
    SeriesReader m_thinned;
    bool m_useThinned = false;
    bool m_useExact = true;
};

History::History(qint64 budgetBytes)
    : m_series(SystemSeries)
    , m_keeper(budgetBytes)
{
}

void History::setBudget(qint64 bytes)
{
    m_keeper.setBudget(bytes);
}

WallTime History::append(
    const Sample &sample, std::span<const TagId> ids, std::span<const TagId> vanished, TimeAxis::Joint joint)
{
    const WallTime wall = m_axis.append(sample.wall, sample.monotonic, joint, sample.origin->counterBits);
    const TimeAxis::Index index = m_axis.size() - 1;

    const auto take = [&](TagId id, const Reading &now) {
        if (id >= m_newest.size()) {
            m_newest.resize(id + 1);
            m_series.resize(SystemSeries + id + 1);
            m_series.back().cumulative = {true, true, false, false};
        }
        if (m_newest[id] == now)
            return;
        m_newest[id] = now;
        m_series[SystemSeries + id].exact.append(index, {now.allocs, now.frees, now.outstanding, now.bytes});
    };
    for (size_t row = 0; row < ids.size(); ++row)
        take(ids[row], sample.readings[row]);
    for (const TagId id : vanished)
        take(id, Reading());

    for (size_t series = 0; series < SystemSeries; ++series) {
        Counters values;
        for (size_t i = 0; i < CountersPerSeries && series * CountersPerSeries + i < FieldCount; ++i)
            values[i] = sample.system[static_cast<SystemField>(series * CountersPerSeries + i)];
        m_series[series].exact.append(index, values);
    }
    m_keeper.step(m_axis, m_series);
    return wall;
}

SeriesAnswer History::answer(const SeriesRequest &request) const
{
    SeriesAnswer answer;
    answer.token = request.token;
    answer.series.resize(request.wishes.size());
    answer.references.resize(request.wishes.size());
    const std::optional<HistoryReach> known = reach();
    if (!known)
        return answer;
    answer.first = known->first;
    answer.last = m_axis.wall(m_axis.size() - 1);

    Query query(*this, request);
    for (size_t i = 0; i < request.wishes.size(); ++i) {
        const SeriesWish &wish = request.wishes[i];
        const Place place = placeOf(wish.id, request.metric);
        if (place.series >= m_series.size())
            continue;
        answer.references[i] = wish.changeSince ? query.reference(place, *wish.changeSince) : 0;
        answer.series[i] = query.points(place, answer.references[i]);
    }
    return answer;
}

std::optional<HistoryReach> History::reach() const
{
    if (m_axis.size() == 0)
        return std::nullopt;
    const WallTime exact = m_axis.wall(m_axis.begin());
    const TimeAxis &thinned = m_keeper.thinnedAxis();
    if (thinned.size() == 0)
        return HistoryReach{exact, std::nullopt, false};
    return HistoryReach{thinned.wall(thinned.begin()), exact, thinned.begin() > 0};
}

size_t History::changes() const
{
    size_t sum = 0;
    for (const StoredSeries &series : m_series)
        sum += series.exact.changes();
    return sum;
}

size_t History::memoryBytes() const
{
    size_t sum = m_newest.capacity() * sizeof(Reading) + m_axis.memoryBytes()
        + m_keeper.thinnedAxis().memoryBytes() + m_series.capacity() * sizeof(StoredSeries);
    for (const StoredSeries &series : m_series)
        sum += series.exact.memoryBytes() + (series.thinned ? series.thinned->memoryBytes() : 0);
    return sum;
}

void History::settle()
{
    m_keeper.finishRound(m_axis, m_series);
}

} // namespace poolscope
