// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingwriter.h"

#include "model/recording/recordingwriter_p.h"
#include "model/recording/snapshotblob.h"

#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int SnapshotLevel = 6; ///< of zstd

} // namespace

RecordingWriter::RecordingWriter(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

RecordingWriter::~RecordingWriter()
{
    static_cast<void>(close());
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::open(
    const QString &path, const RotationLimits &limits)
{
    auto priv = std::make_unique<Private>(path, limits);
    if (const Result<Done> opened = priv->open(); !opened)
        return opened.error();
    return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(priv)));
}

void RecordingWriter::append(const SamplePtr &sample, bool afterGap)
{
    d->append(*sample, afterGap);
}

void RecordingWriter::addMark(const Mark &mark)
{
    d->insert(tables::Marks, toRow(mark));
}

void RecordingWriter::removeMark(const Mark &mark)
{
    d->change([row = toRow(mark)](Database &database) {
        return database.execute(u"DELETE FROM marks WHERE time=? AND kind=? AND text=?"_s, row);
    });
}

void RecordingWriter::addNote(const RecordingNote &note)
{
    d->insert(tables::Notes, toRow(note));
}

void RecordingWriter::addHostFacts(const HostFacts &facts)
{
    d->insert(tables::Hosts, toRow(facts));
}

void RecordingWriter::putSnapshot(const Snapshot &snapshot)
{
    removeSnapshot(snapshot.id);
    const qint64 id = d->insert(tables::Snapshots, toRow(snapshot));
    ByteWriter content;
    writeWholeSample(content, snapshot.id, *snapshot.sample);
    const QByteArray blob = d->compression.packed(content.view(), SnapshotLevel);
    d->waitingBytes += blob.size();
    d->change([id, blob](Database &database) {
        return database.execute(u"INSERT OR REPLACE INTO snapshot_samples VALUES(?,?)"_s, {id, blob});
    });
}

void RecordingWriter::relabelSnapshot(const QUuid &id, const QString &label, const QString &note)
{
    d->change(
        [id, label, note](Database &database) { return relabelledSnapshot(database, id, label, note); });
}

void RecordingWriter::removeSnapshot(const QUuid &id)
{
    d->change([uuid = id.toString(QUuid::WithoutBraces)](Database &database) -> Result<Done> {
        const Result<Done> sample = database.execute(
            u"DELETE FROM snapshot_samples WHERE id IN (SELECT id FROM snapshots WHERE uuid=?)"_s, {uuid});
        return sample ? database.execute(u"DELETE FROM snapshots WHERE uuid=?"_s, {uuid}) : sample;
    });
}

void RecordingWriter::setLimits(const RotationLimits &limits)
{
    d->limits = limits;
}

Result<Done> RecordingWriter::flush()
{
    return d->flush();
}

Result<Done> RecordingWriter::close()
{
    return d->close();
}

const QString &RecordingWriter::path() const
{
    return d->path;
}

qint64 RecordingWriter::fileBytes() const
{
    return QFileInfo(d->path).size() + QFileInfo(d->path + u"-wal").size();
}

qint64 RecordingWriter::waitingBytes() const
{
    return d->waitingBytes;
}

quint64 RecordingWriter::samplesWritten() const
{
    return d->written;
}

quint64 RecordingWriter::samplesDropped() const
{
    return d->dropped;
}

} // namespace poolscope
