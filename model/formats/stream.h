// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"
#include "model/formats/rowmatcher.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

// The stream format, version 1: text, one sample per block, easy to write with a shell script.
//
//     #poolscope-stream 1 kind=slab host=NAME boot=ID system="Debian 12, kernel 6.1"
//     @ 2026-11-22T18:25:04.123456789Z mono=1234567890123
//     s mem_total=25276506112 mem_available=24938356736 page_faults=123456
//     t paged dentry outstanding=12345 bytes=2370240
//     t nonpaged "name with blanks" allocs=10 frees=4 outstanding=6 bytes=384 driver="x.sys"
//     .
//
// The header names the kind of tags (pool, slab or site) and what is known of the machine; bits=32 says that
// its cumulative counters wrap at 2^32. A later header starts another run. "@" starts a sample with its wall
// time (ISO 8601 UTC) and the machine's monotonic clock in ns (without it the wall time stands in); "s" holds
// system fields, keys as in systemFieldInfo(); "t" holds one tag: pool type (nonpaged, paged or none), name,
// counters; a dot ends the sample. A counter that is not named is unknown. Rows of an equal tag are added up.
//
// Names and values are in double quotes when they are empty or hold a blank or a quote; everywhere `\xNN`
// stands for a byte, `\\` for a backslash, and in quotes `\"` for a quote. Unknown keys and lines of an
// unknown kind (a lower-case word or one character) are skipped, so that the format can grow.

namespace poolscope {

/// Writes samples in the stream format. One thread at a time.
class StreamWriter
{
public:
    /// Appends the block of `sample` to `out`, and before it the header when the origin is a new one.
    void write(const Sample &sample, QByteArray &out);

private:
    void describe(const std::shared_ptr<const TagList> &tags);

    std::shared_ptr<const Origin> m_origin;
    std::shared_ptr<const TagList> m_tags;
    /// What stands before and after the counters of each tag: the same as long as the tags are.
    std::vector<QByteArray> m_before;
    std::vector<QByteArray> m_after;
};

/// Reads the stream format piece by piece. A damaged line costs its sample only: it is reported, and reading
/// goes on at the next one. Memory is bounded whatever comes. One thread at a time.
class StreamReader
{
public:
    static constexpr qsizetype LongestLine = 65'536; ///< bytes
    static constexpr size_t MostTags = 1'000'000; ///< in one sample
    static constexpr qsizetype MostTagText = 268'435'456; ///< bytes of all tag lines of one sample

    /// `uri` becomes Origin::uri and is what errors call the stream.
    explicit StreamReader(QString uri);

    /// More of the stream, cut anywhere. Call next() until it gives nothing before feeding more.
    void feed(QByteArrayView bytes);

    /// The next sample or error in stream order; nothing when more has to be fed first. Samples share their
    /// tag list as long as the rows stay the same.
    [[nodiscard]] std::optional<Result<SamplePtr>> next();

    /// The stream was no stream from its first line on, or is of a newer version: nothing more will come.
    [[nodiscard]] bool isRefused() const { return m_state == State::Refused; }

    /// The line at hand, from 1: the one that an error of next() is about.
    [[nodiscard]] qsizetype line() const { return m_line; }

    /// To be asked when the stream has ended and next() gives nothing: what is missing, if anything.
    [[nodiscard]] std::optional<Error> finish() const;

private:
    enum class State
    {
        Start, ///< the header has to come
        Between, ///< behind a sample
        InSample,
        Skipping, ///< behind a damaged line, up to the next sample
        Refused,
    };
    using Problem = std::optional<Error>;

    [[nodiscard]] std::optional<QByteArrayView> takeLine();
    [[nodiscard]] Problem takeHeader(QByteArrayView line);
    [[nodiscard]] Problem takeLineOutside(QByteArrayView line);
    [[nodiscard]] Problem takeLineInSample(QByteArrayView line);
    [[nodiscard]] Problem beginSample(QByteArrayView rest);
    [[nodiscard]] Problem takeSystem(QByteArrayView rest);
    [[nodiscard]] Problem takeTag(QByteArrayView rest);
    [[nodiscard]] Problem addReading(quint32 entry, const Reading &reading);
    [[nodiscard]] SamplePtr endSample();
    [[nodiscard]] Error refuse(const QString &what, const QString &whatToDo);
    /// An error at the line at hand, after which the sample is skipped.
    [[nodiscard]] Error damaged(const QString &what);
    [[nodiscard]] QString where() const;

    QString m_uri;
    State m_state = State::Start;
    QByteArray m_buffer;
    qsizetype m_at = 0; ///< start of what was not read yet in m_buffer
    qsizetype m_line = 0; ///< number of the line at hand, from 1
    bool m_droppingLine = false; ///< the rest of a line that is too long
    bool m_lineTooLong = false;
    int m_unknownLines = 0; ///< in a row, outside of samples

    std::shared_ptr<const Origin> m_origin;
    std::shared_ptr<Sample> m_sample; ///< the one at hand
    RowMatcher m_matcher;
    size_t m_rows = 0; ///< tag lines of the sample at hand, and their bytes
    qsizetype m_rowText = 0;
    QByteArray m_name; ///< scratch: an unescaped name
    QByteArray m_driver;
};

} // namespace poolscope
