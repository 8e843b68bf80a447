// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/bytecodec.h"
#include "model/recording/journalcodec.h"

#include <optional>
#include <vector>

namespace poolscope {

/// What stands at the head of a row of the journal; `samples` records follow.
struct JournalHead
{
    quint64 first = 0; ///< number of the first sample
    quint32 segment = 0;
    quint32 samples = 0;
    bool isStart = false; ///< readable without the rows before it
    bool startsChunk = false; ///< the rows from here on belong to a chunk of their own; isStart, too
};

void writeJournalHead(ByteWriter &writer, const JournalHead &head);
[[nodiscard]] std::optional<JournalHead> readJournalHead(ByteReader &reader);

/// Reads rows of the journal in order and knows where their chain is broken. One thread.
class JournalChain
{
public:
    /// The samples of an unpacked row; the first one is a start if the head says so. nullopt: the row cannot
    /// be read, alone or after what came before.
    [[nodiscard]] std::optional<std::vector<RecordingStep>> read(QByteArrayView content, JournalHead &head);

private:
    JournalCodec m_codec;
    bool m_isUsable = false;
    quint64 m_next = 0;
    quint32 m_segment = 0;
};

} // namespace poolscope
