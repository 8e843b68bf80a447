// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/peimage.h"

namespace poolscope {

/// How a driver's file names a pool tag.
struct TagUse
{
    qint64 inCode = 0; ///< instructions that load the tag as a number: strong
    qint64 asText = 0; ///< the four bytes anywhere else: weak, often chance
    qint64 firstOffset = -1; ///< in the file, of the first strong hit, else of the first weak one

    [[nodiscard]] bool isStrong() const { return inCode > 0; }
    [[nodiscard]] bool isHit() const { return inCode > 0 || asText > 0; }
    friend bool operator==(const TagUse &, const TagUse &) = default;
};

/// Counts the uses of a tag of four bytes (shorter ones are padded with blanks), with and without the
/// protected bit in its last byte. Strong are, in executable sections:
/// - x64: 41 B8 + tag, mov r8d, as ExAllocatePoolWithTag and ExAllocatePool2 take it; BA + tag, mov edx, as
///   ExFreePoolWithTag takes it,
/// - x86: 68 + tag, push,
/// - ARM64: movz and movk of the two halves into one register, at most eight instructions apart.
/// Instructions of the Intel, AMD and Arm architecture manuals; which argument the tag is: the driver kit's
/// wdm.h. One pass over the file; no limit on its size.
[[nodiscard]] TagUse tagUse(const PeImage &image, QByteArrayView file, QByteArrayView tag);

} // namespace poolscope
