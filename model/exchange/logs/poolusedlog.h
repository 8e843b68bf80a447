// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"

#include <span>

namespace poolscope {

/// What WinDbg's !poolused prints: the short form (Allocs and Used of either pool, where Allocs is what is
/// outstanding) and the verbose one (Allocs, Frees, Diff, Used). A row gives one tag of each pool that it
/// holds something in. The tag is the four characters under the heading "Tag"; whatever follows the numbers,
/// also without a blank between, is the debugger's description. A number that may have its first digits is
/// not read. The line above the heading, or the heading itself, names the pools; without it, two of them are
/// nonpaged and paged, and one alone is not known.
class PoolusedLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Pool; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return true; }

private:
    [[nodiscard]] LogLine readRow(QByteArrayView line, std::vector<LogRow> &rows) const;
    [[nodiscard]] bool readHeading(QByteArrayView line);
    [[nodiscard]] bool readPools(QByteArrayView line);
    [[nodiscard]] LogLine readNumbers(QByteArrayView line, std::vector<Counter> &numbers) const;
    [[nodiscard]] std::optional<qint64> lastNumber(
        QByteArrayView line, qsizetype before, bool isAligned) const;
    [[nodiscard]] Reading reading(std::span<const Counter> numbers, size_t pool) const;
    void addRows(QByteArrayView tag, std::span<const Counter> numbers, std::vector<LogRow> &rows) const;

    qsizetype m_tagAt = 0; ///< column of the heading
    std::vector<qsizetype> m_ends; ///< columns where the headings of the numbers end; empty: no heading yet
    std::vector<PoolType> m_named; ///< the pools in the line read last above a heading
    std::vector<PoolType> m_pools; ///< of the table
    bool m_isVerbose = false;
};

} // namespace poolscope
