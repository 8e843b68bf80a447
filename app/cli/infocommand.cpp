// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/progressline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "app/process/processsignals.h"
#include "model/exchange/recordingtext.h"
#include "model/recording/recordingreader.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {QCommandLineOption(u"json"_s, u"One JSON object instead of text."_s),
        QCommandLineOption(u"quick"_s, u"Does not read all samples to look for damage."_s)};
}

int run(const CommandLine &line)
{
    const QString file = line.arguments().value(0);
    if (file.isEmpty())
        return report(
            line.usage(u"no recording named"_s, u"info"_s, u"give the name of a .poolscope file"_s));
    auto opened = RecordingReader::open(file);
    if (!opened)
        return report(opened.error());
    const auto reader = std::move(opened).value();
    if (!line.isSet(u"quick")) {
        const ProcessSignals processSignals;
        ProgressLine progress(u"checking"_s);
        const Result<Done> verified = reader->verify([&](double done) {
            progress.show(done);
            return !ProcessSignals::wasAskedToStop();
        });
        if (!verified)
            return report(verified.error());
    }
    const auto tags = static_cast<qint64>(reader->tags()->size());
    StandardOutput output;
    output.write(line.isSet(u"json") ? recordingToJson(reader->info(), tags, reader->axis())
                                     : recordingToText(reader->info(), tags, reader->axis()));
    return output.finish();
}

} // namespace

const Command &infoCommand()
{
    static const Command command{
        .name = u"info",
        .synopsis = u"FILE [options]",
        .summary = u"what is in a recording: times, samples, marks, snapshots, machine, damage",
        .description = u"Says what a recording holds and whether all of it can be read. Also while it is "
                       u"being written. A "
                       u"damaged file is described as far as it can be trusted, with what is missing; the "
                       u"exit code is 4 "
                       u"only when nothing in it can be read. Times are local, in JSON UTC.",
        .examples = u"poolscope-cli info night.poolscope\n"
                    u"poolscope-cli info night.poolscope --json",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
