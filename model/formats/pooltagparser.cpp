// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/pooltagparser.h"

#include <QHash>
#include <QtEndian>

#include <limits>
#include <type_traits>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Where the fields of one record lie. Count is the type of allocs and frees, Size that of bytes.
template <typename CountType, typename SizeType, size_t RecordSize, size_t PagedAllocs, size_t PagedFrees,
    size_t PagedUsed, size_t NonpagedAllocs, size_t NonpagedFrees, size_t NonpagedUsed>
struct RecordLayout
{
    using Count = CountType;
    using Size = SizeType;
    static constexpr size_t Bytes = RecordSize;
    struct PagedAt
    {
        static constexpr size_t Allocs = PagedAllocs, Frees = PagedFrees, Used = PagedUsed;
    };
    struct NonpagedAt
    {
        static constexpr size_t Allocs = NonpagedAllocs, Frees = NonpagedFrees, Used = NonpagedUsed;
    };
};

// The padding is what is skipped: 0x0C..0x0F of PoolTag and 0x04..0x07 of PoolTag2, both on 64 bits only.
using PoolTagOn64 = RecordLayout<quint32, quint64, 40, 0x04, 0x08, 0x10, 0x18, 0x1C, 0x20>;
using PoolTag2On64 = RecordLayout<quint64, quint64, 56, 0x08, 0x10, 0x18, 0x20, 0x28, 0x30>;
using EitherOn32 = RecordLayout<quint32, quint32, 28, 0x04, 0x08, 0x0C, 0x10, 0x14, 0x18>;

template <typename Integer>
Integer load(const std::byte *at)
{
    return qFromLittleEndian<Integer>(at);
}

/// The counters of one pool of one record.
template <typename Layout>
struct Side
{
    typename Layout::Count allocs;
    typename Layout::Count frees;
    typename Layout::Size bytes;

    bool isUsed() const { return (allocs | frees | bytes) != 0; }
};

template <typename Layout, typename At>
Side<Layout> side(const std::byte *record)
{
    return {load<typename Layout::Count>(record + At::Allocs),
        load<typename Layout::Count>(record + At::Frees), load<typename Layout::Size>(record + At::Used)};
}

template <typename Unsigned>
Counter counterFrom(Unsigned value)
{
    if constexpr (sizeof(Unsigned) == sizeof(qint64)) {
        if (value > static_cast<Unsigned>(std::numeric_limits<qint64>::max()))
            return {};
    }
    return Counter(static_cast<qint64>(value));
}

template <typename Layout>
Reading readingFrom(const Side<Layout> &side)
{
    // The counters wrap, so outstanding is their difference modulo 2^bits, taken as signed.
    using Signed = std::make_signed_t<typename Layout::Count>;
    return {counterFrom(side.allocs), counterFrom(side.frees),
        Counter(static_cast<Signed>(side.allocs - side.frees)), counterFrom(side.bytes)};
}

/// Sum of two records of one tag: counters stay modulo 2^bits, bytes that no longer fit become unknown.
template <typename Layout>
void add(Side<Layout> &sum, const Side<Layout> &more, bool &bytesFit)
{
    sum.allocs += more.allocs;
    sum.frees += more.frees;
    sum.bytes += more.bytes;
    bytesFit = bytesFit && sum.bytes >= more.bytes;
}

QByteArray tagBytes(quint32 tag)
{
    return QByteArray(reinterpret_cast<const char *>(&tag), sizeof tag);
}

/// The tag as it lies in memory; only ever compared and copied back, so its byte order does not matter.
quint32 rawTag(const std::byte *record)
{
    quint32 tag = 0;
    memcpy(&tag, record, sizeof tag);
    return tag;
}

Error answerTooShort(PoolTagFormat format, const QString &what)
{
    return {ErrorKind::BadInput, u"the kernel's pool tag table is damaged"_s,
        u"NtQuerySystemInformation class %1: %2"_s.arg(static_cast<int>(format.infoClass)).arg(what),
        u"no tag is shown, as some would be missing; sample again, and report it if it stays"_s};
}

} // namespace

PoolTagParser::PoolTagParser(PoolTagFormat format)
    : m_format(format)
    , m_tags(std::make_shared<const TagList>())
{
}

Result<PoolTagTable> PoolTagParser::parse(std::span<const std::byte> answer)
{
    if (answer.size() < m_format.headerSize()) {
        return answerTooShort(m_format,
            u"the answer has %1 bytes, fewer than its head of %2"_s.arg(answer.size())
                .arg(m_format.headerSize()));
    }
    const auto count = load<quint32>(answer.data());
    const std::span<const std::byte> records = answer.subspan(m_format.headerSize());
    const size_t whole = records.size() / m_format.recordSize();
    if (count > whole) {
        return answerTooShort(m_format, u"it promises %1 tags, but holds only %2"_s.arg(count).arg(whole));
    }

    const std::span<const std::byte> counted = records.first(count * m_format.recordSize());
    if (m_format.word == PoolTagFormat::Word::Bits32)
        return parseRecords<EitherOn32>(counted);
    if (m_format.infoClass == PoolTagFormat::Class::PoolTag)
        return parseRecords<PoolTagOn64>(counted);
    return parseRecords<PoolTag2On64>(counted);
}

