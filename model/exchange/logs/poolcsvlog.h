// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"

#include <array>

namespace poolscope {

/// The CSV files of PoolMonX (a row a tag and type, or both pools side by side) and of poolmon-powershell
/// (with the time in each row), with commas, semicolons or tabs between the fields. Columns are found by
/// their titles: "Paged Allocs", "PagedAllocs" and "paged_allocs" are the same. One of the programs writes
/// thousands separators without quotes: such a row is read where Diff = Allocs - Frees leaves one way to read
/// it. Any other row with more or less fields than the heading is damaged.
class PoolCsvLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Pool; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    /// Whether the start of a file has the heading; nothing else has its like, and its rows may be
    /// unreadable.
    [[nodiscard]] static bool recognises(const QByteArray &head);
    [[nodiscard]] bool needsWholeRows() const override { return true; }
    [[nodiscard]] std::optional<TimeLine> rowTime() const override { return m_time; }
    [[nodiscard]] std::optional<TimeLine> timeOfOther(QByteArrayView line) const override;

private:
    /// Where the counters of one pool stand; -1: nowhere.
    struct Pool
    {
        PoolType type = PoolType::None;
        std::array<qsizetype, 4> columns{-1, -1, -1, -1};
    };

    /// Columns that stand side by side; none: 0.
    struct Columns
    {
        qsizetype first = 0;
        qsizetype count = 0;
    };

    [[nodiscard]] static Columns numberColumns(const QByteArrayList &titles, const std::vector<Pool> &pools);
    [[nodiscard]] std::optional<QByteArrayList> mendedRow(const QByteArrayList &fields) const;
    [[nodiscard]] bool readHeading(const QByteArrayList &fields);
    [[nodiscard]] LogLine readRow(const QByteArrayList &fields, std::vector<LogRow> &rows);

    qsizetype m_fields = 0; ///< of the heading; 0: none yet
    qsizetype m_tag = -1;
    qsizetype m_type = -1;
    qsizetype m_driver = -1;
    qsizetype m_utc = -1;
    qsizetype m_local = -1;
    std::vector<Pool> m_pools;
    Columns m_numbers;
    char m_separator = ',';
    QByteArray m_timeText; ///< of the row read last
    std::optional<TimeLine> m_time; ///< what it says
};

} // namespace poolscope
