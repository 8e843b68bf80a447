// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/recordingjob.h"
#include "app/cli/report.h"
#include "app/cli/samplefeed.h"
#include "model/core/numberformat.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds ShortestFlush = 100ms;

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption({u"o"_s, u"output"_s},
            u"The recording; one that is there is continued with a new segment."_s, u"FILE"_s),
        intervalOption(),
        QCommandLineOption(u"duration"_s, u"Ends after this time (30s, 8h, 7d)."_s, u"D"_s),
        samplesOption(),
        QCommandLineOption(u"note"_s, u"A remark to keep in the recording."_s, u"TEXT"_s),
        QCommandLineOption(u"max-size"_s,
            u"Bounds the file: the oldest samples go when it is larger (500M, 2G). Snapshots and notes stay."_s,
            u"SIZE"_s),
        QCommandLineOption(u"max-age"_s, u"The oldest samples go when they are older (12h, 30d)."_s, u"D"_s),
        QCommandLineOption(
            u"keep"_s, u"Keeps the newest N segments; each start and each boot begins one."_s, u"N"_s),
        QCommandLineOption(u"flush"_s,
            u"How often samples are brought to the disk: what a crash may cost. Default 5s."_s, u"D"_s),
        QCommandLineOption(u"quiet"_s, u"No progress on a terminal; errors only."_s),
    };
}

Result<RotationLimits> limitsFrom(const CommandLine &line)
{
    RotationLimits limits;
    if (line.isSet(u"max-size")) {
        const QString text = line.value(u"max-size");
        const auto bytes = bytesFromText(text);
        if (!bytes || *bytes < RotationLimits::MinBytes) {
            return line.usage(u"not a size of at least 4M"_s, u"--max-size "_s + text,
                u"give a number with a unit, for example 500M or 2G"_s);
        }
        limits.maxBytes = *bytes;
    }
    const auto age = durationFrom(line, u"max-age", 1s);
    if (!age)
        return age.error();
    limits.maxAge = age.value().value_or(0ms);
    const auto keep = countFrom(line, u"keep");
    if (!keep)
        return keep.error();
    limits.keepSegments = static_cast<int>(std::min<qint64>(keep.value().value_or(0), 1'000'000'000));
    return limits;
}

struct RecordPlan
{
    RecordingJob::Plan job;
    SampleFeed::Plan feed;
};

Result<RecordPlan> planFrom(const CommandLine &line)
{
    RecordPlan plan;
    plan.job.path = line.value(u"output");
    if (plan.job.path.isEmpty() || plan.job.path == u"-") {
        return line.usage(u"no recording to write to"_s, u"record"_s, u"give -o FILE.poolscope"_s);
    }
    const auto interval = intervalFrom(line);
    if (!interval)
        return interval.error();
    plan.feed.interval = interval.value();
    const auto samples = countFrom(line, u"samples");
    if (!samples)
        return samples.error();
    plan.feed.samples = samples.value();
    const auto duration = durationFrom(line, u"duration", 1ms);
    if (!duration)
        return duration.error();
    plan.feed.duration = duration.value();
    const auto limits = limitsFrom(line);
    if (!limits)
        return limits.error();
    plan.job.limits = limits.value();
    const auto flush = durationFrom(line, u"flush", ShortestFlush);
    if (!flush)
        return flush.error();
    plan.job.flushPeriod = flush.value().value_or(plan.job.flushPeriod);
    plan.job.note = line.value(u"note");
    plan.job.quiet = line.isSet(u"quiet");
    return plan;
}

int run(const CommandLine &line)
{
    const auto plan = planFrom(line);
    if (!plan)
        return report(plan.error());
    auto source = sourceFrom(line);
    if (!source)
        return report(source.error());

    RecordingJob job(plan.value().job);
    if (const Result<Done> opened = job.open(); !opened)
        return report(opened.error());
    SampleFeed feed(plan.value().feed, [&](const SamplePtr &sample, bool afterGap) {
        job.take(sample, afterGap);
        return SampleFeed::Next::Continue;
    });
    feed.setMarkTaker([&](const Mark &mark) { job.addMark(mark); });
    const int code = feed.run(std::move(source).value());
    const Result<Done> closed = job.close();
    return closed ? code : report(closed.error());
}

} // namespace

const Command &recordCommand()
{
    static const Command command{
        .name = u"record",
        .synopsis = u"[URI] -o FILE.poolscope [options]",
        .summary = u"samples into a recording, for hours or months, until it is stopped",
        .description =
            u"Records every sample until Ctrl+C, SIGTERM or the end that the options name, and closes the "
            u"file "
            u"well. Whatever ends the program or the machine, at most the last --flush is lost, and the same "
            u"command goes on in the same file. Reboots, gaps, sleep and changes of the clock are marked in "
            u"it. "
            u"When the disk is full it says so, keeps samples in memory and goes on when there is room. One "
            u"program at a time can write to a file; any number can read it meanwhile, the window too.",
        .examples = u"sudo poolscope-cli record -o night.poolscope --duration 12h --note 'build 7'\n"
                    u"sudo poolscope-cli record -o host.poolscope --interval 10s --max-age 90d\n"
                    u"poolscope-cli record 'command:ssh HOST poolscope-cli stream' -o h.poolscope\n"
                    u"poolscope night.poolscope    # look at it, also while it is written",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
