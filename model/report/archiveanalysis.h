// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"
#include "model/core/progress.h"
#include "model/sampling/analysisrun.h"

#include <vector>

namespace poolscope {

/// Analyses all samples of a file, with tests at these times. One that cannot be read counts as missing;
/// which ones is told in info().damage. Blocks; the archive's thread. The error is BadInput where no sample
/// can be read, and WriteFailed when `progress` stopped it.
[[nodiscard]] Result<AnalysisReport> analyseArchive(
    SampleArchive &archive, std::vector<TestInstant> tests, const Progress &progress = {});

} // namespace poolscope
