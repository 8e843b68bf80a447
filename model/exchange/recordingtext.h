// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/recordingimport.h"
#include "model/recording/recordinginfo.h"

#include <QByteArray>

namespace poolscope {

/// Schema poolscope.recording/1: {schema, version, samples, first, last, duration_s, tags, bytes,
/// segments[{first, samples, from, to, source, host, boot, os}], marks[{time, kind, text}], snapshots[{time,
/// label, note, automatic, tags, id}], notes[{time, text}], host{the newest facts}, hosts[…], intact,
/// damage[…]}. Indented, with a line feed at the end.
[[nodiscard]] QByteArray recordingToJson(const RecordingInfo &info, qint64 tagCount, const TimeAxis &axis);
/// The same for people: what it is, how long, where from; then marks, snapshots and notes by time. In local
/// time.
[[nodiscard]] QByteArray recordingToText(const RecordingInfo &info, qint64 tagCount, const TimeAxis &axis);

/// Schema poolscope.import/1: {schema, inputs[{file, format, samples, rows, skipped[{line, why}],
/// skipped_count, doubts[{line, why}], doubt_count, times_assumed}]}.
[[nodiscard]] QByteArray importToJson(const ImportReport &report);
[[nodiscard]] QByteArray importToText(const ImportReport &report);

} // namespace poolscope
