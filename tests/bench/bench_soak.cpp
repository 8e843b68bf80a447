// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A day of samples through a Session as fast as they go: memory of the process over time, which stays flat
// once the history's budget is reached, and CPU time a sample, which does not grow.
//     bench_soak [SAMPLES [TAGS [BUDGET_MIB]]]     86400, 3000 and 256 if not given

#include "model/sampling/session.h"
#include "tests/bench/benchtools.h"

#include <QByteArray>
#include <QFile>

#include <chrono>
#include <cstdio>
#include <random>

using namespace poolscope;
using namespace std::chrono_literals;

namespace {

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    constexpr double PageBytes = 4096;
    return file.readAll().split(' ').value(1).toDouble() * PageBytes / 1e6;
}

/// 3,000 tags of which about 7 % change in a sample, all four counters.
class Generator
{
public:
    explicit Generator(size_t tags)
        : m_readings(tags)
    {
        TagList list;
        for (size_t i = 0; i < tags; ++i) {
            list.push_back({{"kmalloc-" + QByteArray::number(quint64(i)), PoolType::Nonpaged}, {}});
            m_readings[i] = {Counter(1000), Counter(500), Counter(500), Counter(500 * 192)};
            m_shares.push_back(i % 50 == 0 ? 1.0 : i % 10 == 1 ? 0.4 : i % 10 == 2 ? 0.1 : 0.0003);
        }
        m_tags = std::make_shared<const TagList>(std::move(list));
    }

    SamplePtr next()
    {
        auto sample = std::make_shared<Sample>();
        sample->wall = WallTime(1'800'000'000s + m_second * 1s);
        sample->monotonic = m_second++ * 1s;
        sample->origin = m_origin;
        sample->tags = m_tags;
        for (size_t i = 0; i < m_readings.size(); ++i) {
            if (static_cast<double>(m_random()) * 0x1p-32 >= m_shares[i])
                continue;
            Reading &reading = m_readings[i];
            const auto allocs = static_cast<qint64>(m_random() % 64);
            const auto frees = std::min(static_cast<qint64>(m_random() % 64), reading.outstanding.value());
            reading.allocs = reading.allocs.value() + allocs;
            reading.frees = reading.frees.value() + frees;
            reading.outstanding = reading.outstanding.value() + allocs - frees;
            reading.bytes = reading.outstanding.value() * 192;
        }
        sample->readings = m_readings;
        sample->system[SystemField::MemAvailable] = Counter(qint64(m_random()) * 4096);
        return sample;
    }

private:
    std::mt19937 m_random{1};
    std::shared_ptr<const Origin> m_origin = std::make_shared<const Origin>();
    std::shared_ptr<const TagList> m_tags;
    std::vector<Reading> m_readings;
    std::vector<double> m_shares;
    qint64 m_second = 0;
};

} // namespace

int main(int argc, char **argv)
{
    const auto argument = [&](int number, int fallback) {
        return argc > number ? std::max(QByteArray(argv[number]).toInt(), 1) : fallback;
    };
    const int samples = argument(1, 86'400);
    const int tags = argument(2, 3000);
    const int budget = argument(3, 256);
    std::printf("%d samples of %d tags, history budget %d MiB\n", samples, tags, budget);
    Generator generator(static_cast<size_t>(tags));
    Session session(qint64(budget) << 20);
    const auto start = std::chrono::steady_clock::now();
    double cost = 0;
    const int step = std::max(samples / 12, 1);
    for (int i = 1; i <= samples; ++i) {
        const SamplePtr sample = generator.next();
        cost += bench::cpuMillisecondsOf([&] { (void)session.add(sample); });
        if (i % step != 0)
            continue;
        const auto reach = session.history().reach();
        std::printf("  after %6d: RSS %6.1f MB, history %6.1f MB, %.3f ms a sample, %s\n", i,
            residentMegabytes(), static_cast<double>(session.history().memoryBytes()) / 1e6, cost / step,
            reach->hasForgotten    ? "the oldest are forgotten"
                : reach->exactFrom ? "the oldest are thinned"
                                   : "all exact");
        cost = 0;
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    std::printf("  wall time %.1f s, %.0f times real time at one sample a second\n", wall.count(),
        samples / wall.count());
    return 0;
}
