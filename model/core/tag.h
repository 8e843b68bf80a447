// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>

#include <vector>

namespace poolscope {

/// What kind of thing the tags of a source are.
enum class SourceKind : quint8
{
    Pool, ///< Windows pool tags: four raw bytes, counters wrap at 32 bits
    Slab, ///< Linux slab caches, by name
    Site, ///< Linux allocation sites, file:line [module] func:name
};

/// Nonpaged and paged as on Windows. On Linux unreclaimable slab memory stands where nonpaged does and
/// reclaimable where paged does; None where a source does not say.
enum class PoolType : quint8
{
    None,
    Nonpaged,
    Paged,
};

/// What memory is booked under. Two tags are equal when their raw bytes and pool type are equal (and they
/// come from the same source kind, which is a fact of the whole sample), never because they print alike.
struct Tag
{
    QByteArray bytes; ///< raw, may hold any byte
    PoolType type = PoolType::None;

    friend bool operator==(const Tag &, const Tag &) = default;
};

[[nodiscard]] inline size_t qHash(const Tag &tag, size_t seed = 0) noexcept
{
    return qHashMulti(seed, tag.bytes, static_cast<quint8>(tag.type));
}

/// A tag and who is known to own it.
struct TagEntry
{
    Tag tag;
    /// Windows: the mapped driver. Linux slab: the other caches merged into this one, comma separated.
    /// Empty means unknown.
    QByteArray driver;

    friend bool operator==(const TagEntry &, const TagEntry &) = default;
};

/// The tags of a sample, in the sample's row order, each Tag once. Immutable once published and shared
/// between samples: equal pointers mean equal rows, which is the fast path everywhere.
using TagList = std::vector<TagEntry>;

/// Dense number of a tag within one session, from 0, never reused.
using TagId = quint32;

} // namespace poolscope
