// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/driverfile.h"
#include "model/drivers/peimage.h"

namespace poolscope {

/// How sure it is that a file uses a tag.
enum class TagGrade : quint8
{
    None,
    Weak, ///< the four bytes outside of such instructions: often chance
    Medium, ///< an instruction that takes the tag as a number, but not where the usual calls want it
    Strong, ///< an instruction that loads the tag where the calls that allocate pool want it
};

/// "strong"
[[nodiscard]] QString gradeWord(TagGrade grade);

/// How a driver's file names a pool tag.
struct TagUse
{
    struct Hits
    {
        qint64 count = 0;
        qint64 first = -1; ///< offset in the file; -1: none

        void add(qint64 at);
        friend bool operator==(const Hits &, const Hits &) = default;
    };

    Hits strong;
    Hits medium;
    Hits weak;

    [[nodiscard]] TagGrade grade() const; ///< of the best hit
    [[nodiscard]] Hits &of(TagGrade grade); ///< not None
    [[nodiscard]] qint64 firstOffset() const; ///< of the hits of the best grade; -1: none
    friend bool operator==(const TagUse &, const TagUse &) = default;
};

/// Counts the uses of a tag of four bytes (shorter ones are padded with blanks), with and without the
/// protected bit in its last byte. Strong are, in executable sections:
/// - x64: 41 B8 + tag, mov r8d, as ExAllocatePoolWithTag and ExAllocatePool2 take it,
/// - x86: 68 + tag, push,
/// - ARM64: movz and movk of the two halves into w2, at most eight instructions apart.
/// Medium, likewise in executable sections:
/// - a mov of the tag into another register (on ARM64 movz and movk): r9d as FltAllocatePoolAlignedWithTag
/// and
///   WdfMemoryCreate take it, edx as ExFreePoolWithTag takes it, others as a driver's own wrapper might; but
///   other calls take numbers there, too, and comparisons load them on ARM64,
/// - x64 and x86: C7 … + tag, mov into memory: an argument on the stack, as look-aside lists take their tag,
///   or a member of a structure, as WDF_DRIVER_CONFIG has one; but also signatures of a driver's own objects,
/// - x64: the upper half of a mov of eight bytes (48 B8 … + tag), two members of a structure at once.
/// Not seen: four times the same letter on ARM64, where that is one orr ('pppp', 'xxxx').
/// Instructions of the Intel, AMD and Arm architecture manuals; which argument the tag is: the driver kit's
/// wdm.h. No limit on the file's size; `goesOn` as in forEachPiece(), those found so far when it says false.
[[nodiscard]] TagUse tagUse(
    const PeImage &image, QByteArrayView file, QByteArrayView tag, const Progress &goesOn = {});

} // namespace poolscope
