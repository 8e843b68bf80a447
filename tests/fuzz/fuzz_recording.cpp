// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/chunkformat.h"
#include "model/recording/compression.h"
#include "model/recording/journalbatch.h"
#include "model/recording/snapshotblob.h"
#include "model/recording/storedchunk.h"

#include <cstddef>
#include <cstdint>

using namespace poolscope;

namespace {

void walk(const EventStreamViews &streams)
{
    EventCursor cursor(streams);
    while (cursor.next() != EventCursor::End)
        cursor.advance();
}

void readChunk(QByteArrayView content)
{
    // The head of the blob says which chunk it belongs to; take its word, so that what follows is read.
    ByteReader head(content);
    static_cast<void>(head.byte());
    const quint64 first = head.number();
    const quint64 samples = head.number();
    const quint64 group = head.number();
    if (const auto machine = decodedMachine(content, first, samples)) {
        MachineCursor cursor(*machine);
        for (quint64 i = 0; i < std::min<quint64>(samples, MaxSamplesPerChunk) && cursor.advance(); ++i) { }
    }
    if (const auto tags = decodedGroup(content, first, samples, static_cast<quint32>(group))) {
        for (const EventStreamViews &tag : *tags)
            walk(tag);
    }
}

} // namespace

/// The contents of a recording's blobs, without the checksum that keeps noise away from these decoders.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView content(data, static_cast<qsizetype>(size));
    static_cast<void>(decodedTimes(content));
    readChunk(content);
    JournalHead head;
    static_cast<void>(JournalChain().read(content, head));
    if (size > 17)
        static_cast<void>(readWholeSample(content, QUuid::fromRfc4122(content.sliced(1, 16))));
    static Compression compression;
    static_cast<void>(compression.unpacked(content));
    return 0;
}
