// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/recording/recordinginfo.h"

#include <QString>

namespace poolscope {

/// "2026-11-22 18:25:04" in local time.
[[nodiscard]] QString momentText(WallTime at);
/// "run.poolscope: recording of HOST, 24 h, 86,400 samples", and ", 42 % analysed" until all of it is.
[[nodiscard]] QString replayText(const RecordingInfo &info, double analysed);
/// "1x", "0.5x", "3,600x"
[[nodiscard]] QString speedText(double speed);

} // namespace poolscope
