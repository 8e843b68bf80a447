// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/decimator.h"
#include "model/history/history.h"
#include "tests/model/sampling/testsamples.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <random>

namespace poolscope::fakes {

/// A sample's part of one tag or field, kept plainly.
struct Plain
{
    WallTime wall{};
    MonotonicTime monotonic{};
    bool startsStretch = false; ///< a gap or a reboot before it
    bool startsSegment = false;
    std::vector<Reading> readings; ///< by TagId; unknown where the tag was not there
    SystemReading system;
};

/// A history and everything that went into it.
class Twin
{
public:
    explicit Twin(quint32 seed, size_t tags = 6, int bits = 64, qint64 budget = DefaultHistoryBudget)
        : history(budget)
        , m_random(seed)
        , m_bits(bits)
    {
        m_values.resize(tags);
        m_present.assign(tags, true);
    }

    void appendRandomSample()
    {
        const bool reboot = !plain.empty() && chance(0.002);
        const bool gap = !plain.empty() && chance(0.01);
        m_wall += std::chrono::nanoseconds(900'000'000 + m_random() % 200'000'000) * (gap ? 50 : 1);
        m_monotonic += m_wall - m_previousWall;
        m_previousWall = m_wall;
        if (reboot)
            m_monotonic = std::chrono::seconds(1);

        auto sample = std::make_shared<Sample>();
        sample->wall = m_wall;
        sample->monotonic = m_monotonic;
        sample->origin = origin(QStringLiteral("boot"), m_bits);
        Plain kept{m_wall, m_monotonic, gap || reboot, reboot, std::vector<Reading>(m_values.size()), {}};
        std::vector<TagId> ids;
        std::vector<TagId> vanished;
        for (TagId id = 0; id < m_values.size(); ++id) {
            const bool present = chance(0.003) ? !m_present[id] : m_present[id];
            if (m_present[id] && !present)
                vanished.push_back(id);
            m_present[id] = present;
            if (!present)
                continue;
            kept.readings[id] = nextReading(id);
            ids.push_back(id);
            sample->readings.push_back(kept.readings[id]);
        }
        sample->system[SystemField::MemAvailable] =
            chance(0.05) ? Counter() : Counter(qint64(m_random() % 100));
        kept.system = sample->system;
        history.append(*sample, ids, vanished,
            reboot    ? TimeAxis::Joint::NewSegment
                : gap ? TimeAxis::Joint::AfterGap
                      : TimeAxis::Joint::Continuous);
        plain.push_back(std::move(kept));
    }

    /// What the definition in seriesquery.h says, from the plain copy.
    [[nodiscard]] std::vector<SeriesPoint> expected(const SeriesRequest &request, size_t wish) const
    {
        return expectedFrom(plain, request, wish);
    }
    /// The same from other samples, thinned ones for example.
    [[nodiscard]] std::vector<SeriesPoint> expectedFrom(
        const std::vector<Plain> &samples, const SeriesRequest &request, size_t wish) const;

