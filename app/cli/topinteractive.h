// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/topquery.h"
#include "model/sources/source.h"

#include <chrono>
#include <memory>

namespace poolscope {

/// How the screen begins.
struct TopStart
{
    TopQuery query;
    bool totals = false;
    bool highlight = true; ///< changed rows stand out
    std::chrono::milliseconds interval{2000};
};

/// The full-screen `top`: runs until a key, a signal or the closing of the terminal ends it. Returns the
/// exit code and has reported the error that it stands for. Main thread; needs Terminal::isInteractive().
[[nodiscard]] int runInteractiveTop(std::unique_ptr<Source> source, const TopStart &start);

} // namespace poolscope
