// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/result.h"
#include "model/core/tag.h"

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace poolscope {

/// What NtQuerySystemInformation answered and on which Windows: decides the layout of the records.
/// Layouts: System Informer's phnt/include/ntexapi.h, compiled for x86-64, i686 and aarch64 (as x86-64).
struct PoolTagFormat
{
    enum class Class : quint8
    {
        PoolTag = 22, ///< SystemPoolTagInformation: allocs and frees in 32 bits
        PoolTag2 = 255, ///< SystemPoolTagInformation2: allocs and frees in SIZE_T
    };
    enum class Word : quint8
    {
        Bits32, ///< SIZE_T is four bytes: x86
        Bits64, ///< SIZE_T is eight bytes: x64, ARM64
    };

    Class infoClass = Class::PoolTag;
    Word word = Word::Bits64;

    /// Where allocs and frees wrap: 32 or 64.
    [[nodiscard]] constexpr int counterBits() const
    {
        return infoClass == Class::PoolTag2 && word == Word::Bits64 ? 64 : 32;
    }
    [[nodiscard]] constexpr size_t headerSize() const { return word == Word::Bits64 ? 8 : 4; }
    [[nodiscard]] constexpr size_t recordSize() const
    {
        if (word == Word::Bits32)
            return 28;
        return infoClass == Class::PoolTag ? 40 : 56;
    }

    friend constexpr bool operator==(PoolTagFormat, PoolTagFormat) = default;
};

/// The tag table of one sample: readings[i] belongs to (*tags)[i].
struct PoolTagTable
{
    std::shared_ptr<const TagList> tags;
    std::vector<Reading> readings;
};

/// Reads the answers of one query class into tags and readings. A record becomes up to two rows of its tag,
/// nonpaged before paged, each only when the tag ever used that pool (allocs, frees or bytes are not zero).
/// Records that name the same tag are summed into the rows of the first. Padding is never looked at.
///
/// Remembers which record fills which row: while the kernel's table keeps its order, a further answer is
/// matched by position and carries the same tags pointer. Only when a record differs is it matched anew.
/// One instance per source, used by one thread at a time.
class PoolTagParser
{
public:
    explicit PoolTagParser(PoolTagFormat format = {});

    [[nodiscard]] PoolTagFormat format() const { return m_format; }

    /// `answer` is what the kernel wrote, from the count on, not the whole capacity of the buffer. An answer
    /// that ends before its count does is an error as a whole: which tags are missing cannot be known, and a
    /// table without them would show wrong totals. A byte count beyond 2^63 reads as unknown.
    [[nodiscard]] Result<PoolTagTable> parse(std::span<const std::byte> answer);

private:
    /// The rows that a tag has through any of its records.
    struct Place
    {
        quint32 firstRow = 0;
        bool nonpaged = false;
        bool paged = false;
    };

    template <typename Layout>
    PoolTagTable parseRecords(std::span<const std::byte> records);
    template <typename Layout>
    bool readInOrder(std::span<const std::byte> records, std::vector<Reading> &readings) const;
    template <typename Layout>
    bool readSummed(std::span<const std::byte> records, std::vector<Reading> &readings) const;
    template <typename Layout>
    void rememberKeys(std::span<const std::byte> records);
    void layOut();
    void publishTags(const std::vector<quint32> &tags, const std::vector<Place> &places);

    PoolTagFormat m_format;
    /// One per record, what must stay as it was for the rows to stay: the four tag bytes and which pools the
    /// record counts in.
    std::vector<quint64> m_keys;
    /// Which entry of m_places a record belongs to; empty while every tag has just one record.
    std::vector<quint32> m_placeOf;
    std::vector<Place> m_places; ///< one per distinct tag
    std::shared_ptr<const TagList> m_tags;
};

} // namespace poolscope
