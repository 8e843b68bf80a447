// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QString>

#include <chrono>
#include <optional>

namespace poolscope {

enum class RecordingState : quint8
{
    Off,
    Opening,
    Recording,
    Failing, ///< cannot write; what came meanwhile is kept in memory and tried again
    Stalled, ///< the disk has not answered for long; what came meanwhile is kept in memory
    Closing,
};

/// What the status bar and the banners show of a recording.
struct RecordingStatus
{
    RecordingState state = RecordingState::Off;
    QString path; ///< also after the end, until the next start
    qint64 bytes = 0; ///< of the file
    std::optional<WallTime> lastFlush; ///< all up to then survives the death of the program
    std::optional<Error> error; ///< while Failing; while Off: why it could not start, or end well
    std::chrono::milliseconds retryIn{0}; ///< while Failing: the pause before the next try
    quint64 dropped = 0; ///< samples that neither disk nor memory had room for

    [[nodiscard]] bool isOn() const { return state != RecordingState::Off; }
    friend bool operator==(const RecordingStatus &, const RecordingStatus &) = default;
};

} // namespace poolscope
