// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/pooltagparser.h"

#include <QHash>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>
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

constexpr quint64 MaxCounter = std::numeric_limits<qint64>::max();

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

    quint64 allBits() const { return quint64{allocs} | frees | bytes; }
    bool isUsed() const { return allBits() != 0; }
};

template <typename Layout, typename At>
Side<Layout> side(const std::byte *record)
{
    return {load<typename Layout::Count>(record + At::Allocs),
        load<typename Layout::Count>(record + At::Frees), load<typename Layout::Size>(record + At::Used)};
}

/// Counters from 2^63 on come out negative, see withoutHugeCounters().
template <typename Layout>
Reading readingFrom(const Side<Layout> &side)
{
    // The counters wrap, so outstanding is their difference modulo 2^bits, taken as signed.
    using Signed = std::make_signed_t<typename Layout::Count>;
    return {Counter(static_cast<qint64>(side.allocs)), Counter(static_cast<qint64>(side.frees)),
        Counter(static_cast<Signed>(side.allocs - side.frees)), Counter(static_cast<qint64>(side.bytes))};
}

/// Makes those unknown that a Counter cannot hold. They are so rare that the fast path only watches for them.
void withoutHugeCounters(std::vector<Reading> &readings)
{
    for (Reading &reading : readings) {
        for (Counter *counter : {&reading.allocs, &reading.frees, &reading.bytes}) {
            if (counter->isKnown() && counter->value() < 0)
                *counter = Counter();
        }
    }
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
    std::memcpy(&tag, record, sizeof tag);
    return tag;
}

constexpr quint64 NonpagedBit = 1ULL << 32;
constexpr quint64 PagedBit = 1ULL << 33;

quint64 keyOf(quint32 tag, bool nonpaged, bool paged)
{
    return tag | static_cast<quint64>(nonpaged) << 32 | static_cast<quint64>(paged) << 33;
}

template <typename Layout>
quint64 keyOf(const std::byte *record)
{
    return keyOf(rawTag(record), side<Layout, typename Layout::NonpagedAt>(record).isUsed(),
        side<Layout, typename Layout::PagedAt>(record).isUsed());
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
        return m_placeOf.empty() ? readInOrder<Layout>(records, readings)
                                 : readSummed<Layout>(records, readings);
    };
    PoolTagTable table;
    if (!read(table.readings)) {
        rememberKeys<Layout>(records);
        layOut();
        table.readings.clear();
        read(table.readings);
    }
    table.tags = m_tags;
    return table;
}

/// The usual case, every tag once: rows follow in record order. False when a record is not what it was.
/// Which pools a tag uses is no pattern that a processor could predict, so both readings are always made
/// and the next one overwrites what is not wanted: twice as fast at 50,000 tags.
template <typename Layout>
bool PoolTagParser::readInOrder(std::span<const std::byte> records, std::vector<Reading> &readings) const
{
    if (records.size() != m_keys.size() * Layout::Bytes)
        return false;
    constexpr size_t Batch = 32;
    std::array<Reading, 2 * Batch + 1> batch;
    quint64 allBits = 0;
    const std::byte *record = records.data();
    for (size_t start = 0; start < m_keys.size(); start += Batch) {
        size_t rows = 0;
        quint64 differs = 0;
        for (const quint64 key : std::span(m_keys).subspan(start, std::min(Batch, m_keys.size() - start))) {
            const auto nonpaged = side<Layout, typename Layout::NonpagedAt>(record);
            const auto paged = side<Layout, typename Layout::PagedAt>(record);
            const bool isNonpaged = nonpaged.isUsed();
            const bool isPaged = paged.isUsed();
            differs |= key ^ keyOf(rawTag(record), isNonpaged, isPaged);
            allBits |= nonpaged.allBits() | paged.allBits();
            batch[rows] = readingFrom(nonpaged);
            rows += isNonpaged;
            batch[rows] = readingFrom(paged);
            rows += isPaged;
            record += Layout::Bytes;
        }
        if (differs != 0)
            return false;
        readings.insert(readings.end(), batch.begin(), batch.begin() + static_cast<qsizetype>(rows));
    }
    if (allBits > MaxCounter)
        withoutHugeCounters(readings);
    return true;
}

