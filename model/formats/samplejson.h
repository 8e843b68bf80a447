// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"
#include "model/core/snapshot.h"
#include "model/formats/jsonwriter.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace poolscope {

/// A sample as schema poolscope.sample/1, in this order:
/// schema, time (ISO 8601 UTC, milliseconds), source, host, boot, system{one member per systemFields()},
/// tags[{tag (escapedTag()), type, allocs, frees, outstanding, bytes, per_alloc, driver}].
/// Unknown is null. Names are fixed: scripts rely on them; members may be added, never renamed. Driver
/// bytes that are not UTF-8 are written like escapedTag() writes them. No line feed at the end.
[[nodiscard]] QByteArray sampleToJson(const Sample &sample, JsonStyle style = JsonStyle::Compact);

/// The same with more members, so that nothing of a snapshot is lost: id, label, note, automatic,
/// source_kind, counter_bits, os, monotonic_ns, read_cost_ns, tag_count; the time to the nanosecond. All of
/// them stand before "tags", so that the head of a file tells them.
[[nodiscard]] QByteArray snapshotToJson(const Snapshot &snapshot, JsonStyle style = JsonStyle::Indented);

/// A sample of a recording on one line: like snapshotToJson() without what makes it a snapshot; "after_gap":
/// true where samples are missing before it.
[[nodiscard]] QByteArray recordedSampleToJson(const Sample &sample, bool afterGap);

/// Reads what either function wrote. What a plain sample does not say is filled in: a new id, the label
/// from the file's name, the source kind from the source or the tags. `fileName` is for messages only.
/// Errors are BadInput and name the file and the line.
[[nodiscard]] Result<Snapshot> snapshotFromJson(const QByteArray &json, const QString &fileName);

/// What one object says.
struct JsonSample
{
    Snapshot snapshot;
    bool isSnapshot = false; ///< has an id: it was kept as one
    bool afterGap = false;
};
/// The same for an object that begins at `firstLine` of the file.
[[nodiscard]] Result<JsonSample> sampleFromJson(
    const QByteArray &json, const QString &fileName, qsizetype firstLine);

/// Like snapshotFromJson() for a file that may hold one object a line (`top --json --samples N`).
[[nodiscard]] Result<std::vector<Snapshot>> snapshotsFromJson(
    const QByteArray &json, const QString &fileName);

} // namespace poolscope
