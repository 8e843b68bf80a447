// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/formats/poolmonrow.h"

#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace poolscope {

/// What the user should know of a line.
struct PoolMonRemark
{
    enum class Kind : quint8
    {
        Damaged, ///< it is of a table and cannot be read: left out
        Foreign, ///< left out, and nothing is lost
        Doubt, ///< it counts, but something about it is odd
    };
    Kind kind = Kind::Foreign;
    qint64 line = 0; ///< from 1
    QString why;
};

/// One table of a PoolMon text.
struct PoolMonSheet
{
    std::vector<PoolMonRow> rows;
    SystemReading system;
    qsizetype longNames = 0; ///< rows whose names are no pool tags
    bool headed = false; ///< began with a header or a column line
    bool titled = false; ///< has a column line: a sample even without rows
    bool live = false; ///< copied from the screen: PageFlts is a change

    /// A header whose table is missing is not a sample.
    [[nodiscard]] bool isSample() const { return titled || !rows.empty(); }
    /// Most names are no pool tags: these are slab caches. A few others are damage in a table of pool tags.
    [[nodiscard]] bool hasLongNames() const { return 2 * longNames > static_cast<qsizetype>(rows.size()); }
};

/// Parts a PoolMon text, line by line, into its tables. Rows and header lines that mail has wrapped are put
/// together where their numbers prove that they belong together. One thread.
class PoolMonSheetReader
{
public:
    /// `line` without its line end; `number` is its place, from 1. With `isUnended` it has no line end: a
    /// driver's name may be cut off and is left out; numbers that are cut off make no row. True when the
    /// line belongs to the next table: finished() is whole.
    [[nodiscard]] bool take(QByteArrayView line, qint64 number, bool isUnended);
    /// Whether the line completes one that was cut, so that it is nothing else.
    [[nodiscard]] bool continues(QByteArrayView line) const;
    /// The table before the line that began another. Taken by the call.
    [[nodiscard]] PoolMonSheet finished();
    /// The table at hand, at the end of the text or where the caller knows that it ends. Taken by the call.
    [[nodiscard]] PoolMonSheet last();
    [[nodiscard]] bool hasRows() const { return !m_sheet.rows.empty(); }
    /// What a line above the table says of its tags.
    [[nodiscard]] std::optional<SourceKind> namedKind() const { return m_namedKind; }
    /// What came up since the last call.
    [[nodiscard]] std::vector<PoolMonRemark> takeRemarks();

private:
    /// A line as it was understood.
    struct Read
    {
        PoolMonLine kind = PoolMonLine::Other;
        PoolMonRow row;
        SystemReading system;
        qint64 number = 0;
        bool isUnended = false;
    };
    /// A line that the next one may complete.
    struct Waiting
    {
        QByteArray text; ///< empty: none
        qint64 number = 0;
        int parts = 0;
    };
    enum class Again : quint8
    {
        No,
        Same, ///< the row stands there already
        Other, ///< another tag that prints alike
        NextSheet,
    };

    [[nodiscard]] bool takeRead(Read read, QByteArrayView line);
    [[nodiscard]] bool takeRow(Read read);
    [[nodiscard]] bool takeHeader(const Read &read);
    [[nodiscard]] bool takeOther(QByteArrayView line, qint64 number);
    [[nodiscard]] Again comesAgain(const PoolMonRow &row);
    [[nodiscard]] QByteArray joined(QByteArrayView line) const;
    [[nodiscard]] std::optional<Read> completed(QByteArrayView line) const;
    [[nodiscard]] bool begins(PoolMonLine kind) const;
    void beginNext();
    void dropWaiting();
    void readNamedKind(QByteArrayView line);
    void remark(PoolMonRemark::Kind kind, qint64 number, const QString &why);

    PoolMonSheet m_sheet;
    PoolMonSheet m_finished;
    QHash<quint64, size_t> m_places; ///< in m_sheet.rows, by tag
    Waiting m_waiting;
    bool m_any = false; ///< m_sheet has begun
    bool m_isDriverOpen = false; ///< of the line before
    std::optional<SourceKind> m_namedKind;
    std::vector<PoolMonRemark> m_remarks;
};

/// Leaves out the rows that name no pool tag, of a table of pool tags, and tells them.
[[nodiscard]] std::vector<PoolMonRemark> leaveOutLongNames(PoolMonSheet &sheet);

/// Rows of one tag are added up. When `previous` holds the same rows, their tag list is shared.
[[nodiscard]] std::shared_ptr<Sample> sampleFromSheet(const PoolMonSheet &sheet, SourceKind kind,
    const std::shared_ptr<const Origin> &origin, WallTime wall, const SamplePtr &previous);

} // namespace poolscope
