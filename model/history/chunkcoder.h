// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/history/timeaxis.h"

#include <array>
#include <memory>
#include <span>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace poolscope {

/// Four counters that change together: a tag's allocs, frees, outstanding and bytes, or four other series.
constexpr size_t CountersPerSeries = 4;
using Counters = std::array<Counter, CountersPerSeries>;

/// The counters from sample `index` on.
struct ChangeRow
{
    TimeAxis::Index index = 0;
    Counters values;

    friend bool operator==(const ChangeRow &, const ChangeRow &) = default;
};

/// One counter from sample `index` on.
struct Change
{
    TimeAxis::Index index = 0;
    Counter value;
};

/// A run of rows in few bytes.
struct Chunk
{
    TimeAxis::Index first = 0; ///< index of the first row
    TimeAxis::Index last = 0;
    std::vector<quint8> bytes;
};

/// Packs the rows of one tag: each counter as the difference to what the others let expect (frees follow
/// allocs, outstanding is their difference, bytes is a multiple of outstanding; which of these hold is
/// decided per chunk, and so is what the rest of the bytes are multiples of), in columns of variable-length
/// numbers, compressed by zstd. Lossless. Keeps zstd's working memory between calls. One thread.
class ChunkCoder
{
public:
    ChunkCoder();
    ~ChunkCoder();
    ChunkCoder(ChunkCoder &&) noexcept;
    ChunkCoder &operator=(ChunkCoder &&) noexcept;

    /// `before` was in force before the first of `rows`, of which there is at least one; indices rise.
    [[nodiscard]] Chunk encode(const Counters &before, std::span<const ChangeRow> rows);
    /// The changes of one counter. `before`: what was in force before the chunk.
    void decode(const Chunk &chunk, size_t counter, Counter &before, std::vector<Change> &changes);

private:
    struct Columns;
    struct Plan;
    [[nodiscard]] static Plan planFor(const Counters &before, std::span<const ChangeRow> rows);
    [[nodiscard]] static qint64 bytesStepOf(
        const Counters &before, std::span<const ChangeRow> rows, const Plan &plan);
    void fill(const Counters &before, std::span<const ChangeRow> rows, const Plan &plan);
    [[nodiscard]] std::vector<quint8> compressed();
    void decompress(const Chunk &chunk);

    struct FreeCompressor
    {
        void operator()(ZSTD_CCtx_s *context) const;
    };
    struct FreeDecompressor
    {
        void operator()(ZSTD_DCtx_s *context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, FreeCompressor> m_compressor;
    std::unique_ptr<ZSTD_DCtx_s, FreeDecompressor> m_decompressor;
    std::unique_ptr<Columns> m_columns;
    std::vector<quint8> m_raw;
    std::vector<quint8> m_packed;
};

} // namespace poolscope
