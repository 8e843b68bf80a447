// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/chunkcontent.h"
#include "model/recording/clockpredictor.h"
#include "model/recording/compression.h"

#include <optional>
#include <vector>

namespace poolscope {

/// Tags of one part of a chunk: ids 64g to 64g + 63 make group g.
constexpr TagId TagsPerGroup = 64;
/// Part number of a tag's group; part 0 is the machine.
[[nodiscard]] constexpr quint32 partOfTag(TagId id)
{
    return id / TagsPerGroup + 1;
}
constexpr quint32 MachinePart = 0;
constexpr quint32 MaxSamplesPerChunk = 1U << 20;

/// First byte of a blob's content: what it is.
enum class BlobKind : quint8
{
    Times = 'C',
    Machine = 'M',
    Tags = 'T',
    Journal = 'J',
    Snapshot = 'S',
};

/// The streams of a chunk's times.
enum TimesStream : size_t
{
    MonotonicStream,
    WallStream,
    GapsStream,
    RowsStream,
    TimesStreamCount,
};

/// What a blob says it belongs to; it must agree with the row that it was found in.
struct ChunkTimes
{
    quint64 first = 0;
    quint32 segment = 0;
    std::vector<SampleTime> times;
    std::vector<RowsChange> rows; ///< begins with offset 0
    std::vector<quint32> parts; ///< that the chunk has, rising
};

[[nodiscard]] std::optional<ChunkTimes> decodedTimes(QByteArrayView content);

/// The part 0 of a chunk, unpacked. The views point into the content.
[[nodiscard]] std::optional<MachineStreamViews> decodedMachine(
    QByteArrayView content, quint64 first, size_t samples);

using TagGroupViews = std::array<EventStreamViews, TagsPerGroup>;
[[nodiscard]] std::optional<TagGroupViews> decodedGroup(
    QByteArrayView content, quint64 first, size_t samples, quint32 group);

} // namespace poolscope
