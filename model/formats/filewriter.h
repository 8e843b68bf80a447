// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QByteArray>
#include <QString>

namespace poolscope {

/// Writes a whole file under a temporary name, brings it to the disk and renames it: under `path` stands
/// either what stood there before or all of `bytes`, also after a crash or a power cut. A device or pipe
/// (/dev/stdout) is written to directly. Blocks: not for the window's thread. The error is WriteFailed and
/// says what to do.
[[nodiscard]] Result<Done> writeFileWhole(const QString &path, const QByteArray &bytes);

} // namespace poolscope
