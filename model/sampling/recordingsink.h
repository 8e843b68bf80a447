// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/core/result.h"
#include "model/core/sample.h"
#include "model/core/snapshot.h"
#include "model/recording/recordinginfo.h"

#include <functional>
#include <memory>

namespace poolscope {

/// What a Recorder writes to: a RecordingWriter, or in tests a disk that is full or hangs. One thread.
class RecordingSink
{
public:
    RecordingSink() = default;
    RecordingSink(const RecordingSink &) = delete;
    RecordingSink &operator=(const RecordingSink &) = delete;
    virtual ~RecordingSink() = default;

    // As the functions of RecordingWriter with these names.
    virtual void append(const SamplePtr &sample, bool afterGap) = 0;
    virtual void addMark(const Mark &mark) = 0;
    virtual void addNote(const RecordingNote &note) = 0;
    virtual void addHostFacts(const HostFacts &facts) = 0;
    virtual void putSnapshot(const Snapshot &snapshot) = 0;
    virtual void relabelSnapshot(const QUuid &id, const QString &label, const QString &note) = 0;
    virtual void removeSnapshot(const QUuid &id) = 0;
    [[nodiscard]] virtual Result<Done> flush() = 0;
    [[nodiscard]] virtual Result<Done> close() = 0;
    [[nodiscard]] virtual qint64 fileBytes() const = 0;
    [[nodiscard]] virtual quint64 samplesDropped() const = 0;
};

/// Called on the thread that then uses the sink.
using RecordingOpener = std::function<Result<std::unique_ptr<RecordingSink>>(const QString &path)>;

/// Opens recordings on the disk that keep to limits.
[[nodiscard]] RecordingOpener recordingOpener(const RotationLimits &limits);
/// A recording on the disk.
[[nodiscard]] Result<std::unique_ptr<RecordingSink>> openRecordingSink(const QString &path);

} // namespace poolscope
