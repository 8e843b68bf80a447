// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/testresult.h"

#include "model/analysis/trend.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace poolscope {

namespace {

/// The readings of one sample by tag. Samples mostly share their list of tags: the index is then the same.
class Readings
{
public:
    Readings(const SamplePtr &sample, const TagList *like)
        : m_sample(sample)
        , m_isAlike(sample->tags.get() == like)
    {
        if (m_isAlike)
            return;
        m_index.reserve(static_cast<qsizetype>(sample->tags->size()));
        for (size_t i = 0; i < sample->tags->size(); ++i)
            m_index.insert((*sample->tags)[i].tag, i);
    }

    /// Null where the tag is absent. `row` is its place in the list given first, if it stands there.
    [[nodiscard]] const Reading *find(const Tag &tag, std::optional<size_t> row) const
    {
        if (m_isAlike)
            return row ? &m_sample->readings[*row] : nullptr;
        const auto found = m_index.constFind(tag);
        return found == m_index.constEnd() ? nullptr : &m_sample->readings[*found];
    }
    [[nodiscard]] const Sample &sample() const { return *m_sample; }

private:
    SamplePtr m_sample;
    bool m_isAlike;
    QHash<Tag, size_t> m_index;
};

Counter bytesOf(const Reading *reading)
{
    return reading ? reading->bytes : Counter(0);
}

Counter outstandingOf(const Reading *reading)
{
    return reading ? reading->outstanding : Counter(0);
}

/// Makes the rows of one result.
class RowMaker
{
public:
    explicit RowMaker(const TestSamples &samples)
        : m_like(samples.now->tags.get())
        , m_start(samples.start, m_like)
        , m_now(samples.now, m_like)
    {
        if (samples.stop)
            m_stop.emplace(samples.stop, m_like);
        for (const SamplePtr &point : samples.points)
            m_points.emplace_back(point, m_like);
        const auto begin = m_points.empty() ? samples.now->monotonic : m_points.front().sample().monotonic;
        for (const Readings &point : m_points)
            m_times.push_back(std::chrono::duration<double>(point.sample().monotonic - begin).count());
        m_times.push_back(std::chrono::duration<double>(samples.now->monotonic - begin).count());
    }

    [[nodiscard]] TestRow make(const TagEntry &entry, std::optional<size_t> row) const
    {
        const Reading *start = m_start.find(entry.tag, row);
        const Reading *now = m_now.find(entry.tag, row);
        const Reading *end = m_stop ? m_stop->find(entry.tag, row) : now;
        TestRow made;
        made.tag = entry.tag;
        made.driver = entry.driver;
        made.bytesStart = bytesOf(start);
        made.grewBy = difference(bytesOf(end), bytesOf(start));
        made.outstandingGrewBy = difference(outstandingOf(end), outstandingOf(start));
        if (m_stop)
            made.freed = difference(bytesOf(end), bytesOf(now));
        if (made.freed.isKnown() && made.grewBy.isKnown() && made.grewBy.value() > 0)
            made.shareFreed =
                static_cast<double>(made.freed.value()) / static_cast<double>(made.grewBy.value());
        made.course = course(entry.tag, row, now, made.grewBy);
        made.isNew = start == nullptr;
        made.isGone = now == nullptr;
        return made;
    }

private:
    [[nodiscard]] TestCourse course(
        const Tag &tag, std::optional<size_t> row, const Reading *now, Counter grewBy) const
    {
        std::vector<double> bytes;
        bytes.reserve(m_times.size());
        for (const Readings &point : m_points) {
            const Counter held = bytesOf(point.find(tag, row));
            if (!held.isKnown())
                return TestCourse::Unknown;
            bytes.push_back(static_cast<double>(held.value()));
        }
        const Counter held = bytesOf(now);
        if (!held.isKnown())
            return TestCourse::Unknown;
        bytes.push_back(static_cast<double>(held.value()));
        return courseOf(m_times, bytes, static_cast<double>(grewBy.valueOr(0)));
    }

    const TagList *m_like;
    Readings m_start;
    Readings m_now;
    std::optional<Readings> m_stop;
    std::vector<Readings> m_points;
    std::vector<double> m_times; ///< of the points and now
};

/// The index of the first moment of the later half; all where that has too few points.
size_t laterHalf(std::span<const double> seconds)
{
    const double middle = (seconds.front() + seconds.back()) / 2;
    const auto first = std::ranges::lower_bound(seconds, middle);
    return static_cast<size_t>(first - seconds.begin());
}

/// Whether the change that the line may hide is that small.
bool hidesLess(const Trend &trend, double small)
{
    return trend.points > 0 && std::abs(trend.growth) + 2 * trend.slopeError * trend.length <= small;
}

} // namespace

TestCourse courseOf(std::span<const double> seconds, std::span<const double> bytes, double grown)
{
    constexpr double Clear = 3;
    constexpr int LeastSteps = 3;
    constexpr double ShareOfGrowth = .1;
    constexpr double ShareOfLevel = .01;
    if (seconds.size() < Trend::MinPoints)
        return TestCourse::Unknown;
    const size_t first = laterHalf(seconds);
    const std::span<const double> times = seconds.subspan(first);
    if (times.size() < Trend::MinPoints)
        return TestCourse::Unknown;
    // Relative to the level: a float holds seven digits.
    const double level = bytes[first];
    std::vector<float> course;
    for (const double held : bytes.subspan(first))
        course.push_back(static_cast<float>(held - level));
    if (std::ranges::all_of(course, [](float held) { return held == 0; }))
        return TestCourse::Flat;
    const auto isClear = [](const Trend &trend) { return trend.z >= Clear && trend.ups >= LeastSteps; };
    const Trend up = fitTrend({times, course, course});
    if (isClear(up))
        return TestCourse::Rising;
    // The analysis looks for growth: a fall is the growth of the mirror image.
    for (float &held : course)
        held = -held;
    const Trend down = fitTrend({times, course, course});
    if (isClear(down))
        return TestCourse::Falling;
    const double small = std::max(ShareOfGrowth * std::abs(grown), ShareOfLevel * std::abs(level));
    return hidesLess(up, small) && hidesLess(down, small) ? TestCourse::Flat : TestCourse::Unknown;
}

TestResult testResult(const TestSamples &samples, bool (*wanted)(const Tag &))
{
    const RowMaker maker(samples);
    TestResult result;
    result.kind = samples.now->origin->kind;
    QHash<Tag, bool> seen;
    const TagList &now = *samples.now->tags;
    for (size_t row = 0; row < now.size(); ++row) {
        if (wanted(now[row].tag))
            result.rows.push_back(maker.make(now[row], row));
    }
    // What vanished stands in the samples before.
    for (const SamplePtr &before : {samples.stop, samples.start}) {
        if (!before || before->tags == samples.now->tags)
            continue;
        if (seen.isEmpty()) {
            for (const TagEntry &entry : now)
                seen.insert(entry.tag, true);
        }
        for (const TagEntry &entry : *before->tags) {
            if (!wanted(entry.tag) || seen.contains(entry.tag))
                continue;
            seen.insert(entry.tag, true);
            result.rows.push_back(maker.make(entry, std::nullopt));
        }
    }
    std::ranges::stable_sort(result.rows, [](const TestRow &a, const TestRow &b) {
        constexpr qint64 Last = std::numeric_limits<qint64>::min();
        return a.grewBy.valueOr(Last) > b.grewBy.valueOr(Last);
    });
    return result;
}

} // namespace poolscope
