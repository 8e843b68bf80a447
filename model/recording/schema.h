// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/recording/database.h"

#include <QStringList>

#include <functional>

namespace poolscope {

constexpr int RecordingFormatVersion = 1;
constexpr qint64 RecordingPageBytes = 4096;
/// The write-ahead log is taken over into the file when it is about this large.
constexpr qint64 MaxLogBytes = 1024LL * 1024;

/// Rows of the table of the properties.
enum : qint64
{
    CreatedProperty = 1, ///< "created": time
    ProgramProperty = 2, ///< "program": which version made the file
    FirstSampleProperty = 3, ///< "first_sample": number of the oldest sample that rotation left
};

/// A plain table: id, the columns named here, crc. What anybody's SQLite shows is what it means.
struct TableLayout
{
    QString name;
    QStringList columns; ///< without id and crc
};

namespace tables {
extern const TableLayout Properties;
extern const TableLayout Segments;
extern const TableLayout Tags;
extern const TableLayout Drivers;
extern const TableLayout Hosts;
extern const TableLayout Notes;
extern const TableLayout Marks;
extern const TableLayout Snapshots;
} // namespace tables

/// Makes an empty recording under a temporary name and renames it: there is never half of one.
[[nodiscard]] Result<Done> createRecording(const QString &path);

/// Refuses what is not a recording and what is of a newer version; gives the version.
[[nodiscard]] Result<int> checkedVersion(Database &database, const QString &path);
/// The same from the first bytes of the file alone, where SQLite's format keeps both numbers: they can be
/// read without a lock and also when a killed writer left its pages half taken over from the log.
[[nodiscard]] Result<int> checkedHeaderVersion(const QString &path);

/// With the right checksum; replaces a row with the same id.
[[nodiscard]] Result<Done> putRow(
    Database &database, const TableLayout &table, qint64 id, const QVariantList &values);

/// Visits all rows of a table by rising id, also past places that are damaged. The columns come in the
/// given order behind the id. Returns what went wrong, if anything did: then rows may be missing.
using ScanVisitor = std::function<void(qint64 id, const QSqlQuery &row)>;
[[nodiscard]] Result<Done> scanTable(Database &database, const QString &table, const QString &columns,
    qint64 firstId, const ScanVisitor &visit);

/// Visits the rows of a plain table whose checksum is right. Returns one sentence for each row or part of
/// the table that is not.
using RowVisitor = std::function<void(qint64 id, const QVariantList &values)>;
[[nodiscard]] QStringList scanPlainTable(
    Database &database, const TableLayout &table, qint64 firstId, const RowVisitor &visit);

} // namespace poolscope
