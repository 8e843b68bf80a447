// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/progress.h"
#include "model/exchange/logtimes.h"
#include "model/exchange/samplereader.h"

#include <QStringList>

#include <chrono>

namespace poolscope {

/// Between two samples of a log that does not tell their times: PoolMon's documentation has people copy its
/// screen every half hour.
inline constexpr std::chrono::milliseconds DefaultLogInterval = std::chrono::minutes(30);

/// A log that was read whole.
struct LogFile
{
    std::vector<ReadSample> samples; ///< with origin and time, in the order of the file
    QStringList remarks; ///< what was left out or assumed, for the user
    /// One line each, "line 12 left out: why": those that were left out, then those that are in doubt, the
    /// first SampleReader::MostKept of both.
    QStringList lines;
    bool hasOwnTimes = true; ///< false: the log leaves open when some of its samples were taken
};

/// Blocks. The error (BadInput, with file and line) is of a log that yields no sample at all, or of one that
/// was not to be read to its end.
[[nodiscard]] Result<LogFile> readLogFile(
    const QString &path, const ImportFormat &format, const LogTimes &times, const Progress &goesOn = {});

} // namespace poolscope
