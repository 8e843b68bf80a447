// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QString>

namespace poolscope {

/// Makes the file that PoolMon's /c makes where there is none: what the drivers of this Windows
/// (%SystemRoot%\System32\drivers\*.sys) name in their code. Says so on stderr, in PoolMon's words. Elsewhere
/// than on Windows, and where the file is there already, nothing happens.
[[nodiscard]] Result<Done> makeMissingLocalTagFile(const QString &path);

} // namespace poolscope
