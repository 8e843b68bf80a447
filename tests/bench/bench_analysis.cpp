// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the analysis costs for a sample of 10,000 tags at 1 Hz, early and late in a run, beside the
// least-squares slope over ten minutes, which judges nothing; and what it takes of memory for each tag.
//     bench_analysis [SAMPLES]     7200 if not given

#include "model/analysis/analysis.h"
#include "model/analysis/growthrate.h"
#include "tests/bench/benchtools.h"

#include <QFile>

#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>

using namespace poolscope;

namespace {

constexpr size_t Tags = 10'000;

/// 60 % of the tags never change, 25 % now and then, 15 % in every sample; ten leak.
class Kernel
{
public:
    Kernel()
        : ids(Tags)
    {
        std::iota(ids.begin(), ids.end(), 0U);
        sample.origin = std::make_shared<const Origin>();
        TagList tags;
        for (size_t i = 0; i < Tags; ++i) {
            tags.push_back({{QByteArray::number(i), PoolType::Nonpaged}, {}});
            const auto frees = static_cast<qint64>(m_random() % 5000);
            set(i, frees + 1000, frees);
        }
        sample.tags = std::make_shared<const TagList>(std::move(tags));
    }

    void next()
    {
        sample.monotonic += std::chrono::seconds(1);
        sample.wall += std::chrono::seconds(1);
        for (size_t i = 0; i < Tags; ++i) {
            const Reading &old = sample.readings[i];
            const auto random = static_cast<qint64>(m_random() % 500);
            if (i % 20 >= 17)
                set(i, old.frees.value() + random + 1000 + random % 200, old.frees.value() + random);
            else if (i % 20 >= 12 && random < 10)
                set(i, old.allocs.value() + random % 2,
                    old.frees.value() + (random < 5 ? 0 : 1)); // as many of each
            if (i % 1000 == 0)
                set(i, old.allocs.value() + 2, old.frees.value() + 1);
        }
    }

    Sample sample;
    std::vector<TagId> ids;

private:
    void set(size_t i, qint64 allocs, qint64 frees)
    {
        sample.readings.resize(Tags);
        sample.readings[i] = {allocs, frees, allocs - frees, (allocs - frees) * 64};
    }
    std::mt19937 m_random{1};
};

/// Memory of this process in use, in bytes.
double residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() > 1 ? fields[1].toDouble() * 4096 : 0;
}

struct Costs
{
    std::vector<double> ours;
    std::vector<double> slope;
};

void print(const char *when, const Costs &costs, size_t first, size_t end)
{
    const auto mean = [&](const std::vector<double> &values) {
        return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(first),
                   values.begin() + static_cast<std::ptrdiff_t>(end), 0.0)
            / static_cast<double>(end - first);
    };
    const double most = *std::max_element(costs.ours.begin() + static_cast<std::ptrdiff_t>(first),
        costs.ours.begin() + static_cast<std::ptrdiff_t>(end));
    std::printf("%-12s analysis %6.3f ms a sample (most %6.3f), slope alone %6.3f ms, ratio %5.2f\n", when,
        mean(costs.ours), most, mean(costs.slope), mean(costs.ours) / mean(costs.slope));
}

} // namespace

int main(int argc, char **argv)
{
    const size_t samples = argc > 1 ? static_cast<size_t>(std::strtoul(argv[1], nullptr, 10)) : 7200;
    if (samples < 100) {
        std::fputs("at least 100 samples\n", stderr);
        return 2;
    }
    Kernel kernel;
    const double before = residentBytes();
    Analysis analysis;
    GrowthRate slope;
    Costs costs;
    double slopeMemory = 0;
    for (size_t i = 0; i < samples; ++i) {
        kernel.next();
        const double resident = residentBytes();
        costs.slope.push_back(bench::cpuMillisecondsOf(
            [&] { slope.add(kernel.sample.monotonic, kernel.ids, kernel.sample.readings); }));
        slopeMemory += residentBytes() - resident;
        costs.ours.push_back(bench::cpuMillisecondsOf(
            [&] { analysis.add(kernel.sample, kernel.ids, TimeAxis::Joint::Continuous); }));
    }
    print("first tenth:", costs, 0, samples / 10);
    print("last tenth:", costs, samples - samples / 10, samples);
    const double memory = residentBytes() - before - slopeMemory;
    std::printf("%zu tags, %zu active: %.1f MiB, %.0f bytes an active tag\n", Tags, analysis.activeTags(),
        memory / 1048576, memory / static_cast<double>(analysis.activeTags()));
    std::vector<Finding> findings;
    const double all = bench::cpuMillisecondsOf([&] { findings = analysis.findings(); });
    const auto leaks = std::ranges::count(findings, Verdict::Leak, &Finding::verdict);
    std::printf("findings of all tags: %.1f ms, %zd leaks (10 are)\n", all, static_cast<ptrdiff_t>(leaks));
    return 0;
}
