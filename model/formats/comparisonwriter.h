// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/comparison.h"
#include "model/formats/jsonwriter.h"

#include <QByteArray>

namespace poolscope {

/// Schema poolscope.comparison/1: schema, snapshots[{label, time, source, host, boot}],
/// elapsed_s, warnings[], rows[{tag, type, bytes[], outstanding[], bytes_change, bytes_per_hour,
/// share_of_growth, rose_every_step, status, outstanding_change, driver}]. Names are fixed; unknown and
/// absent are null.
[[nodiscard]] QByteArray comparisonToJson(
    const Comparison &comparison, JsonStyle style = JsonStyle::Indented);

/// RFC 4180, lines end with CR LF: tag, type, one column "bytes LABEL" and one "outstanding LABEL" a
/// snapshot, bytes_change, bytes_per_hour, share_of_growth, rose_every_step, status, driver.
[[nodiscard]] QByteArray comparisonToCsv(const Comparison &comparison);

/// Header facts and a table with bytes, for a bug report. All rows, or the first `limit` if not 0; says
/// how many it left out.
[[nodiscard]] QByteArray comparisonToMarkdown(const Comparison &comparison, size_t limit = 0);

/// The same as aligned columns for a terminal.
[[nodiscard]] QByteArray comparisonToText(const Comparison &comparison, size_t limit = 0);

} // namespace poolscope
