// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/formats/poolmonrow.h"

#include <QSet>

#include <optional>
#include <vector>

namespace poolscope {

/// One table of a PoolMon text.
struct PoolMonSheet
{
    std::vector<PoolMonRow> rows;
    SystemReading system;
    bool headed = false; ///< began with a header or a column line
    bool titled = false; ///< has a column line: a sample even without rows
    bool live = false; ///< copied from the screen: PageFlts is a change

    /// A header whose table is missing is not a sample.
    [[nodiscard]] bool isSample() const { return titled || !rows.empty(); }
    /// Some name is longer than the four bytes of a pool tag.
    [[nodiscard]] bool hasLongNames() const;
};

/// Parts a PoolMon text, line by line, into its tables.
class PoolMonSheetReader
{
public:
    enum class Outcome : quint8
    {
        Taken,
        SheetBegins, ///< this line belongs to the next table: finished() is whole
        Damaged, ///< begins like a row and cannot be read; left out
        Foreign, ///< nothing that PoolMon writes
    };
    /// `line` without its line end. With `isUnended` it has none: a driver's name may be cut off and is left
    /// out; numbers that are cut off make no row.
    [[nodiscard]] Outcome take(QByteArrayView line, bool isUnended);
    /// The table before the line that began another. Taken by the call.
    [[nodiscard]] PoolMonSheet finished();
    /// The table at hand, at the end of the text or where the caller knows that it ends. Taken by the call.
    [[nodiscard]] PoolMonSheet last();
    [[nodiscard]] bool hasBegun() const { return m_any; }
    [[nodiscard]] bool hasRows() const { return !m_sheet.rows.empty(); }
    /// What a line above the table says of its tags.
    [[nodiscard]] std::optional<SourceKind> namedKind() const { return m_namedKind; }

private:
    [[nodiscard]] bool begins(PoolMonLine kind, const PoolMonRow &row) const;

    PoolMonSheet m_sheet;
    PoolMonSheet m_finished;
    QSet<Tag> m_names; ///< of the rows, kept while there is no header to part samples by
    SystemReading m_system;
    bool m_any = false; ///< m_sheet has begun
    std::optional<SourceKind> m_namedKind;
};

/// Rows of one tag are added up. When `previous` holds the same rows, their tag list is shared.
[[nodiscard]] std::shared_ptr<Sample> sampleFromSheet(const PoolMonSheet &sheet, SourceKind kind,
    const std::shared_ptr<const Origin> &origin, WallTime wall, const SamplePtr &previous);

} // namespace poolscope
