// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/chunkstore.h"

#include "model/core/duration.h"
#include "model/recording/journalbatch.h"
#include "model/recording/recordingrows.h"
#include "model/recording/schema.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The next journal needs about as much again as the last one: these pages are better kept.
constexpr qint64 KeptFreePages = 256;

} // namespace

std::vector<ChunkStore::Row> ChunkStore::journalRows()
{
    std::vector<Row> rows;
    // Past damaged places too: what can be read of them is kept, the rest shows as missing samples.
    static_cast<void>(scanTable(m_database, u"journal"_s, u"data"_s, 0, [&](qint64 id, const QSqlQuery &row) {
        rows.push_back({id, row.value(1).toByteArray()});
    }));
    return rows;
}

Result<Done> ChunkStore::pack(Pack what)
{
    JournalChain chain;
    Growing chunk;
    for (const Row &row : journalRows()) {
        const std::optional<QByteArray> content = m_compression.unpacked(row.data);
        JournalHead head;
        std::optional<std::vector<RecordingStep>> steps;
        if (content)
            steps = chain.read(*content, head);
        const bool isRead = steps && !steps->empty() && head.first == static_cast<quint64>(row.id);
        if (isRead) {
            if (head.first != chunk.next || head.segment != chunk.segment || head.startsChunk) {
                if (const Result<Done> stored = store(chunk); !stored)
                    return stored;
            }
            if (!chunk.builder) {
                chunk.builder.emplace();
                chunk.first = head.first;
                chunk.segment = head.segment;
            }
            bool isStart = head.isStart;
            for (const RecordingStep &step : *steps)
                chunk.builder->add(step, std::exchange(isStart, false));
            chunk.next = head.first + head.samples;
        }
        chunk.lastRow = row.id;
    }
    return what == Pack::All ? store(chunk) : Result<Done>(Done());
}

/// The chunk and the end of its rows in the journal in one transaction.
Result<Done> ChunkStore::store(Growing &chunk)
{
    if (!chunk.builder)
        return Done();
    const EncodedChunk encoded = chunk.builder->encode(m_compression, chunk.first, chunk.segment);
    const std::vector<SampleTime> &times = chunk.builder->times();
    const Result<Done> stored = m_database.transaction([&]() -> Result<Done> {
        Result<QSqlQuery> insert = m_database.prepare(u"INSERT INTO parts VALUES(?,?)"_s);
        if (!insert)
            return insert.error();
        QSqlQuery statement = std::move(insert).value();
        for (const EncodedChunk::Part &part : encoded.parts) {
            const Result<Done> done =
                m_database.run(statement, {partKey(chunk.first, part.number), part.blob});
            if (!done)
                return done;
        }
        const Result<Done> done = m_database.execute(u"INSERT INTO chunks VALUES(?,?,?,?,?,?)"_s,
            {static_cast<qint64>(chunk.first), static_cast<qint64>(chunk.segment),
                static_cast<qint64>(times.size()), isoUtc(times.front().wall, 9),
                isoUtc(times.back().wall, 9), encoded.times});
        if (!done)
            return done;
        return m_database.execute(u"DELETE FROM journal WHERE id<=?"_s, {chunk.lastRow});
    });
    if (stored)
        chunk.builder.reset();
    return stored;
}

Result<std::vector<ChunkStore::Chunk>> ChunkStore::chunks()
{
    std::vector<Chunk> chunks;
    const Result<Done> read = m_database.select(
        u"SELECT id,segment,\"end\" FROM chunks ORDER BY id"_s, {}, [&](const QSqlQuery &row) {
            chunks.push_back({row.value(0).toLongLong(), row.value(1).toLongLong(),
                wallTimeFromIso(row.value(2).toString()).value_or(WallTime())});
            return true;
        });
    if (!read)
        return read.error();
    return chunks;
}

Result<qint64> ChunkStore::usedBytes()
{
    qint64 pages = 0;
    for (const auto &[pragma, sign] :
        {std::pair(u"PRAGMA page_count"_s, 1), {u"PRAGMA freelist_count"_s, -1}}) {
        const Result<std::optional<QVariant>> count = m_database.value(pragma);
        if (!count)
            return count.error();
        pages += count.value().value_or(QVariant()).toLongLong() * sign;
    }
    return pages * RecordingPageBytes;
}

