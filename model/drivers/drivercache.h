// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/driversearch.h"

#include <QFileInfo>
#include <QHash>

#include <optional>

namespace poolscope {

/// What earlier searches found. A file that has the path, size and time of before is taken to be the same;
/// else its hash decides. One thread.
class DriverCache
{
public:
    explicit DriverCache(QString path);

    /// The hash of a file that did not change since; empty: not known.
    [[nodiscard]] QByteArray hashOf(const QFileInfo &file) const;
    /// Without effect for a file that was changed just now.
    void setHash(const QFileInfo &file, const QByteArray &sha256);
    /// What a search for the tag found in such a file; machine, company and the like with it. nullopt: not
    /// searched yet. A file that is no image is remembered as one without uses, isImage false.
    struct Entry
    {
        bool isImage = false;
        DriverHit hit; ///< without path, time and hash
    };
    [[nodiscard]] std::optional<Entry> entry(const QByteArray &sha256, const QByteArray &tag) const;
    void setEntry(const QByteArray &sha256, const QByteArray &tag, const Entry &entry);

    /// Whole or not at all; silent when nothing changed.
    [[nodiscard]] Result<Done> save() const;

private:
    struct File
    {
        qint64 size = 0;
        qint64 changedMs = 0;
        QByteArray sha256;
    };
    struct Image
    {
        bool isImage = false;
        DriverHit about;
        QHash<QByteArray, TagUse> uses; ///< by tag
    };

    void read();

    QString m_path;
    QHash<QString, File> m_files;
    QHash<QByteArray, Image> m_images; ///< by hash
    bool m_isChanged = false;
};

} // namespace poolscope
