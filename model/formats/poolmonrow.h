// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/systemreading.h"
#include "model/core/tag.h"

#include <QByteArrayView>

#include <optional>

namespace poolscope {

/// What one line of PoolMon text holds.
struct PoolMonRow
{
    QByteArray name; ///< as it stands: trailing blanks kept only where the column's place proves them
    PoolType type = PoolType::None;
    Reading reading;
    QByteArray driver;
    bool isDriverOpen = false; ///< no bracket ends it: a screen cut it, or the file is cut off
    bool hasChanges = false; ///< with bracketed changes: a live screen, not a snapshot
    Counter perAlloc; ///< as it stands; the reading works it out
    qint64 line = 0; ///< where the row stands, from 1; 0 where nobody counts

    /// Whether Diff is Allocs - Frees, which are counted modulo 2^32. True where one of them is unknown.
    [[nodiscard]] bool isDiffRight() const;
    /// Also that all numbers are known, and that Per Alloc is Bytes / Diff.
    [[nodiscard]] bool isProven() const;
};

enum class PoolMonLine : quint8
{
    Row,
    Memory, ///< first header line: a new sample begins
    Commit, ///< second header line
    Titles, ///< the column line
    Part, ///< the start of a row or of a header line: the next line may complete it
    Damaged, ///< begins like a row and cannot be read
    DamagedMemory, ///< begins like the first header line and cannot be read
    DamagedCommit, ///< the same of the second
    Other,
};

/// Whether only PoolMon writes such a line.
[[nodiscard]] bool isPoolMonLine(PoolMonLine kind);

/// Reads one line without its line end, with or without the marks of quoting and of code around it ("> ",
/// "| ", backticks). Fills `row` for Row and the fields of `system` for Memory and Commit; of other lines
/// both may hold a part. PageFlts is filled in as it stands. Numbers may have thousands separators where
/// isProven() shows that they are meant so.
[[nodiscard]] PoolMonLine readPoolMonLine(QByteArrayView line, PoolMonRow &row, SystemReading &system);

} // namespace poolscope
