// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testrun.h"
#include "model/archive/samplearchive.h"
#include "model/core/result.h"

namespace poolscope {

/// The test of a recording as it stood at the moment `at`: reads the samples at its start and stop and at
/// most half of TestRun::MaxPoints in the later half of the stage that `at` lies in. Where counters do not
/// run on in between it ends there. The archive holds at least one sample. Blocks.
[[nodiscard]] Result<TestRun> readTest(SampleArchive &archive, const MarkedTest &test, WallTime at);

} // namespace poolscope
