// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/samplecompletion.h"

#include "model/core/duration.h"
#include "model/formats/samplebuilder.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace std::chrono_literals;

WallTime changeTime(const QString &path)
{
    return WallTime(std::chrono::milliseconds(QFileInfo(path).lastModified().toMSecsSinceEpoch()));
}

void TimeSurvey::add(const ReadSample &read)
{
    const bool isKnown = read.timeBase == TimeBase::Own;
    if (read.timeBase == TimeBase::SinceStart)
        m_lastSinceStart = std::max(m_lastSinceStart, read.sample->wall.time_since_epoch());
    if (read.timeBase == TimeBase::Unknown) {
        if (m_gaps.empty() || m_gaps.back().first + m_gaps.back().count != m_samples)
            m_gaps.push_back({m_samples, 0, m_before, {}});
        ++m_gaps.back().count;
    } else if (isKnown && !m_gaps.empty() && m_gaps.back().first + m_gaps.back().count == m_samples) {
        m_gaps.back().after = read.sample->wall;
    }
    if (read.timeBase != TimeBase::Unknown)
        m_before = isKnown ? std::optional(read.sample->wall) : std::nullopt;
    ++m_samples;
}

SampleCompletion::SampleCompletion(
    const QString &name, std::optional<WallTime> start, std::chrono::nanoseconds interval)
    : m_name(name)
    , m_start(start)
    , m_interval(interval)
{
}

void SampleCompletion::beginFile(const QString &path, std::function<TimeSurvey()> survey)
{
    m_changed = changeTime(path);
    m_ask = std::move(survey);
    m_survey.reset();
    m_sample = 0;
    m_gap = 0;
    if (!m_start) {
        m_nextTime.reset();
        m_zero.reset();
    }
}

const TimeSurvey &SampleCompletion::survey()
{
    if (!m_survey)
        m_survey = m_ask();
    return *m_survey;
}

/// The first sample is of the start; without one, the last of the file is of its last change.
WallTime SampleCompletion::sinceStart(std::chrono::nanoseconds elapsed)
{
    if (!m_zero)
        m_zero = m_start ? *m_start - elapsed : m_changed - survey().lastSinceStart();
    return *m_zero + elapsed;
}

WallTime SampleCompletion::withYear(WallTime time) const
{
    constexpr auto Patience = 24h; // clocks and zones differ
    constexpr int MostYearsBack = 8; // to a 29 February
    const std::chrono::milliseconds told =
        std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch();
    const QDateTime parts = QDateTime::fromMSecsSinceEpoch(told.count(), Qt::UTC);
    const WallTime reference = m_start.value_or(m_changed);
    const int year = toDateTime(reference).date().year();
    std::optional<WallTime> best;
    for (int y = year + 1; y >= year - MostYearsBack; --y) {
        const QDate date(y, parts.date().month(), parts.date().day());
        if (!date.isValid())
            continue;
        const qint64 ms = QDateTime(date, parts.time()).toMSecsSinceEpoch();
        const WallTime moment = WallTime(std::chrono::milliseconds(ms)) + (time.time_since_epoch() - told);
        if (!m_start && moment <= reference + Patience)
            return moment;
        if (!best || std::chrono::abs(moment - reference) < std::chrono::abs(*best - reference))
            best = moment;
    }
    return best.value_or(reference);
}

/// Even steps between the neighbours; beside one of them, and without any, steps of the interval.
WallTime SampleCompletion::inGap()
{
    const std::vector<TimeSurvey::Gap> &gaps = survey().gaps();
    while (m_gap < gaps.size() && gaps[m_gap].first + gaps[m_gap].count <= m_sample)
        ++m_gap;
    const TimeSurvey::Gap gap = m_gap < gaps.size() ? gaps[m_gap] : TimeSurvey::Gap();
    const qint64 place = m_sample - gap.first;
    if (gap.before && gap.after && *gap.before < *gap.after) {
        const std::chrono::nanoseconds step = (*gap.after - *gap.before) / (gap.count + 1);
        return *gap.before + step * (place + 1);
    }
    if (gap.before)
        return *gap.before + m_interval * (place + 1);
    if (gap.after)
        return *gap.after - m_interval * (gap.count - place);
    if (!m_nextTime) {
        const WallTime first = m_changed - m_interval * std::max<qint64>(gap.count - 1, 0);
        m_nextTime = m_start.value_or(first);
    }
    return std::exchange(m_nextTime, *m_nextTime + m_interval).value();
}

void SampleCompletion::complete(ReadSample &read)
{
    Sample &sample = *read.sample;
    if (!sample.origin) {
        std::shared_ptr<const Origin> &origin = m_origins[read.kind];
        if (!origin)
            origin = originOfFile(m_name, read.kind);
        sample.origin = origin;
    }
    switch (read.timeBase) {
    case TimeBase::Own:
        break;
    case TimeBase::SinceStart:
        sample.wall = sinceStart(sample.wall.time_since_epoch());
        break;
    case TimeBase::WithoutYear:
        sample.wall = withYear(sample.wall);
        break;
    case TimeBase::Unknown:
        sample.wall = inGap();
        break;
    }
    ++m_sample;
    if (sample.monotonic == 0ns)
        sample.monotonic = sample.wall.time_since_epoch();
}

} // namespace poolscope
