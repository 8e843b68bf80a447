// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What recording costs, in bytes and CPU time, against the usual ways to keep the same samples, and how fast
// a recording gives back.
//     bench_recording [SAMPLES [TAGS]]     synthetic kernel counters (1800, 3000)
//     bench_recording --slabinfo FILE      samples of a real /proc/slabinfo, each after a line "=== TIME_NS"
//     bench_recording --look-back [SAMPLES [TAGS]]     (86400, 3000)
// The Prometheus TSDB takes part where promtool is installed (package prometheus).

#include "model/core/tagtext.h"
#include "model/formats/slabinfo.h"
#include "model/recording/recordingreader.h"
#include "model/recording/recordingwriter.h"
#include "tests/bench/benchtools.h"
#include "tests/bench/recordingseries.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cstdio>
#include <unordered_map>

#include <zstd.h>

#include <sys/resource.h>

using namespace poolscope;
using namespace poolscope::bench;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int SamplesPerFlush = 5;
constexpr int Openings = 5;

struct Cost
{
    QString name;
    double bytes = 0;
    double cpu = 0; ///< ms
};

struct Series
{
    std::vector<SamplePtr> samples;
    qint64 changedValues = 0;
};

int knownCounters(const Reading &reading)
{
    return reading.allocs.isKnown() + reading.frees.isKnown() + reading.outstanding.isKnown()
        + reading.bytes.isKnown();
}

qint64 changedValues(const Sample &now, const Sample &before)
{
    qint64 changed = 0;
    if (now.tags != before.tags)
        return 0;
    for (size_t i = 0; i < now.readings.size(); ++i) {
        const Reading &a = now.readings[i];
        const Reading &b = before.readings[i];
        changed += (a.allocs != b.allocs) + (a.frees != b.frees) + (a.outstanding != b.outstanding)
            + (a.bytes != b.bytes);
    }
    return changed;
}

Series syntheticSeries(int samples, int tags)
{
    KernelSeries kernel(tags);
    Series series;
    for (int i = 0; i < samples; ++i) {
        series.samples.push_back(kernel.next());
        if (i > 0)
            series.changedValues += kernel.changedValues;
    }
    return series;
}

Series slabinfoSeries(const QString &path)
{
    QFile file(path);
    QProcess unpack;
    QByteArray text;
    if (path.endsWith(u".zst")) {
        unpack.start(u"zstd"_s, {u"-dc"_s, path});
        unpack.waitForFinished(-1);
        text = unpack.readAllStandardOutput();
    } else if (file.open(QIODevice::ReadOnly)) {
        text = file.readAll();
    }
    Series series;
    SlabinfoParser parser;
    auto origin = std::make_shared<Origin>();
    origin->bootId = u"boot"_s;
    qsizetype at = text.indexOf("=== ");
    while (at >= 0) {
        const qsizetype line = text.indexOf('\n', at);
        const qsizetype next = text.indexOf("\n=== ", line);
        const qint64 time = text.mid(at + 4, line - at - 4).trimmed().toLongLong();
        const QByteArray body = text.mid(line + 1, next < 0 ? -1 : next - line);
        const Result<SlabinfoRows> rows = parser.parse(body, path);
        if (rows) {
            auto sample = std::make_shared<Sample>();
            sample->wall = WallTime(std::chrono::nanoseconds(time));
            sample->monotonic = std::chrono::nanoseconds(time);
            sample->origin = origin;
            sample->tags = rows.value().tags;
            sample->readings = rows.value().readings;
            if (!series.samples.empty())
                series.changedValues += changedValues(*sample, *series.samples.back());
            series.samples.push_back(std::move(sample));
        }
        at = next < 0 ? -1 : next + 1;
    }
    return series;
}

qint64 folderBytes(const QString &path)
{
    qint64 sum = 0;
    QDirIterator files(path, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        sum += files.fileInfo().size();
    }
    return sum;
}

