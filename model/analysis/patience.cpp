// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/patience.h"

#include <algorithm>
#include <array>
#include <span>

namespace poolscope {

namespace {

/// lazy_max_pages() in mm/vmalloc.c: areas are purged when enough of them have gathered.
constexpr QByteArrayView LazyCache("vmap_area");

/// Caches that the kernel makes as reclaimable (SLAB_RECLAIM_ACCOUNT), by how their names end or are: a log
/// does not tell their type.
constexpr std::array<QByteArrayView, 7> ReclaimableCaches{"dentry", "radix_tree_node", "buffer_head",
    "extent_status", "ext4_extent_status", "xfs_inode", "btrfs_inode"};
constexpr QByteArrayView InodeCacheEnd("inode_cache"); // every file system's, and those of sockets and /proc
/// What the kernel keeps of files on disks: data, extents, inodes, names. Not the inodes of sockets and
/// pipes.
constexpr std::array<QByteArrayView, 8> FileCaches{"buffer_head", "extent_status", "ext4_extent_status",
    "radix_tree_node", "ext4_inode_cache", "xfs_inode", "btrfs_inode", "dentry"};
constexpr QByteArrayView Sizes(
    "kmalloc-"); // followed by a number: those of control groups have a word between
constexpr QByteArrayView ReclaimableSizes("kmalloc-rcl-");

/// Memory of programs and the page cache, dentries and inodes, nodes of the page cache's trees.
constexpr std::array<QByteArrayView, 7> SiteFolders{
    "mm/", "fs/dcache.c", "fs/inode.c", "fs/ext4/", "fs/xfs/", "fs/btrfs/", "lib/xarray.c"};
/// In mm/, but kernel memory that somebody asked for by name.
constexpr std::array<QByteArrayView, 3> SitesThatLeak{"mm/vmalloc.c", "mm/util.c", "mm/slab_common.c"};

bool startsWithOneOf(QByteArrayView text, std::span<const QByteArrayView> beginnings)
{
    return std::ranges::any_of(beginnings, [&](QByteArrayView begin) { return text.startsWith(begin); });
}

bool isReclaimableCache(QByteArrayView name)
{
    return name.endsWith(InodeCacheEnd) || name.startsWith(ReclaimableSizes)
        || std::ranges::find(ReclaimableCaches, name) != ReclaimableCaches.end();
}

} // namespace

bool isTakenBackOnDemand(const Tag &tag, SourceKind kind, const Reading &reading)
{
    const QByteArrayView name(tag.bytes);
    if (kind == SourceKind::Site)
        return startsWithOneOf(name, SiteFolders) && !startsWithOneOf(name, SitesThatLeak);
    return kind == SourceKind::Slab && !reading.allocs.isKnown()
        && (tag.type == PoolType::Paged || name == LazyCache || isReclaimableCache(name));
}

FileCacheRole fileCacheRole(const Tag &tag, SourceKind kind)
{
    if (kind != SourceKind::Slab)
        return FileCacheRole::None;
    const QByteArrayView name(tag.bytes);
    if (std::ranges::find(FileCaches, name) != FileCaches.end())
        return FileCacheRole::Holds;
    const bool isSize = name.startsWith(Sizes) && name.size() > Sizes.size() && name[Sizes.size()] >= '0'
        && name[Sizes.size()] <= '9';
    return isSize ? FileCacheRole::MayFollow : FileCacheRole::None;
}

} // namespace poolscope
