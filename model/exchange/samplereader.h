// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"

#include <QIODevice>
#include <QString>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace poolscope {

/// A line of an input that could not be used, or that was used in doubt.
struct SkippedLine
{
    qint64 line = 0; ///< from 1; 0: of the file as a whole
    QString why;

    friend bool operator==(const SkippedLine &, const SkippedLine &) = default;
};

/// What the wall time of a sample from a file means.
enum class TimeBase : quint8
{
    Own, ///< it is the time
    SinceStart, ///< counted from a start that the file does not tell
    WithoutYear, ///< the local day and time of day, as if in UTC and in LogStamp::StandInYear
    Unknown, ///< nothing
};

/// A sample as a foreign file tells it.
struct ReadSample
{
    /// `origin` null where the format says nothing of the machine: see `kind`. A monotonic time of 0 is none.
    std::shared_ptr<Sample> sample;
    SourceKind kind = SourceKind::Slab;
    TimeBase timeBase = TimeBase::Own;
    bool afterGap = false;
    std::optional<Snapshot> kept; ///< its label, note and so on, for a snapshot; without the sample
};

/// Reads one file of one format from the start to the end, sample by sample, with memory for a few samples
/// at most. Lines that make no sense are skipped and told. One class per format; see importFormats(). One
/// thread.
class SampleReader
{
public:
    SampleReader() = default;
    SampleReader(const SampleReader &) = delete;
    SampleReader &operator=(const SampleReader &) = delete;
    virtual ~SampleReader() = default;

    /// The next sample; nullopt at the end. The error (BadInput, with file and line) ends the reading.
    [[nodiscard]] virtual Result<std::optional<ReadSample>> next() = 0;

    /// When the first sample was taken, as the user says: for what the file leaves in doubt. Before next().
    void setStart(std::optional<WallTime> start) { m_start = start; }

    [[nodiscard]] qint64 rows() const { return m_rows; } ///< lines that told of a tag
    /// The first MostKept of them, in the order of the file.
    [[nodiscard]] const std::vector<SkippedLine> &skipped() const { return m_skipped; }
    [[nodiscard]] qint64 skippedCount() const { return m_skippedCount; } ///< all of them

    /// Lines that were taken and are in doubt: the first MostKept of them.
    [[nodiscard]] const std::vector<SkippedLine> &doubts() const { return m_doubts; }
    [[nodiscard]] qint64 doubtCount() const { return m_doubtCount; } ///< all of them

    static constexpr size_t MostKept = 1000;

protected:
    [[nodiscard]] std::optional<WallTime> start() const { return m_start; }
    void countRows(qint64 rows) { m_rows += rows; }
    void skip(qint64 line, const QString &why)
    {
        if (++m_skippedCount <= static_cast<qint64>(MostKept))
            m_skipped.push_back({line, why});
    }
    /// The line counts, but the user should know something about it.
    void doubt(qint64 line, const QString &why)
    {
        if (++m_doubtCount <= static_cast<qint64>(MostKept))
            m_doubts.push_back({line, why});
    }

private:
    std::optional<WallTime> m_start;
    qint64 m_rows = 0;
    qint64 m_skippedCount = 0;
    std::vector<SkippedLine> m_skipped;
    qint64 m_doubtCount = 0;
    std::vector<SkippedLine> m_doubts;
};

/// A format that can be imported.
struct ImportFormat
{
    QByteArrayView word; ///< of the command line and of reports, e.g. "poolmon"
    QStringView title; ///< for lists, e.g. "PoolMon text"
    /// Whether a file that starts so (up to 1 MiB, see plainHead()) is of this format.
    bool (*recognises)(const QByteArray &head);
    /// `device` must outlive the reader; `fileName` is for messages.
    std::unique_ptr<SampleReader> (*create)(QIODevice &device, const QString &fileName);
};

/// All of them, the most particular first: the first that recognises a file reads it.
[[nodiscard]] std::span<const ImportFormat> importFormats();
[[nodiscard]] const ImportFormat *importFormatFromWord(QByteArrayView word); ///< null: unknown
/// The format of what `device` holds from here on, by its first MiB; does not move it. Null: not known.
[[nodiscard]] const ImportFormat *recognisedFormat(QIODevice &device);
/// What to tell the user of a file whose format is not known. `device` stands at its start.
[[nodiscard]] Error unknownFormat(QIODevice &device, const QString &fileName);

} // namespace poolscope
