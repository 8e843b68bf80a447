// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/topquery.h"
#include "model/sources/source.h"

#include <chrono>
#include <memory>

namespace poolscope {

/// The full-screen `top`: runs until a key, a signal or the closing of the terminal ends it. Returns the
/// exit code and has reported the error that it stands for. Main thread; needs Terminal::isInteractive().
[[nodiscard]] int runInteractiveTop(
    std::unique_ptr<Source> source, const TopQuery &query, bool totals, std::chrono::milliseconds interval);

} // namespace poolscope