/// Some tags stand in several records: sums first, readings from the sums.
template <typename Layout>
bool PoolTagParser::readSummed(std::span<const std::byte> records, std::vector<Reading> &readings) const
{
    if (records.size() != m_keys.size() * Layout::Bytes)
        return false;
    struct Sum
    {
        Side<Layout> side{};
        bool bytesFit = true;
    };
    std::vector<Sum> sums(m_tags->size());
    const std::byte *record = records.data();
    for (size_t i = 0; i < m_keys.size(); ++i, record += Layout::Bytes) {
        if (m_keys[i] != keyOf<Layout>(record))
            return false;
        const Place &place = m_places[m_placeOf[i]];
        if ((m_keys[i] & NonpagedBit) != 0) {
            Sum &sum = sums[place.firstRow];
            add(sum.side, side<Layout, typename Layout::NonpagedAt>(record), sum.bytesFit);
        }
        if ((m_keys[i] & PagedBit) != 0) {
            Sum &sum = sums[place.firstRow + (place.nonpaged ? 1U : 0U)];
            add(sum.side, side<Layout, typename Layout::PagedAt>(record), sum.bytesFit);
        }
    }
    for (const Sum &sum : sums) {
        readings.push_back(readingFrom(sum.side));
        if (!sum.bytesFit)
            readings.back().bytes = Counter();
    }
    withoutHugeCounters(readings);
    return true;
}

template <typename Layout>
void PoolTagParser::rememberKeys(std::span<const std::byte> records)
{
    m_keys.resize(records.size() / Layout::Bytes);
    const std::byte *record = records.data();
    for (quint64 &key : m_keys) {
        key = keyOf<Layout>(record);
        record += Layout::Bytes;
    }
}

/// Finds by hash which record fills which rows, and publishes the tag list if it became another one.
void PoolTagParser::layOut()
{
    QHash<quint32, quint32> placeOfTag;
    placeOfTag.reserve(static_cast<qsizetype>(m_keys.size()));
    std::vector<quint32> tags; // of m_places
    m_places.clear();
    m_placeOf.clear();
    for (const quint64 key : m_keys) {
        const auto tag = static_cast<quint32>(key);
        const auto next = static_cast<quint32>(m_places.size());
        const quint32 place = placeOfTag.value(tag, next);
        if (place == next) {
            placeOfTag.insert(tag, place);
            tags.push_back(tag);
            m_places.push_back({});
        }
        m_places[place].nonpaged |= (key & NonpagedBit) != 0;
        m_places[place].paged |= (key & PagedBit) != 0;
        m_placeOf.push_back(place);
    }
    quint32 row = 0;
    for (Place &place : m_places) {
        place.firstRow = row;
        row += (place.nonpaged ? 1U : 0U) + (place.paged ? 1U : 0U);
    }
    if (m_places.size() == m_keys.size())
        m_placeOf.clear();
    publishTags(tags, m_places);
}

void PoolTagParser::publishTags(const std::vector<quint32> &tags, const std::vector<Place> &places)
{
    auto list = std::make_shared<TagList>();
    list->reserve(places.size() * 2);
    for (size_t i = 0; i < places.size(); ++i) {
        const QByteArray bytes = tagBytes(tags[i]);
        if (places[i].nonpaged)
            list->push_back({{bytes, PoolType::Nonpaged}, {}});
        if (places[i].paged)
            list->push_back({{bytes, PoolType::Paged}, {}});
    }
    if (*list != *m_tags)
        m_tags = std::move(list);
}

} // namespace poolscope
