// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/core/snapshot.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace poolscope {

/// Whether a tag stands in the first and the last of the compared snapshots. One that only stands in
/// between counts as gone.
enum class ComparisonStatus : quint8
{
    Both,
    New, ///< not in the first, but in the last
    Gone, ///< not in the last
};

/// One tag over all compared snapshots.
struct ComparisonRow
{
    Tag tag;
    SourceKind kind = SourceKind::Slab;
    QByteArray driver; ///< from the newest snapshot that knows it; empty: unknown
    /// One entry a snapshot: Reading::bytes and Reading::outstanding; unknown where the tag is absent or
    /// its counter is unknown.
    std::vector<Counter> bytes;
    std::vector<Counter> outstanding;
    /// Last minus first; an absent tag holds nothing, so a new one changed by all it holds. Unknown when a
    /// counter is unknown while the tag is there.
    Counter bytesChange;
    Counter outstandingChange;
    std::optional<double> bytesPerHour; ///< bytesChange over the time that passed between first and last
    /// 0..1: part in the sum of all positive changes; 0 for a tag that did not grow, nullopt when nothing
    /// grew or the change is unknown.
    std::optional<double> shareOfGrowth;
    bool roseEveryStep = false; ///< bytes rose strictly from every snapshot to the next
    ComparisonStatus status = ComparisonStatus::Both;
};

/// Two or more snapshots side by side. An immutable value; any thread.
struct Comparison
{
    struct Column
    {
        QString label;
        WallTime wall{};
        SystemReading system;
        std::shared_ptr<const Origin> origin; ///< never null
        Counter totalBytes; ///< sum of all known bytes
    };
    std::vector<Column> columns; ///< in the order given
    std::vector<ComparisonRow> rows; ///< by bytesChange, largest first, unknown last
    std::chrono::nanoseconds elapsed{0}; ///< from the first to the last column
    qint64 growth = 0; ///< sum of all positive bytesChange, capped at the largest number
    QStringList warnings; ///< sentences: why the columns may not be comparable
};

/// Puts two or more snapshots side by side, in the order given. Time between two snapshots of one boot is
/// taken from the monotonic clock, else from the wall clock. Tags of different source kinds are never the
/// same tag. Costs one hash look-up a reading.
[[nodiscard]] Comparison compareSnapshots(std::span<const Snapshot> snapshots);

/// "both", "new" or "gone".
[[nodiscard]] QByteArray comparisonStatusWord(ComparisonStatus status);

} // namespace poolscope
