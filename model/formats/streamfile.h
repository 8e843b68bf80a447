// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QString>

#include <vector>

namespace poolscope {

/// Whether a file begins as the stream format does. Blocks on the disk.
[[nodiscard]] bool isStreamFile(const QString &path);

/// All samples of a file in the stream format, in its order; at least one. The error is BadInput and names
/// the line. Blocks on the disk.
[[nodiscard]] Result<std::vector<SamplePtr>> readStreamFile(const QString &path);

} // namespace poolscope
