// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Looking back into a recording of a day: how long until it is open, until its last table and the chart of
/// its whole range are there, and what each moment and each series costs then. Makes the recording first, if
/// it is not there.
/// All times are CPU time.
///     bench_replay [FILE [SAMPLES [TAGS]]]

#include "model/archive/openarchive.h"
#include "model/recording/recordingwriter.h"
#include "model/replay/replayframes.h"
#include "tests/bench/benchtools.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>
#include <random>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Columns = 1000;
constexpr int Moments = 200;
constexpr int SeriesAsked = 50;

void fail(const Error &error)
{
    std::fprintf(stderr, "bench_replay: %s\n", qPrintable(error.text()));
    std::exit(1);
}

/// Most tags rest, some move every second, a few grow: as the kernel's do.
class Kernel
{
public:
    explicit Kernel(size_t tags)
        : m_readings(tags)
        , m_activity(tags)
        , m_unit(tags)
    {
        TagList list;
        for (size_t id = 0; id < tags; ++id) {
            const QByteArray name = "tag" + QByteArray::number(static_cast<qint64>(id));
            list.push_back({{name, id % 3 == 0 ? PoolType::Paged : PoolType::Nonpaged}, {}});
            m_activity[id] = id % 10 == 0 ? 0.8 : 0.01;
            m_unit[id] = qint64(32) << (id % 8);
            const auto held = static_cast<qint64>(m_random() % 100'000);
            m_readings[id] = {held * 3, held * 2, held, held * m_unit[id]};
        }
        m_tags = std::make_shared<const TagList>(std::move(list));
        Origin origin;
        origin.uri = u"slab:"_s;
        origin.host = u"bench"_s;
        origin.bootId = u"boot"_s;
        m_origin = std::make_shared<const Origin>(origin);
    }

    SamplePtr next(std::chrono::seconds at)
    {
        std::uniform_real_distribution<double> chance(0, 1);
        for (size_t id = 0; id < m_readings.size(); ++id) {
            if (chance(m_random) >= m_activity[id])
                continue;
            Reading &reading = m_readings[id];
            const auto made = static_cast<qint64>(m_random() % 40);
            const auto gone = std::min(static_cast<qint64>(m_random() % 40), reading.outstanding.value());
            const qint64 leaked = id % 500 == 0 ? 5 : 0;
            reading.allocs = reading.allocs.value() + made + leaked;
            reading.frees = reading.frees.value() + gone;
            reading.outstanding = reading.outstanding.value() + made + leaked - gone;
            reading.bytes = reading.outstanding.value() * m_unit[id];
        }
        auto sample = std::make_shared<Sample>();
        sample->wall = WallTime(std::chrono::seconds(1'795'370'400) + at);
        sample->monotonic = std::chrono::seconds(1000) + at;
        sample->origin = m_origin;
        sample->tags = m_tags;
        sample->readings = m_readings;
        sample->system[SystemField::MemTotal] = Counter(qint64(24) << 30);
        sample->system[SystemField::PoolNonpaged] = Counter(at.count() * 4096 + (qint64(1) << 30));
        sample->system[SystemField::PoolPaged] = Counter(qint64(1) << 29);
        return sample;
    }

private:
    std::mt19937 m_random{1};
    std::vector<Reading> m_readings;
    std::vector<double> m_activity;
    std::vector<qint64> m_unit;
    std::shared_ptr<const TagList> m_tags;
    std::shared_ptr<const Origin> m_origin;
};

void make(const QString &path, int samples, size_t tags)
{
    QElapsedTimer clock;
    clock.start();
    auto opened = RecordingWriter::open(path);
    if (!opened)
        fail(opened.error());
    const auto writer = std::move(opened).value();
    Kernel kernel(tags);
    for (int n = 0; n < samples; ++n) {
        writer->append(kernel.next(std::chrono::seconds(n)), false);
        if (n % 600 == 599) {
            if (const auto flushed = writer->flush(); !flushed)
                fail(flushed.error());
        }
        if (n % 7200 == 7199)
            writer->addMark({WallTime(std::chrono::seconds(1'795'370'400 + n)), MarkKind::Note, u"mark"_s});
    }
    if (const auto closed = writer->close(); !closed)
        fail(closed.error());
    std::printf("made %s in %.1f s\n", qPrintable(path), static_cast<double>(clock.elapsed()) / 1e3);
}

/// Of this process alone: others on the machine do not count.
class CpuClock
{
public:
    void start() { m_start = bench::cpuMilliseconds(); }
    [[nodiscard]] double elapsed() const { return bench::cpuMilliseconds() - m_start; }

private:
    double m_start = 0;
};

double ms(const CpuClock &clock)
{
    return clock.elapsed();
}

void printSpread(const char *what, std::vector<double> times, double goal)
{
    std::ranges::sort(times);
    const auto at = [&](double share) {
        return times[static_cast<size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("%-44s median %7.2f ms  p99 %7.2f ms  goal %5.0f ms (%.2f of it)\n", what, at(0.5), at(0.99),
        goal, at(0.99) / goal);
}

SeriesRequest wholeRange(const SampleArchive &archive, std::vector<SeriesWish> wishes)
{
    SeriesRequest request;
    request.wishes = std::move(wishes);
    request.from = archive.info().first;
    request.to = archive.info().last;
    request.columns = Columns;
    return request;
}

Result<FramePtr> timedFrame(ReplayFrames &frames, TimeAxis::Index index, std::vector<double> &times)
{
    CpuClock clock;
    clock.start();
    auto frame = frames.frame(index, {});
    times.push_back(ms(clock));
    if (!frame)
        fail(frame.error());
    return frame;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString path = arguments.value(1, u"/tmp/bench_replay.poolscope"_s);
    const int samples = arguments.value(2, u"86400"_s).toInt();
    const size_t tags = arguments.value(3, u"3000"_s).toUInt();
    if (!QFileInfo::exists(path))
        make(path, samples, tags);

    CpuClock clock;
    clock.start();
    auto opened = openArchive(path);
    if (!opened)
        fail(opened.error());
    const auto archive = std::move(opened).value();
    const double openMs = ms(clock);
    const TimeAxis::Index count = archive->axis().size();
    std::printf("%u samples, %zu tags, %.1f MB\n", count, archive->tags()->size(),
        static_cast<double>(QFileInfo(path).size()) / 1e6);

    ReplayFrames frames(*archive);
    std::vector<double> times;
    const auto last = timedFrame(frames, count - 1, times);
    const double tableMs = times.back();
    clock.start();
    (void)archive->answer(wholeRange(*archive, {{TagId(0), {}}, {TagId(10), {}}, {TagId(20), {}}}));
    const double chartMs = ms(clock);
    std::printf("open %.1f ms, last table %.1f ms, chart of the whole range %.1f ms: %.1f ms, goal 1000 ms "
                "(%.2f of it)\n",
        openMs, tableMs, chartMs, openMs + tableMs + chartMs, (openMs + tableMs + chartMs) / 1000);

    std::mt19937 random(2);
    times.clear();
    for (int i = 0; i < Moments; ++i)
        (void)timedFrame(frames, static_cast<TimeAxis::Index>(random() % count), times);
    printSpread("any moment", times, 50);
    times.clear();
    for (TimeAxis::Index i = 0; i < Moments; ++i)
        (void)timedFrame(frames, count / 2 + i, times);
    printSpread("the next sample", times, 16);
    times.clear();
    for (TimeAxis::Index i = 0; i < Moments; ++i)
        (void)timedFrame(frames, count / 4 + i * 120 % (count / 2), times);
    printSpread("playing at 3600x, 30 frames a second", times, 33);
    times.clear();
    for (int i = 0; i < SeriesAsked; ++i) {
        clock.start();
        (void)archive->answer(
            wholeRange(*archive, {{static_cast<TagId>(random() % archive->tags()->size()), {}}}));
        times.push_back(ms(clock));
    }
    printSpread("one tag, whole range, to 1,000 columns", times, 20);
    return 0;
}
