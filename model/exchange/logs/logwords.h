// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace poolscope {

/// The words of a line between blanks (spaces and tabs), as views into it.
[[nodiscard]] std::vector<QByteArrayView> logWords(QByteArrayView line);

/// What stands from the first of the words to the last, blanks between included; `first <= last`.
[[nodiscard]] QByteArrayView logText(const std::vector<QByteArrayView> &words, size_t first, size_t last);

[[nodiscard]] bool isDigits(QByteArrayView word); ///< and not empty

/// A count that fits qint64; else unknown, as a counter that ran below zero in the kernel is printed.
[[nodiscard]] Counter countFrom(QByteArrayView word);

/// "59164KB", "2.8M", "3.0GiB", "512": bytes, units in powers of 1024. Unknown when it is no size.
[[nodiscard]] Counter sizeFrom(QByteArrayView word);

/// count × size; unknown when either is, and where 64 bits do not hold it.
[[nodiscard]] Counter product(Counter count, Counter size);

/// The line, trimmed, without what `cat -n`, `grep -n` and `grep -H` put before it: a number with a tab or a
/// colon, and the name of a file.
[[nodiscard]] QByteArrayView withoutLineMarks(QByteArrayView line);

/// "ext4\_inode\_cache" as it was before somebody put it into Markdown.
[[nodiscard]] QByteArray withoutMarkdownEscapes(QByteArrayView name);

} // namespace poolscope