    History history;
    std::vector<Plain> plain;

private:
    bool chance(double share) { return std::uniform_real_distribution<double>(0, 1)(m_random) < share; }
    Reading nextReading(TagId id)
    {
        Reading &values = m_values[id];
        const qint64 mask = m_bits == 32 ? 0xFFFFFFFFLL : std::numeric_limits<qint64>::max();
        if (chance(id % 2 == 0 ? 0.6 : 0.02)) {
            const auto step = static_cast<qint64>(m_random() % 2'000'000'000U);
            values.allocs = (values.allocs.valueOr(0) + step) & mask;
            values.frees = (values.frees.valueOr(0) + step / 2) & mask;
            values.outstanding = static_cast<qint64>(m_random() % 1000);
            values.bytes = values.outstanding.value() * 192;
        }
        Reading reading = values;
        if (id == 1)
            reading.allocs = reading.frees = {}; // never known, as with slab caches
        if (chance(0.01))
            reading.bytes = {};
        return reading;
    }

    std::mt19937 m_random;
    int m_bits;
    WallTime m_wall = FirstWall;
    WallTime m_previousWall = FirstWall;
    MonotonicTime m_monotonic = std::chrono::hours(1);
    std::vector<Reading> m_values;
    std::vector<bool> m_present;
};

/// The series' value at each sample, as change since the reference; nothing where it is a hole.
inline std::vector<std::optional<double>> valuesOf(
    const std::vector<Plain> &plain, const SeriesWish &wish, Metric metric, int bits)
{
    const auto counter = [&](size_t i) {
        if (const auto *field = std::get_if<SystemField>(&wish.id))
            return plain[i].system[*field];
        const Reading &reading = plain[i].readings[std::get<TagId>(wish.id)];
        switch (metric) {
        case Metric::Bytes:
            return reading.bytes;
        case Metric::Outstanding:
            return reading.outstanding;
        case Metric::AllocsPerSecond:
            return reading.allocs;
        case Metric::FreesPerSecond:
            return reading.frees;
        }
        return Counter();
    };
    const bool isRate = std::holds_alternative<TagId>(wish.id)
        && (metric == Metric::AllocsPerSecond || metric == Metric::FreesPerSecond);
    std::vector<std::optional<double>> values(plain.size());
    for (size_t i = 0; i < plain.size(); ++i) {
        if (!isRate) {
            if (counter(i).isKnown())
                values[i] = static_cast<double>(counter(i).value());
        } else if (i > 0 && !plain[i].startsSegment && counter(i).isKnown() && counter(i - 1).isKnown()) {
            const std::chrono::duration<double> step = plain[i].monotonic - plain[i - 1].monotonic;
            if (const Counter change = wrappingDifference(counter(i), counter(i - 1), bits); change.isKnown())
                values[i] = double(change.value()) / step.count();
        }
    }
    if (wish.changeSince) {
        size_t at = 0;
        while (at + 1 < plain.size() && plain[at + 1].wall <= *wish.changeSince)
            ++at;
        while (at < plain.size() && !values[at])
            ++at;
        const double reference = at < plain.size() ? *values[at] : 0;
        for (std::optional<double> &value : values) {
            if (value)
                *value -= reference;
        }
    }
    return values;
}

inline std::vector<SeriesPoint> Twin::expectedFrom(
    const std::vector<Plain> &samples, const SeriesRequest &request, size_t wish) const
{
    const auto values = valuesOf(samples, request.wishes[wish], request.metric, m_bits);
    const ColumnGrid grid(request.from, request.to, request.columns);
    std::map<WallTime, std::vector<size_t>> columns;
    for (size_t i = 0; i < samples.size(); ++i) {
        const bool isBefore = i + 1 < samples.size() && samples[i + 1].wall < grid.startOf(request.from);
        const bool isBehind = i > 0 && samples[i - 1].wall >= grid.endOf(request.to);
        if (!isBefore && !isBehind && values[i])
            columns[grid.startOf(samples[i].wall)].push_back(i);
    }
    std::vector<size_t> chosen;
    for (const auto &[start, indices] : columns) {
        size_t min = indices[0];
        size_t max = indices[0];
        for (const size_t i : indices) {
            min = *values[i] < *values[min] ? i : min;
            max = *values[i] > *values[max] ? i : max;
        }
        chosen.push_back(std::min(min, max));
        if (min != max)
            chosen.push_back(std::max(min, max));
    }
    std::vector<SeriesPoint> points;
    for (size_t n = 0; n < chosen.size(); ++n) {
        bool afterGap = false;
        for (size_t i = n == 0 ? chosen[n] : chosen[n - 1] + 1; n > 0 && i <= chosen[n]; ++i)
            afterGap = afterGap || samples[i].startsStretch || !values[i];
        points.push_back({samples[chosen[n]].wall, *values[chosen[n]], afterGap});
    }
    return points;
}

} // namespace poolscope::fakes
