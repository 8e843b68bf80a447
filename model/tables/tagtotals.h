// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/tag.h"

namespace poolscope {

/// The table's totals row. Sums hold what is known; unknown where nothing is. Vanished tags do not count.
struct TagTotals
{
    int tags = 0; ///< rows that are summed
    Reading shown; ///< of the rows that the table shows
    Reading shownChange; ///< their change since the last sample
    Counter shownBytesPerHour;
    Counter nonpaged; ///< bytes of all nonpaged (unreclaimable) tags, shown or not
    Counter paged; ///< bytes of all paged (reclaimable) tags, shown or not
    Counter untagged; ///< what the kernel counts beyond the tags: "not in tag table"
    SourceKind kind = SourceKind::Slab;

    friend bool operator==(const TagTotals &, const TagTotals &) = default;
};

} // namespace poolscope
