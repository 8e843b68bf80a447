// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/core/mark.h"
#include "model/core/sample.h"
#include "model/core/snapshotmeta.h"
#include "model/history/timeaxis.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <vector>

namespace poolscope {

/// What a report says of the machine that was recorded. Empty and unknown where nobody knows.
struct HostFacts
{
    WallTime wall{}; ///< when they were noted
    QString host;
    QString os; ///< e.g. "Debian GNU/Linux 12", "Windows 11 Pro 23H2"
    QString kernel; ///< e.g. "6.1.0-13-amd64", "10.0.22631"
    QString build; ///< build number or kernel build, e.g. "22631.3007", "#1 SMP PREEMPT_DYNAMIC Debian …"
    QString bootId;
    Counter ramBytes;
    Counter uptimeSeconds; ///< since boot, at `wall`

    friend bool operator==(const HostFacts &, const HostFacts &) = default;
};

/// The facts of the machine that this program runs on, as far as Qt tells them; not the RAM, which every
/// sample knows (SystemField::MemTotal). Reads small files: not for the window's thread.
[[nodiscard]] HostFacts localHostFacts();

/// A free text about the recording.
struct RecordingNote
{
    WallTime wall{};
    QString text;

    friend bool operator==(const RecordingNote &, const RecordingNote &) = default;
};

/// What bounds a recording that runs for long: when one is exceeded, the oldest samples go, whole chunks of
/// at most half an hour at a time. Snapshots, notes and host facts stay. 0: no bound.
struct RotationLimits
{
    qint64 maxBytes = 0; ///< of the file with its write-ahead log; at least MinBytes is used
    std::chrono::nanoseconds maxAge{0}; ///< of the oldest sample, counted from the newest
    int keepSegments = 0; ///< newest segments that stay

    static constexpr qint64 MinBytes = 4LL * 1024 * 1024;

    [[nodiscard]] bool any() const { return maxBytes > 0 || maxAge.count() > 0 || keepSegments > 0; }
    friend bool operator==(const RotationLimits &, const RotationLimits &) = default;
};

/// A run of samples across which counters may be subtracted: a new one begins with every opening for
/// append, every boot and every other change of the origin.
struct RecordingSegment
{
    TimeAxis::Index first = 0; ///< index of its first sample
    TimeAxis::Index count = 0;
    std::shared_ptr<const Origin> origin; ///< never null

    friend bool operator==(const RecordingSegment &, const RecordingSegment &) = default;
};

/// What a recording holds. Samples are numbered by index from 0.
struct RecordingInfo
{
    QString path;
    int version = 0; ///< of the format
    qint64 fileBytes = 0; ///< with the write-ahead log
    TimeAxis::Index samples = 0;
    WallTime first{}; ///< on the time axis; only meaningful while there are samples
    WallTime last{};
    std::vector<RecordingSegment> segments;
    std::vector<Mark> marks; ///< by time
    std::vector<SnapshotMeta> snapshots; ///< by time; fileName is the recording's
    std::vector<HostFacts> hosts; ///< oldest first
    std::vector<RecordingNote> notes; ///< oldest first
    /// A program writes to it just now, or one that wrote to it was killed.
    bool hasWriteAheadLog = false;
    /// One sentence each: what is missing, from when to when. Grows when reading finds more; all of
    /// it is there when every sample was read, or after RecordingReader::verify().
    QStringList damage;
    /// One sentence each: what had to be assumed or left out to read a log. None for recordings.
    QStringList remarks;
    QStringList remarkLines; ///< of the log, each with its number and what is wrong with it
    /// False for a log that leaves open when some of its samples were taken.
    bool hasOwnTimes = true;

    [[nodiscard]] bool intact() const { return damage.isEmpty(); }
};

} // namespace poolscope
