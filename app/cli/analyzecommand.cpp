// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/samplefeed.h"
#include "app/cli/standardoutput.h"
#include "model/archive/fileuri.h"
#include "model/archive/openarchive.h"
#include "model/core/duration.h"
#include "model/report/analysiswriter.h"
#include "model/report/archiveanalysis.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int FoundExitCode = 1; ///< --fail-on matched
constexpr QStringView TimesHint = u"say them: \"file:LOG?start=2026-11-22T18:25:04Z&interval=10m\"";

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption(u"json"_s, u"One JSON object instead of text."_s),
        QCommandLineOption(u"test-start"_s,
            u"A test started at this time: ISO 8601, or +90s from the first sample. May be repeated."_s,
            u"TIME"_s),
        QCommandLineOption(u"test-stop"_s, u"It stopped at this time."_s, u"TIME"_s),
        QCommandLineOption(u"fail-on"_s,
            u"leak: exit code 1 when a tag is called a leak; suspect: also for a suspect."_s, u"VERDICT"_s),
        QCommandLineOption(u"limit"_s, u"Only the first N of each verdict (text)."_s, u"N"_s),
        intervalOption(),
        samplesOption(),
    };
}

/// A time as it was given: on the clock, or after the first sample.
struct GivenTime
{
    std::optional<WallTime> wall;
    std::chrono::nanoseconds offset{0};
    bool isStart = true;

    [[nodiscard]] TestInstant after(WallTime first) const { return {wall.value_or(first + offset), isStart}; }
};

Result<std::vector<GivenTime>> timesFrom(const CommandLine &line, const QString &option, bool isStart)
{
    std::vector<GivenTime> times;
    for (const QString &text : line.values(option)) {
        GivenTime time{.wall = {}, .isStart = isStart};
        if (text.startsWith(u'+')) {
            const auto offset = durationFromText(QStringView(text).sliced(1));
            if (!offset)
                return line.usage(u"not a time"_s, u"--"_s + option + u' ' + text,
                    u"write +90s from the first sample, or ISO 8601"_s);
            time.offset = *offset;
        } else if (time.wall = wallTimeFromIso(text); !time.wall) {
            return line.usage(u"not a time"_s, u"--"_s + option + u' ' + text,
                u"write ISO 8601 (2026-11-22T18:25:04Z), or +90s from the first sample"_s);
        }
        times.push_back(time);
    }
    return times;
}

struct Order
{
    std::vector<GivenTime> tests;
    std::optional<Verdict> failOn;
    size_t limit = 0;
    bool json = false;
};

Result<Order> orderFrom(const CommandLine &line)
{
    Order order;
    const auto limit = countFrom(line, u"limit");
    if (!limit)
        return limit.error();
    order.limit = static_cast<size_t>(limit.value().value_or(0));
    order.json = line.isSet(u"json");
    if (line.isSet(u"fail-on")) {
        const QString word = line.value(u"fail-on");
        if (word != u"leak" && word != u"suspect")
            return line.usage(u"unknown verdict"_s, u"--fail-on "_s + word, u"give leak or suspect"_s);
        order.failOn = word == u"leak" ? Verdict::Leak : Verdict::Suspect;
    }
    for (const auto &[option, isStart] :
        {std::pair(u"test-start"_s, true), std::pair(u"test-stop"_s, false)}) {
        const auto times = timesFrom(line, option, isStart);
        if (!times)
            return times.error();
        order.tests.insert(order.tests.end(), times.value().begin(), times.value().end());
    }
    return order;
}

/// Starts and stops in turn, each start inside the samples as far as they are known.
Result<std::vector<TestInstant>> testsAt(
    const CommandLine &line, const Order &order, WallTime first, std::optional<WallTime> last)
{
    std::vector<TestInstant> tests;
    for (const GivenTime &time : order.tests)
        tests.push_back(time.after(first));
    std::ranges::stable_sort(tests, {}, &TestInstant::wall);
    for (size_t i = 0; i < tests.size(); ++i) {
        const QString where = isoUtc(tests[i].wall, 0);
        if (tests[i].isStart != (i % 2 == 0)) {
            return line.usage(tests[i].isStart ? u"a test starts while another one runs"_s
                                               : u"a test stops that did not start"_s,
                where, u"give --test-start and --test-stop in turn"_s);
        }
        if (tests[i].isStart && last && tests[i].wall > *last) {
            return line.usage(u"the test starts after the last sample"_s, where,
                u"the samples go from %1 to %2"_s.arg(isoUtc(first, 0), isoUtc(*last, 0)));
        }
    }
    return tests;
}

