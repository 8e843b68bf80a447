// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"

#include <QByteArrayView>

#include <optional>
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

/// The line without what syslog and dmesg put before a kernel message, up to "[ 123.456789] ";
/// `sinceBoot`, when given, is set to those seconds.
[[nodiscard]] QByteArrayView withoutLogPrefix(
    QByteArrayView line, std::optional<double> *sinceBoot = nullptr);

} // namespace poolscope
