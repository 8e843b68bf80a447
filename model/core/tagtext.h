// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace poolscope {

/// Printable form of raw tag bytes: 0x20..0x7E as they are, a backslash as `\\`, all else as `\xNN`.
[[nodiscard]] QString escapedTag(QByteArrayView bytes);
[[nodiscard]] QByteArray escapedTagBytes(QByteArrayView bytes);

/// Inverse of escapedTag(); nullopt when a backslash does not start `\\` or `\xNN`.
[[nodiscard]] std::optional<QByteArray> unescapedTag(QByteArrayView text);

/// What names a driver, for people: UTF-8 as it is, a user's note in his own language; bytes that are none
/// and control characters as in escapedTag().
[[nodiscard]] QString driverText(QByteArrayView driver);

/// "nonpaged", "paged" or "none": the words of the JSON, CSV and stream formats.
[[nodiscard]] QByteArray poolTypeWord(PoolType type);
[[nodiscard]] std::optional<PoolType> poolTypeFromWord(QByteArrayView word);

/// What the screen calls a pool type: PoolMon's "Nonp"/"Paged" on Windows, "unreclaimable"/"reclaimable"
/// for slab caches, empty for None.
[[nodiscard]] QString poolTypeTitle(PoolType type, SourceKind kind);

/// "pool", "slab" or "site": the words of the stream format and of URIs.
[[nodiscard]] QByteArray sourceKindWord(SourceKind kind);
[[nodiscard]] std::optional<SourceKind> sourceKindFromWord(QByteArrayView word);

/// `text` with control characters replaced: what a stranger's host name or path could do to a terminal.
[[nodiscard]] QString printable(QString text);

} // namespace poolscope
