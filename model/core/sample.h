// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/systemreading.h"
#include "model/core/tag.h"

#include <QString>

#include <chrono>
#include <memory>
#include <vector>

namespace poolscope {

/// Nanoseconds since 1970-01-01 UTC: for display and files.
using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;
/// Nanoseconds on the source machine's monotonic clock: for rates and ages, comparable within one boot.
using MonotonicTime = std::chrono::nanoseconds;

/// Facts about the machine and source that all samples of a run share.
struct Origin
{
    QString uri; ///< source URI, e.g. "slab:"
    SourceKind kind = SourceKind::Slab;
    QString host; ///< host name, empty if unknown
    QString bootId; ///< changes with every boot; counters never run across it
    QString system; ///< for reports, e.g. "Debian GNU/Linux 12, kernel 6.1.0-13-amd64"
    int counterBits = 64; ///< width of cumulative counters: 32 (wraps) or 64

    friend bool operator==(const Origin &, const Origin &) = default;
};

/// All readings plus the system reading at one time. Built completely by a source, immutable afterwards
/// and shared between threads as SamplePtr.
struct Sample
{
    WallTime wall{};
    MonotonicTime monotonic{};
    std::chrono::nanoseconds readCost{0}; ///< what reading the source took; 0 where it does not apply
    std::shared_ptr<const Origin> origin; ///< never null
    SystemReading system;
    std::shared_ptr<const TagList> tags; ///< never null; the same pointer as long as the rows stay the same
    std::vector<Reading> readings; ///< one per entry of *tags
};
using SamplePtr = std::shared_ptr<const Sample>;

/// Whether counters and the monotonic clock go on from one sample to a later one: not after a reboot, nor
/// where a replay started over.
[[nodiscard]] bool countersRunOn(const Sample &before, const Sample &now);
[[nodiscard]] bool isSameBoot(const Origin &before, const Origin &now);
/// Sum of the known bytes of the tags of one pool type; unknown if none is known.
[[nodiscard]] Counter bytesOfType(const Sample &sample, PoolType type);
/// Pool totals minus the bytes of all tags; unknown where the system reading lacks the totals.
[[nodiscard]] Counter untaggedBytes(const Sample &sample);

} // namespace poolscope
