// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/chunkstore.h"
#include "model/recording/compression.h"
#include "model/recording/database.h"
#include "model/recording/journalbatch.h"
#include "model/recording/recordingrows.h"
#include "model/recording/recordingwriter.h"
#include "model/recording/schema.h"
#include "model/recording/stepmaker.h"
#include "model/recording/tagcatalogue.h"
#include "model/recording/writerlock.h"

#include <QHash>

#include <deque>
#include <functional>
#include <optional>

namespace poolscope {

class RecordingWriter::Private
{
public:
    Private(const QString &path, const RotationLimits &limits);

    [[nodiscard]] Result<Done> open();
    void append(const Sample &sample, bool afterGap);
    /// Queues a change of the file; it is made again as long as flush() fails.
    using Change = std::function<Result<Done>(Database &)>;
    void change(Change change) { m_changes.push_back(std::move(change)); }
    /// Queues a new row; gives its id.
    qint64 insert(const TableLayout &table, const QVariantList &values);
    [[nodiscard]] Result<Done> flush();
    [[nodiscard]] Result<Done> close();

    QString path;
    RotationLimits limits;
    Compression compression;
    qint64 waitingBytes = 0;
    quint64 written = 0;
    quint64 dropped = 0;

private:
    /// A future row of the journal: it grows until it is packed for the first time.
    struct Batch
    {
        JournalHead head;
        ByteWriter records;
        QByteArray packed;
    };

    [[nodiscard]] Result<Done> openDatabase();
    [[nodiscard]] Result<Done> loadCatalogue();
    [[nodiscard]] Result<Done> loadNumbers();
    [[nodiscard]] Result<Done> endOldSegments();
    void startSegment(const Sample &sample);
    void addToBatch(const Sample &sample, bool afterGap);
    void dropWaiting();
    [[nodiscard]] bool isChunkFull(MonotonicTime now) const;
    void packBatches();
    [[nodiscard]] Result<Done> writeWaiting();
    [[nodiscard]] Result<Done> writeCatalogue();
    [[nodiscard]] Result<Done> writeBatches();
    [[nodiscard]] Result<Done> packJournal(ChunkStore::Pack what);

    std::unique_ptr<WriterLock> m_lock;
    std::unique_ptr<Database> m_database; ///< null after close()
    TagCatalogue m_catalogue;
    StepMaker m_steps;
    JournalCodec m_codec;
    QHash<QString, qint64> m_nextIds; ///< of the plain tables, by name
    std::vector<Change> m_changes;

    std::optional<quint32> m_segment; ///< nothing before the first sample
    quint32 m_nextSegment = 1;
    quint64 m_segmentFirst = 0;
    std::shared_ptr<const Origin> m_origin; ///< of the current segment
    std::optional<SegmentRow> m_newSegment; ///< the current one, while the file lacks it

    std::deque<Batch> m_batches;
    bool m_startsAnew = true; ///< the next sample's record has to say everything
    bool m_gapBefore = false; ///< samples were dropped before the next one
    quint64 m_next = 0; ///< number of the next sample
    quint64 m_lastStart = 0; ///< number of the last sample that says everything
    quint64 m_chunkFirst = 0; ///< first sample of the chunk that the journal collects
    MonotonicTime m_chunkStart{};
    MonotonicTime m_lastMonotonic{};
    WallTime m_newest{};
    qint64 m_journalBytes = 0; ///< written since the last packing
    bool m_isPackDue = false;
    bool m_hasFailed = false; ///< the last flush()
};

/// For RecordingWriter::relabelSnapshot().
[[nodiscard]] Result<Done> relabelledSnapshot(
    Database &database, const QUuid &id, const QString &label, const QString &note);

} // namespace poolscope
