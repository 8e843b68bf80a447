// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"

namespace poolscope {

/// What WinDbg's !poolused prints: the short form (Allocs and Used of either pool, where Allocs is what is
/// outstanding) and the verbose one (Allocs, Frees, Diff, Used). A row gives one tag of each pool that it
/// holds something in. The tag is the four characters under the heading "Tag"; whatever follows the numbers,
/// also without a blank between, is the debugger's description.
class PoolusedLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Pool; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return true; }

private:
    [[nodiscard]] bool readHeading(QByteArrayView line);
    [[nodiscard]] Reading reading(const std::vector<Counter> &numbers, size_t pool) const;

    qsizetype m_tagAt = 0; ///< column of the heading
    size_t m_pools = 0; ///< 0: no heading yet
    bool m_isVerbose = false;
};

} // namespace poolscope
