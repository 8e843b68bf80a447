// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/recording/database.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace poolscope {

/// A recording that is opened for reading in the way that its state allows, without changing it or anything
/// beside it that matters: as an immutable file while nobody writes to it, in turns with the writer while
/// there is a write-ahead log, and from a temporary copy where neither works or its first page is damaged.
class RecordingFile
{
public:
    [[nodiscard]] static Result<std::unique_ptr<RecordingFile>> open(const QString &path);

    [[nodiscard]] Database &database() { return *m_database; }
    [[nodiscard]] int version() const { return m_version; }
    [[nodiscard]] const QStringList &damage() const { return m_damage; }
    /// False: a writer came or went since open(), what this object reads is not what stands in the file.
    [[nodiscard]] bool isCurrent() const;
    /// A writer may be adding to the file: who reads more than once takes care.
    [[nodiscard]] bool isShared() const { return m_access == Database::Access::ReadOnly && !m_copy; }
    [[nodiscard]] bool hasLog() const { return m_hasLog; }

private:
    explicit RecordingFile(const QString &path);
    [[nodiscard]] Result<Done> openInPlace();
    [[nodiscard]] Result<Done> openCopy();
    [[nodiscard]] Result<Done> openWithNewHead();
    [[nodiscard]] Result<Done> openDatabase(const QString &path, Database::Access access);

    QString m_path;
    bool m_hasLog = false;
    qint64 m_size = 0;
    QDateTime m_modified;
    std::unique_ptr<QTemporaryDir> m_copy; ///< outlives the database in it
    std::unique_ptr<Database> m_database;
    Database::Access m_access = Database::Access::Immutable;
    int m_version = 0;
    bool m_isNewer = false;
    QStringList m_damage;
};

} // namespace poolscope
