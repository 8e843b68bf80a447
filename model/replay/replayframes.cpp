// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replayframes.h"

#include <algorithm>
#include <array>
#include <set>

namespace poolscope {

namespace {

constexpr size_t SamplesKept = 40;
/// How far a step back reads ahead: archives are read forwards.
constexpr TimeAxis::Index BackStride = 24;
constexpr size_t ReadingsKept = 16;
constexpr size_t BytesKept = 4 * GrowthWindow::MaxPoints;
constexpr qint64 Absent = std::numeric_limits<qint64>::min();
constexpr double SecondsPerHour = 3600;

/// Makes room in a cache by what lies farthest from `index`.
template <typename Cache>
void trim(Cache &cache, size_t most, TimeAxis::Index index)
{
    while (cache.size() > most) {
        const auto first = cache.begin();
        const auto last = std::prev(cache.end());
        const auto distance = [index](TimeAxis::Index at) { return at > index ? at - index : index - at; };
        cache.erase(distance(first->first) > distance(last->first) ? first : last);
    }
}

} // namespace

ReplayFrames::ReplayFrames(SampleArchive &archive)
    : m_archive(archive)
{
}

void ReplayFrames::forget()
{
    m_presence = {};
    m_growth = {};
    m_samples.clear();
    m_readings.clear();
    m_bytes.clear();
    m_edges.clear();
    m_describedBy.reset();
}

Result<FramePtr> ReplayFrames::frame(Index index, std::optional<Index> baseline)
{
    const TimeAxis &axis = m_archive.axis();
    const GrowthSchedule::Moment growth = m_growth.at(axis, index);
    readAhead(index, baseline, growth);
    const Result<SamplePtr> sample = sampleAt(index);
    if (!sample)
        return sample.error();
    m_presence.extend(m_archive.rows());

    auto frame = std::make_shared<Frame>();
    frame->number = index + 1;
    frame->sample = sample.value();
    frame->firstWall = axis.wall(0);
    frame->baselineWall = axis.wall(baseIndex(index, 0, baseline));
    frame->tags = tagsAt(*sample.value(), index);
    frame->rows.resize(frame->tags->size());
    for (FrameRow &row : frame->rows)
        row.present = false;
    if (index > axis.segmentStart(index)) {
        if (const Result<SamplePtr> before = sampleAt(index - 1)) {
            frame->step = axis.step(index);
            frame->systemChange =
                change(sample.value()->system, before.value()->system, sample.value()->origin->counterBits);
        }
    }
    fillPresent(*frame, index, baseline);
    fillAbsent(*frame, index, baseline);
    fillGrowth(*frame, index, growth);
    trim(m_samples, SamplesKept, index);
    trim(m_readings, ReadingsKept, index);
    trim(m_bytes, BytesKept, index);
    m_lastIndex = index;
    return FramePtr(std::move(frame));
}

/// Reads what a frame needs in rising order, which is how archives go fast.
void ReplayFrames::readAhead(Index index, std::optional<Index> baseline, const GrowthSchedule::Moment &growth)
{
    std::set<Index> wanted;
    const Index base = baseIndex(index, 0, baseline);
    if (!m_readings.contains(base))
        wanted.insert(base);
    for (const GrowthWindow::Point &point : growth.window.points()) {
        const auto at = static_cast<Index>(growth.segmentStart + point.sample);
        if (!m_bytes.contains(at))
            wanted.insert(at);
    }
    const bool isStepBack = index < m_lastIndex && m_lastIndex - index <= BackStride;
    const Index reach = isStepBack && !m_samples.contains(index) ? BackStride : 1;
    for (Index at = index - std::min(index, reach); at <= index; ++at)
        wanted.insert(at);
    for (const Index at : wanted) {
        if (!sampleAt(at))
            continue;
        if (at == base)
            (void)readingsAt(at);
        if (at + BackStride < index)
            (void)bytesAt(at);
    }
}

Result<SamplePtr> ReplayFrames::sampleAt(Index index)
{
    if (const auto known = m_samples.find(index); known != m_samples.end())
        return known->second;
    Result<SamplePtr> sample = m_archive.sampleAt(index);
    if (sample)
        m_samples.insert_or_assign(index, sample.value());
    return sample;
}

std::shared_ptr<const TagList> ReplayFrames::tagsAt(const Sample &sample, Index index)
{
    const bool hasNewTags = m_archiveTags != m_archive.tags();
    if (!hasNewTags && m_describedBy == sample.tags)
        return m_tags;
    auto tags = std::make_shared<TagList>(*m_archive.tags());
    for (size_t id = 0; m_tags && id < std::min(m_tags->size(), tags->size()); ++id)
        (*tags)[id].driver = (*m_tags)[id].driver;
    const std::vector<TagId> &ids = idsAt(index);
    for (size_t row = 0; row < ids.size(); ++row)
        (*tags)[ids[row]].driver = (*sample.tags)[row].driver;
    m_archiveTags = m_archive.tags();
    m_describedBy = sample.tags;
    // The same list for the same content is what the table recognises "nothing new" by.
    if (!m_tags || *m_tags != *tags)
        m_tags = std::move(tags);
    return m_tags;
}

const std::vector<TagId> &ReplayFrames::idsAt(Index index) const
{
    const auto after = std::ranges::upper_bound(m_archive.rows(), index, {}, &SampleArchive::Rows::first);
    return *(after - 1)->ids;
}

ReplayFrames::Readings ReplayFrames::readingsAt(Index index)
{
    if (const auto known = m_readings.find(index); known != m_readings.end())
        return known->second;
    auto readings = std::make_shared<std::vector<Reading>>(m_archive.tags()->size());
    if (const Result<SamplePtr> sample = sampleAt(index)) {
        const std::vector<TagId> &ids = idsAt(index);
        for (size_t row = 0; row < std::min(ids.size(), sample.value()->readings.size()); ++row)
            (*readings)[ids[row]] = sample.value()->readings[row];
    }
    return m_readings.insert_or_assign(index, std::move(readings)).first->second;
}

Reading ReplayFrames::readingAt(TagId id, Index index)
{
    const quint64 key = (quint64(id) << 32) | index;
    if (const auto known = m_edges.constFind(key); known != m_edges.cend())
        return *known;
    const Readings all = readingsAt(index);
    const Reading reading = id < all->size() ? (*all)[id] : Reading();
    m_edges.insert(key, reading);
    return reading;
}

/// From which sample the changes of a tag are counted at sample `at`, in a run that began at `runFrom`.
ReplayFrames::Index ReplayFrames::baseIndex(Index at, Index runFrom, std::optional<Index> baseline) const
{
    const Index boot = m_archive.axis().segmentStart(at);
    if (!baseline || m_archive.axis().segmentStart(*baseline) != boot)
        return std::max(boot, runFrom);
    return std::max(*baseline, runFrom);
}

void ReplayFrames::fillPresent(Frame &frame, Index index, std::optional<Index> baseline)
{
    const TimeAxis &axis = m_archive.axis();
    const Sample &sample = *frame.sample;
    const int bits = sample.origin->counterBits;
    const std::vector<TagId> &ids = idsAt(index);
    const bool runsOn = index > axis.segmentStart(index);
    const Readings before = runsOn ? readingsAt(index - 1) : nullptr;
    const Index usualBase = baseIndex(index, 0, baseline);
    const Readings base = readingsAt(usualBase);
    for (size_t i = 0; i < std::min(ids.size(), sample.readings.size()); ++i) {
        const TagId id = ids[i];
        const TagPresence::Run *run = m_presence.runAt(id, index);
        FrameRow &row = frame.rows[id];
        row.present = true;
        row.reading = sample.readings[i];
        row.lastSeen = sample.wall;
        row.firstSeen = axis.wall(m_presence.firstIndex(id));
        if (runsOn && run->from < index && id < before->size())
            row.sinceLast = change(row.reading, (*before)[id], bits);
        const Index from = baseIndex(index, run->from, baseline);
        if (from == usualBase && run->holds(from) && id < base->size())
            row.sinceBaseline = change(row.reading, (*base)[id], bits);
        else if (run->holds(from))
            row.sinceBaseline = change(row.reading, readingAt(id, from), bits);
    }
}

/// What has gone keeps what it had; a baseline that was set afterwards finds it without change.
void ReplayFrames::fillAbsent(Frame &frame, Index index, std::optional<Index> baseline)
{
    const TimeAxis &axis = m_archive.axis();
    for (TagId id = 0; id < frame.rows.size(); ++id) {
        FrameRow &row = frame.rows[id];
        const TagPresence::Run *run = row.present ? nullptr : m_presence.runAt(id, index);
        if (run == nullptr)
            continue;
        const Index last = run->end - 1;
        const int bits = axis.counterBits(last);
        row.reading = readingAt(id, last);
        row.lastSeen = axis.wall(last);
        row.firstSeen = axis.wall(m_presence.firstIndex(id));
        const bool wasGone = baseline && *baseline > last && *baseline <= index;
        const Index from = wasGone ? last : baseIndex(last, run->from, baseline);
        if (run->holds(from))
            row.sinceBaseline = change(row.reading, readingAt(id, from), bits);
    }
}

ReplayFrames::Bytes ReplayFrames::bytesAt(Index index)
{
    if (const auto known = m_bytes.find(index); known != m_bytes.end())
        return known->second;
    auto bytes = std::make_shared<std::vector<qint64>>(m_archive.tags()->size(), Absent);
    if (const Result<SamplePtr> sample = sampleAt(index)) {
        const std::vector<TagId> &ids = idsAt(index);
        for (size_t row = 0; row < std::min(ids.size(), sample.value()->readings.size()); ++row)
            (*bytes)[ids[row]] = sample.value()->readings[row].bytes.valueOr(Absent);
    }
    return m_bytes.insert_or_assign(index, std::move(bytes)).first->second;
}

/// The sums of GrowthRate, taken at once.
void ReplayFrames::fillGrowth(Frame &frame, Index index, const GrowthSchedule::Moment &moment)
{
    const GrowthWindow &window = moment.window;
    const auto points = window.points();
    std::vector<Bytes> columns;
    std::array<GrowthWindow::Base, GrowthWindow::MaxPoints + 1> bases;
    const auto sampleOf = [&](size_t point) {
        return static_cast<Index>(moment.segmentStart + points[point].sample);
    };
    for (size_t point = 0; point < points.size(); ++point) {
        columns.push_back(bytesAt(sampleOf(point)));
        bases[point] = window.base(point);
    }
    for (TagId id = 0; id < frame.rows.size(); ++id) {
        FrameRow &row = frame.rows[id];
        if (!row.present || !row.reading.bytes.isKnown())
            continue;
        const Index from = m_presence.runAt(id, index)->from;
        size_t start = columns.size();
        while (start > 0 && sampleOf(start - 1) >= from && id < columns[start - 1]->size()
            && (*columns[start - 1])[id] != Absent)
            --start;
        const GrowthWindow::Base &base = bases[start];
        if (base.spread <= 0)
            continue;
        const qint64 reference = (*columns[start])[id];
        double sumY = 0;
        double sumTY = 0;
        const auto add = [&](double time, qint64 bytes) {
            const auto y = static_cast<double>(bytes - reference);
            sumY += y;
            sumTY += time * y;
        };
        for (size_t point = start; point < columns.size(); ++point)
            add(points[point].time, (*columns[point])[id]);
        if (!window.keptNewest())
            add(window.newest(), row.reading.bytes.value());
        row.bytesPerHour = SecondsPerHour * (sumTY - base.mean * sumY) / base.spread;
    }
}

} // namespace poolscope
