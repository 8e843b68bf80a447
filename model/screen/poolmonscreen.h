// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/topquery.h"

#include <QByteArray>

namespace poolscope {

/// What PoolMon's live screen shows beside the rows.
struct PoolMonScreenStyle
{
    QByteArray title = "System pool information"; ///< the third line
    bool totals = false; ///< a line of totals at the bottom
    bool drivers = false; ///< the column Mapped_Driver
};

/// One update of PoolMon's live screen as it comes out of a redirection: header, title, column line, rows
/// with the changes since the previous update in brackets. Page faults are those since the previous update.
/// A first update has no changes: 0 in every bracket. Tags are written as in sampleToPoolMonText(); line
/// ends are CR LF. What reads PoolMon's live rows reads these.
[[nodiscard]] QByteArray poolMonScreen(
    const Frame &frame, const TopAnswer &answer, const PoolMonScreenStyle &style);

} // namespace poolscope
