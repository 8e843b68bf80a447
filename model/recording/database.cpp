// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/database.h"

#include <QSqlError>
#include <QUrl>
#include <QUuid>

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Primary result codes of SQLite, https://sqlite.org/rescode.html
enum : int
{
    SqliteBusy = 5,
    SqliteReadOnly = 8,
    SqliteIoError = 10,
    SqliteCorrupt = 11,
    SqliteFull = 13,
    SqliteCannotOpen = 14,
    SqliteNotADatabase = 26,
};

} // namespace

Database::Database(const QSqlDatabase &connection, QString path)
    : m_connection(connection)
    , m_path(std::move(path))
{
}

Database::~Database()
{
    const QString name = m_connection.connectionName();
    m_connection.close();
    m_connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, Access access)
{
    QSqlDatabase connection = QSqlDatabase::addDatabase(
        u"QSQLITE"_s, u"recording-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces));
    std::unique_ptr<Database> database(new Database(connection, path));
    QString options = u"QSQLITE_BUSY_TIMEOUT=10000"_s;
    switch (access) {
    case Access::ReadWrite:
        connection.setDatabaseName(path);
        break;
    case Access::ReadOnly:
        connection.setDatabaseName(path);
        options += u";QSQLITE_OPEN_READONLY"_s;
        break;
    case Access::Immutable:
        connection.setDatabaseName(
            QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded(QUrl::FullyEncoded)) + u"?immutable=1");
        options += u";QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s;
        break;
    }
    connection.setConnectOptions(options);
    if (!connection.open())
        return database->errorOf(connection.lastError());
    return database;
}

Error Database::errorOf(const QSqlError &error) const
{
    const QString reason = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    switch (error.nativeErrorCode().toInt() & 0xFF) {
    case SqliteFull:
        return {ErrorKind::WriteFailed, u"the disk is full"_s, m_path, u"make room"_s};
    case SqliteIoError:
        return {ErrorKind::WriteFailed, u"reading or writing failed (%1)"_s.arg(reason), m_path,
            u"look whether the disk is full or failing"_s};
    case SqliteBusy:
        return {ErrorKind::WriteFailed, u"another program keeps the file locked"_s, m_path,
            u"close that program"_s};
    case SqliteReadOnly:
    case SqliteCannotOpen:
        return {ErrorKind::WriteFailed, u"cannot open the file (%1)"_s.arg(reason), m_path,
            u"look at its permissions and those of its folder"_s};
    case SqliteCorrupt:
    case SqliteNotADatabase:
        return {ErrorKind::BadInput, u"the file is damaged (%1)"_s.arg(reason), m_path,
            u"export what can still be read of it"_s};
    default:
        return {ErrorKind::BadInput, u"the database says: %1"_s.arg(reason), m_path, {}};
    }
}

Result<QSqlQuery> Database::prepare(const QString &sql)
{
    QSqlQuery query(m_connection);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return errorOf(query.lastError());
    return query;
}

Result<Done> Database::run(QSqlQuery &statement, const QVariantList &values)
{
    for (int i = 0; i < values.size(); ++i)
        statement.bindValue(i, values[i]);
    if (!statement.exec())
        return errorOf(statement.lastError());
    return Done();
}

Result<Done> Database::execute(const QString &sql, const QVariantList &values)
{
    return select(sql, values, [](const QSqlQuery &) { return true; });
}

Result<Done> Database::select(const QString &sql, const QVariantList &values, const Visitor &visit)
{
    Result<QSqlQuery> prepared = prepare(sql);
    if (!prepared)
        return prepared.error();
    QSqlQuery query = std::move(prepared).value();
    if (const Result<Done> ran = run(query, values); !ran)
        return ran;
    while (query.next()) {
        if (!visit(query))
            return Done();
    }
    if (query.lastError().isValid())
        return errorOf(query.lastError());
    return Done();
}

Result<std::optional<QVariant>> Database::value(const QString &sql, const QVariantList &values)
{
    std::optional<QVariant> found;
    const Result<Done> done = select(sql, values, [&](const QSqlQuery &row) {
        found = row.value(0);
        return false;
    });
    if (!done)
        return done.error();
    return found;
}

Result<Done> Database::transaction(const std::function<Result<Done>()> &work)
{
    if (const Result<Done> begun = execute(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    Result<Done> done = work();
    if (done)
        done = execute(u"COMMIT"_s);
    // SQLite has rolled back by itself after some errors; then this one fails and changes nothing.
    if (!done)
        static_cast<void>(execute(u"ROLLBACK"_s));
    return done;
}

} // namespace poolscope
