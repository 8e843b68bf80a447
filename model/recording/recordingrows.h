// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/core/sample.h"
#include "model/core/snapshot.h"
#include "model/recording/recordinginfo.h"

#include <QVariant>

#include <optional>

namespace poolscope {

/// Values as the columns of the plain tables (see schema.h) and back; nullopt where a row makes no sense.

struct SegmentRow
{
    quint64 firstSample = 0;
    std::optional<quint64> endSample; ///< nothing while it is written, and after a crash
    Origin origin;
};
[[nodiscard]] QVariantList toRow(const SegmentRow &segment);
[[nodiscard]] std::optional<SegmentRow> segmentFromRow(const QVariantList &row);

struct TagRow
{
    SourceKind kind = SourceKind::Slab;
    Tag tag;
};
[[nodiscard]] QVariantList toRow(const TagRow &tag);
[[nodiscard]] std::optional<TagRow> tagFromRow(const QVariantList &row);

[[nodiscard]] QVariantList driverRow(const QByteArray &text);
[[nodiscard]] QByteArray driverFromRow(const QVariantList &row);

[[nodiscard]] QVariantList toRow(const Mark &mark);
[[nodiscard]] std::optional<Mark> markFromRow(const QVariantList &row);

[[nodiscard]] QVariantList toRow(const RecordingNote &note);
[[nodiscard]] std::optional<RecordingNote> noteFromRow(const QVariantList &row);

[[nodiscard]] QVariantList toRow(const HostFacts &facts);
[[nodiscard]] std::optional<HostFacts> hostFromRow(const QVariantList &row);

/// Without the sample.
[[nodiscard]] QVariantList toRow(const Snapshot &snapshot);
[[nodiscard]] std::optional<Snapshot> snapshotFromRow(const QVariantList &row);
/// Columns of a snapshot's row that a new label and note go to.
enum : int
{
    SnapshotUuidColumn = 0,
    SnapshotLabelColumn = 2,
    SnapshotNoteColumn = 3,
};

} // namespace poolscope
