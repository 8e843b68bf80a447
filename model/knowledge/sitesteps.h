// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knowledge/nextsteps.h"

namespace poolscope {

/// nextSteps() for a Linux allocation site.
[[nodiscard]] std::vector<NextStep> siteSteps(const TagEntry &entry);

} // namespace poolscope
