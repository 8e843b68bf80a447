// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/jsonwriter.h"
#include "model/sampling/analysisrun.h"

#include <QByteArray>

namespace poolscope {

/// Schema poolscope.analysis/1: schema, input, samples, duration_s, findings[{rank, tag, type, verdict,
/// confidence, rate_bytes_per_hour, rate_low, rate_high, outstanding_per_hour, bytes_first, bytes_last,
/// first_flagged_s, flagged_since_s, freed_fraction, group, reason, …}], every tag in rank order. Times are
/// seconds after the first sample. Names are fixed; unknown is null.
[[nodiscard]] QByteArray analysisToJson(const AnalysisReport &report, JsonStyle style = JsonStyle::Indented);

/// For a terminal: leaks and suspects, one sentence each, and how many tags are steady. `limit` bounds how
/// many are listed if not 0; says how many it left out.
[[nodiscard]] QByteArray analysisToText(const AnalysisReport &report, size_t limit = 0);

} // namespace poolscope
