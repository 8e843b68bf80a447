// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/driversearch.h"

#include <QFileInfo>
#include <QHash>

#include <optional>

namespace poolscope {

/// What earlier searches found. A file that has the path, size and time of before is taken to be the same;
/// else its hash decides. It is bounded: what this search did not ask for goes first. One thread.
class DriverCache
{
public:
    /// All of Windows' folder has about 15,000 drivers, libraries and programs.
    static constexpr qsizetype MostFiles = 20'000;
    /// For which a file's uses are kept; the next one begins anew.
    static constexpr qsizetype MostTags = 32;
    /// A file of the cache that is larger is none of ours, and made anew.
    static constexpr qint64 LargestFile = 64LL * 1024 * 1024;

    explicit DriverCache(QString path);

    /// The hash of a file that did not change since; empty: not known.
    [[nodiscard]] QByteArray hashOf(const QFileInfo &file);
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

    /// Whole or not at all; silent when nothing changed. Drops what is beyond the bounds.
    [[nodiscard]] Result<Done> save();

private:
    struct File
    {
        qint64 size = 0;
        qint64 changedMs = 0;
        QByteArray sha256;
        bool isWanted = false; ///< by this search
    };
    struct Image
    {
        bool isImage = false;
        DriverHit about;
        QHash<QByteArray, TagUse> uses; ///< by tag
    };

    void read();
    void dropFiles();
    void dropImages();

    QString m_path;
    QHash<QString, File> m_files;
    QHash<QByteArray, Image> m_images; ///< by hash
    bool m_isChanged = false;
};

} // namespace poolscope
