// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingreader_p.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/recording/snapshotblob.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// In what a list shows.
bool sameSnapshots(const std::vector<SnapshotMeta> &a, const std::vector<SnapshotMeta> &b)
{
    return std::ranges::equal(a, b, [](const SnapshotMeta &x, const SnapshotMeta &y) {
        return x.id == y.id && x.label == y.label && x.note == y.note && x.wall == y.wall;
    });
}

} // namespace

RecordingReader::Private::Private(const QString &filePath)
    : path(filePath)
{
}

Result<Done> RecordingReader::Private::open()
{
    Result<std::unique_ptr<RecordingFile>> opened = RecordingFile::open(path);
    if (!opened)
        return opened.error();
    file = std::move(opened).value();
    return load();
}

void RecordingReader::Private::clear()
{
    info = {};
    axis = {};
    rows.clear();
    chunks.clear();
    chain = {};
    segments.clear();
    origins.clear();
    listedSnapshots.clear();
    notedDamage.clear();
    place = {};
    lastTags.reset();
    lastRows.clear();
    lastDrivers.clear();
    lastIds = nullptr;
    lastSegment.reset();
}

Result<Done> RecordingReader::Private::load()
{
    clear();
    for (const QString &damage : file->damage())
        noteDamage(damage);
    // One state of the file, also while somebody writes to it.
    if (const Result<Done> begun = file->database().execute(u"BEGIN"_s); !begun)
        return begun;
    readTablesAndCommit();
    return Done();
}

/// Within a transaction that began, which it ends.
void RecordingReader::Private::readTablesAndCommit()
{
    loadFacts();
    loadTags();
    loadSnapshots();
    loadChunks();
    loadJournal();
    findHoles();
    summarize();
    const Result<std::optional<QVariant>> version = file->database().value(u"PRAGMA data_version"_s);
    dataVersion = version && version.value() ? version.value()->toLongLong() : 0;
    static_cast<void>(file->database().execute(u"COMMIT"_s));
}

void RecordingReader::Private::noteDamage(const QString &what)
{
    if (notedDamage.insert(what).second)
        info.damage += what;
}

/// Small tables: read anew with every refresh.
void RecordingReader::Private::loadFacts()
{
    Database &database = file->database();
    const auto scan = [&](const TableLayout &table, const auto &take) {
        const QStringList damage =
            scanPlainTable(database, table, 0, [&](qint64 id, const QVariantList &row) {
                if (!take(id, row))
                    noteDamage(u"row %1 of the %2 makes no sense"_s.arg(id).arg(table.name));
            });
        for (const QString &sentence : damage)
            noteDamage(sentence);
    };
    const auto into = [](auto &list, auto convert) {
        list.clear();
        return [&list, convert](qint64, const QVariantList &row) {
            auto value = convert(row);
            if (!value)
                return false;
            list.push_back(*std::move(value));
            return true;
        };
    };
    scan(tables::Properties, [](qint64, const QVariantList &) { return true; });
    segments.clear();
    scan(tables::Segments, [&](qint64 id, const QVariantList &row) {
        const std::optional<SegmentRow> segment = segmentFromRow(row);
        if (!segment)
            return false;
        segments[static_cast<quint32>(id)] = *segment;
        std::shared_ptr<const Origin> &origin = origins[static_cast<quint32>(id)];
        if (!origin)
            origin = std::make_shared<const Origin>(segment->origin);
        return true;
    });
    scan(tables::Marks, into(info.marks, markFromRow));
    scan(tables::Notes, into(info.notes, noteFromRow));
    scan(tables::Hosts, into(info.hosts, hostFromRow));
    std::ranges::stable_sort(info.marks, {}, &Mark::wall);
}

