// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/core/result.h"
#include "model/core/sample.h"
#include "model/core/snapshot.h"
#include "model/recording/recordinginfo.h"

#include <QString>

#include <memory>

namespace poolscope {

/// Writes one recording, see FORMAT.md. Everything but open(), flush() and close() works in memory and
/// returns at once; flush() brings it into the file in one transaction, and what it acknowledged survives
/// the death of the program. What a flush() could not write (disk full) is kept and written by the next one
/// that works. Blocks; one thread at a time, and open() on the thread that then uses it. Needs a
/// QCoreApplication.
class RecordingWriter
{
public:
    /// Makes the file, or opens it for append: a new segment begins. Refused, with the file untouched: a
    /// file that another writer has open (in any process), one of a newer format, one that is not a
    /// recording. After a crash the samples in the file's journal are taken over first.
    [[nodiscard]] static Result<std::unique_ptr<RecordingWriter>> open(
        const QString &path, const RotationLimits &limits = {});

    /// Closes; what fails then is lost, so call close() first.
    ~RecordingWriter();
    RecordingWriter(const RecordingWriter &) = delete;
    RecordingWriter &operator=(const RecordingWriter &) = delete;

    /// The next sample. A new segment begins by itself where the origin differs from the one before or the
    /// monotonic clock went back. `afterGap`: samples are missing before it.
    void append(const SamplePtr &sample, bool afterGap);
    void addMark(const Mark &mark);
    void removeMark(const Mark &mark); ///< all that are equal to it
    void addNote(const RecordingNote &note);
    void addHostFacts(const HostFacts &facts);

    /// Keeps a whole sample, independent of the samples that were appended. Replaces one with the same id.
    void putSnapshot(const Snapshot &snapshot);
    void relabelSnapshot(const QUuid &id, const QString &label, const QString &note);
    void removeSnapshot(const QUuid &id);

    void setLimits(const RotationLimits &limits);

    /// Writes all of the above. Now and then (every MaxChunkSamples) it also packs the journal into a chunk
    /// and drops what the limits do not allow, which takes some 100 ms. The error is WriteFailed.
    [[nodiscard]] Result<Done> flush();

    /// Flushes, packs everything and leaves one file without a write-ahead log; the writer takes nothing
    /// afterwards. When it fails, what was acknowledged before is safe and the writer stays open.
    [[nodiscard]] Result<Done> close();

    [[nodiscard]] const QString &path() const;
    [[nodiscard]] qint64 fileBytes() const; ///< on the disk, with the write-ahead log
    /// Encoded samples and snapshots that the file does not hold yet. While a flush() fails this grows up to
    /// MaxWaitingBytes; then the waiting samples are dropped and the next one comes after a gap.
    [[nodiscard]] qint64 waitingBytes() const;
    [[nodiscard]] quint64 samplesWritten() const; ///< acknowledged by flush(), since open()
    [[nodiscard]] quint64 samplesDropped() const; ///< since open()

    static constexpr qint64 MaxWaitingBytes = 256LL * 1024 * 1024;
    static constexpr int MaxChunkSamples = 1800;

private:
    class Private;
    explicit RecordingWriter(std::unique_ptr<Private> d);

    std::unique_ptr<Private> d;
};

} // namespace poolscope