template <typename Layout>
PoolTagTable PoolTagParser::parseRecords(std::span<const std::byte> records)
{
    const auto read = [&](std::vector<Reading> &readings) {
        readings.reserve(m_tags->size());
        return m_anyShared ? readSummed<Layout>(records, readings) : readInPlace<Layout>(records, readings);
    };
    PoolTagTable table;
    if (!read(table.readings)) {
        layOut<Layout>(records);
        table.readings.clear();
        read(table.readings);
    }
    table.tags = m_tags;
    return table;
}

/// The usual case, every tag once: rows follow in record order. False when a record is not where it was.
template <typename Layout>
bool PoolTagParser::readInPlace(std::span<const std::byte> records, std::vector<Reading> &readings) const
{
    if (records.size() != m_slots.size() * Layout::Bytes)
        return false;
    const std::byte *record = records.data();
    for (const Slot &slot : m_slots) {
        const auto nonpaged = side<Layout, typename Layout::NonpagedAt>(record);
        const auto paged = side<Layout, typename Layout::PagedAt>(record);
        if (slot.tag != rawTag(record) || slot.nonpaged != nonpaged.isUsed() || slot.paged != paged.isUsed())
            return false;
        if (slot.nonpaged)
            readings.push_back(readingFrom(nonpaged));
        if (slot.paged)
            readings.push_back(readingFrom(paged));
        record += Layout::Bytes;
    }
    return true;
}

/// Some tags stand in several records: sums first, readings from the sums.
template <typename Layout>
bool PoolTagParser::readSummed(std::span<const std::byte> records, std::vector<Reading> &readings) const
{
    if (records.size() != m_slots.size() * Layout::Bytes)
        return false;
    struct Sum
    {
        Side<Layout> side{};
        bool bytesFit = true;
    };
    std::vector<Sum> sums(m_tags->size());
    const std::byte *record = records.data();
    for (const Slot &slot : m_slots) {
        const auto nonpaged = side<Layout, typename Layout::NonpagedAt>(record);
        const auto paged = side<Layout, typename Layout::PagedAt>(record);
        if (slot.tag != rawTag(record) || slot.nonpaged != nonpaged.isUsed() || slot.paged != paged.isUsed())
            return false;
        if (slot.nonpaged)
            add(sums[slot.row].side, nonpaged, sums[slot.row].bytesFit);
        if (slot.paged) {
            Sum &sum = sums[slot.row + (slot.nonpagedRow ? 1U : 0U)];
            add(sum.side, paged, sum.bytesFit);
        }
        record += Layout::Bytes;
    }
    for (const Sum &sum : sums) {
        readings.push_back(readingFrom(sum.side));
        if (!sum.bytesFit)
            readings.back().bytes = Counter();
    }
    return true;
}

/// Finds which record fills which row, by hash, and publishes a new tag list if it became another one.
template <typename Layout>
void PoolTagParser::layOut(std::span<const std::byte> records)
{
    const size_t count = records.size() / Layout::Bytes;
    m_slots.assign(count, {});
    m_anyShared = false;
    QHash<quint32, size_t> firstOf;
    firstOf.reserve(static_cast<qsizetype>(count));
    std::vector<Slot> owners; // one per distinct tag, in record order
    std::vector<size_t> ownerOf(count);
    owners.reserve(count);
    for (size_t i = 0; i < count; ++i) {
        const std::byte *record = records.data() + i * Layout::Bytes;
        Slot &slot = m_slots[i];
        slot.tag = rawTag(record);
        slot.nonpaged = side<Layout, typename Layout::NonpagedAt>(record).isUsed();
        slot.paged = side<Layout, typename Layout::PagedAt>(record).isUsed();
        const auto known = firstOf.constFind(slot.tag);
        ownerOf[i] = known == firstOf.cend() ? owners.size() : *known;
        if (known == firstOf.cend()) {
            firstOf.insert(slot.tag, owners.size());
            owners.push_back(slot);
        } else {
            m_anyShared = true;
        }
        Slot &owner = owners[ownerOf[i]];
        owner.nonpagedRow |= slot.nonpaged;
        owner.pagedRow |= slot.paged;
    }
    quint32 row = 0;
    for (Slot &owner : owners) {
        owner.row = row;
        row += (owner.nonpagedRow ? 1U : 0U) + (owner.pagedRow ? 1U : 0U);
    }
    for (size_t i = 0; i < count; ++i) {
        m_slots[i].row = owners[ownerOf[i]].row;
        m_slots[i].nonpagedRow = owners[ownerOf[i]].nonpagedRow;
    }
    publishTags(owners);
}

void PoolTagParser::publishTags(const std::vector<Slot> &owners)
{
    auto tags = std::make_shared<TagList>();
    tags->reserve(owners.size() * 2);
    for (const Slot &owner : owners) {
        const QByteArray bytes = tagBytes(owner.tag);
        if (owner.nonpagedRow)
            tags->push_back({{bytes, PoolType::Nonpaged}, {}});
        if (owner.pagedRow)
            tags->push_back({{bytes, PoolType::Paged}, {}});
    }
    if (*tags != *m_tags)
        m_tags = std::move(tags);
}

} // namespace poolscope
