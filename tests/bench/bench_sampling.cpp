// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a sample of this machine's slab caches costs, in CPU time and in one run:
//  - our own work (parsing, building the sample) against the bare read of /proc/slabinfo, turn by turn;
//  - a whole sample once a second against `slabtop -d 1`, both at the same time.
//     bench_sampling [SECONDS]     0 leaves slabtop out

#include "model/formats/meminfo.h"
#include "model/formats/slabinfo.h"
#include "model/formats/vmstat.h"
#include "model/sources/kernelfile.h"
#include "model/sources/slabcatalogue.h"
#include "model/sources/slabsource.h"
#include "tests/bench/slabtop.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

double cpuMicroseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
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
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

QByteArray textOf(KernelFile &file)
{
    const auto text = file.read();
    return text ? text.value().toByteArray() : QByteArray();
}

struct Texts
{
    QByteArray slabinfo;
    QByteArray meminfo;
    QByteArray vmstat;
};

/// The whole of our own work on texts that are there already: what SlabSource::read() does besides reading.
class OwnWork
{
public:
    void operator()(const Texts &texts)
    {
        auto sample = std::make_shared<Sample>();
        auto rows = m_parser.parse(texts.slabinfo, m_name);
        if (!rows)
            qFatal("%s", qPrintable(rows.error().text()));
        SlabinfoRows taken = std::move(rows).value();
        sample->tags = m_catalogue.describe(taken.tags);
        sample->readings = std::move(taken.readings);
        if (!readMeminfo(texts.meminfo, m_name, sample->system)
            || !readVmstat(texts.vmstat, m_name, sample->system))
            qFatal("meminfo or vmstat is damaged");
        sample->system[SystemField::Untagged] = untaggedBytes(*sample);
        m_last = std::move(sample);
    }
    [[nodiscard]] size_t tags() const { return m_last->tags->size(); }

private:
    QString m_name = u"bench"_s;
    SlabinfoParser m_parser;
    SlabCatalogue m_catalogue{"/sys/kernel/slab"};
    SamplePtr m_last;
};

/// The kernel's three texts, read apart from any source.
struct Kernel
{
    KernelFile slabinfo;
    KernelFile meminfo;
    KernelFile vmstat;

    Kernel()
    {
        if (slabinfo.open(u"/proc/slabinfo"_s) != 0 || meminfo.open(u"/proc/meminfo"_s) != 0
            || vmstat.open(u"/proc/vmstat"_s) != 0)
            qFatal("cannot read /proc/slabinfo: run as root");
    }
    [[nodiscard]] Texts texts() { return {textOf(slabinfo), textOf(meminfo), textOf(vmstat)}; }
};

void benchOwnWork()
{
    constexpr int Rounds = 301;
    Kernel kernel;
    SlabSource source;
    if (const auto opened = source.open(); !opened)
        qFatal("%s", qPrintable(opened.error().text()));

    OwnWork work;
    std::vector<double> bare;
    std::vector<double> own;
    std::vector<double> whole;
    for (int round = 0; round < Rounds; ++round) {
        bare.push_back(timed([&] { static_cast<void>(kernel.slabinfo.read()); }));
        const Texts texts = kernel.texts();
        own.push_back(timed([&] { work(texts); }));
        whole.push_back(timed([&] { static_cast<void>(source.read()); }));
    }
    const double floor = median(bare);
    std::printf("slabinfo, %zu caches, median of %d rounds, CPU time\n", work.tags(), Rounds);
    std::printf("  bare read of /proc/slabinfo       %8.1f us\n", floor);
    std::printf("  our own work on a sample          %8.1f us   %5.2f %% of the bare read (goal: 5 %%)\n",
        median(own), 100 * median(own) / floor);
    std::printf("  whole sample, meminfo and vmstat  %8.1f us   %5.2f x the bare read\n", median(whole),
        median(whole) / floor);
}

void benchAgainstSlabtop(int seconds)
{
    const bench::Slabtop slabtop;

    SlabSource source;
    if (const auto opened = source.open(); !opened)
        qFatal("%s", qPrintable(opened.error().text()));
    // Both have settled, the names are known.
    static_cast<void>(source.read());
    std::this_thread::sleep_for(1500ms);
    const auto theirsBefore = slabtop.cpuMicroseconds();
    double ours = 0;
    Kernel kernel;
    std::vector<Texts> texts;
    auto due = std::chrono::steady_clock::now();
    for (int second = 0; second < seconds; ++second) {
        ours += timed([&] { static_cast<void>(source.read()); });
        texts.push_back(kernel.texts());
        due += 1s;
        std::this_thread::sleep_until(due);
    }
    const auto theirsAfter = slabtop.cpuMicroseconds();
    if (!theirsBefore || !theirsAfter) {
        std::printf("slabtop is not installed (package procps) or did not stay: no comparison\n");
        return;
    }
    OwnWork work;
    std::vector<double> own;
    for (const Texts &text : texts)
        own.push_back(timed([&] { work(text); }));
    const double theirs = *theirsAfter - *theirsBefore;
    std::printf("once a second for %d s, both at the same time, CPU time a sample\n", seconds);
    std::printf("  slabtop -d 1                      %8.1f us\n", theirs / seconds);
    std::printf("  PoolScope's sampling              %8.1f us   %5.2f x slabtop (goal: 0.55)\n",
        ours / seconds, ours / theirs);
    std::printf(
        "  of it our own work, median        %8.1f us   (with the changes of a second)\n", median(own));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int seconds = argc > 1 ? QByteArray(argv[1]).toInt() : 20;
    benchOwnWork();
    if (seconds > 0)
        benchAgainstSlabtop(seconds);
    return 0;
}
