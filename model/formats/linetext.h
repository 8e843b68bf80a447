// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QString>

namespace poolscope {

/// Number of the line, from 1, that holds the byte at `offset`.
[[nodiscard]] qsizetype lineOfOffset(QByteArrayView text, qsizetype offset);

/// "FILE, line N": the `where` of an Error about a text file.
[[nodiscard]] QString fileAndLine(const QString &fileName, qsizetype line);

} // namespace poolscope
