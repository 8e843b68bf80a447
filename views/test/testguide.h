// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testrun.h"

#include <QString>

#include <chrono>
#include <optional>

namespace poolscope {

/// Where a test stands, as the panel says it.
struct TestState
{
    TestStage stage = TestStage::Idle;
    TestPool pool = TestPool::Both;
    SourceKind kind = SourceKind::Slab;
    bool interrupted = false;
    bool isRecording = false; ///< a recording is looked at: buttons place marks at the moment shown
    std::chrono::nanoseconds testTime{0};
    std::chrono::nanoseconds afterTime{0};
    std::optional<WallTime> start; ///< nullopt while Idle
    qsizetype snapshots = 0; ///< taken since the start
    std::optional<std::chrono::milliseconds> period; ///< of the automatic snapshots
};

/// How far it is and for how long: "Test runs for 12 min 30 s".
[[nodiscard]] QString testHeadline(const TestState &state);
/// What happens, what comes next, and why.
[[nodiscard]] QString testGuide(const TestState &state);
/// "Nonpaged pool", "Unreclaimable slab", "Both pools" …
[[nodiscard]] QString testPoolTitle(TestPool pool, SourceKind kind);

} // namespace poolscope
