// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/chunkformat.h"

#include "model/recording/rowscodec.h"

#include <limits>

namespace poolscope {

namespace {

/// Takes streams whose lengths stand in front of them.
template <size_t Count>
bool takeStreams(ByteReader &reader, std::array<std::span<const quint8>, Count> &streams)
{
    std::array<quint64, Count> lengths{};
    for (quint64 &length : lengths)
        length = reader.number();
    for (size_t i = 0; i < Count; ++i)
        streams[i] = reader.take(lengths[i]);
    return reader.ok();
}

bool readAllRows(ByteReader reader, quint64 samples, std::vector<RowsChange> &rows)
{
    quint64 offset = 0;
    std::span<const TagId> before;
    while (!reader.atEnd()) {
        const quint64 skipped = reader.number();
        if (skipped >= samples - offset || (rows.empty() && skipped > 0))
            return false;
        offset += skipped;
        const auto ids = std::make_shared<const std::vector<TagId>>(readRows(reader, before));
        before = *ids;
        rows.push_back({static_cast<quint32>(offset++), ids});
    }
    return reader.ok() && !rows.empty();
}

bool readTimes(ByteReader &reader, quint64 samples, ChunkTimes &chunk)
{
    std::array<std::span<const quint8>, TimesStreamCount> streams;
    if (!takeStreams(reader, streams))
        return false;
    ByteReader monotonic(streams[MonotonicStream]);
    ByteReader wall(streams[WallStream]);
    ByteReader gaps(streams[GapsStream]);
    if (samples > monotonic.left())
        return false;
    ClockPredictor clock;
    chunk.times.reserve(samples);
    for (quint64 i = 0; i < samples; ++i) {
        ClockDelta delta;
        delta.monotonic = monotonic.signedNumber();
        delta.wall = wall.signedNumber();
        clock.decode(delta);
        chunk.times.push_back({clock.wall(), clock.monotonic(), false});
    }
    quint64 offset = 0;
    while (!gaps.atEnd()) {
        const quint64 skipped = gaps.number();
        if (skipped >= samples - offset)
            return false;
        offset += skipped;
        chunk.times[offset++].afterGap = true;
    }
    return monotonic.ok() && wall.ok() && gaps.ok() && monotonic.atEnd() && wall.atEnd()
        && readAllRows(ByteReader(streams[RowsStream]), samples, chunk.rows);
}

} // namespace

std::optional<ChunkTimes> decodedTimes(QByteArrayView content)
{
    ByteReader reader(content);
    ChunkTimes chunk;
    if (reader.byte() != static_cast<quint8>(BlobKind::Times))
        return std::nullopt;
    chunk.first = reader.number();
    const quint64 segment = reader.number();
    const quint64 samples = reader.number();
    const quint64 partCount = reader.number();
    if (!reader.ok() || samples == 0 || samples > MaxSamplesPerChunk || partCount > reader.left()
        || segment > std::numeric_limits<quint32>::max())
        return std::nullopt;
    chunk.segment = static_cast<quint32>(segment);
    quint64 next = 0;
    for (quint64 i = 0; i < partCount; ++i) {
        next += reader.number();
        if (next > partOfTag(MaxTags))
            return std::nullopt;
        chunk.parts.push_back(static_cast<quint32>(next++));
    }
    if (!readTimes(reader, samples, chunk) || !reader.atEnd())
        return std::nullopt;
    return chunk;
}

std::optional<MachineStreamViews> decodedMachine(QByteArrayView content, quint64 first, size_t samples)
{
    ByteReader reader(content);
    MachineStreamViews streams;
    if (reader.byte() != static_cast<quint8>(BlobKind::Machine) || reader.number() != first
        || reader.number() != samples || !takeStreams(reader, streams) || !reader.atEnd())
        return std::nullopt;
    return streams;
}

std::optional<TagGroupViews> decodedGroup(
    QByteArrayView content, quint64 first, size_t samples, quint32 group)
{
    ByteReader reader(content);
    if (reader.byte() != static_cast<quint8>(BlobKind::Tags) || reader.number() != first
        || reader.number() != samples || reader.number() != group)
        return std::nullopt;
    std::array<std::array<quint64, EventStreamCount>, TagsPerGroup> lengths{};
    for (auto &tag : lengths) {
        for (quint64 &length : tag)
            length = reader.number();
    }
    TagGroupViews views;
    for (size_t stream = 0; stream < EventStreamCount; ++stream) {
        for (size_t tag = 0; tag < TagsPerGroup; ++tag)
            views[tag][stream] = reader.take(lengths[tag][stream]);
    }
    if (!reader.ok() || !reader.atEnd())
        return std::nullopt;
    return views;
}

} // namespace poolscope
