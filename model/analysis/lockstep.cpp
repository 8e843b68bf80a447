// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/lockstep.h"

namespace poolscope {

void groupLockstep(const Analysis &, std::vector<Finding> &) { }

} // namespace poolscope
