// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/progress.h"
#include "model/history/counterseries.h"
#include "model/recording/chunkbuilder.h"
#include "model/recording/journalbatch.h"
#include "model/recording/recordingfile.h"
#include "model/recording/recordingreader.h"
#include "model/recording/recordingrows.h"
#include "model/recording/schema.h"
#include "model/recording/storedchunk.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace poolscope {

class RecordingReader::Private
{
public:
    explicit Private(const QString &path);

    [[nodiscard]] Result<Done> open();
    [[nodiscard]] Result<Refreshed> refresh();
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index);
    [[nodiscard]] Result<Done> forEachSample(Index first, Index end, const Visitor &visit);
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request);
    [[nodiscard]] Result<Snapshot> snapshot(const QUuid &id);
    [[nodiscard]] Result<Done> verify(const Progress &progress);

    QString path;
    RecordingInfo info;
    std::shared_ptr<const TagList> tags = std::make_shared<const TagList>();
    TimeAxis axis;
    std::vector<Rows> rows;

private:
    /// A run of samples that are next to each other in the file.
    struct Chunk
    {
        quint64 firstSample = 0;
        quint32 segment = 0;
        Index first = 0; ///< index of its first sample
        Index count = 0;
        std::vector<quint32> parts; ///< of a stored one
        std::shared_ptr<ChunkBuilder> journal; ///< of one that is still in the journal

        [[nodiscard]] Index end() const { return first + count; }
        [[nodiscard]] quint64 endSample() const { return firstSample + count; }
    };
    struct ListedSnapshot
    {
        qint64 row = 0;
        qint64 check = 0;
        SnapshotMeta meta;
    };
    /// Where reading samples stands in a chunk.
    struct Place
    {
        std::optional<quint64> firstSample;
        std::shared_ptr<ChunkContent> content;
        std::vector<SampleTime> times;
        std::optional<SampleWalk> walk;
        std::optional<quint32> offset; ///< of the sample that the walk stands on
    };

    // recordingreader_load.cpp
    [[nodiscard]] Result<Done> load();
    void clear();
    void readTablesAndCommit();
    void loadFacts();
    void loadTags();
    void loadSnapshots();
    void loadChunks();
    void takeChunkRow(quint64 id, const QSqlQuery &row);
    void loadJournal();
    void takeJournalRow(quint64 id, const QByteArray &blob);
    void appendRows(Index first, const std::shared_ptr<const std::vector<TagId>> &ids);
    void appendTime(quint32 segment, const SampleTime &time, bool isAfterHole);
    void findHoles();
    void summarize();
    void noteDamage(const QString &what);
    [[nodiscard]] QString timeSpan(Index before, Index after) const;
    [[nodiscard]] quint64 firstSampleLeft();
    [[nodiscard]] quint64 endSample() const { return chunks.empty() ? 0 : chunks.back().endSample(); }
    [[nodiscard]] bool isRotated();

    // recordingreader_samples.cpp
    /// Reads what a writer that came since may have moved.
    [[nodiscard]] Result<Done> keepCurrent();
    [[nodiscard]] std::vector<Chunk>::const_iterator chunkAt(Index index) const;
    [[nodiscard]] std::optional<QByteArray> loadPart(const Chunk &chunk, quint32 part);
    [[nodiscard]] std::shared_ptr<ChunkContent> contentOf(const Chunk &chunk);
    [[nodiscard]] std::optional<std::vector<SampleTime>> timesOf(const Chunk &chunk);
    [[nodiscard]] bool enter(const Chunk &chunk);
    [[nodiscard]] SamplePtr readSample(const Chunk &chunk, quint32 offset);
    [[nodiscard]] bool isKnownTag(TagId id);
    [[nodiscard]] QByteArray driverText(DriverId id);
    void updateTagList(const std::vector<TagId> &ids, const MachineCursor &machine);
    [[nodiscard]] Error damagedSamples(const Chunk &chunk);

    // recordingreader_series.cpp
    /// The points and what was subtracted from them because of changeSince.
    [[nodiscard]] std::pair<std::vector<SeriesPoint>, double> series(
        const SeriesRequest &request, const SeriesWish &wish);
    void collect(CounterSeries &list, const Chunk &chunk, const SeriesId &id, Metric metric);
    void collectTag(CounterSeries &list, const Chunk &chunk, TagId id, Counter Reading::*counter);
    void collectField(CounterSeries &list, const Chunk &chunk, SystemField field);
    [[nodiscard]] std::optional<TagGroup> tagGroup(const Chunk &chunk, TagId id);

    std::unique_ptr<RecordingFile> file;
    Compression compression;
    ChunkCoder coder; ///< what reading a series from memory needs
    std::vector<Chunk> chunks; ///< in order; those of the journal last
    JournalChain chain;
    std::map<quint32, SegmentRow> segments;
    std::map<quint32, std::shared_ptr<const Origin>> origins;
    std::vector<bool> knownTags; ///< by TagId: false where its row is lost
    std::vector<QByteArray> drivers; ///< by DriverId
    std::vector<bool> knownDrivers; ///< by DriverId: false where its row is lost
    std::vector<ListedSnapshot> listedSnapshots;
    std::set<QString> notedDamage;
    std::optional<quint32> lastSegment; ///< of the newest sample
    qint64 dataVersion = 0;

    Place place;
    // The rows of the sample that was built last, those that have a known tag.
    std::vector<TagId> lastRows;
    std::vector<DriverId> lastDrivers; ///< of each of them
    std::shared_ptr<const TagList> lastTags;
    const std::vector<TagId> *lastIds = nullptr; ///< what they were made of
    quint32 lastDriverChanges = 0;
};

} // namespace poolscope
