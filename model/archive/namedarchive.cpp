// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/namedarchive.h"

#include <algorithm>

namespace poolscope {

NamedArchive::NamedArchive(std::unique_ptr<SampleArchive> archive, TagNameWatch watch)
    : m_archive(std::move(archive))
    , m_watch(std::move(watch))
{
    (void)lookForNames();
    nameTags();
}

bool NamedArchive::lookForNames()
{
    const std::shared_ptr<const TagNames> names = m_watch.changed();
    if (!names)
        return false;
    const DriverLookup lookup = [names](QByteArrayView tag) { return names->driverOf(tag); };
    m_samples.setLookup(lookup);
    m_lists.setLookup(lookup);
    return true;
}

void NamedArchive::nameTags()
{
    const auto isOfPool = [](const RecordingSegment &segment) {
        return segment.origin->kind == SourceKind::Pool;
    };
    const SourceKind kind =
        std::ranges::all_of(m_archive->info().segments, isOfPool) ? SourceKind::Pool : SourceKind::Slab;
    m_tags = m_lists.named(m_archive->tags(), kind);
}

Result<SamplePtr> NamedArchive::sampleAt(Index index)
{
    Result<SamplePtr> sample = m_archive->sampleAt(index);
    nameTags();
    return sample ? Result(m_samples.named(sample.value())) : sample;
}

Result<Snapshot> NamedArchive::snapshot(const QUuid &id)
{
    Result<Snapshot> read = m_archive->snapshot(id);
    if (!read)
        return read;
    Snapshot snapshot = std::move(read).value();
    snapshot.sample = m_samples.named(snapshot.sample);
    return snapshot;
}

Result<SampleArchive::Refreshed> NamedArchive::refresh()
{
    Result<Refreshed> refreshed = m_archive->refresh();
    if (!refreshed)
        return refreshed;
    Refreshed all = std::move(refreshed).value();
    all.renamed = lookForNames();
    nameTags();
    return all;
}

} // namespace poolscope
