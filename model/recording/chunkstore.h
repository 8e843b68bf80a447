// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/chunkbuilder.h"
#include "model/recording/compression.h"
#include "model/recording/database.h"
#include "model/recording/recordinginfo.h"

#include <optional>
#include <vector>

namespace poolscope {

/// Key of a chunk's part in the table of the parts.
constexpr quint64 PartsPerChunk = 1ULL << 20;
[[nodiscard]] constexpr qint64 partKey(quint64 firstSample, quint32 part)
{
    return static_cast<qint64>(firstSample * PartsPerChunk + part);
}

/// A file or an age that is bounded consists of about so many chunks at least.
constexpr int ChunksPerBound = 8;

/// The writer's side of a recording's big tables: packs the journal into chunks and drops old ones.
class ChunkStore
{
public:
    ChunkStore(Database &database, Compression &compression)
        : m_database(database)
        , m_compression(compression)
    {
    }

    enum class Pack : quint8
    {
        Whole, ///< what is sure not to grow any more
        All,
    };
    /// Packs the journal into chunks. Rows that cannot be read are dropped.
    [[nodiscard]] Result<Done> pack(Pack what);

    /// Drops the oldest chunks that `limits` do not allow; the newest chunk stays. `newest` is the time of
    /// the newest sample.
    [[nodiscard]] Result<Done> rotate(const RotationLimits &limits, WallTime newest);

private:
    struct Row
    {
        qint64 id = 0;
        QByteArray data;
    };
    struct Chunk
    {
        qint64 first = 0;
        qint64 segment = 0;
        WallTime end{};
    };
    /// A chunk that grows, and the rows of the journal that it replaces.
    struct Growing
    {
        std::optional<ChunkBuilder> builder;
        quint64 first = 0;
        quint64 next = 0;
        quint32 segment = 0;
        qint64 lastRow = -1;
    };
    [[nodiscard]] std::vector<Row> journalRows();
    [[nodiscard]] Result<Done> store(Growing &chunk);
    [[nodiscard]] Result<std::vector<Chunk>> chunks();
    [[nodiscard]] Result<qint64> usedBytes();
    [[nodiscard]] Result<Done> drop(const std::vector<Chunk> &chunks, size_t count, qint64 maxBytes);
    [[nodiscard]] Result<Done> forgetBefore(const Chunk &oldest);
    [[nodiscard]] Result<Done> shrink(qint64 bound);

    Database &m_database;
    Compression &m_compression;
};

} // namespace poolscope
