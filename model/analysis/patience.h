// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/tag.h"

namespace poolscope {

/// Whether the kernel holds such memory until somebody wants it, so that minutes of growth prove nothing:
/// reclaimable slab caches (dentries, inodes), areas of vmalloc that are freed in batches, and of allocation
/// sites those of the page cache, of programs' own memory and of the caches above. Windows' paged pool is
/// not meant: it is told apart by its counted allocations.
[[nodiscard]] bool isTakenBackOnDemand(const Tag &tag, SourceKind kind, const Reading &reading);

/// What part a tag has in the cache of files.
enum class FileCacheRole : quint8
{
    None,
    Holds, ///< grows with what is written and read: buffers, extents, inodes, names
    MayFollow, ///< a size that anybody allocates, whoever writes files among them
};
[[nodiscard]] FileCacheRole fileCacheRole(const Tag &tag, SourceKind kind);

} // namespace poolscope
