// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a sample costs on the session thread: tags numbered, history, growth rates, changes and the frame,
// beside copying the frame's rows, which any design that hands over a value per tag must do.

#include "model/sampling/session.h"
#include "tests/bench/benchtools.h"

#include <cstdio>
#include <random>

using namespace poolscope;
using namespace std::chrono_literals;

namespace {

constexpr int Samples = 200;
constexpr double ChangeShare = 0.1;

class Generator
{
public:
    explicit Generator(size_t count)
        : m_readings(count)
    {
        TagList list;
        for (size_t i = 0; i < count; ++i) {
            list.push_back({{"kmalloc-" + QByteArray::number(quint64(i)), PoolType::Nonpaged}, {}});
            m_readings[i] = {Counter(1000), Counter(500), Counter(500), Counter(qint64(i) * 4096)};
        }
        tags = std::make_shared<const TagList>(std::move(list));
    }

    SamplePtr next()
    {
        auto sample = std::make_shared<Sample>();
        sample->wall = WallTime(1'800'000'000s + m_second * 1s);
        sample->monotonic = m_second++ * 1s;
        sample->origin = m_origin;
        sample->tags = tags;
        for (Reading &reading : m_readings) {
            if (static_cast<double>(m_random()) * 0x1p-32 >= ChangeShare)
                continue;
            reading.allocs = reading.allocs.value() + 3;
            reading.frees = reading.frees.value() + 1;
            reading.outstanding = reading.outstanding.value() + 2;
            reading.bytes = reading.bytes.value() + qint64(2) * 192;
        }
        sample->readings = m_readings;
        return sample;
    }

    std::shared_ptr<const TagList> tags;

private:
    std::mt19937 m_random{1};
    std::shared_ptr<const Origin> m_origin = std::make_shared<const Origin>();
    std::vector<Reading> m_readings;
    qint64 m_second = 0;
};

void benchFrames(size_t tags)
{
    Generator generator(tags);
    Session session;
    std::vector<double> ours;
    std::vector<double> copies;
    std::vector<double> newList;
    for (int i = 0; i < Samples; ++i) {
        // Every tenth sample brings an equal list at another place, as a source does whose rows changed.
        if (i % 10 == 9)
            generator.tags = std::make_shared<const TagList>(*generator.tags);
        const SamplePtr sample = generator.next();
        FramePtr frame;
        const double cost = bench::cpuMillisecondsOf([&] { frame = session.add(sample); });
        (i % 10 == 9 ? newList : ours).push_back(cost);
        std::vector<FrameRow> copy;
        copies.push_back(bench::cpuMillisecondsOf([&] { copy = frame->rows; }));
    }
    const double floor = bench::median(copies);
    std::printf("%6zu tags, 10 %% change: %.3f ms a sample (worst %.3f; with a new tag list %.3f)   "
                "copying the rows %.3f ms   ratio %.1f\n",
        tags, bench::median(ours), *std::max_element(ours.begin(), ours.end()), bench::median(newList), floor,
        bench::median(ours) / floor);
}

} // namespace

int main()
{
    for (const size_t tags : {size_t(300), size_t(3000), size_t(10'000), size_t(50'000)})
        benchFrames(tags);
    return 0;
}
