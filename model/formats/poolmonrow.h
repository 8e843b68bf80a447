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
};

enum class PoolMonLine : quint8
{
    Row,
    Memory, ///< first header line: a new sample begins
    Commit, ///< second header line
    Titles, ///< the column line
    Damaged, ///< begins like a row and cannot be read
    Other,
};

/// Reads one line without its line end. Fills `row` for Row and the fields of `system` for Memory and
/// Commit. PageFlts is filled in as it stands.
[[nodiscard]] PoolMonLine readPoolMonLine(QByteArrayView line, PoolMonRow &row, SystemReading &system);

} // namespace poolscope
