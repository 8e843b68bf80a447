// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/schema.h"

#include "model/core/duration.h"
#include "model/recording/rowcheck.h"

#include <QFile>
#include <QUuid>
#include <QtEndian>

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 ApplicationId = 0x504F'4F4C; // "POOL"

} // namespace

namespace tables {
const TableLayout Properties{u"properties"_s, {u"name"_s, u"value"_s}};
const TableLayout Segments{u"segments"_s,
    {u"first_sample"_s, u"end_sample"_s, u"source"_s, u"kind"_s, u"host"_s, u"boot_id"_s, u"system"_s,
        u"counter_bits"_s}};
const TableLayout Tags{u"tags"_s, {u"kind"_s, u"type"_s, u"name"_s, u"bytes"_s}};
const TableLayout Drivers{u"drivers"_s, {u"name"_s, u"bytes"_s}};
const TableLayout Hosts{u"hosts"_s,
    {u"time"_s, u"host"_s, u"os"_s, u"kernel"_s, u"build"_s, u"boot_id"_s, u"ram_bytes"_s,
        u"uptime_seconds"_s}};
const TableLayout Notes{u"notes"_s, {u"time"_s, u"text"_s}};
const TableLayout Marks{u"marks"_s, {u"time"_s, u"kind"_s, u"text"_s}};
const TableLayout Snapshots{
    u"snapshots"_s, {u"uuid"_s, u"time"_s, u"label"_s, u"note"_s, u"automatic"_s, u"host"_s, u"tags"_s}};
} // namespace tables

namespace {

QStringList schemaStatements()
{
    // Short, so that all of it lies on the first page of the file: see FORMAT.md, "Damage".
    QStringList statements{
        u"CREATE TABLE chunks(id INTEGER PRIMARY KEY,segment,samples,start,\"end\",times)"_s,
        u"CREATE TABLE parts(id INTEGER PRIMARY KEY,data)"_s,
        u"CREATE TABLE journal(id INTEGER PRIMARY KEY,data)"_s,
        u"CREATE TABLE snapshot_samples(id INTEGER PRIMARY KEY,data)"_s};
    for (const TableLayout *table : {&tables::Properties, &tables::Segments, &tables::Tags, &tables::Drivers,
             &tables::Hosts, &tables::Notes, &tables::Marks, &tables::Snapshots}) {
        statements += u"CREATE TABLE "_s + table->name + u"(id INTEGER PRIMARY KEY,"_s
            + table->columns.join(u',') + u",crc)"_s;
    }
    return statements;
}

Result<Done> fillNewFile(Database &database)
{
    QStringList statements{u"PRAGMA page_size=4096"_s, u"PRAGMA auto_vacuum=INCREMENTAL"_s,
        u"PRAGMA encoding='UTF-8'"_s, u"BEGIN"_s};
    statements += schemaStatements();
    statements += u"PRAGMA application_id=%1"_s.arg(ApplicationId);
    statements += u"PRAGMA user_version=%1"_s.arg(RecordingFormatVersion);
    for (const QString &statement : std::as_const(statements)) {
        if (const Result<Done> done = database.execute(statement); !done)
            return done;
    }
    for (const Result<Done> &done :
        {putRow(database, tables::Properties, CreatedProperty, {u"created"_s, isoUtc(wallTimeNow(), 9)}),
            putRow(database, tables::Properties, ProgramProperty,
                {u"program"_s, u"PoolScope " POOLSCOPE_VERSION ""_s}),
            database.execute(u"COMMIT"_s), database.execute(u"PRAGMA journal_mode=WAL"_s)}) {
        if (!done)
            return done;
    }
    return Done();
}

Result<int> checkedNumbers(qint64 applicationId, qint64 version, const QString &path)
{
    if (applicationId != ApplicationId || version < 1) {
        return Error{
            ErrorKind::BadInput, u"this is not a PoolScope recording"_s, path, u"choose a .poolscope file"_s};
    }
    if (version > RecordingFormatVersion) {
        return Error{ErrorKind::BadInput,
            u"the recording was written by a newer PoolScope (format %1, this one knows %2)"_s.arg(version)
                .arg(RecordingFormatVersion),
            path, u"open it with a newer version; it was left as it is"_s};
    }
    return static_cast<int>(version);
}

} // namespace

Result<Done> createRecording(const QString &path)
{
    const QString temporary = path + u'.' + QUuid::createUuid().toString(QUuid::Id128).left(8) + u".tmp";
    const auto make = [&]() -> Result<Done> {
        Result<std::unique_ptr<Database>> database = Database::open(temporary, Database::Access::ReadWrite);
        return database ? fillNewFile(*database.value()) : database.error();
    };
    const Result<Done> made = make();
    if (!made) {
        QFile::remove(temporary);
        Error error = made.error();
        return Error{ErrorKind::WriteFailed, error.what, path, error.whatToDo};
    }
    // An empty file, as mktemp makes them, is as good as none.
    if (QFile existing(path); existing.exists() && existing.size() == 0)
        existing.remove();
    if (!QFile::rename(temporary, path)) {
        QFile::remove(temporary);
        return Error{
            ErrorKind::WriteFailed, u"cannot make the recording"_s, path, u"choose another name or folder"_s};
    }
    return Done();
}

