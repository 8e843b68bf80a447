// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingreader_p.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/recording/chunkstore.h"

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Result<Done> RecordingReader::Private::keepCurrent()
{
    if (file->isCurrent())
        return Done();
    // Only the way of reading changes; what has come since is for refresh().
    Result<std::unique_ptr<RecordingFile>> opened = RecordingFile::open(path);
    if (!opened)
        return opened.error();
    file = std::move(opened).value();
    dataVersion = -1;
    return Done();
}

std::vector<RecordingReader::Private::Chunk>::const_iterator RecordingReader::Private::chunkAt(
    Index index) const
{
    const auto after = std::ranges::upper_bound(chunks, index, {}, &Chunk::first);
    return after == chunks.begin() ? chunks.end() : after - 1;
}

std::optional<QByteArray> RecordingReader::Private::loadPart(const Chunk &chunk, quint32 part)
{
    const Result<std::optional<QVariant>> blob =
        file->database().value(u"SELECT data FROM parts WHERE id=?"_s, {partKey(chunk.firstSample, part)});
    std::optional<QByteArray> content;
    if (blob && blob.value())
        content = compression.unpacked(blob.value()->toByteArray());
    if (content)
        return content;
    const QString span = timeSpan(chunk.first, chunk.end() - 1);
    if (part == MachinePart) {
        noteDamage(u"the rows and system counters %1 are damaged"_s.arg(span));
        return std::nullopt;
    }
    QStringList names;
    const TagId first = (part - 1) * TagsPerGroup;
    for (TagId id = first; id < std::min<size_t>(first + TagsPerGroup, tags->size()); ++id)
        names += escapedTag((*tags)[id].tag.bytes);
    noteDamage(u"the readings %1 of these tags are damaged: %2"_s.arg(span, names.join(u", ")));
    return std::nullopt;
}

std::shared_ptr<ChunkContent> RecordingReader::Private::contentOf(const Chunk &chunk)
{
    if (chunk.journal)
        return chunk.journal;
    // The chunk may move in memory while the content lives: it keeps its own copy.
    return std::make_shared<StoredChunk>(chunk.firstSample, chunk.count, chunk.parts,
        [this, chunk](quint32 part) { return loadPart(chunk, part); });
}

std::optional<std::vector<SampleTime>> RecordingReader::Private::timesOf(const Chunk &chunk)
{
    if (chunk.journal)
        return chunk.journal->times();
    const Result<std::optional<QVariant>> blob = file->database().value(
        u"SELECT times FROM chunks WHERE id=?"_s, {static_cast<qint64>(chunk.firstSample)});
    std::optional<QByteArray> content;
    if (blob && blob.value())
        content = compression.unpacked(blob.value()->toByteArray());
    std::optional<ChunkTimes> read = content ? decodedTimes(*content) : std::nullopt;
    if (!read || read->first != chunk.firstSample || read->times.size() < chunk.count)
        return std::nullopt;
    return std::move(read->times);
}

Error RecordingReader::Private::damagedSamples(const Chunk &chunk)
{
    const QString span = timeSpan(chunk.first, chunk.end() - 1);
    noteDamage(u"the samples %1 cannot be read"_s.arg(span));
    return {ErrorKind::BadInput, u"the samples %1 cannot be read"_s.arg(span), path,
        u"they are damaged, or the recorder has dropped them since; the others are not concerned"_s};
}

/// Makes the chunk the place where samples are read.
bool RecordingReader::Private::enter(const Chunk &chunk)
{
    place = {};
    lastIds = nullptr;
    std::optional<std::vector<SampleTime>> times = timesOf(chunk);
    if (!times)
        return false;
    place.firstSample = chunk.firstSample;
    place.times = *std::move(times);
    place.content = contentOf(chunk);
    place.walk.emplace(*place.content);
    return true;
}

SamplePtr RecordingReader::Private::readSample(const Chunk &chunk, quint32 offset)
{
    const bool isHere = place.firstSample == chunk.firstSample && place.walk && offset < place.times.size()
        && (!place.offset || *place.offset <= offset);
    if (!isHere && !enter(chunk))
        return nullptr;
    while (!place.offset || *place.offset < offset) {
        if (!place.walk->advance()) {
            place = {};
            return nullptr;
        }
        place.offset = place.offset ? *place.offset + 1 : 0;
    }
    const SampleTime &time = place.times[offset];
    const auto after = std::ranges::upper_bound(rows, chunk.first + offset, {}, &Rows::first);
    updateTagList(*(after - 1)->ids, place.walk->machine());
    auto sample = std::make_shared<Sample>();
    sample->wall = time.wall;
    sample->monotonic = time.monotonic;
    sample->origin = origins[chunk.segment];
    sample->system = place.walk->machine().system();
    sample->tags = lastTags;
    sample->readings.reserve(lastRows.size());
    for (const TagId id : lastRows)
        sample->readings.push_back(place.walk->reading(id));
    return sample;
}

