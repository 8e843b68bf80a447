// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/sources/source.h"

#include <QString>

#include <memory>

namespace poolscope {

/// `slab:` and `slab:/directory` (`directory` is empty for the live kernel). An error where PoolScope cannot
/// read slab caches: slabsource.cpp on Linux, slabsource_none.cpp elsewhere.
[[nodiscard]] Result<std::unique_ptr<Source>> createSlabSource(const QString &directory);

/// `pool:`, with nothing after the colon. Elsewhere than on Windows its open() says that there is none.
[[nodiscard]] Result<std::unique_ptr<Source>> createPoolSource(const QString &rest);

/// The source URI of the live kernel on this platform.
[[nodiscard]] QString liveSourceUri();

} // namespace poolscope
