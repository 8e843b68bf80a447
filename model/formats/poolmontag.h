// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace poolscope {

inline constexpr qsizetype PoolTagLength = 4;

/// The four bytes of the pool tag that a table names so, blanks at its end included. Names of up to four
/// bytes are meant as they stand. A longer one is a tag only when it is four bytes without what stands for
/// other characters: \xNN of PoolScope's files, backslashes and emphasis of Markdown, the entities of HTML,
/// and Latin-1 that an editor saved as UTF-8. Nullopt: this is no pool tag.
[[nodiscard]] std::optional<QByteArray> poolTagFromText(QByteArrayView name);

} // namespace poolscope