[[noreturn]] void fail(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

std::vector<Cost> measureRecording(const Series &series, const QString &folder)
{
    const QString path = folder + u"/bench.poolscope";
    Cost cost{u"recording, pages in use of the closed file"_s, 0, 0};
    cost.cpu = cpuMillisecondsOf([&] {
        Result<std::unique_ptr<RecordingWriter>> writer = RecordingWriter::open(path);
        if (!writer)
            fail(writer.error().text());
        for (size_t i = 0; i < series.samples.size(); ++i) {
            writer.value()->append(series.samples[i], false);
            if (i % SamplesPerFlush == SamplesPerFlush - 1 && !writer.value()->flush())
                fail(u"flush failed"_s);
        }
        if (!writer.value()->close())
            fail(u"close failed"_s);
    });
    // Pages in use: those of the emptied journal serve the next one.
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
    database.setDatabaseName(path);
    database.open();
    const auto number = [&](const QString &sql) {
        QSqlQuery query(database);
        query.exec(sql);
        return query.next() ? query.value(0).toLongLong() : 0;
    };
    const qint64 used = (number(u"PRAGMA page_count"_s) - number(u"PRAGMA freelist_count"_s)) * 4096;
    const qint64 parts = number(u"SELECT sum(length(data)) FROM parts"_s);
    const qint64 machine = number(u"SELECT sum(length(data)) FROM parts WHERE id%1048576=0"_s);
    const qint64 times = number(u"SELECT sum(length(times)) FROM chunks"_s);
    const auto samples = static_cast<double>(series.samples.size());
    std::printf("recording, bytes per sample: readings %.1f, machine-wide %.1f, times and rows %.1f, "
                "pages in use %.1f, file %.1f\n",
        static_cast<double>(parts - machine) / samples, static_cast<double>(machine) / samples,
        static_cast<double>(times) / samples, static_cast<double>(used) / samples,
        static_cast<double>(QFileInfo(path).size()) / samples);
    cost.bytes = static_cast<double>(used);
    return {{u"recording, packed chunks alone"_s, static_cast<double>(parts + times), cost.cpu}, cost};
}

void addField(QByteArray &line, Counter counter)
{
    line += ',';
    if (counter.isKnown())
        line += QByteArray::number(counter.value());
}

Cost measureCsv(const Series &series)
{
    Cost cost{u"CSV, all rows, one zstd stream (level 3)"_s, 0, 0};
    cost.cpu = cpuMillisecondsOf([&] {
        ZSTD_CCtx *context = ZSTD_createCCtx();
        QByteArray out(1 << 20, Qt::Uninitialized);
        const auto feed = [&](const QByteArray &text, ZSTD_EndDirective directive) {
            ZSTD_inBuffer in{text.constData(), static_cast<size_t>(text.size()), 0};
            size_t left = 0;
            do {
                ZSTD_outBuffer to{out.data(), static_cast<size_t>(out.size()), 0};
                left = ZSTD_compressStream2(context, &to, &in, directive);
                cost.bytes += static_cast<double>(to.pos);
            } while (in.pos < in.size || (directive == ZSTD_e_end && left > 0));
        };
        for (const SamplePtr &sample : series.samples) {
            QByteArray text;
            const QByteArray time = QByteArray::number(sample->wall.time_since_epoch().count());
            for (size_t i = 0; i < sample->readings.size(); ++i) {
                const TagEntry &entry = (*sample->tags)[i];
                text += time + ',' + escapedTagBytes(entry.tag.bytes) + ',' + poolTypeWord(entry.tag.type);
                const Reading &reading = sample->readings[i];
                for (const Counter counter :
                    {reading.allocs, reading.frees, reading.outstanding, reading.bytes})
                    addField(text, counter);
                text += '\n';
            }
            feed(text, ZSTD_e_continue);
        }
        feed({}, ZSTD_e_end);
        ZSTD_freeCCtx(context);
    });
    return cost;
}

Cost measureSqliteRows(const Series &series, const QString &folder)
{
    const QString path = folder + u"/rows.sqlite";
    Cost cost{u"SQLite, a row per changed tag"_s, 0, 0};
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"rows"_s);
    database.setDatabaseName(path);
    database.open();
    cost.cpu = cpuMillisecondsOf([&] {
        for (const QString &sql : {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=NORMAL"_s,
                 u"CREATE TABLE r(t INTEGER,tag INTEGER,allocs,frees,outstanding,bytes,PRIMARY KEY(t,tag)) "
                 "WITHOUT ROWID"_s})
            QSqlQuery(database).exec(sql);
        QSqlQuery insert(database);
        insert.prepare(u"INSERT INTO r VALUES(?,?,?,?,?,?)"_s);
        std::vector<Reading> before;
        for (const SamplePtr &sample : series.samples) {
            database.transaction();
            before.resize(sample->readings.size());
            for (size_t i = 0; i < before.size(); ++i) {
                const Reading &now = sample->readings[i];
                if (std::exchange(before[i], now) == now)
                    continue;
                insert.bindValue(0, static_cast<qint64>(sample->wall.time_since_epoch().count()));
                insert.bindValue(1, static_cast<qint64>(i));
                int column = 2;
                for (const Counter counter : {now.allocs, now.frees, now.outstanding, now.bytes})
                    insert.bindValue(column++, counter.isKnown() ? QVariant(counter.value()) : QVariant());
                insert.exec();
            }
            database.commit();
        }
        insert.finish();
        QSqlQuery(database).exec(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    });
    cost.bytes = static_cast<double>(QFileInfo(path).size());
    return cost;
}

/// Every known counter as a series, at full seconds.
bool writeOpenMetrics(const Series &series, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    const std::pair<const char *, Counter Reading::*> metrics[] = {{"allocs", &Reading::allocs},
        {"frees", &Reading::frees}, {"outstanding", &Reading::outstanding}, {"bytes", &Reading::bytes}};
    for (const auto &[name, counter] : metrics) {
        file.write("# TYPE pool_" + QByteArray(name) + " gauge\n");
        QByteArray text;
        for (const SamplePtr &sample : series.samples) {
            const std::chrono::duration<double> epoch = sample->wall.time_since_epoch();
            const QByteArray time = QByteArray::number(epoch.count(), 'f', 3);
            for (size_t i = 0; i < sample->readings.size(); ++i) {
                const Counter value = sample->readings[i].*counter;
                if (!value.isKnown())
                    continue;
                const TagEntry &entry = (*sample->tags)[i];
                text += QByteArray("pool_") + name + "{tag=\"" + entry.tag.bytes + "\",type=\""
                    + poolTypeWord(entry.tag.type) + "\"} " + QByteArray::number(value.value()) + ' ' + time
                    + '\n';
            }
            file.write(std::exchange(text, {}));
        }
    }
    file.write("# EOF\n");
    return file.error() == QFile::NoError;
}

double childrenCpu()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto ms = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) * 1e-3;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

