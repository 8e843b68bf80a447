// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/journalbatch.h"

#include "model/recording/chunkformat.h"

#include <limits>

namespace poolscope {

void writeJournalHead(ByteWriter &writer, const JournalHead &head)
{
    writer.byte(static_cast<quint8>(BlobKind::Journal));
    writer.number(head.first);
    writer.number(head.segment);
    writer.number(head.samples);
    writer.byte(static_cast<quint8>((head.isStart ? 1 : 0) | (head.startsChunk ? 2 : 0)));
}

std::optional<JournalHead> readJournalHead(ByteReader &reader)
{
    JournalHead head;
    if (reader.byte() != static_cast<quint8>(BlobKind::Journal))
        return std::nullopt;
    head.first = reader.number();
    const quint64 segment = reader.number();
    const quint64 samples = reader.number();
    const quint8 flags = reader.byte();
    head.isStart = (flags & 1) != 0;
    head.startsChunk = (flags & 2) != 0;
    if (!reader.ok() || samples > reader.left() || segment > std::numeric_limits<quint32>::max()
        || samples > MaxSamplesPerChunk)
        return std::nullopt;
    head.segment = static_cast<quint32>(segment);
    head.samples = static_cast<quint32>(samples);
    return head;
}

std::optional<std::vector<RecordingStep>> JournalChain::read(QByteArrayView content, JournalHead &head)
{
    ByteReader reader(content);
    const std::optional<JournalHead> found = readJournalHead(reader);
    if (!found)
        return std::nullopt;
    head = *found;
    const bool runsOn = m_isUsable && head.first == m_next && head.segment == m_segment;
    if (head.isStart)
        m_codec = JournalCodec();
    else if (!runsOn)
        return std::nullopt;
    m_isUsable = false;
    std::vector<RecordingStep> steps(head.samples);
    for (RecordingStep &step : steps) {
        if (!m_codec.read(reader, step))
            return std::nullopt;
    }
    if (!reader.atEnd())
        return std::nullopt;
    m_isUsable = true;
    m_next = head.first + head.samples;
    m_segment = head.segment;
    return steps;
}

} // namespace poolscope
