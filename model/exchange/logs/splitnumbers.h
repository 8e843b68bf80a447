// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayList>

#include <array>
#include <optional>
#include <span>

namespace poolscope {

/// Columns of one pool, counted from the first number: Allocs, Frees and Diff.
using CountColumns = std::array<qsizetype, 3>;

/// The numbers of a CSV row whose thousands are parted by commas without quotes, so that "5,012" are two
/// fields. `pieces` are the fields that hold digits only, and make `count` numbers; `pools` says where those
/// stand whose third is the first minus the second, modulo 2^32. Nullopt unless exactly one way to put the
/// pieces together agrees with that: then it is no guess.
[[nodiscard]] std::optional<QByteArrayList> numbersFromPieces(
    const QByteArrayList &pieces, qsizetype count, std::span<const CountColumns> pools);

} // namespace poolscope
