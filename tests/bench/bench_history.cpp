// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the history costs: appending a sample, memory for a change, and one tag's 24 hours at 1,000 pixel
// columns, beside the plainest thing that could do it: a vector of all values and a scan.
//     bench_history [SAMPLES]     SAMPLES of 10,000 tags, 8640 if not given; 86400 is the whole day

#include "model/history/history.h"
#include "tests/bench/benchtools.h"

#include <QByteArray>

#include <cstdio>
#include <random>

using namespace poolscope;
using namespace std::chrono_literals;

namespace {

constexpr WallTime Start{std::chrono::seconds(1'800'000'000)};

/// Samples of `tags` tags in which each tag changes with a chance of its own.
class Generator
{
public:
    Generator(std::vector<double> changeShares, bool onlyBytes)
        : m_shares(std::move(changeShares))
        , m_onlyBytes(onlyBytes)
    {
        m_sample.origin = std::make_shared<const Origin>();
        TagList tags;
        for (TagId id = 0; id < m_shares.size(); ++id) {
            tags.push_back({{QByteArray::number(id), PoolType::None}, {}});
            ids.push_back(id);
            m_objectSize.push_back(static_cast<qint64>(32) << m_random() % 6);
            Reading reading;
            reading.bytes = static_cast<qint64>(m_random() % 4096) * m_objectSize.back();
            if (!onlyBytes) {
                reading.allocs = static_cast<qint64>(m_random() % 1'000'000);
                reading.frees = reading.allocs.value() / 2;
                reading.outstanding = reading.allocs.value() - reading.frees.value();
            }
            m_sample.readings.push_back(reading);
        }
        m_sample.tags = std::make_shared<const TagList>(std::move(tags));
    }

    const Sample &next()
    {
        m_sample.wall = Start + m_second * 1s;
        m_sample.monotonic = m_second * 1s;
        ++m_second;
        for (size_t id = 0; id < m_shares.size(); ++id) {
            if (static_cast<double>(m_random()) * 0x1p-32 >= m_shares[id])
                continue;
            Reading &reading = m_sample.readings[id];
            const auto step = static_cast<qint64>(m_random() % 64) - 31;
            reading.bytes = std::max<qint64>(reading.bytes.value() + step * m_objectSize[id], 0);
            if (!m_onlyBytes) {
                reading.allocs = reading.allocs.value() + 64;
                reading.frees = reading.frees.value() + 64 - step;
                reading.outstanding = reading.outstanding.value() + step;
            }
        }
        return m_sample;
    }

    std::vector<TagId> ids;

private:
    std::mt19937 m_random{1};
    std::vector<double> m_shares;
    bool m_onlyBytes;
    std::vector<qint64> m_objectSize;
    Sample m_sample;
    qint64 m_second = 0;
};

/// 7 % of all tags change in a sample: a few all the time, most hardly ever, as in a real kernel.
std::vector<double> realisticShares(size_t tags)
{
    std::vector<double> shares(tags);
    for (size_t id = 0; id < tags; ++id)
        shares[id] = id % 50 == 0 ? 1.0 : id % 10 == 1 ? 0.4 : id % 10 == 2 ? 0.1 : 0.0003;
    return shares;
}

void benchAppend(int samples, bool onlyBytes)
{
    constexpr size_t Tags = 10'000;
    Generator generator(realisticShares(Tags), onlyBytes);
    History history;
    double append = 0;
    double compare = 0;
    std::vector<Reading> previous(Tags);
    volatile size_t differing = 0;
    for (int i = 0; i < samples; ++i) {
        const Sample &sample = generator.next();
        append += bench::cpuMillisecondsOf(
            [&] { history.append(sample, generator.ids, {}, TimeAxis::Joint::Continuous); });
        compare += bench::cpuMillisecondsOf([&] {
            size_t count = 0;
            for (size_t row = 0; row < Tags; ++row)
                count += previous[row] == sample.readings[row] ? 0 : 1;
            differing = count;
            previous = sample.readings;
        });
    }
    const auto changes = static_cast<double>(history.changes());
    const auto bytes = static_cast<double>(history.memoryBytes());
    const int counters = onlyBytes ? 1 : 4;
    const double plain = double(samples) * Tags * counters * sizeof(qint64);
    std::printf("10,000 tags, %d counter(s), %d samples, %.1f %% of tags change\n", counters, samples,
        100 * changes / counters / samples / Tags);
    std::printf("  append        %8.4f ms a sample   floor (compare and copy) %.4f ms   ratio %.1f\n",
        append / samples, compare / samples, append / compare);
    std::printf("  memory        %8.2f bytes a change, %.0f MB; plain vectors %.0f MB   ratio 1/%.0f\n",
        bytes / changes, bytes / 1e6, plain / 1e6, plain / bytes);
    std::printf("  for 24 h at 1 s: about %.0f MB\n", bytes / 1e6 * 86'400 / samples);
}

void scanPlain(const std::vector<qint64> &values, int columns, std::vector<SeriesPoint> &points)
{
    points.clear();
    const size_t perColumn = values.size() / static_cast<size_t>(columns);
    for (size_t first = 0; first < values.size(); first += perColumn) {
        size_t min = first;
        size_t max = first;
        for (size_t i = first; i < std::min(first + perColumn, values.size()); ++i) {
            min = values[i] < values[min] ? i : min;
            max = values[i] > values[max] ? i : max;
        }
        for (const size_t i : {std::min(min, max), std::max(min, max)})
            points.push_back({Start + static_cast<qint64>(i) * 1s, static_cast<double>(values[i]), false});
    }
}

void benchQuery()
{
    constexpr int Samples = 86'400;
    constexpr int Columns = 1000;
    const std::vector<double> shares = {1.0, 0.5, 0.2, 0.03, 0.003, 0.0};
    Generator generator(shares, false);
    History history;
    std::vector<std::vector<qint64>> plain(shares.size());
    for (int i = 0; i < Samples; ++i) {
        const Sample &sample = generator.next();
        history.append(sample, generator.ids, {}, TimeAxis::Joint::Continuous);
        for (size_t id = 0; id < plain.size(); ++id)
            plain[id].push_back(sample.readings[id].bytes.value());
    }
    SeriesRequest request;
    request.from = Start;
    request.to = Start + Samples * 1s;
    request.columns = Columns;
    std::printf("one tag, 24 h at 1 s, 1,000 columns (median of 21)\n");
    for (TagId id = 0; id < shares.size(); ++id) {
        request.wishes = {{id, {}}};
        size_t points = 0;
        request.metric = Metric::Bytes;
        const double ours = bench::medianOf(21, [&] { points = history.answer(request).series[0].size(); });
        request.metric = Metric::AllocsPerSecond;
        const double rates = bench::medianOf(21, [&] { (void)history.answer(request); });
        std::vector<SeriesPoint> scanned;
        const double peer = bench::medianOf(21, [&] { scanPlain(plain[id], Columns, scanned); });
        std::printf("  changes in %5.1f %% of samples: bytes %.3f ms, allocs/s %.3f ms, %zu points   "
                    "scan of a plain vector %.3f ms   ratio %.2f\n",
            shares[id] * 100, ours, rates, points, peer, ours / peer);
    }
    request.metric = Metric::Bytes;
    request.from = request.to - 5min;
    request.wishes = {{TagId(0), {}}};
    std::printf("  the last 5 minutes of the busiest: %.3f ms\n",
        bench::medianOf(21, [&] { (void)history.answer(request); }));
}

} // namespace

int main(int argc, char **argv)
{
    const int samples = argc > 1 ? std::max(QByteArray(argv[1]).toInt(), 100) : 8640;
    benchAppend(samples, true);
    benchAppend(samples, false);
    benchQuery();
    return 0;
}
