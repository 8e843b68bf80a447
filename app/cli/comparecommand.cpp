// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/snapshotargument.h"
#include "app/cli/standardoutput.h"
#include "model/core/duration.h"
#include "model/formats/comparisonwriter.h"

#include <limits>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption(u"json"_s, u"One JSON object instead of text."_s),
        QCommandLineOption(u"csv"_s, u"Comma-separated values, for a spreadsheet."_s),
        QCommandLineOption(u"md"_s, u"A Markdown table, for a bug report."_s),
        QCommandLineOption(u"limit"_s, u"Only the N tags that grew most (text and Markdown)."_s, u"N"_s),
    };
}

Result<std::vector<Snapshot>> collect(const CommandLine &line)
{
    std::vector<Snapshot> all;
    const QStringList arguments = line.arguments();
    for (const QString &argument : arguments) {
        Result<std::vector<Snapshot>> read = snapshotsFromArgument(argument);
        if (!read)
            return read;
        std::vector<Snapshot> found = std::move(read).value();
        // One file alone is compared with itself over time; beside others it must be clear what is meant.
        if (found.size() > 1 && arguments.size() > 1) {
            return line.usage(u"the file holds %1 samples"_s.arg(found.size()), argument,
                u"name one as FILE#LABEL or FILE@TIME, for example \"%1@%2\""_s.arg(
                    argument, isoUtc(found.front().sample->wall)));
        }
        std::move(found.begin(), found.end(), std::back_inserter(all));
    }
    if (all.size() < 2) {
        return line.usage(u"a comparison needs at least two snapshots"_s, arguments.join(u' '),
            u"name two files, or one that holds several samples"_s);
    }
    return all;
}

int run(const CommandLine &line)
{
    QStringList formats;
    for (const QString &format : {u"json"_s, u"csv"_s, u"md"_s}) {
        if (line.isSet(format))
            formats += u"--"_s + format;
    }
    if (formats.size() > 1)
        return report(
            line.usage(u"only one format at a time"_s, formats.join(u' '), u"choose one of them"_s));
    const auto limit = countFrom(line, u"limit");
    if (!limit)
        return report(limit.error());
    const auto rows = static_cast<size_t>(limit.value().value_or(0));
    const auto snapshots = collect(line);
    if (!snapshots)
        return report(snapshots.error());

    const Comparison comparison = compareSnapshots(snapshots.value());
    StandardOutput output;
    if (line.isSet(u"json"))
        output.write(QByteArray(comparisonToJson(comparison) + '\n'));
    else if (line.isSet(u"csv"))
        output.write(comparisonToCsv(comparison));
    else if (line.isSet(u"md"))
        output.write(comparisonToMarkdown(comparison, rows));
    else
        output.write(comparisonToText(comparison, rows));
    return output.finish();
}

} // namespace

const Command &compareCommand()
{
    static const Command command{
        .name = u"compare",
        .synopsis = u"A B… [options]",
        .summary = u"two or more snapshots side by side: what grew, by how much, how fast",
        .description =
            u"Puts snapshots side by side in the order given, one row a tag, sorted by the change in bytes, "
            u"largest growth first. A tag that rose in every step is the first suspect; tags that are new or "
            u"gone are marked.\n\n"
            u"Each of A, B… is a file: a recording, JSON or CSV that PoolScope wrote, or a log of poolmon "
            u"/n. Of a "
            u"recording or a file with several samples name one: FILE#LABEL for a snapshot, or FILE@TIME "
            u"with an "
            u"ISO 8601 time or +90s from its start. A single file is compared sample by sample; a recording "
            u"by its "
            u"snapshots, else its first sample with its last.",
        .examples = u"poolscope-cli compare before.json after.json\n"
                    u"poolscope-cli compare --limit 20 9h.json 10h.json 11h.json\n"
                    u"poolscope-cli compare 'day.jsonl@2026-11-22T18:00Z' day.jsonl@+8h --md\n"
                    u"poolscope-cli compare night.poolscope#before night.poolscope#after\n"
                    u"poolscope-cli compare night.poolscope@+10m night.poolscope@+8h --md\n"
                    u"poolscope-cli compare poolsnap.log --json",
        .mostArguments = std::numeric_limits<qsizetype>::max(),
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
