// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/chunkcoder.h"

#include "model/history/varint.h"

#include <zstd.h>

#include <limits>
#include <map>
#include <numeric>

namespace poolscope {

namespace {

constexpr int CompressionLevel = 3;

enum : size_t
{
    Allocs,
    Frees,
    Outstanding,
    Bytes,
};

using Numbers = std::array<qint64, CountersPerSeries>;

quint8 unknownMask(const Counters &values)
{
    quint8 mask = 0;
    for (size_t i = 0; i < values.size(); ++i)
        mask |= static_cast<quint8>(values[i].isKnown() ? 0 : 1U << i);
    return mask;
}

Numbers numbersOf(const Counters &values)
{
    Numbers numbers{};
    for (size_t i = 0; i < values.size(); ++i)
        numbers[i] = values[i].valueOr(0);
    return numbers;
}

/// What has changed since `last`, which becomes the new numbers. An unknown one stays where it was, which
/// costs nothing.
Numbers changeTo(const Counters &values, Numbers &last)
{
    Numbers change{};
    for (size_t i = 0; i < change.size(); ++i) {
        const qint64 now = values[i].valueOr(last[i]);
        change[i] = wrappingMinus(now, last[i]);
        last[i] = now;
    }
    return change;
}

quint64 magnitude(qint64 value)
{
    return value < 0 ? 0 - static_cast<quint64>(value) : static_cast<quint64>(value);
}

size_t varintSize(qint64 value)
{
    size_t size = 1;
    for (quint64 rest = zigzag(value) >> 7; rest != 0; rest >>= 7)
        ++size;
    return size;
}

} // namespace

/// What lets a counter's change be expected from the others'.
struct ChunkCoder::Plan
{
    bool freesFollowAllocs = false;
    bool outstandingIsDifference = false;
    qint64 bytesPerOutstanding = 0; ///< 0: bytes are on their own
    qint64 bytesStep = 1; ///< what is not expected of the bytes comes in multiples of it: objects, pages

