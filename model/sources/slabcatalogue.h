// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"

#include <QByteArray>
#include <QHash>

#include <filesystem>
#include <memory>
#include <vector>

namespace poolscope {

/// What /sys/kernel/slab knows of the caches that slabinfo names: whether they are reclaimable, and which
/// other names share a merged cache. Asking for all caches costs milliseconds, so each name is looked
/// up once, when it first comes. POSIX only; one thread at a time.
class SlabCatalogue
{
public:
    /// `directory` need not exist: then pool types are None and drivers empty.
    explicit SlabCatalogue(std::filesystem::path directory);

    /// `names` with pool type (reclaimable: paged, else nonpaged; None if unreadable) and, as driver, the
    /// other names of the cache, comma separated. Gives the same pointer for the same pointer.
    [[nodiscard]] std::shared_ptr<const TagList> describe(const std::shared_ptr<const TagList> &names);

    /// Forgets everything, so that the next call asks again.
    void clear();

private:
    class Directory;
    void readNewNames(const TagList &names);
    [[nodiscard]] static PoolType readPoolType(const Directory &directory, const QByteArray &name);
    void readMergedNames(const Directory &directory);

    std::filesystem::path m_directory;
    std::shared_ptr<const TagList> m_names;
    std::shared_ptr<const TagList> m_described;
    QHash<QByteArray, PoolType> m_typeOf;
    QHash<QByteArray, QByteArray> m_groupOf; ///< name -> directory that its link points to
    QHash<QByteArray, std::vector<QByteArray>> m_namesOf; ///< that directory -> its names, sorted
};

} // namespace poolscope
