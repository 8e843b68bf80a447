// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingwriter_p.h"

#include "model/core/duration.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int JournalLevel = 1; ///< of zstd
/// A row of the journal holds at most so many samples, and one in so many says everything: what a damaged row
/// takes with it.
constexpr quint64 SamplesPerStart = 60;

QString canonicalPath(const QString &path)
{
    const QFileInfo file(path);
    // The file may not be there yet; its folder has to be.
    const QString canonical = file.canonicalFilePath();
    if (!canonical.isEmpty())
        return canonical;
    const QString folder = file.absoluteDir().canonicalPath();
    return folder.isEmpty() ? file.absoluteFilePath() : folder + u'/' + file.fileName();
}

} // namespace

RecordingWriter::Private::Private(const QString &filePath, const RotationLimits &rotation)
    : path(canonicalPath(filePath))
    , limits(rotation)
{
}

Result<Done> RecordingWriter::Private::open()
{
    Result<std::unique_ptr<WriterLock>> lock = WriterLock::acquire(path);
    if (!lock)
        return lock.error();
    m_lock = std::move(lock).value();
    if (const QFileInfo file(path); !file.exists() || file.size() == 0) {
        if (const Result<Done> made = createRecording(path); !made)
            return made;
    } else {
        // Looks without any lock or change, so that what is refused stays as it is.
        if (const Result<int> version = checkedHeaderVersion(path); !version)
            return version.error();
    }
    for (const auto step : {&Private::openDatabase, &Private::loadCatalogue, &Private::loadNumbers}) {
        if (const Result<Done> done = (this->*step)(); !done)
            return done;
    }
    if (const Result<Done> packed = packJournal(ChunkStore::Pack::All); !packed)
        return packed;
    return endOldSegments();
}

Result<Done> RecordingWriter::Private::openDatabase()
{
    Result<std::unique_ptr<Database>> opened = Database::open(path, Database::Access::ReadWrite);
    if (!opened)
        return opened.error();
    m_database = std::move(opened).value();
    for (const QString &pragma : {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=NORMAL"_s,
             u"PRAGMA wal_autocheckpoint=%1"_s.arg(MaxLogBytes / RecordingPageBytes),
             u"PRAGMA journal_size_limit=%1"_s.arg(MaxLogBytes)}) {
        if (const Result<Done> done = m_database->execute(pragma); !done)
            return done;
    }
    return Done();
}

/// Appending to a file whose tags are damaged would mix tags up.
Result<Done> RecordingWriter::Private::loadCatalogue()
{
    bool isWhole = true;
    const QStringList tagDamage =
        scanPlainTable(*m_database, tables::Tags, 0, [&](qint64 id, const QVariantList &row) {
            const std::optional<TagRow> tag = tagFromRow(row);
            isWhole = isWhole && tag && m_catalogue.know(static_cast<TagId>(id), tag->kind, tag->tag);
        });
    const QStringList driverDamage =
        scanPlainTable(*m_database, tables::Drivers, 0, [&](qint64 id, const QVariantList &row) {
            isWhole = isWhole && m_catalogue.know(static_cast<DriverId>(id), driverFromRow(row));
        });
    if (isWhole && tagDamage.isEmpty() && driverDamage.isEmpty())
        return Done();
    return Error{ErrorKind::BadInput, u"the recording is damaged and cannot be continued"_s, path,
        u"record into another file; this one was left as it is"_s};
}

Result<Done> RecordingWriter::Private::loadNumbers()
{
    for (const TableLayout *table :
        {&tables::Segments, &tables::Hosts, &tables::Notes, &tables::Marks, &tables::Snapshots}) {
        const Result<std::optional<QVariant>> last =
            m_database->value(u"SELECT max(id) FROM "_s + table->name);
        if (!last)
            return last.error();
        m_nextIds[table->name] = last.value().value_or(QVariant()).toLongLong() + 1;
    }
    m_nextSegment = static_cast<quint32>(m_nextIds[tables::Segments.name]);

    const auto consider = [this](qint64 end, WallTime time) {
        m_next = std::max(m_next, static_cast<quint64>(end));
        m_newest = std::max(m_newest, time);
    };
    const Result<Done> chunks = m_database->select(
        u"SELECT id,samples,\"end\" FROM chunks ORDER BY id DESC LIMIT 1"_s, {}, [&](const QSqlQuery &row) {
            consider(row.value(0).toLongLong() + row.value(1).toLongLong(),
                wallTimeFromIso(row.value(2).toString()).value_or(WallTime()));
            return false;
        });
    if (!chunks)
        return chunks;
    const Result<Done> journal = m_database->select(
        u"SELECT id,data FROM journal ORDER BY id DESC LIMIT 1"_s, {}, [&](const QSqlQuery &row) {
            const qint64 id = row.value(0).toLongLong();
            const std::optional<QByteArray> content = compression.unpacked(row.value(1).toByteArray());
            ByteReader reader(content ? QByteArrayView(*content) : QByteArrayView());
            const std::optional<JournalHead> head = readJournalHead(reader);
            consider(id + static_cast<qint64>(head ? head->samples : SamplesPerStart), {});
            return false;
        });
    m_segmentFirst = m_lastStart = m_chunkFirst = m_next;
    return journal;
}

