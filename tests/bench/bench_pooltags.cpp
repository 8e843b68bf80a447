// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Parsing a pool tag table that keeps its rows, against memcmp of two such buffers: the least that finding
// out what changed can cost. Both in CPU time, turn by turn in one run, median of all rounds.

#include "model/formats/pooltagparser.h"

#include "tests/model/formats/poolbufferbuilder.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <random>

using namespace poolscope;

namespace {

constexpr int Rounds = 401;

double cpuMicroseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

template <typename Work>
double timed(Work work)
{
    const double start = cpuMicroseconds();
    work();
    return cpuMicroseconds() - start;
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<qsizetype>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<PoolRecord> records(quint32 count)
{
    std::mt19937 random(1);
    std::vector<PoolRecord> out(count);
    for (quint32 i = 0; i < count; ++i) {
        PoolBufferBuilder::number(out[i].tag, i * 2'654'435'761U, 4);
        if (random() % 3 != 0)
            out[i].nonpaged = {random() % 100'000 + 1000, random() % 1000, random()};
        if (random() % 2 != 0)
            out[i].paged = {random() % 100'000 + 1000, random() % 1000, random()};
    }
    return out;
}

void measure(PoolTagFormat format, quint32 count)
{
    const auto before = records(count);
    auto after = before;
    for (size_t i = 0; i < after.size(); i += 10) {
        if (after[i].nonpaged.allocs != 0)
            after[i].nonpaged.bytes += 4096;
    }
    const QByteArray first = PoolBufferBuilder(format).table(before);
    const QByteArray second = PoolBufferBuilder(format).table(after);
    const QByteArray copy(first.constData(), first.size());

    PoolTagParser parser(format);
    std::vector<double> ours;
    std::vector<double> floor;
    size_t rows = 0;
    int differences = 0;
    PoolTagTable kept; // the previous sample lives while the next one is read, as in the program
    for (int round = 0; round < Rounds; ++round) {
        const QByteArray &buffer = round % 2 == 0 ? first : second;
        ours.push_back(timed([&] {
            auto result = parser.parse(PoolBufferBuilder::bytes(buffer));
            kept = std::move(result).value();
        }));
        rows = kept.readings.size();
        floor.push_back(timed([&] {
            differences +=
                std::memcmp(first.constData(), copy.constData(), static_cast<size_t>(first.size())) == 0 ? 0
                                                                                                         : 1;
        }));
    }
    const double parse = median(ours);
    const double compare = median(floor);
    std::printf(
        "class %3d  %6u tags  %6zu rows  parse %8.1f us  memcmp %7.1f us  ratio %.2f  (%.1f ns a row)%s\n",
        static_cast<int>(format.infoClass), count, rows, parse, compare, parse / compare,
        parse * 1e3 / static_cast<double>(rows), differences == 0 ? "" : "  MEMCMP STOPPED EARLY");
}

} // namespace

int main()
{
    for (const auto infoClass : {PoolTagFormat::Class::PoolTag, PoolTagFormat::Class::PoolTag2}) {
        for (const quint32 count : {4'000U, 50'000U})
            measure({infoClass, PoolTagFormat::Word::Bits64}, count);
    }
}
