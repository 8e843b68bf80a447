// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace poolscope {

/// Bytes of a Windows pool tag.
inline constexpr qsizetype PoolTagLength = 4;

/// A pool tag as it is in memory: shorter ones are padded with blanks.
[[nodiscard]] QByteArray paddedPoolTag(QByteArrayView tag);

/// Memory that must be freed with its tag has the uppermost bit of the tag's last byte set: "Pro\xE3" are
/// the blocks of "Proc". Without that bit; bytes that are no pool tag stay as they are.
[[nodiscard]] QByteArray withoutProtectedBit(QByteArray tag);
[[nodiscard]] bool hasProtectedBit(QByteArrayView tag);

} // namespace poolscope
