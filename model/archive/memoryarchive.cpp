// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/memoryarchive.h"

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

MemoryArchive::MemoryArchive(const QString &path)
{
    m_info.path = path;
}

MemoryArchive::MemoryArchive(const QString &path, const std::vector<Snapshot> &snapshots)
    : MemoryArchive(path)
{
    std::vector<SamplePtr> samples;
    samples.reserve(snapshots.size());
    for (const Snapshot &snapshot : snapshots)
        samples.push_back(snapshot.sample);
    std::ranges::stable_sort(samples, {}, [](const SamplePtr &sample) { return sample->wall; });
    // Most logs know one clock only.
    const auto isLate = [](const SamplePtr &before, const SamplePtr &now) {
        return isSameBoot(*before->origin, *now->origin) && now->monotonic <= before->monotonic;
    };
    const bool hasMonotonic = std::ranges::adjacent_find(samples, isLate) == samples.end();
    for (const SamplePtr &sample : samples) {
        auto timed = std::make_shared<Sample>(*sample);
        if (!hasMonotonic)
            timed->monotonic = timed->wall.time_since_epoch();
        add(timed);
    }
    m_refreshed = m_history.axis().size();
}

void MemoryArchive::add(const SamplePtr &sample, bool afterGap)
{
    TimeAxis::Joint joint = afterGap ? TimeAxis::Joint::AfterGap : TimeAxis::Joint::Continuous;
    if (!m_samples.empty()) {
        const Sample &before = *m_samples.back();
        if (!countersRunOn(before, *sample))
            joint = TimeAxis::Joint::NewSegment;
        else if (before.monotonic == sample->monotonic)
            return;
    }
    const auto index = static_cast<Index>(m_samples.size());
    if (m_samples.empty() || m_samples.back()->tags != sample->tags) {
        m_roster.match(sample->tags);
        const auto ids = m_roster.ids();
        m_rows.push_back({index, std::make_shared<const std::vector<TagId>>(ids.begin(), ids.end())});
    } else {
        m_roster.match(sample->tags);
    }
    m_history.append(*sample, m_roster.ids(), m_roster.vanished(), joint);
    m_samples.push_back(sample);

    if (m_info.segments.empty() || joint == TimeAxis::Joint::NewSegment)
        m_info.segments.push_back({index, 0, sample->origin});
    ++m_info.segments.back().count;
    m_info.samples = index + 1;
    m_info.first = axis().wall(0);
    m_info.last = axis().wall(index);
}

Result<SamplePtr> MemoryArchive::sampleAt(Index index)
{
    return m_samples[index];
}

SeriesAnswer MemoryArchive::answer(const SeriesRequest &request)
{
    return m_history.answer(request);
}

Result<Snapshot> MemoryArchive::snapshot(const QUuid &)
{
    return Error{ErrorKind::BadInput, u"there is no such snapshot"_s, m_info.path, {}};
}

Result<SampleArchive::Refreshed> MemoryArchive::refresh()
{
    Refreshed refreshed;
    refreshed.added = axis().size() - std::exchange(m_refreshed, axis().size());
    return refreshed;
}

} // namespace poolscope