void RecordingReader::Private::loadTags()
{
    Database &database = file->database();
    if (drivers.empty()) { // number 0, the empty text, has no row
        drivers.resize(1);
        knownDrivers.resize(1, true);
    }
    auto list = std::make_shared<TagList>(*tags);
    const size_t before = list->size();
    QStringList damage = scanPlainTable(
        database, tables::Tags, static_cast<qint64>(before), [&](qint64 id, const QVariantList &row) {
            const std::optional<TagRow> tag = tagFromRow(row);
            if (id < 0 || id >= MaxTags || !tag) {
                noteDamage(u"row %1 of the tags makes no sense"_s.arg(id));
                return;
            }
            list->resize(std::max(list->size(), static_cast<size_t>(id) + 1));
            knownTags.resize(list->size());
            (*list)[static_cast<size_t>(id)].tag = tag->tag;
            knownTags[static_cast<size_t>(id)] = true;
        });
    damage += scanPlainTable(database, tables::Drivers, static_cast<qint64>(drivers.size()),
        [&](qint64 id, const QVariantList &row) {
            if (id < 0 || id >= MaxTags)
                return;
            drivers.resize(std::max(drivers.size(), static_cast<size_t>(id) + 1));
            knownDrivers.resize(drivers.size());
            drivers[static_cast<size_t>(id)] = driverFromRow(row);
            knownDrivers[static_cast<size_t>(id)] = true;
        });
    for (const QString &sentence : std::as_const(damage))
        noteDamage(sentence);
    if (list->size() > before)
        tags = std::move(list);
}

/// The list holds what a chart and a table of snapshots show; samples of new ones are read once for that.
void RecordingReader::Private::loadSnapshots()
{
    std::vector<ListedSnapshot> before = std::exchange(listedSnapshots, {});
    const QStringList damage =
        scanPlainTable(file->database(), tables::Snapshots, 0, [&](qint64 id, const QVariantList &row) {
            std::optional<Snapshot> snapshot = snapshotFromRow(row);
            if (!snapshot) {
                noteDamage(u"row %1 of the snapshots makes no sense"_s.arg(id));
                return;
            }
            ListedSnapshot listed{id, 0,
                {snapshot->id, snapshot->label, snapshot->note, snapshot->automatic, {}, nullptr, {}, 0,
                    QFileInfo(path).fileName()}};
            const auto known = std::ranges::find(before, id, &ListedSnapshot::row);
            if (known != before.end() && known->meta.id == snapshot->id) {
                listed.meta.wall = known->meta.wall;
                listed.meta.origin = known->meta.origin;
                listed.meta.system = known->meta.system;
                listed.meta.tagCount = known->meta.tagCount;
                listedSnapshots.push_back(std::move(listed));
                return;
            }
            listedSnapshots.push_back(std::move(listed));
            const Result<Snapshot> whole = this->snapshot(snapshot->id);
            if (!whole) {
                noteDamage(u"the snapshot \"%1\" is damaged"_s.arg(snapshot->label));
                listedSnapshots.pop_back();
                return;
            }
            SnapshotMeta &meta = listedSnapshots.back().meta;
            const Sample &sample = *whole.value().sample;
            meta.wall = sample.wall;
            meta.origin = sample.origin;
            meta.system = sample.system;
            meta.tagCount = static_cast<qint64>(sample.tags->size());
        });
    for (const QString &sentence : damage)
        noteDamage(sentence);
    info.snapshots.clear();
    for (const ListedSnapshot &listed : listedSnapshots)
        info.snapshots.push_back(listed.meta);
    std::ranges::stable_sort(info.snapshots, {}, &SnapshotMeta::wall);
}

Result<Snapshot> RecordingReader::Private::snapshot(const QUuid &id)
{
    const auto listed = std::ranges::find(
        listedSnapshots, id, [](const ListedSnapshot &snapshot) { return snapshot.meta.id; });
    if (listed == listedSnapshots.end())
        return Error{ErrorKind::BadInput, u"there is no such snapshot in the recording"_s, path, {}};
    const Result<std::optional<QVariant>> blob =
        file->database().value(u"SELECT data FROM snapshot_samples WHERE id=?"_s, {listed->row});
    const std::optional<QByteArray> content =
        blob && blob.value() ? compression.unpacked(blob.value()->toByteArray()) : std::nullopt;
    SamplePtr sample = content ? readWholeSample(*content, id) : nullptr;
    if (!sample) {
        return Error{ErrorKind::BadInput, u"the snapshot \"%1\" is damaged"_s.arg(listed->meta.label), path,
            u"the other snapshots and samples are not concerned"_s};
    }
    const SnapshotMeta &meta = listed->meta;
    return Snapshot{meta.id, meta.label, meta.note, meta.automatic, std::move(sample)};
}