Result<int> checkedVersion(Database &database, const QString &path)
{
    const auto number = [&database](const QString &pragma) {
        const Result<std::optional<QVariant>> value = database.value(pragma);
        return value && value.value() ? value.value()->toLongLong() : 0;
    };
    return checkedNumbers(number(u"PRAGMA application_id"_s), number(u"PRAGMA user_version"_s), path);
}

Result<int> checkedHeaderVersion(const QString &path)
{
    // "The Database Header" of SQLite's file format: big-endian numbers at fixed places.
    constexpr qsizetype UserVersionAt = 60;
    constexpr qsizetype ApplicationIdAt = 68;
    constexpr qsizetype HeaderBytes = 100;
    QFile file(path);
    const QByteArray header = file.open(QIODevice::ReadOnly) ? file.read(HeaderBytes) : QByteArray();
    if (header.size() < HeaderBytes || !header.startsWith("SQLite format 3"))
        return checkedNumbers(0, 0, path);
    const char *const bytes = header.constData();
    return checkedNumbers(qFromBigEndian<quint32>(bytes + ApplicationIdAt),
        qFromBigEndian<quint32>(bytes + UserVersionAt), path);
}

Result<Done> putRow(Database &database, const TableLayout &table, qint64 id, const QVariantList &values)
{
    // A null string would become NULL; in a recording NULL means unknown and an empty text is empty.
    QVariantList bound{id};
    for (const QVariant &value : values) {
        if (value.metaType().id() == QMetaType::QString && value.toString().isNull())
            bound += u""_s;
        else if (value.metaType().id() == QMetaType::QByteArray && value.toByteArray().isNull())
            bound += QByteArrayLiteral("");
        else
            bound += value;
    }
    bound += static_cast<qint64>(rowCheck(bound));
    QStringList places;
    places.fill(u"?"_s, bound.size());
    return database.execute(
        u"INSERT OR REPLACE INTO "_s + table.name + u" VALUES("_s + places.join(u',') + u')', bound);
}

namespace {

/// SQLite gives up at the first page that makes no sense; keys behind it are reached by asking for them.
class Scan
{
public:
    Scan(Database &database, const QString &table, const QString &columns, const ScanVisitor &visit)
        : m_database(database)
        , m_table(table)
        , m_select(u"SELECT id,"_s + columns + u" FROM "_s + table + u" WHERE id>=? ORDER BY id"_s)
        , m_visit(visit)
    {
    }

    Result<Done> run(qint64 firstId)
    {
        m_next = firstId;
        const Result<Done> whole = walk();
        if (whole)
            return whole;
        for (int holes = 0; holes < MostHoles && skipHole(); ++holes) {
            if (walk())
                break;
        }
        return whole;
    }

private:
    static constexpr int MostHoles = 1000;
    static constexpr qint64 LargestStep = qint64(1) << 40;

    Result<Done> walk()
    {
        return m_database.select(m_select, {m_next}, [&](const QSqlQuery &row) {
            const qint64 id = row.value(0).toLongLong();
            if (id < m_next) // damaged pages can lead in circles
                return false;
            m_next = id + 1;
            m_visit(id, row);
            return true;
        });
    }
    [[nodiscard]] bool isReadable(qint64 id)
    {
        return m_database.value(u"SELECT id FROM "_s + m_table + u" WHERE id>=? ORDER BY id LIMIT 1"_s, {id})
            .ok();
    }
    /// Moves behind the keys that cannot be read; false: there is nothing behind them.
    [[nodiscard]] bool skipHole()
    {
        qint64 step = 1;
        while (!isReadable(m_next + step)) {
            step *= 2;
            if (step > LargestStep)
                return false;
        }
        qint64 unreadable = m_next + step / 2;
        qint64 readable = m_next + step;
        while (readable - unreadable > 1) {
            const qint64 middle = unreadable + (readable - unreadable) / 2;
            (isReadable(middle) ? readable : unreadable) = middle;
        }
        m_next = readable;
        return true;
    }

    Database &m_database;
    QString m_table;
    QString m_select;
    const ScanVisitor &m_visit;
    qint64 m_next = 0;
};

} // namespace

Result<Done> scanTable(Database &database, const QString &table, const QString &columns, qint64 firstId,
    const ScanVisitor &visit)
{
    return Scan(database, table, columns, visit).run(firstId);
}

QStringList scanPlainTable(
    Database &database, const TableLayout &table, qint64 firstId, const RowVisitor &visit)
{
    QStringList damage;
    const auto check = [&](qint64 id, const QSqlQuery &row) {
        QVariantList values{id};
        for (int i = 0; i < table.columns.size(); ++i)
            values += row.value(i + 1);
        if (row.value(static_cast<int>(values.size())).toLongLong() != rowCheck(values)) {
            damage += u"row %1 of the %2 is damaged"_s.arg(id).arg(table.name);
            return;
        }
        values.removeFirst();
        visit(id, values);
    };
    const Result<Done> scanned =
        scanTable(database, table.name, table.columns.join(u',') + u",crc"_s, firstId, check);
    if (!scanned)
        damage += u"the table of the %1 is damaged: rows may be missing"_s.arg(table.name);
    return damage;
}

} // namespace poolscope
