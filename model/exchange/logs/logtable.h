// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"
#include "model/formats/samplebuilder.h"

#include <span>
#include <vector>

namespace poolscope {

/// Parts the rows of a log into samples where tags come again. That means different things: `grep` in a loop
/// prints one heading, if any, and then one sample after the other; procps repeats its heading within one
/// sample; a kernel may hold several caches of one name; and people paste what they copied twice. So rows
/// whose tags come again wait until it shows what they are:
/// - the same tags in the same order, or most of them, and nothing else: the next sample;
/// - among rows of other tags: several caches of one name, which are added up, or, where the numbers are the
///   same too, rows that stand there twice, which are left out and told (see keepEqualRows());
/// - after a repeated heading: the next sample when most of its tags are known, else more of the same one.
/// Few rows wait at a time. Not thread-safe.
class LogTable
{
public:
    /// A row that was not simply taken.
    struct Remark
    {
        qint64 line = 0;
        bool isLeftOut = false; ///< else added to another one, in doubt
    };

    /// Rows with the same numbers are different things, too: a function in a header is a site of each file
    /// that includes it.
    void keepEqualRows() { m_keepsEqual = true; }
    /// The table has a heading of its own.
    void begin() { m_isHeaded = true; }
    /// A heading that may also stand within a table.
    void repeatHeading();
    /// The tags of line number `line`; they are moved away.
    void add(std::span<LogRow> rows, qint64 line);
    /// As add(), where it is certain that the row belongs to the table.
    void addCertain(std::span<LogRow> rows, qint64 line);
    /// The table ends here for certain.
    void end();

    [[nodiscard]] bool isEmpty() const { return m_first.isEmpty(); }
    /// Samples that are whole, in order. Taken by the call.
    [[nodiscard]] std::vector<SampleBuilder> takeFinished();
    [[nodiscard]] std::vector<Remark> takeRemarks(); ///< taken by the call

private:
    /// Rows that wait.
    struct Round
    {
        SampleBuilder rows;
        std::vector<qint64> lines; ///< of each of its rows
        bool isInOrder = true; ///< its tags are the first ones of the table, in the same order
    };
    enum class Kind : quint8
    {
        Again, ///< begins where a tag came again
        Headed, ///< begins after a repeated heading
    };

    void wait(std::span<LogRow> rows, qint64 line);
    void settle(bool isAtEnd);
    void mergeRounds();
    void finishRounds();
    void merge(LogRow row, qint64 line);
    [[nodiscard]] bool isNextSample(bool isAtEnd) const;
    [[nodiscard]] bool mostAreKnown(const SampleBuilder &rows) const;

    SampleBuilder m_first;
    std::vector<Round> m_rounds;
    Kind m_kind = Kind::Again; ///< of the rounds
    bool m_keepsEqual = false;
    bool m_isHeaded = false;
    bool m_headingCame = false;
    std::vector<SampleBuilder> m_finished;
    std::vector<Remark> m_remarks;
};

} // namespace poolscope
