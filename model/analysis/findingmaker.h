// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/finding.h"
#include "model/analysis/tagcase.h"

#include <vector>

namespace poolscope {

/// Fills in what a tag's case says; `course` is its course over the session, which tells the rate where
/// nothing was found.
void fillFromCase(const TagCase &tagCase, const TimeBuckets::View &course, Finding &finding);
/// For a tag that never changed in so many seconds: it grows by 0.
void fillUnchanged(double seconds, Finding &finding);
/// For a tag that is not in the newest sample: nothing can be said of it now.
void fillGone(Finding &finding);
void clearByteRates(Finding &finding);

/// How often tags judged like this were leaks, 0..1, measured on labelled series.
[[nodiscard]] double confidenceOf(Verdict verdict, Reason reason, double z);

/// The most suspicious first: by score, then by growth in bytes, then by TagId.
void rankFindings(std::vector<Finding> &findings);

} // namespace poolscope