std::optional<Cost> measureTsdb(const Series &series, const QString &folder)
{
    if (QStandardPaths::findExecutable(u"promtool"_s).isEmpty())
        return std::nullopt;
    const QString text = folder + u"/metrics.txt";
    const QString blocks = folder + u"/tsdb";
    if (!writeOpenMetrics(series, text))
        fail(u"cannot write "_s + text);
    Cost cost{u"Prometheus TSDB block (promtool)"_s, 0, 0};
    const double before = childrenCpu();
    QProcess promtool;
    promtool.setProcessChannelMode(QProcess::MergedChannels);
    promtool.start(u"promtool"_s, {u"tsdb"_s, u"create-blocks-from"_s, u"openmetrics"_s, text, blocks});
    if (!promtool.waitForFinished(-1) || promtool.exitCode() != 0)
        fail(QString::fromUtf8(promtool.readAll()));
    cost.cpu = childrenCpu() - before;
    cost.bytes = static_cast<double>(folderBytes(blocks));
    QFile::remove(text);
    return cost;
}

void compare(const Series &series)
{
    const auto samples = static_cast<double>(series.samples.size());
    qint64 values = 0;
    for (const Reading &reading : series.samples.back()->readings)
        values += knownCounters(reading);
    std::printf("%zu samples of %zu tags, %lld known counters; %.1f values change per sample\n",
        series.samples.size(), series.samples.back()->readings.size(), static_cast<long long>(values),
        static_cast<double>(series.changedValues) / samples);
    const QTemporaryDir folder;
    std::vector<Cost> costs = measureRecording(series, folder.path());
    costs.push_back(measureCsv(series));
    costs.push_back(measureSqliteRows(series, folder.path()));
    if (std::optional<Cost> tsdb = measureTsdb(series, folder.path()))
        costs.push_back(*tsdb);
    else
        std::printf("promtool is not installed (package prometheus): without the TSDB\n");
    std::printf("%-42s %12s %10s %10s %8s %12s %8s\n", "", "bytes/sample", "/changed", "MB/day", "ratio",
        "CPU ms/sample", "ratio");
    for (const Cost &cost : costs) {
        std::printf("%-42s %12.1f %10.2f %10.1f %8.1f %12.3f %8.1f\n", qPrintable(cost.name),
            cost.bytes / samples, cost.bytes / static_cast<double>(std::max<qint64>(series.changedValues, 1)),
            cost.bytes / samples * 86'400 / 1e6, cost.bytes / costs.front().bytes, cost.cpu / samples,
            cost.cpu / costs.front().cpu);
    }
}