    /// Of the change of `counter`, from the changes of those before it.
    [[nodiscard]] qint64 expected(size_t counter, const Numbers &change) const
    {
        switch (counter) {
        case Frees:
            return freesFollowAllocs ? change[Allocs] : 0;
        case Outstanding:
            return outstandingIsDifference ? wrappingMinus(change[Allocs], change[Frees]) : 0;
        case Bytes:
            return wrappingTimes(bytesPerOutstanding, change[Outstanding]);
        default:
            return 0;
        }
    }
    /// What the numbers of a counter's column are multiples of.
    [[nodiscard]] qint64 step(size_t counter) const { return counter == Bytes ? bytesStep : 1; }
};

struct ChunkCoder::Columns
{
    std::vector<quint8> head;
    std::vector<quint8> gaps;
    std::vector<quint8> masks;
    std::array<std::vector<quint8>, CountersPerSeries> counters;
};

void ChunkCoder::FreeCompressor::operator()(ZSTD_CCtx_s *context) const
{
    ZSTD_freeCCtx(context);
}

void ChunkCoder::FreeDecompressor::operator()(ZSTD_DCtx_s *context) const
{
    ZSTD_freeDCtx(context);
}

ChunkCoder::ChunkCoder()
    : m_compressor(ZSTD_createCCtx())
    , m_decompressor(ZSTD_createDCtx())
    , m_columns(std::make_unique<Columns>())
{
    Q_CHECK_PTR(m_compressor.get());
    Q_CHECK_PTR(m_decompressor.get());
}

ChunkCoder::~ChunkCoder() = default;
ChunkCoder::ChunkCoder(ChunkCoder &&) noexcept = default;
ChunkCoder &ChunkCoder::operator=(ChunkCoder &&) noexcept = default;

ChunkCoder::Plan ChunkCoder::planFor(const Counters &before, std::span<const ChangeRow> rows)
{
    // The commonest number of bytes per outstanding object among the first changes.
    constexpr size_t Looked = 64;
    std::map<qint64, int> units;
    Numbers last = numbersOf(before);
    for (size_t row = 0; row < std::min(Looked, rows.size()); ++row) {
        const Numbers change = changeTo(rows[row].values, last);
        const qint64 objects = change[Outstanding];
        // Not by -1, which the smallest number cannot be divided by.
        if (row > 0 && objects > 0 && change[Bytes] % objects == 0)
            ++units[change[Bytes] / objects];
    }
    Plan all{true, true, 0};
    int most = 0;
    for (const auto &[unit, count] : units) {
        if (count > most) {
            most = count;
            all.bytesPerOutstanding = unit;
        }
    }

    // Each rule is kept where it makes the numbers shorter.
    std::array<qint64, CountersPerSeries> gain{};
    last = numbersOf(before);
    for (const ChangeRow &row : rows) {
        const Numbers change = changeTo(row.values, last);
        for (size_t i = 0; i < change.size(); ++i) {
            gain[i] += static_cast<qint64>(varintSize(change[i]))
                - static_cast<qint64>(varintSize(wrappingMinus(change[i], all.expected(i, change))));
        }
    }
    Plan plan{gain[Frees] > 0, gain[Outstanding] >= 0, gain[Bytes] >= 0 ? all.bytesPerOutstanding : 0, 1};
    plan.bytesStep = bytesStepOf(before, rows, plan);
    return plan;
}

qint64 ChunkCoder::bytesStepOf(const Counters &before, std::span<const ChangeRow> rows, const Plan &plan)
{
    quint64 step = 0;
    Numbers last = numbersOf(before);
    for (const ChangeRow &row : rows) {
        const Numbers change = changeTo(row.values, last);
        const qint64 rest = wrappingMinus(change[Bytes], plan.expected(Bytes, change));
        step = std::gcd(step, magnitude(rest));
        if (step == 1)
            break;
    }
    // Nothing but zeros, or the one number whose magnitude has no positive counterpart.
    return step == 0 || step > static_cast<quint64>(std::numeric_limits<qint64>::max())
        ? 1
        : static_cast<qint64>(step);
}

void ChunkCoder::fill(const Counters &before, std::span<const ChangeRow> rows, const Plan &plan)
{
    Columns &to = *m_columns;
    to.head.clear();
    to.gaps.clear();
    to.masks.clear();
    for (std::vector<quint8> &column : to.counters)
        column.clear();

    Numbers last = numbersOf(before);
    to.head.push_back(
        static_cast<quint8>((plan.freesFollowAllocs ? 1U : 0U) | (plan.outstandingIsDifference ? 2U : 0U)));
    appendVarint(to.head, zigzag(plan.bytesPerOutstanding));
    appendVarint(to.head, zigzag(plan.bytesStep));
    to.head.push_back(unknownMask(before));
    for (const qint64 number : last)
        appendVarint(to.head, zigzag(number));

    TimeAxis::Index index = rows.front().index;
    for (const ChangeRow &row : rows) {
        appendVarint(to.gaps, row.index - index);
        index = row.index;
        to.masks.push_back(unknownMask(row.values));
        const Numbers change = changeTo(row.values, last);
        for (size_t i = 0; i < change.size(); ++i) {
            const qint64 rest = wrappingMinus(change[i], plan.expected(i, change));
            appendVarint(to.counters[i], zigzag(rest / plan.step(i)));
        }
    }
}

std::vector<quint8> ChunkCoder::compressed()
{
    const Columns &from = *m_columns;
    m_raw.clear();
    appendVarint(m_raw, from.masks.size());
    appendVarint(m_raw, from.head.size());
    appendVarint(m_raw, from.gaps.size());
    for (const std::vector<quint8> &column : from.counters)
        appendVarint(m_raw, column.size());
    const auto add = [this](const std::vector<quint8> &column) {
        m_raw.insert(m_raw.end(), column.begin(), column.end());
    };
    add(from.head);
    add(from.gaps);
    add(from.masks);
    for (const std::vector<quint8> &column : from.counters)
        add(column);

    m_packed.resize(ZSTD_compressBound(m_raw.size()));
    const size_t size = ZSTD_compressCCtx(
        m_compressor.get(), m_packed.data(), m_packed.size(), m_raw.data(), m_raw.size(), CompressionLevel);
    // It has all the room that it asked for: only memory can be missing.
    if (ZSTD_isError(size) != 0)
        qFatal("zstd cannot compress: %s", ZSTD_getErrorName(size));
    return {m_packed.begin(), m_packed.begin() + static_cast<std::ptrdiff_t>(size)};
}

Chunk ChunkCoder::encode(const Counters &before, std::span<const ChangeRow> rows)
{
    fill(before, rows, planFor(before, rows));
    return {rows.front().index, rows.back().index, compressed()};
}

void ChunkCoder::decompress(const Chunk &chunk)
{
    m_raw.resize(ZSTD_getFrameContentSize(chunk.bytes.data(), chunk.bytes.size()));
    const size_t size = ZSTD_decompressDCtx(
        m_decompressor.get(), m_raw.data(), m_raw.size(), chunk.bytes.data(), chunk.bytes.size());
    if (ZSTD_isError(size) != 0)
        qFatal("zstd cannot decompress: %s", ZSTD_getErrorName(size));
}

void ChunkCoder::decode(const Chunk &chunk, size_t counter, Counter &before, std::vector<Change> &changes)
{
    decompress(chunk);
    const quint8 *at = m_raw.data();
    const size_t rows = takeVarint(at);
    const size_t headSize = takeVarint(at);
    const size_t gapsSize = takeVarint(at);
    std::array<size_t, CountersPerSeries> sizes{};
    for (size_t &size : sizes)
        size = takeVarint(at);

    const quint8 *head = at;
    const quint8 *gaps = at + headSize;
    const quint8 *masks = gaps + gapsSize;
    std::array<const quint8 *, CountersPerSeries> columns{};
    const quint8 *column = masks + rows;
    for (size_t i = 0; i < columns.size(); ++i) {
        columns[i] = column;
        column += sizes[i];
    }

    Plan plan;
    plan.freesFollowAllocs = (*head & 1) != 0;
    plan.outstandingIsDifference = (*head & 2) != 0;
    ++head;
    plan.bytesPerOutstanding = unzigzag(takeVarint(head));
    plan.bytesStep = unzigzag(takeVarint(head));
    const quint8 unknownBefore = *head++;
    Numbers last{};
    for (qint64 &number : last)
        number = unzigzag(takeVarint(head));
    before = (unknownBefore >> counter & 1) != 0 ? Counter() : Counter(last[counter]);

    // Only the counters that this one is expected from are needed.
    const size_t first = counter == Bytes && plan.bytesPerOutstanding == 0 ? Bytes
        : counter == Outstanding && !plan.outstandingIsDifference          ? Outstanding
        : counter == Frees && !plan.freesFollowAllocs                      ? Frees
        : counter == Bytes && !plan.outstandingIsDifference                ? Outstanding
                                                                           : Allocs;
    TimeAxis::Index index = chunk.first;
    Counter value = before;
    changes.reserve(rows);
    for (size_t row = 0; row < rows; ++row) {
        index += static_cast<TimeAxis::Index>(takeVarint(gaps));
        Numbers change{};
        for (size_t i = first; i <= counter; ++i)
            change[i] =
                wrappingPlus(unzigzag(takeVarint(columns[i])) * plan.step(i), plan.expected(i, change));
        last[counter] = wrappingPlus(last[counter], change[counter]);
        const Counter now = (masks[row] >> counter & 1) != 0 ? Counter() : Counter(last[counter]);
        if (now == value)
            continue;
        value = now;
        changes.push_back({index, value});
    }
}

} // namespace poolscope