void RecordingReader::Private::loadChunks()
{
    const auto next =
        std::ranges::find_if(chunks, [](const Chunk &chunk) { return chunk.journal != nullptr; });
    const quint64 from = next != chunks.end() ? next->firstSample : endSample();
    const Result<Done> scanned = scanTable(file->database(), u"chunks"_s,
        u"segment,samples,start,\"end\",times"_s, static_cast<qint64>(from),
        [&](qint64 id, const QSqlQuery &row) { takeChunkRow(static_cast<quint64>(id), row); });
    if (!scanned)
        noteDamage(u"the table of the chunks is damaged: samples may be missing"_s);
}

void RecordingReader::Private::takeChunkRow(quint64 id, const QSqlQuery &row)
{
    const std::optional<QByteArray> content = compression.unpacked(row.value(5).toByteArray());
    std::optional<ChunkTimes> read = content ? decodedTimes(*content) : std::nullopt;
    const bool isSound = read && read->first == id && read->segment == row.value(1).toUInt()
        && static_cast<qint64>(read->times.size()) == row.value(2).toLongLong();
    if (!isSound) {
        noteDamage(
            u"samples from %1 to %2 are damaged"_s.arg(row.value(3).toString(), row.value(4).toString()));
        return;
    }
    Chunk chunk{id, read->segment, axis.size(), static_cast<Index>(read->times.size()),
        std::move(read->parts), nullptr};
    // What the journal held until now has become this chunk, perhaps a longer one.
    const auto known = std::ranges::find(chunks, id, &Chunk::firstSample);
    const Index knownCount = known != chunks.end() ? known->count : 0;
    const bool isAfterHole = id != endSample();
    for (Index offset = knownCount; offset < chunk.count; ++offset)
        appendTime(chunk.segment, read->times[offset], offset == 0 && isAfterHole);
    if (known != chunks.end())
        chunk.first = known->first;
    for (const RowsChange &change : read->rows) {
        if (change.offset >= knownCount)
            appendRows(chunk.first + change.offset, change.ids);
    }
    if (known != chunks.end())
        *known = std::move(chunk);
    else
        chunks.push_back(std::move(chunk));
}

void RecordingReader::Private::appendRows(Index first, const std::shared_ptr<const std::vector<TagId>> &ids)
{
    if (rows.empty() || *rows.back().ids != *ids)
        rows.push_back({first, ids});
}

void RecordingReader::Private::appendTime(quint32 segment, const SampleTime &time, bool isAfterHole)
{
    using Joint = TimeAxis::Joint;
    const bool startsSegment =
        axis.size() == 0 || info.segments.empty() || (lastSegment && *lastSegment != segment);
    const auto known = segments.find(segment);
    if (startsSegment) {
        std::shared_ptr<const Origin> &origin = origins[segment];
        if (!origin)
            origin = std::make_shared<const Origin>();
        if (known == segments.end())
            noteDamage(u"where the samples from %1 on come from is lost"_s.arg(isoUtc(time.wall)));
        info.segments.push_back({axis.size(), 0, origin});
    }
    lastSegment = segment;
    const Joint joint = startsSegment && axis.size() > 0    ? Joint::NewSegment
        : (time.afterGap || isAfterHole) && axis.size() > 0 ? Joint::AfterGap
                                                            : Joint::Continuous;
    axis.append(time.wall, time.monotonic, joint, info.segments.back().origin->counterBits);
    ++info.segments.back().count;
}

void RecordingReader::Private::loadJournal()
{
    const Result<Done> scanned = scanTable(file->database(), u"journal"_s, u"data"_s,
        static_cast<qint64>(endSample()), [&](qint64 id, const QSqlQuery &row) {
            takeJournalRow(static_cast<quint64>(id), row.value(1).toByteArray());
        });
    if (!scanned)
        noteDamage(u"the table of the journal is damaged: samples may be missing"_s);
}

