// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QVariant>

namespace poolscope {

/// Checksum of a row of the plain tables (column crc, see FORMAT.md): CRC-32 as in zlib over every other
/// column in order, each as its length in bytes in decimal, a colon and its bytes (numbers in decimal, text
/// in UTF-8); NULL is "-:".
[[nodiscard]] quint32 rowCheck(const QVariantList &columns);

} // namespace poolscope
