// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace poolscope {

/// True when `pattern` describes all of `text`: `*` stands for any number of bytes, `?` for exactly one,
/// everything else for itself, as in PoolMon's /i and /x. Case-sensitive. Linear in time and memory for
/// practical patterns, at worst pattern length × text length.
[[nodiscard]] bool matchesWildcard(QByteArrayView pattern, QByteArrayView text);

/// matchesWildcard() for a tag: the blanks that pad a short Windows tag ("Irp ") may be left out of the
/// pattern.
[[nodiscard]] bool tagMatchesWildcard(QByteArrayView pattern, QByteArrayView tag);

} // namespace poolscope