void print(const char *what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-58s median %8.2f  p99 %8.2f  max %8.2f ms CPU\n", what, times[times.size() / 2],
        times[times.size() * 99 / 100], times.back());
}

void lookBack(int samples, int tags)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"day.poolscope"_s);
    KernelSeries kernel(tags);
    double cpu = 0;
    {
        Result<std::unique_ptr<RecordingWriter>> writer = RecordingWriter::open(path);
        if (!writer)
            fail(writer.error().text());
        for (int i = 0; i < samples; ++i) {
            const SamplePtr sample = kernel.next();
            cpu += cpuMillisecondsOf([&] {
                writer.value()->append(sample, false);
                if (i % SamplesPerFlush == SamplesPerFlush - 1 && !writer.value()->flush())
                    fail(u"flush failed"_s);
            });
        }
        cpu += cpuMillisecondsOf([&] {
            if (!writer.value()->close())
                fail(u"close failed"_s);
        });
    }
    std::printf("%d samples of %d tags: %.3f ms CPU a sample = %.2f %% of a core at 1 Hz, file %.1f MB, "
                "%.1f bytes a sample\n",
        samples, tags, cpu / samples, cpu / samples / 10, static_cast<double>(QFileInfo(path).size()) / 1e6,
        static_cast<double>(QFileInfo(path).size()) / samples);

    std::vector<double> openings;
    openings.reserve(Openings);
    std::unique_ptr<RecordingReader> reader;
    for (int i = 0; i < Openings; ++i) {
        openings.push_back(cpuMillisecondsOf([&] {
            Result<std::unique_ptr<RecordingReader>> opened = RecordingReader::open(path);
            if (!opened)
                fail(opened.error().text());
            reader = std::move(opened).value();
        }));
    }
    print("open", openings);
    std::mt19937 random(1);
    const TimeAxis::Index end = reader->axis().size();
    std::vector<double> moments;
    for (int i = 0; i < 100; ++i) {
        const auto index = static_cast<TimeAxis::Index>(random() % end);
        moments.push_back(cpuMillisecondsOf([&] {
            if (!reader->sampleAt(index))
                fail(u"cannot read"_s);
        }));
    }
    print("the whole sample of any moment", moments);
    SeriesRequest request;
    request.from = reader->info().first;
    request.to = reader->info().last;
    request.columns = 1000;
    for (const auto &[metric, what] : {std::pair(Metric::Bytes, "one tag, all of it to 1,000 pixels"),
             std::pair(Metric::AllocsPerSecond, "its allocs per second")}) {
        request.metric = metric;
        std::vector<double> times;
        for (int tag = 0; tag < tags; tag += std::max(1, tags / 300)) {
            request.wishes = {{static_cast<TagId>(tag), std::nullopt}};
            times.push_back(cpuMillisecondsOf([&] { static_cast<void>(reader->answer(request)); }));
        }
        print(what, times);
    }
    const double all = cpuMillisecondsOf([&] {
        static_cast<void>(reader->forEachSample(
            0, end, [](TimeAxis::Index, const SamplePtr &, TimeAxis::Joint) { return true; }));
    });
    std::printf("every sample in order: %.3f ms CPU each\n", all / end);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const auto number = [&](qsizetype index, int usual) {
        return index < arguments.size() ? arguments[index].toInt() : usual;
    };
    if (arguments.value(0) == u"--slabinfo") {
        const Series series = slabinfoSeries(arguments.value(1));
        if (series.samples.empty())
            fail(u"no samples in "_s + arguments.value(1));
        compare(series);
    } else if (arguments.value(0) == u"--look-back") {
        lookBack(number(1, 86'400), number(2, 3000));
    } else {
        compare(syntheticSeries(number(0, 1800), number(1, 3000)));
    }
    return 0;
}
