// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace poolscope {

/// One row of a CSV file of samples.
struct SampleCsvRow
{
    WallTime wall{};
    TagEntry entry;
    Reading reading;
};

/// Which columns a CSV file of samples has, and what its rows say.
class SampleCsvColumns
{
public:
    using Why = std::optional<QString>; ///< nothing: all is well

    /// Finds the columns by the names in the file's first row; others are ignored.
    [[nodiscard]] Why find(const std::vector<QByteArray> &titles);
    /// The time is `t_seconds` after a start that the file does not tell.
    [[nodiscard]] bool countsSeconds() const { return m_time < 0; }
    /// Reads a row whose fields are in the order of find().
    [[nodiscard]] Why read(const std::vector<QByteArray> &fields, WallTime start, SampleCsvRow &row) const;

private:
    [[nodiscard]] Why readTime(const std::vector<QByteArray> &fields, WallTime start, WallTime &wall) const;
    [[nodiscard]] static Why readNumber(const std::vector<QByteArray> &fields, int column, Counter &counter);

    // Places of the known columns in a row; -1: not in this file.
    int m_time = -1;
    int m_seconds = -1;
    int m_tag = -1;
    int m_type = -1;
    int m_allocs = -1;
    int m_frees = -1;
    int m_outstanding = -1;
    int m_bytes = -1;
    int m_driver = -1;
    size_t m_count = 0;
};

/// Whether the text's first line names the columns of such a file.
[[nodiscard]] bool looksLikeSampleCsv(const QByteArray &text);

} // namespace poolscope
