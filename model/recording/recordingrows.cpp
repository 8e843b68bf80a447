// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingrows.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QVariant timeValue(WallTime wall)
{
    return isoUtc(wall, 9);
}

std::optional<WallTime> timeFrom(const QVariant &value)
{
    return wallTimeFromIso(value.toString());
}

QVariant counterValue(Counter counter)
{
    return counter.isKnown() ? QVariant(counter.value()) : QVariant();
}

Counter counterFrom(const QVariant &value)
{
    return value.isNull() ? Counter() : Counter(value.toLongLong());
}

/// A kind of a later version reads as a note.
MarkKind markKindFromWord(const QByteArray &word)
{
    for (quint8 kind = 0; !markKindWord(static_cast<MarkKind>(kind)).isEmpty(); ++kind) {
        if (markKindWord(static_cast<MarkKind>(kind)) == word)
            return static_cast<MarkKind>(kind);
    }
    return MarkKind::Note;
}

} // namespace

QVariantList toRow(const SegmentRow &segment)
{
    const Origin &origin = segment.origin;
    return {static_cast<qint64>(segment.firstSample),
        segment.endSample ? QVariant(static_cast<qint64>(*segment.endSample)) : QVariant(), origin.uri,
        QString::fromLatin1(sourceKindWord(origin.kind)), origin.host, origin.bootId, origin.system,
        origin.counterBits};
}

std::optional<SegmentRow> segmentFromRow(const QVariantList &row)
{
    const std::optional<SourceKind> kind = sourceKindFromWord(row[3].toString().toLatin1());
    const int bits = row[7].toInt();
    if (!kind || row[0].toLongLong() < 0 || (bits != 32 && bits != 64))
        return std::nullopt;
    SegmentRow segment;
    segment.firstSample = row[0].toULongLong();
    if (!row[1].isNull())
        segment.endSample = row[1].toULongLong();
    segment.origin = {
        row[2].toString(), *kind, row[4].toString(), row[5].toString(), row[6].toString(), bits};
    return segment;
}

QVariantList toRow(const TagRow &tag)
{
    return {QString::fromLatin1(sourceKindWord(tag.kind)), QString::fromLatin1(poolTypeWord(tag.tag.type)),
        escapedTag(tag.tag.bytes), tag.tag.bytes};
}

std::optional<TagRow> tagFromRow(const QVariantList &row)
{
    const std::optional<SourceKind> kind = sourceKindFromWord(row[0].toString().toLatin1());
    const std::optional<PoolType> type = poolTypeFromWord(row[1].toString().toLatin1());
    if (!kind || !type)
        return std::nullopt;
    return TagRow{*kind, {row[3].toByteArray(), *type}};
}

QVariantList driverRow(const QByteArray &text)
{
    return {escapedTag(text), text};
}

QByteArray driverFromRow(const QVariantList &row)
{
    return row[1].toByteArray();
}

QVariantList toRow(const Mark &mark)
{
    return {timeValue(mark.wall), QString::fromLatin1(markKindWord(mark.kind)), mark.text};
}

std::optional<Mark> markFromRow(const QVariantList &row)
{
    const std::optional<WallTime> wall = timeFrom(row[0]);
    if (!wall)
        return std::nullopt;
    return Mark{*wall, markKindFromWord(row[1].toString().toLatin1()), row[2].toString()};
}

QVariantList toRow(const RecordingNote &note)
{
    return {timeValue(note.wall), note.text};
}

std::optional<RecordingNote> noteFromRow(const QVariantList &row)
{
    const std::optional<WallTime> wall = timeFrom(row[0]);
    if (!wall)
        return std::nullopt;
    return RecordingNote{*wall, row[1].toString()};
}

QVariantList toRow(const HostFacts &facts)
{
    return {timeValue(facts.wall), facts.host, facts.os, facts.kernel, facts.build, facts.bootId,
        counterValue(facts.ramBytes), counterValue(facts.uptimeSeconds)};
}

std::optional<HostFacts> hostFromRow(const QVariantList &row)
{
    const std::optional<WallTime> wall = timeFrom(row[0]);
    if (!wall)
        return std::nullopt;
    return HostFacts{*wall, row[1].toString(), row[2].toString(), row[3].toString(), row[4].toString(),
        row[5].toString(), counterFrom(row[6]), counterFrom(row[7])};
}

QVariantList toRow(const Snapshot &snapshot)
{
    return {snapshot.id.toString(QUuid::WithoutBraces), timeValue(snapshot.sample->wall), snapshot.label,
        snapshot.note, snapshot.automatic ? 1 : 0, snapshot.sample->origin->host,
        static_cast<qint64>(snapshot.sample->tags->size())};
}

std::optional<Snapshot> snapshotFromRow(const QVariantList &row)
{
    const QUuid id = QUuid::fromString(row[SnapshotUuidColumn].toString());
    if (id.isNull())
        return std::nullopt;
    return Snapshot{id, row[SnapshotLabelColumn].toString(), row[SnapshotNoteColumn].toString(),
        row[4].toInt() != 0, nullptr};
}

} // namespace poolscope
