// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

namespace poolscope {

/// Called now and then by long work, on its thread, with the share that is done, 0 to 1; false stops the
/// work.
using Progress = std::function<bool(double)>;

} // namespace poolscope
