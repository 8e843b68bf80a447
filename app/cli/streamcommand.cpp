// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/samplefeed.h"
#include "app/cli/standardoutput.h"
#include "model/formats/stream.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {intervalOption(), samplesOption()};
}

int run(const CommandLine &line)
{
    const auto interval = intervalFrom(line);
    if (!interval)
        return report(interval.error());
    const auto samples = countFrom(line, u"samples");
    if (!samples)
        return report(samples.error());
    auto source = sourceFrom(line);
    if (!source)
        return report(source.error());

    StandardOutput output;
    StreamWriter writer;
    QByteArray block;
    SampleFeed feed({interval.value(), samples.value()}, [&](const SamplePtr &sample, bool) {
        block.clear();
        writer.write(*sample, block);
        return output.write(block) ? SampleFeed::Next::Continue : SampleFeed::Next::End;
    });
    const int code = feed.run(std::move(source).value());
    const int written = output.finish();
    return written != 0 ? written : code;
}

} // namespace

const Command &streamCommand()
{
    static const Command command{
        .name = u"stream",
        .synopsis = u"[URI] [options]",
        .summary = u"samples as a text stream on stdout, for another PoolScope to read",
        .description =
            u"Writes one block of text a sample, at once, until it is stopped or nobody reads any more. A "
            u"window on another machine, or without root rights on this one, shows it live as its source "
            u"command:. Each block starts with @ and the time and ends with a line that holds a dot; a "
            u"counter "
            u"that is not named is unknown.",
        .examples = u"poolscope-cli stream --interval 1s\n"
                    u"poolscope 'command:ssh HOST sudo poolscope-cli stream'\n"
                    u"poolscope 'command:sudo poolscope-cli stream'\n"
                    u"poolscope-cli stream --interval 1m --samples 60 > hour.stream",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
