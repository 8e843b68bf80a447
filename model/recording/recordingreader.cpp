// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingreader.h"

#include "model/recording/recordingreader_p.h"

namespace poolscope {

using namespace std::chrono_literals;

RecordingReader::RecordingReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

RecordingReader::~RecordingReader() = default;

Result<std::unique_ptr<RecordingReader>> RecordingReader::open(const QString &path)
{
    auto priv = std::make_unique<Private>(path);
    if (const Result<Done> opened = priv->open(); !opened)
        return opened.error();
    return std::unique_ptr<RecordingReader>(new RecordingReader(std::move(priv)));
}

const RecordingInfo &RecordingReader::info() const
{
    return d->info;
}

const std::shared_ptr<const TagList> &RecordingReader::tags() const
{
    return d->tags;
}

const TimeAxis &RecordingReader::axis() const
{
    return d->axis;
}

std::optional<RecordingReader::Index> RecordingReader::indexAtOrBefore(WallTime wall) const
{
    const Index after = wall == WallTime::max() ? d->axis.size() : d->axis.lowerBound(wall + 1ns);
    return after == 0 ? std::nullopt : std::optional(after - 1);
}

TimeAxis::Joint RecordingReader::jointAt(Index index) const
{
    return d->axis.joint(index);
}

const std::vector<RecordingReader::Rows> &RecordingReader::rows() const
{
    return d->rows;
}

Result<SamplePtr> RecordingReader::sampleAt(Index index)
{
    return d->sampleAt(index);
}

Result<Done> RecordingReader::forEachSample(Index first, Index end, const Visitor &visit)
{
    return d->forEachSample(first, end, visit);
}

SeriesAnswer RecordingReader::answer(const SeriesRequest &request)
{
    return d->answer(request);
}

Result<Snapshot> RecordingReader::snapshot(const QUuid &id)
{
    return d->snapshot(id);
}

Result<RecordingReader::Refreshed> RecordingReader::refresh()
{
    return d->refresh();
}

Result<Done> RecordingReader::verify(const Progress &progress)
{
    return d->verify(progress);
}

} // namespace poolscope
