// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/progressline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "app/process/processsignals.h"
#include "model/exchange/logtimes.h"
#include "model/exchange/recordingtext.h"

#include <limits>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString formatWords()
{
    QStringList words;
    for (const ImportFormat &format : importFormats())
        words += QString::fromLatin1(format.word);
    return words.join(u", "_s);
}

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption({u"o"_s, u"output"_s},
            u"The recording to make; a file that is there is not touched."_s, u"FILE"_s),
        QCommandLineOption(u"format"_s,
            u"What the inputs are, instead of telling by their content: "_s + formatWords() + u'.',
            u"FORMAT"_s),
        QCommandLineOption(u"start"_s,
            u"When the first sample was taken, for inputs that do not tell (PoolMon text without time "
            u"stamps, CSV with t_seconds) or leave open the year or which number is the month: ISO 8601, "
            u"local time "
            u"unless it has a zone; a date alone will do. Default: by the time of the file's last change."_s,
            u"TIME"_s),
        QCommandLineOption(
            u"interval"_s, u"Time between samples of inputs that do not tell. Default 30m."_s, u"D"_s),
        QCommandLineOption(u"json"_s, u"What was read and what was skipped as one JSON object."_s),
    };
}

Result<ImportPlan> planFrom(const CommandLine &line)
{
    ImportPlan plan;
    plan.inputs = line.arguments();
    if (line.isSet(u"format")) {
        const QString word = line.value(u"format");
        plan.format = importFormatFromWord(word.toUtf8());
        if (!plan.format)
            return line.usage(u"unknown format"_s, u"--format "_s + word, u"give one of "_s + formatWords());
    }
    if (line.isSet(u"start")) {
        plan.start = logStartFromText(line.value(u"start"));
        if (!plan.start) {
            return line.usage(u"not a time"_s, u"--start "_s + line.value(u"start"),
                u"write ISO 8601, for example 2026-11-22T18:25:04Z, or 2026-11-22 for the start of that day"_s);
        }
    }
    const auto interval = durationFrom(line, u"interval", std::chrono::milliseconds(1));
    if (!interval)
        return interval.error();
    if (interval.value())
        plan.interval = *interval.value();
    return plan;
}

int run(const CommandLine &line)
{
    const QString recording = line.value(u"output");
    if (line.arguments().isEmpty() || recording.isEmpty()) {
        return report(
            line.usage(line.arguments().isEmpty() ? u"no file to read"_s : u"no recording to write to"_s,
                u"import"_s, u"write poolscope-cli import INPUT… -o FILE.poolscope"_s));
    }
    const auto plan = planFrom(line);
    if (!plan)
        return report(plan.error());

    const ProcessSignals processSignals;
    ProgressLine progress(u"importing"_s);
    const auto imported = importIntoRecording(plan.value(), recording, [&](double done) {
        progress.show(done);
        return !ProcessSignals::wasAskedToStop();
    });
    progress.clear();
    if (!imported)
        return report(imported.error());
    if (imported.value().stopped) {
        return report({ErrorKind::WriteFailed, u"stopped before the end"_s, recording,
            u"nothing was kept; run it again"_s});
    }
    StandardOutput output;
    output.write(line.isSet(u"json") ? importToJson(imported.value()) : importToText(imported.value()));
    return output.finish();
}

} // namespace

const Command &importCommand()
{
    static const Command command{
        .name = u"import",
        .synopsis = u"INPUT… -o FILE.poolscope [options]",
        .summary = u"logs of PoolMon, WinDbg, slabinfo and others as one recording",
        .description =
            u"Reads one or more logs, told apart by their content, and makes one recording of them, earliest "
            u"first. "
            u"Says for each how many samples it gave and which lines were skipped, and why. The recording "
            u"appears "
            u"when it is whole; when an input yields nothing, there is none and the exit code is 4.",
        .examples = u"poolscope-cli import night.csv -o night.poolscope\n"
                    u"poolscope-cli import poolsnap.log -o day.poolscope --interval 30m\n"
                    u"poolscope-cli import *.json -o week.poolscope --json",
        .mostArguments = std::numeric_limits<qsizetype>::max(),
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