/// Whoever wrote them was killed: they end where the next one begins.
Result<Done> RecordingWriter::Private::endOldSegments()
{
    struct Open
    {
        qint64 id = 0;
        SegmentRow row;
    };
    std::vector<Open> open;
    static_cast<void>(
        scanPlainTable(*m_database, tables::Segments, 0, [&](qint64 id, const QVariantList &row) {
            const std::optional<SegmentRow> segment = segmentFromRow(row);
            if (segment && !segment->endSample)
                open.push_back({id, *segment});
        }));
    if (open.empty())
        return Done();
    return m_database->transaction([&]() -> Result<Done> {
        for (Open &segment : open) {
            segment.row.endSample = m_next;
            if (const Result<Done> done =
                    putRow(*m_database, tables::Segments, segment.id, toRow(segment.row));
                !done)
                return done;
        }
        return Done();
    });
}

qint64 RecordingWriter::Private::insert(const TableLayout &table, const QVariantList &values)
{
    const qint64 id = m_nextIds[table.name]++;
    change([&table, id, values](Database &database) { return putRow(database, table, id, values); });
    return id;
}

void RecordingWriter::Private::append(const Sample &sample, bool afterGap)
{
    if (!m_database)
        return;
    const bool sameOrigin = m_origin == sample.origin || (m_origin && *m_origin == *sample.origin);
    if (!m_segment || !sameOrigin || sample.monotonic < m_lastMonotonic)
        startSegment(sample);
    m_lastMonotonic = sample.monotonic;
    m_newest = std::max(m_newest, sample.wall);
    addToBatch(sample, std::exchange(m_gapBefore, false) || afterGap);
    if (m_hasFailed && waitingBytes > MaxWaitingBytes)
        dropWaiting();
}

void RecordingWriter::Private::startSegment(const Sample &sample)
{
    if (m_segment) {
        // The row of the segment before is complete now.
        const SegmentRow ended{m_segmentFirst, m_next, *m_origin};
        change([id = *m_segment, ended](
                   Database &database) { return putRow(database, tables::Segments, id, toRow(ended)); });
        m_isPackDue = true;
    }
    m_segment = m_nextSegment++;
    m_segmentFirst = m_next;
    m_origin = sample.origin;
    m_newSegment = {m_next, std::nullopt, *sample.origin};
    m_chunkFirst = m_next;
    m_startsAnew = true;
}

bool RecordingWriter::Private::isChunkFull(MonotonicTime now) const
{
    if (m_next == m_chunkFirst)
        return false;
    return m_next - m_chunkFirst >= MaxChunkSamples
        || (limits.maxAge.count() > 0 && now - m_chunkStart >= limits.maxAge / ChunksPerBound)
        || (limits.maxBytes > 0
            && m_journalBytes >= std::max(limits.maxBytes, RotationLimits::MinBytes) / ChunksPerBound);
}

void RecordingWriter::Private::addToBatch(const Sample &sample, bool afterGap)
{
    if (isChunkFull(sample.monotonic)) {
        m_chunkFirst = m_next;
        m_journalBytes = 0;
        m_startsAnew = true;
        m_isPackDue = true;
    }
    if (m_next == m_chunkFirst)
        m_chunkStart = sample.monotonic;
    if (m_startsAnew || m_next - m_lastStart >= SamplesPerStart) {
        m_startsAnew = false;
        m_lastStart = m_next;
        m_steps.startAnew();
        m_codec = JournalCodec();
        m_batches.push_back({{m_next, *m_segment, 0, true, m_next == m_chunkFirst}, {}, {}});
    } else if (m_batches.empty() || !m_batches.back().packed.isEmpty()) {
        m_batches.push_back({{m_next, *m_segment, 0, false, false}, {}, {}});
    }
    Batch &batch = m_batches.back();
    m_catalogue.match(sample);
    const qint64 before = batch.records.view().size();
    m_codec.write(batch.records, m_steps.step(sample, m_catalogue, afterGap));
    waitingBytes += batch.records.view().size() - before;
    ++batch.head.samples;
    ++m_next;
}