int write(const AnalysisReport &report, const Order &order)
{
    StandardOutput output;
    output.write(
        order.json ? QByteArray(analysisToJson(report) + '\n') : analysisToText(report, order.limit));
    if (const int code = output.finish(); code != 0)
        return code;
    const bool found = order.failOn && std::ranges::any_of(report.findings, [&](const Finding &finding) {
        return finding.verdict >= *order.failOn;
    });
    return found ? FoundExitCode : 0;
}

int analyzeFile(const CommandLine &line, const Order &order, const QString &path)
{
    const auto opened = openArchiveUri(path);
    if (!opened)
        return report(opened.error());
    SampleArchive &archive = *opened.value();
    const RecordingInfo &info = archive.info();
    std::vector<TestInstant> tests = testInstants(info.marks);
    if (!order.tests.empty()) {
        auto given = testsAt(line, order, info.first, info.last);
        if (!given)
            return report(given.error());
        tests = std::move(given).value();
    }
    const auto analysed = analyseArchive(archive, std::move(tests));
    for (const QString &damage : info.damage)
        report({ErrorKind::BadInput, damage, path, u"the rest was analysed"_s});
    for (const QString &remark : info.remarks)
        report({ErrorKind::BadInput, remark, path, info.hasOwnTimes ? QString() : TimesHint.toString()});
    return analysed ? write(analysed.value(), order) : report(analysed.error());
}

int analyzeSource(const CommandLine &line, const Order &order)
{
    const auto interval = intervalFrom(line);
    if (!interval)
        return report(interval.error());
    const auto samples = countFrom(line, u"samples");
    if (!samples)
        return report(samples.error());
    auto opened = sourceFrom(line);
    if (!opened)
        return report(opened.error());
    std::unique_ptr<Source> source = std::move(opened).value();
    const QString uri = source->uri();

    const auto planned = static_cast<quint64>(samples.value().value_or(0));
    AnalysisRun run(planned > 0 ? rulesForFinished(planned) : EvidenceRules());
    std::optional<Error> error;
    SampleFeed feed({interval.value(), samples.value()}, [&](const SamplePtr &sample, bool afterGap) {
        if (run.sampleCount() == 0) {
            auto tests = testsAt(line, order, sample->wall, {});
            if (!tests) {
                error = tests.error();
                return SampleFeed::Next::End;
            }
            run.planTests(std::move(tests).value());
        }
        run.add(sample, afterGap);
        return SampleFeed::Next::Continue;
    });
    const int code = feed.run(std::move(source));
    if (error)
        return report(*error);
    if (run.sampleCount() == 0)
        return code; // failed and said so, or stopped before there was a sample
    const int written = write(run.report(uri), order);
    return code != 0 ? code : written;
}

int run(const CommandLine &line)
{
    const auto order = orderFrom(line);
    if (!order)
        return report(order.error());
    const QStringList arguments = line.arguments();
    if (!arguments.isEmpty() && isFileUri(arguments.first()))
        return analyzeFile(line, order.value(), arguments.first());
    return analyzeSource(line, order.value());
}

} // namespace

const Command &analyzeCommand()
{
    static const Command command{
        .name = u"analyze",
        .synopsis = u"FILE|URI [options]",
        .summary = u"which tag leaks: verdict, growth rate with interval, evidence",
        .description =
            u"Judges every tag over the whole file: leak (grows steadily, is not filling up, gives nothing "
            u"back), suspect (grows, but not clearly or not long enough), steady. The rate is of the floor "
            u"that is never given back, with its 90 % interval. Tags that grow together are one group.\n\n"
            u"FILE is a recording, a text stream, or a CSV, JSON or PoolMon log with several samples; of a "
            u"log "
            u"that does not say when they were taken, write \"file:LOG?start=TIME&interval=10m\". Of a "
            u"source the samples are read live, until --samples are there or Ctrl+C is pressed.\n\n"
            u"With --test-start and --test-stop, which may be repeated, it tells what grew while the test "
            u"ran and which share of it was freed after the stop. Without them the tests that are marked in "
            u"the recording count.",
        .examples = u"poolscope-cli analyze night.poolscope\n"
                    u"poolscope-cli analyze poolsnap.log --json\n"
                    u"poolscope-cli analyze day.csv --test-start +10m --test-stop +1h\n"
                    u"sudo poolscope-cli analyze slab: --interval 1s --samples 600 --fail-on leak",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