Result<Done> ChunkStore::rotate(const RotationLimits &limits, WallTime newest)
{
    const Result<std::vector<Chunk>> read = chunks();
    if (!read)
        return read.error();
    const std::vector<Chunk> &all = read.value();
    if (all.size() < 2)
        return Done();
    size_t count = 0;
    if (limits.keepSegments > 0) {
        qint64 segments = 1;
        size_t kept = all.size() - 1;
        while (kept > 0
            && (segments += all[kept - 1].segment != all[kept].segment ? 1 : 0) <= limits.keepSegments)
            --kept;
        count = kept;
    }
    if (limits.maxAge.count() > 0) {
        while (count + 1 < all.size() && all[count].end < newest - limits.maxAge)
            ++count;
    }
    return drop(all, count, limits.maxBytes > 0 ? std::max(limits.maxBytes, RotationLimits::MinBytes) : 0);
}

/// The first `count` chunks, and more until the file uses at most `maxBytes` (0: whatever it uses).
Result<Done> ChunkStore::drop(const std::vector<Chunk> &chunks, size_t count, qint64 maxBytes)
{
    // The next journal and the write-ahead log count, too.
    const qint64 bound = maxBytes - maxBytes / ChunksPerBound - MaxLogBytes;
    const Result<Done> dropped = m_database.transaction([&]() -> Result<Done> {
        size_t next = 0;
        while (next + 1 < chunks.size()) {
            const Result<qint64> used = usedBytes();
            if (!used)
                return used.error();
            if (next >= count && (maxBytes == 0 || used.value() <= bound))
                break;
            const qint64 first = chunks[next].first;
            const qint64 after = chunks[++next].first;
            for (const Result<Done> &done :
                {m_database.execute(u"DELETE FROM parts WHERE id>=? AND id<?"_s,
                     {partKey(static_cast<quint64>(first), 0), partKey(static_cast<quint64>(after), 0)}),
                    m_database.execute(u"DELETE FROM chunks WHERE id=?"_s, {first})}) {
                if (!done)
                    return done;
            }
        }
        return next == 0 ? Result<Done>(Done()) : forgetBefore(chunks[next]);
    });
    return dropped ? shrink(maxBytes == 0 ? 0 : bound) : dropped;
}

/// What speaks of times and segments that are gone.
Result<Done> ChunkStore::forgetBefore(const Chunk &oldest)
{
    const Result<Done> noted = putRow(m_database, tables::Properties, FirstSampleProperty,
        {u"first_sample"_s, QString::number(oldest.first)});
    if (!noted)
        return noted;
    const Result<Done> segments = m_database.execute(u"DELETE FROM segments WHERE id<?"_s, {oldest.segment});
    if (!segments)
        return segments;
    return m_database.execute(u"DELETE FROM marks WHERE kind<>'snapshot' AND time<(SELECT start FROM chunks "
                              "WHERE id=?)"_s,
        {oldest.first});
}

/// Gives free pages back to the file system while the file is larger than it may be (0: than it needs to be).
Result<Done> ChunkStore::shrink(qint64 bound)
{
    const Result<std::optional<QVariant>> pages = m_database.value(u"PRAGMA page_count"_s);
    const Result<std::optional<QVariant>> free = m_database.value(u"PRAGMA freelist_count"_s);
    if (!pages || !free)
        return pages ? free.error() : pages.error();
    const qint64 excess = pages.value().value_or(QVariant()).toLongLong() - bound / RecordingPageBytes;
    const qint64 kept = bound == 0 ? KeptFreePages : 0;
    const qint64 giveBack = std::min(excess, free.value().value_or(QVariant()).toLongLong() - kept);
    if (giveBack <= 0)
        return Done();
    const Result<Done> vacuumed = m_database.execute(u"PRAGMA incremental_vacuum(%1)"_s.arg(giveBack));
    return vacuumed ? m_database.execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s) : vacuumed;
}

} // namespace poolscope