/// There was no room on the disk for too long.
void RecordingWriter::Private::dropWaiting()
{
    const quint64 first = m_batches.front().head.first;
    dropped += m_next - first;
    m_next = m_lastStart = first;
    m_chunkFirst = std::min(m_chunkFirst, first);
    m_segmentFirst = std::min(m_segmentFirst, first);
    if (m_newSegment)
        m_newSegment->firstSample = m_segmentFirst;
    m_batches.clear();
    waitingBytes = 0;
    m_startsAnew = m_gapBefore = true;
}

Result<Done> RecordingWriter::Private::flush()
{
    if (!m_database)
        return Error{ErrorKind::WriteFailed, u"the recording is closed"_s, path, {}};
    if (!m_batches.empty() || !m_changes.empty()) {
        packBatches();
        const Result<Done> done = m_database->transaction([this] { return writeWaiting(); });
        m_hasFailed = !done;
        if (!done)
            return done;
        for (const Batch &batch : m_batches) {
            written += batch.head.samples;
            m_journalBytes += batch.packed.size();
        }
        m_batches.clear();
        m_changes.clear();
        m_catalogue.forgetNew();
        m_newSegment.reset();
        waitingBytes = 0;
    }
    if (!m_isPackDue)
        return Done();
    const Result<Done> packed = packJournal(ChunkStore::Pack::Whole);
    m_isPackDue = !packed;
    return packed;
}

void RecordingWriter::Private::packBatches()
{
    for (Batch &batch : m_batches) {
        if (!batch.packed.isEmpty())
            continue;
        ByteWriter content;
        writeJournalHead(content, batch.head);
        content.append(batch.records.bytes());
        batch.packed = compression.packed(content.view(), JournalLevel);
        waitingBytes += batch.packed.size() - batch.records.view().size();
        batch.records = {};
    }
}

Result<Done> RecordingWriter::Private::writeWaiting()
{
    if (const Result<Done> done = writeCatalogue(); !done)
        return done;
    if (const Result<Done> done = writeBatches(); !done)
        return done;
    for (const Change &change : m_changes) {
        if (const Result<Done> done = change(*m_database); !done)
            return done;
    }
    return Done();
}

Result<Done> RecordingWriter::Private::writeCatalogue()
{
    for (const TagCatalogue::NewTag &tag : m_catalogue.newTags()) {
        const Result<Done> done = putRow(*m_database, tables::Tags, tag.id, toRow(TagRow{tag.kind, tag.tag}));
        if (!done)
            return done;
    }
    for (const TagCatalogue::NewDriver &driver : m_catalogue.newDrivers()) {
        const Result<Done> done = putRow(*m_database, tables::Drivers, driver.id, driverRow(driver.text));
        if (!done)
            return done;
    }
    return m_newSegment ? putRow(*m_database, tables::Segments, *m_segment, toRow(*m_newSegment)) : Done();
}

Result<Done> RecordingWriter::Private::writeBatches()
{
    if (m_batches.empty())
        return Done();
    Result<QSqlQuery> insert = m_database->prepare(u"INSERT INTO journal VALUES(?,?)"_s);
    if (!insert)
        return insert.error();
    QSqlQuery statement = std::move(insert).value();
    for (const Batch &batch : m_batches) {
        const Result<Done> done =
            m_database->run(statement, {static_cast<qint64>(batch.head.first), batch.packed});
        if (!done)
            return done;
    }
    return Done();
}

Result<Done> RecordingWriter::Private::packJournal(ChunkStore::Pack what)
{
    ChunkStore store(*m_database, compression);
    if (const Result<Done> packed = store.pack(what); !packed)
        return packed;
    return limits.any() ? store.rotate(limits, m_newest) : Result<Done>(Done());
}

Result<Done> RecordingWriter::Private::close()
{
    if (!m_database)
        return Done();
    Result<Done> done = flush();
    if (done && m_segment)
        done = putRow(
            *m_database, tables::Segments, *m_segment, toRow(SegmentRow{m_segmentFirst, m_next, *m_origin}));
    if (done)
        done = packJournal(ChunkStore::Pack::All);
    if (done)
        done = m_database->execute(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    if (done) {
        m_database.reset();
        m_lock.reset();
    }
    return done;
}

Result<Done> relabelledSnapshot(
    Database &database, const QUuid &id, const QString &label, const QString &note)
{
    qint64 rowId = 0;
    QVariantList row;
    const Result<Done> read = database.select(u"SELECT * FROM snapshots WHERE uuid=?"_s,
        {id.toString(QUuid::WithoutBraces)}, [&](const QSqlQuery &found) {
            rowId = found.value(0).toLongLong();
            for (int i = 1; i <= tables::Snapshots.columns.size(); ++i)
                row += found.value(i);
            return false;
        });
    if (!read || row.isEmpty())
        return read;
    row[SnapshotLabelColumn] = label;
    row[SnapshotNoteColumn] = note;
    return putRow(database, tables::Snapshots, rowId, row);
}

} // namespace poolscope