bool RecordingReader::Private::isKnownTag(TagId id)
{
    const bool isKnown = id < knownTags.size() && knownTags[id];
    if (!isKnown)
        noteDamage(u"the name of tag %1 is lost, it is left out"_s.arg(id));
    return isKnown;
}

QByteArray RecordingReader::Private::driverText(DriverId id)
{
    if (id < knownDrivers.size() && knownDrivers[id])
        return drivers[id];
    noteDamage(u"the text of driver %1 is lost"_s.arg(id));
    return {};
}

/// Samples with the same rows share one list, also across chunks.
void RecordingReader::Private::updateTagList(const std::vector<TagId> &ids, const MachineCursor &machine)
{
    if (lastTags && lastIds == &ids && lastDriverChanges == machine.driverChanges())
        return;
    lastIds = &ids;
    lastDriverChanges = machine.driverChanges();
    std::vector<TagId> knownRows;
    std::vector<DriverId> rowDrivers;
    for (const TagId id : ids) {
        if (!isKnownTag(id))
            continue;
        knownRows.push_back(id);
        rowDrivers.push_back(id < machine.drivers().size() ? machine.drivers()[id] : 0);
    }
    if (lastTags && knownRows == lastRows && rowDrivers == lastDrivers)
        return;
    lastRows = std::move(knownRows);
    lastDrivers = std::move(rowDrivers);
    auto list = std::make_shared<TagList>();
    list->reserve(lastRows.size());
    for (size_t row = 0; row < lastRows.size(); ++row)
        list->push_back({(*tags)[lastRows[row]].tag, driverText(lastDrivers[row])});
    lastTags = std::move(list);
}

Result<SamplePtr> RecordingReader::Private::sampleAt(Index index)
{
    if (index >= axis.size())
        return Error{ErrorKind::BadInput, u"the recording has no such sample"_s, path, {}};
    if (const Result<Done> current = keepCurrent(); !current)
        return current.error();
    const Chunk &chunk = *chunkAt(index);
    SamplePtr sample = readSample(chunk, index - chunk.first);
    if (!sample)
        return damagedSamples(chunk);
    return sample;
}

Result<Done> RecordingReader::Private::forEachSample(Index first, Index end, const Visitor &visit)
{
    if (const Result<Done> current = keepCurrent(); !current)
        return current;
    bool isAfterHole = false;
    end = std::min(end, axis.size());
    while (first < end) {
        const Chunk &chunk = *chunkAt(first);
        const SamplePtr sample = readSample(chunk, first - chunk.first);
        if (!sample) {
            static_cast<void>(damagedSamples(chunk));
            isAfterHole = true;
            first = chunk.end();
            continue;
        }
        TimeAxis::Joint joint = axis.joint(first);
        if (std::exchange(isAfterHole, false) && joint == TimeAxis::Joint::Continuous)
            joint = TimeAxis::Joint::AfterGap;
        if (!visit(first, sample, joint))
            break;
        ++first;
    }
    return Done();
}

Result<Done> RecordingReader::Private::verify(const Progress &progress)
{
    if (const Result<Done> current = keepCurrent(); !current)
        return current;
    const Result<std::optional<QVariant>> check = file->database().value(u"PRAGMA quick_check(1)"_s);
    if (!check || !check.value() || check.value()->toString() != u"ok")
        noteDamage(u"the structure of the file is damaged"_s);
    for (const Chunk &chunk : chunks) {
        if (progress && !progress(static_cast<double>(chunk.first) / axis.size()))
            return Done();
        const std::shared_ptr<ChunkContent> content = contentOf(chunk);
        SampleWalk walk(*content);
        Index read = 0;
        while (read < chunk.count && walk.advance())
            ++read;
        if (read < chunk.count)
            static_cast<void>(damagedSamples(chunk));
        for (const DriverId driver : walk.machine().drivers())
            static_cast<void>(driverText(driver));
    }
    for (const Rows &entry : rows) {
        for (const TagId id : *entry.ids)
            static_cast<void>(isKnownTag(id));
    }
    if (progress)
        progress(1);
    return Done();
}

} // namespace poolscope
