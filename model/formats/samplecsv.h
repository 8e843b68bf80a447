// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QByteArray>
#include <QString>

#include <span>
#include <vector>

namespace poolscope {

/// Samples as RFC 4180 with the fixed columns time,tag,type,allocs,frees,outstanding,bytes and, when any
/// driver is known, driver. Time is ISO 8601 UTC to the millisecond, tags as escapedTag(), unknown is an
/// empty field, lines end with CR LF. The system reading has no place in it.
[[nodiscard]] QByteArray samplesToCsv(std::span<const SamplePtr> samples);

/// The parts of it, for files of any size: the first line, and the rows of one sample, which are said to be
/// of the time `wall` with `fractionDigits` (0..9) digits of a second.
[[nodiscard]] QByteArray sampleCsvHeader(bool withDriver);
void appendSampleCsv(
    QByteArray &out, const Sample &sample, WallTime wall, int fractionDigits, bool withDriver);

/// Reads such a file; columns are found by their names, others ignored, line ends may be LF. Consecutive
/// rows of one time make a sample. With the header `t_seconds` instead of `time` the field holds seconds
/// after `start`. `fileName` is for messages. Errors are BadInput and name file and line.
[[nodiscard]] Result<std::vector<SamplePtr>> samplesFromCsv(
    const QByteArray &csv, const QString &fileName, WallTime start = {});

} // namespace poolscope
