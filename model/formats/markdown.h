// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/snapshot.h"
#include "model/formats/texttable.h"

#include <QByteArray>

namespace poolscope {

/// The tags of a sample as a table for people, most bytes first: Tag, Type, Allocs and Frees where the
/// source counts them, Diff, Bytes, Per alloc, and Driver where one is known. Numbers are exact.
[[nodiscard]] TextTable sampleTable(const Sample &sample, size_t limit = 0);

/// The header facts of a bug report, one "name: value" a line: label and note, time, machine, system, uptime
/// (live sources only), and every known field of the system reading with its full name.
[[nodiscard]] QStringList sampleFacts(const Snapshot &snapshot);

/// Facts and table. All rows, or the first `limit` if not 0; says how many it left out.
[[nodiscard]] QByteArray snapshotToMarkdown(const Snapshot &snapshot, size_t limit = 0);
/// The same with aligned columns, for plain text.
[[nodiscard]] QByteArray snapshotToText(const Snapshot &snapshot, size_t limit = 0);

} // namespace poolscope
