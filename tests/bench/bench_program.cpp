// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole program at work: the window on a source of 3,000 tags at 1 Hz, a tenth of them changing, 20
// pinned to the chart, against `slabtop -d 1` on this machine's caches at the same time. CPU time of all
// threads; the source's own work is measured apart and taken off, as slabtop's kernel read has no counterpart
// in it.
//   bench_program [SECONDS [--no-recording]]

#include "model/core/duration.h"
#include "model/sources/source.h"
#include "tests/bench/benchtools.h"
#include "tests/bench/slabtop.h"
#include "views/theme/theme.h"
#include "views/window/mainwindow.h"
#include "views/window/windowsettings.h"

#include <QApplication>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <random>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr size_t Tags = 3000;
constexpr size_t Pinned = 20;
constexpr auto Uri = "bench:"_L1;

double threadCpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

/// CPU microseconds that making the samples took, on the sampler's thread.
std::atomic<qint64> sourceMicroseconds = 0;

/// A kernel of 3,000 tags with heavy-tailed sizes, of which a tenth changes from sample to sample.
class BusySource : public Source
{
public:
    BusySource()
    {
        auto origin = std::make_shared<Origin>();
        origin->uri = Uri;
        origin->bootId = u"one"_s;
        m_origin = origin;
        auto tags = std::make_shared<TagList>();
        std::lognormal_distribution<double> count(6, 2);
        for (size_t i = 0; i < Tags; ++i) {
            const PoolType type = i % 3 == 0 ? PoolType::Paged : PoolType::Nonpaged;
            tags->push_back({{"cache-" + QByteArray::number(i), type}, {}});
            const auto outstanding = static_cast<qint64>(count(m_random));
            m_readings.push_back({outstanding * 3, outstanding * 2, outstanding, outstanding * size(i)});
        }
        m_tags = tags;
    }
    [[nodiscard]] Delivery delivery() const override { return Delivery::Pull; }
    [[nodiscard]] QString uri() const override { return Uri; }
    [[nodiscard]] QString title() const override { return u"bench: 3,000 tags"_s; }
    [[nodiscard]] Result<Done> open() override { return Done{}; }
    void close() override { }
    [[nodiscard]] Result<SamplePtr> read() override
    {
        const double start = threadCpuMilliseconds();
        std::uniform_int_distribution<size_t> which(0, Tags - 1);
        std::uniform_int_distribution<qint64> step(-20, 30);
        for (size_t i = 0; i < Tags / 10; ++i) {
            const size_t tag = which(m_random);
            Reading &reading = m_readings[tag];
            const qint64 outstanding = std::max<qint64>(0, reading.outstanding.value() + step(m_random));
            reading = {reading.allocs.value() + 40, reading.frees.value() + 35, outstanding,
                outstanding * size(tag)};
        }
        auto sample = std::make_shared<Sample>();
        sample->wall = wallTimeNow();
        sample->monotonic = monotonicNow();
        sample->origin = m_origin;
        sample->tags = m_tags;
        sample->readings = m_readings;
        sourceMicroseconds += static_cast<qint64>((threadCpuMilliseconds() - start) * 1e3);
        return SamplePtr(std::move(sample));
    }

private:
    static qint64 size(size_t tag) { return 16 * static_cast<qint64>(1 + tag * 7 % 64); }

    std::mt19937 m_random{42};
    std::shared_ptr<const Origin> m_origin;
    std::shared_ptr<const TagList> m_tags;
    std::vector<Reading> m_readings;
};

/// Resident memory in MiB.
double residentMiB()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE))
        / 1048576;
}

struct Meter
{
    double cpuMs = 0;
    double sourceMs = 0;
    std::optional<double> slabtopUs;

    static Meter now(const bench::Slabtop &slabtop)
    {
        return {bench::cpuMilliseconds(), static_cast<double>(sourceMicroseconds.load()) / 1e3,
            slabtop.cpuMicroseconds()};
    }
};

void print(const Meter &from, const Meter &to, int seconds, bool records)
{
    const double ours = (to.cpuMs - from.cpuMs - (to.sourceMs - from.sourceMs)) / seconds;
    std::printf("%zu tags at 1 Hz, a tenth changing, %zu pinned, %s, %d s\n", Tags, Pinned,
        records ? "recording on" : "not recording", seconds);
    std::printf("  PoolScope's window   %8.2f ms CPU a second, resident %.1f MiB\n", ours, residentMiB());
    if (!from.slabtopUs || !to.slabtopUs) {
        std::printf("  slabtop is not installed (package procps) or did not stay: no comparison\n");
        return;
    }
    const double theirs = (*to.slabtopUs - *from.slabtopUs) / 1e3 / seconds;
    std::printf("  slabtop -d 1         %8.2f ms CPU a second\n", theirs);
    std::printf("  ratio                %8.2f    (goal: 2)\n", ours / theirs);
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const int seconds = argc > 1 ? std::max(1, QByteArray(argv[1]).toInt()) : 30;
    const bool records = argc <= 2 || QByteArray(argv[2]) != "--no-recording";
    const bench::Slabtop slabtop;
    const QTemporaryDir profile;
    QStandardPaths::setTestModeEnabled(true);
    const QApplication application(argc, argv);
    Theme theme;
    WindowSettings settings(profile.filePath(u"window.ini"_s));
    settings.setInterval(1s);
    std::vector<Tag> pins;
    for (size_t i = 0; i < Pinned; ++i)
        pins.push_back({"cache-" + QByteArray::number(i), i % 3 == 0 ? PoolType::Paged : PoolType::Nonpaged});
    settings.setPins(Uri, pins);
    const auto factory = [](const QString &) -> Result<std::unique_ptr<Source>> {
        return std::unique_ptr<Source>(std::make_unique<BusySource>());
    };
    MainWindow window(theme, settings, factory, profile.filePath(u"snapshots"_s));
    window.resize(1280, 900);
    window.show();
    window.openSource(Uri);
    if (records)
        window.startRecording(profile.filePath(u"run.poolscope"_s));

    // The start is another benchmark's.
    Meter before;
    QTimer::singleShot(5s, &window, [&] { before = Meter::now(slabtop); });
    QTimer::singleShot(5s + std::chrono::seconds(seconds), &window, [&] {
        print(before, Meter::now(slabtop), seconds, records);
        QApplication::exit(); // quit() would ask because of the recording
    });
    return QApplication::exec();
}
