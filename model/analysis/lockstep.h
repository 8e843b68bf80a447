// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/finding.h"

#include <span>
#include <vector>

namespace poolscope {

class Analysis;

/// Finds tags that grow together and writes Finding::group, numbered from 1 in rank order: one leak holds
/// several kinds of objects. Only tags called leak or suspect take part. One that was held back as
/// Reason::TakenBack is called a leak when the first of its group is one. A general size of memory that grows
/// in step with the caches of files, and with nothing else that leaks, is held back like them. `findings`
/// are ranked.
void groupLockstep(const Analysis &analysis, std::vector<Finding> &findings);

} // namespace poolscope
