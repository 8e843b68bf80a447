// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"

namespace poolscope {

/// One tag's counters at one time. Each may be unknown.
struct Reading
{
    Counter allocs; ///< allocations since boot; cumulative, wraps where the kernel's counter does
    Counter frees; ///< frees since boot; cumulative, wraps likewise
    Counter outstanding; ///< objects held now: PoolMon's Diff
    Counter bytes; ///< bytes held now

    /// Bytes per outstanding allocation, as PoolMon computes it: 0 when nothing is outstanding.
    [[nodiscard]] constexpr Counter perAlloc() const
    {
        if (!bytes.isKnown() || !outstanding.isKnown())
            return {};
        return outstanding.value() == 0 ? Counter(0) : Counter(bytes.value() / outstanding.value());
    }

    friend constexpr bool operator==(const Reading &, const Reading &) = default;
};

/// Signed change of each counter between two readings of one tag; cumulative counters that the kernel
/// keeps in `counterBits` bits are subtracted modulo 2^counterBits.
[[nodiscard]] constexpr Reading change(const Reading &now, const Reading &before, int counterBits)
{
    return {wrappingDifference(now.allocs, before.allocs, counterBits),
        wrappingDifference(now.frees, before.frees, counterBits),
        difference(now.outstanding, before.outstanding), difference(now.bytes, before.bytes)};
}

/// Outstanding objects from two cumulative counters of `counterBits` bits: right across a wrap of either.
[[nodiscard]] constexpr Counter outstandingFrom(Counter allocs, Counter frees, int counterBits)
{
    return wrappingDifference(allocs, frees, counterBits);
}

} // namespace poolscope
