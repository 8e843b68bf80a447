// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// One connection to an SQLite file. Blocks; belongs to the thread that opened it.
class Database
{
public:
    enum class Access : quint8
    {
        ReadWrite, ///< makes the file if there is none
        ReadOnly, ///< takes part in the locking of a file that is being written
        Immutable, ///< believes that nobody writes: needs no lock and no file beside the file
    };
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &path, Access access);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] Result<Done> execute(const QString &sql, const QVariantList &values = {});
    /// Calls `visit` for every row until it returns false.
    using Visitor = std::function<bool(const QSqlQuery &row)>;
    [[nodiscard]] Result<Done> select(const QString &sql, const QVariantList &values, const Visitor &visit);
    /// The first column of the first row; nullopt: no row.
    [[nodiscard]] Result<std::optional<QVariant>> value(const QString &sql, const QVariantList &values = {});

    /// A statement that is run often.
    [[nodiscard]] Result<QSqlQuery> prepare(const QString &sql);
    [[nodiscard]] Result<Done> run(QSqlQuery &statement, const QVariantList &values);

    /// Everything or nothing.
    [[nodiscard]] Result<Done> transaction(const std::function<Result<Done>()> &work);

private:
    Database(const QSqlDatabase &connection, QString path);
    [[nodiscard]] Error errorOf(const QSqlError &error) const;

    QSqlDatabase m_connection;
    QString m_path;
};

} // namespace poolscope
