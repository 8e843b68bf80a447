// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <optional>

namespace poolscope {

struct ArmLoad
{
    quint32 number = 0;
    int registerNumber = 0; ///< n of wn

    /// As ExAllocatePool2 and ExAllocatePoolWithTag take the tag.
    [[nodiscard]] bool isThirdArgument() const { return registerNumber == 2; }
};

/// The number of 32 bits that ARM64 code loads with a movz at `at`, a multiple of 4 within the code, and a
/// movk of the other half into the same register, at most eight instructions behind it and before `end`,
/// both offsets in `file`. Source: Arm Architecture Reference Manual, C6.2.
[[nodiscard]] std::optional<ArmLoad> armLoadAt(QByteArrayView file, qsizetype at, qsizetype end);

} // namespace poolscope
