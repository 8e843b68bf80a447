// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

namespace poolscope {

/// Writes "poolscope-cli: what: where: what to do" to stderr. Returns the exit code that belongs to it.
int report(const Error &error);

} // namespace poolscope
