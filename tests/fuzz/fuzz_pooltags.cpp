// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two pool tag tables in any layout, one after the other through one parser. Whatever they hold: no read
// beyond the buffer (AddressSanitizer), every tag once, no counter below zero, and a parser that remembers
// the rows of the table before reads the same as one that does not.

#include "model/formats/pooltagparser.h"
#include "model/formats/systeminfobuffer.h"

#include <QSet>

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

using namespace poolscope;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

bool notNegative(Counter counter)
{
    return !counter.isKnown() || counter.value() >= 0;
}

void check(const PoolTagTable &table, int counterBits)
{
    require(table.readings.size() == table.tags->size());
    QSet<Tag> seen;
    for (size_t row = 0; row < table.readings.size(); ++row) {
        const Tag &tag = (*table.tags)[row].tag;
        require(tag.bytes.size() == 4 && tag.type != PoolType::None && !seen.contains(tag));
        seen.insert(tag);
        const Reading &reading = table.readings[row];
        require(notNegative(reading.allocs) && notNegative(reading.frees) && notNegative(reading.bytes));
        require(reading.outstanding.isKnown() || counterBits == 64); // -2^63 is no count
    }
}

/// A copy of exactly the size, so that a read beyond the end is seen.
std::vector<std::byte> exactly(std::span<const std::byte> bytes)
{
    return {bytes.begin(), bytes.end()};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::span<const std::byte> input = std::as_bytes(std::span(data, size)).subspan(2);
    const PoolTagFormat format{
        (data[0] & 1) != 0 ? PoolTagFormat::Class::PoolTag2 : PoolTagFormat::Class::PoolTag,
        (data[0] & 2) != 0 ? PoolTagFormat::Word::Bits32 : PoolTagFormat::Word::Bits64};
    const size_t split = input.size() * data[1] / 255;
    const auto first = exactly(input.first(split));
    const auto second = exactly(input.subspan(split));

    PoolTagParser kept(format);
    for (const auto &buffer : {first, second, second, first}) {
        PoolTagParser fresh(format);
        const auto remembered = kept.parse(buffer);
        const auto anew = fresh.parse(buffer);
        require(remembered.ok() == anew.ok());
        if (!anew)
            continue;
        check(anew.value(), format.counterBits());
        require(*remembered.value().tags == *anew.value().tags);
        require(remembered.value().readings == anew.value().readings);
    }
    const SystemReading system = systemReadingFromKernel(first, second);
    for (const SystemFieldInfo &info : systemFields())
        require(notNegative(system[info.field]));
    return 0;
}
