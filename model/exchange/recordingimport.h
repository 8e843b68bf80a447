// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logfile.h"
#include "model/exchange/recordingexport.h"
#include "model/exchange/samplereader.h"

#include <chrono>

namespace poolscope {

/// What is to be read, and what the inputs themselves do not say.
struct ImportPlan
{
    QStringList inputs;
    const ImportFormat *format = nullptr; ///< null: recognised by content, input by input
    /// Of the first sample whose time the inputs do not tell. Without it: so that the last one of the input
    /// is of the time of the file's last change. See SampleCompletion.
    std::optional<WallTime> start;
    std::chrono::nanoseconds interval = DefaultLogInterval; ///< between samples whose time is not told
};

/// What became of one input.
struct ImportedInput
{
    QString file;
    QByteArray format; ///< word; empty when it is not known
    qint64 samples = 0;
    qint64 rows = 0; ///< lines that told of a tag
    std::vector<SkippedLine> skipped; ///< the first SampleReader::MostKept
    qint64 skippedCount = 0;
    std::vector<SkippedLine> doubts; ///< lines that count and may be wrong: the first SampleReader::MostKept
    qint64 doubtCount = 0;
    bool timesAssumed = false; ///< the input does not tell when its samples were taken

    friend bool operator==(const ImportedInput &, const ImportedInput &) = default;
};

struct ImportReport
{
    std::vector<ImportedInput> inputs; ///< in the order of the plan
    bool stopped = false; ///< by the progress check: the recording was not made
};

/// Reads files of any known format, one after the other, into a new recording. Samples of formats that say
/// nothing of the machine are taken to be of one machine and one boot. The recording appears under its name
/// when it is whole; a file that stands there is refused unless it is empty. Memory is bounded. Blocks.
/// Errors: BadInput with file and line when an input yields no sample at all, WriteFailed, Usage.
[[nodiscard]] Result<ImportReport> importIntoRecording(
    const ImportPlan &plan, const QString &recording, const Progress &progress = {});

} // namespace poolscope