void RecordingReader::Private::takeJournalRow(quint64 id, const QByteArray &blob)
{
    const std::optional<QByteArray> content = compression.unpacked(blob);
    JournalHead head;
    std::optional<std::vector<RecordingStep>> steps;
    if (content)
        steps = chain.read(*content, head);
    if (!steps || steps->empty() || head.first != id) {
        noteDamage(u"row %1 of the journal cannot be read"_s.arg(id));
        return;
    }
    const bool runsOn = !chunks.empty() && chunks.back().journal && chunks.back().segment == head.segment
        && chunks.back().endSample() == id && !head.startsChunk;
    const bool isAfterHole = id != endSample();
    if (!runsOn) {
        chunks.push_back({id, head.segment, axis.size(), 0, {}, std::make_shared<ChunkBuilder>()});
    }
    Chunk &chunk = chunks.back();
    bool isStart = head.isStart;
    for (const RecordingStep &step : *steps) {
        appendTime(
            chunk.segment, {step.wall, step.monotonic, step.afterGap}, chunk.count == 0 && isAfterHole);
        chunk.journal->add(step, std::exchange(isStart, false));
        const RowsChange &newest = chunk.journal->rows().back();
        if (newest.offset == chunk.count)
            appendRows(chunk.first + chunk.count, newest.ids);
        ++chunk.count;
    }
}

QString RecordingReader::Private::timeSpan(Index before, Index after) const
{
    if (before < axis.size() && after < axis.size())
        return u"from %1 to %2"_s.arg(isoUtc(axis.wall(before)), isoUtc(axis.wall(after)));
    if (after < axis.size())
        return u"before %1"_s.arg(isoUtc(axis.wall(after)));
    return before < axis.size() ? u"after %1"_s.arg(isoUtc(axis.wall(before))) : u"all of them"_s;
}

/// Sample numbers are given out one by one, so that what is missing shows.
void RecordingReader::Private::findHoles()
{
    const Index none = axis.size();
    quint64 next = firstSampleLeft();
    Index before = none;
    const auto compare = [&](quint64 found, Index after) {
        if (found > next)
            noteDamage(u"%1 samples are missing, %2"_s.arg(found - next).arg(timeSpan(before, after)));
    };
    for (const Chunk &chunk : chunks) {
        compare(chunk.firstSample, chunk.first);
        next = std::max(next, chunk.endSample());
        before = chunk.end() - 1;
    }
    for (const auto &[id, segment] : segments)
        compare(segment.endSample.value_or(0), none);
}

quint64 RecordingReader::Private::firstSampleLeft()
{
    quint64 first = 0;
    static_cast<void>(scanPlainTable(
        file->database(), tables::Properties, FirstSampleProperty, [&](qint64 id, const QVariantList &row) {
            if (id == FirstSampleProperty)
                first = row[1].toString().toULongLong();
        }));
    return first;
}

void RecordingReader::Private::summarize()
{
    info.path = path;
    info.version = file->version();
    info.hasWriteAheadLog = file->hasLog();
    info.fileBytes = QFileInfo(path).size() + QFileInfo(path + u"-wal"_s).size();
    info.samples = axis.size();
    if (axis.size() > 0) {
        info.first = axis.wall(0);
        info.last = axis.wall(axis.size() - 1);
    }
}

Result<RecordingReader::Refreshed> RecordingReader::Private::refresh()
{
    Refreshed refreshed;
    const Index before = axis.size();
    const RecordingInfo infoBefore = info;
    const auto compare = [&] {
        refreshed.added = axis.size() - std::min(before, axis.size());
        refreshed.other = info.marks != infoBefore.marks || info.notes != infoBefore.notes
            || info.hosts != infoBefore.hosts || info.damage != infoBefore.damage
            || !sameSnapshots(info.snapshots, infoBefore.snapshots);
        return refreshed;
    };
    if (!file->isCurrent()) {
        const quint64 firstBefore = chunks.empty() ? 0 : chunks.front().firstSample;
        if (const Result<Done> reopened = open(); !reopened)
            return reopened.error();
        refreshed.renumbered = !chunks.empty() && chunks.front().firstSample != firstBefore && before > 0;
        return compare();
    }
    const Result<std::optional<QVariant>> version = file->database().value(u"PRAGMA data_version"_s);
    if (!version)
        return version.error();
    if (version.value() && version.value()->toLongLong() == dataVersion)
        return refreshed;
    if (const Result<Done> begun = file->database().execute(u"BEGIN"_s); !begun)
        return begun.error();
    const quint64 firstBefore = chunks.empty() ? 0 : chunks.front().firstSample;
    if (firstSampleLeft() > firstBefore && before > 0) {
        static_cast<void>(file->database().execute(u"COMMIT"_s));
        if (const Result<Done> loaded = load(); !loaded)
            return loaded.error();
        refreshed.renumbered = true;
        return compare();
    }
    readTablesAndCommit();
    return compare();
}

} // namespace poolscope
