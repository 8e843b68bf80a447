// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/progress.h"
#include "model/exchange/sampleexport.h"
#include "model/recording/recordingreader.h"

namespace poolscope {

/// Which part of a recording is meant.
struct ExportRange
{
    RecordingReader::Index first = 0;
    RecordingReader::Index end = 0;
};

enum class ExportEnd : quint8
{
    Whole,
    Stopped, ///< by the progress check, or because the sink had enough
};

/// Writes the samples of `range` in `format` into `sink`. Memory is bounded, however long the recording is.
/// Samples that cannot be read are left out; see RecordingInfo::damage. Blocks.
[[nodiscard]] Result<ExportEnd> exportRecording(RecordingReader &reader, const ExportRange &range,
    ExportFormat format, ExportSink sink, const Progress &progress = {});

} // namespace poolscope
