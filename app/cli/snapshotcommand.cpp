// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/samplefeed.h"
#include "app/cli/standardoutput.h"
#include "model/formats/samplefile.h"

#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption({u"o"_s, u"output"_s}, u"The file to write; - is stdout."_s, u"FILE"_s),
        QCommandLineOption(u"format"_s,
            u"poolmon (the layout of poolmon /n), csv, json or md (Markdown). Default: what the file's name "
            u"ends in (.txt is poolmon), else json."_s,
            u"FORMAT"_s),
        QCommandLineOption(
            u"label"_s, u"What to call it; default: the file's name without ending."_s, u"TEXT"_s),
        QCommandLineOption(u"note"_s, u"A remark to keep with it (json and md)."_s, u"TEXT"_s),
    };
}

Result<SampleFormat> formatFrom(const CommandLine &line, const QString &file)
{
    if (!line.isSet(u"format"))
        return sampleFormatFromFileName(file).value_or(SampleFormat::Json);
    const QString word = line.value(u"format");
    if (const auto format = sampleFormatFromWord(word))
        return *format;
    return line.usage(u"unknown format"_s, u"--format "_s + word, u"give poolmon, csv, json or md"_s);
}

int write(const Snapshot &snapshot, SampleFormat format, const QString &file)
{
    const std::span<const Snapshot> one(&snapshot, 1);
    if (file != u"-") {
        const Result<Done> written = exportSnapshots(one, format, file);
        return written ? 0 : report(written.error());
    }
    StandardOutput output;
    output.write(snapshotsToBytes(one, format));
    return output.finish();
}

int run(const CommandLine &line)
{
    const QString file = line.value(u"output");
    if (file.isEmpty()) {
        return report(line.usage(
            u"no file to write to"_s, u"snapshot"_s, u"give -o FILE, or -o - for standard output"_s));
    }
    const auto format = formatFrom(line, file);
    if (!format)
        return report(format.error());
    auto source = sourceFrom(line);
    if (!source)
        return report(source.error());

    Snapshot snapshot;
    SampleFeed feed({.interval = std::chrono::seconds(2), .samples = 1}, [&](const SamplePtr &sample, bool) {
        snapshot.sample = sample;
        return SampleFeed::Next::Continue;
    });
    const int code = feed.run(std::move(source).value());
    if (!snapshot.sample)
        return code; // failed and said so, or stopped before there was a sample
    snapshot.id = QUuid::createUuid();
    snapshot.note = line.value(u"note");
    snapshot.label = line.value(u"label");
    if (snapshot.label.isEmpty() && file != u"-")
        snapshot.label = QFileInfo(file).completeBaseName();
    return write(snapshot, format.value(), file);
}

} // namespace

const Command &snapshotCommand()
{
    static const Command command{
        .name = u"snapshot",
        .synopsis = u"[URI] -o FILE [options]",
        .summary = u"one sample of all tags to a file, to compare with a later one",
        .description = u"Takes one sample of every tag and writes it to FILE, whole or not at all. Take one "
                       u"before and one after (or one every half hour) and put them side by side with "
                       u"poolscope-cli compare.",
        .examples = u"sudo poolscope-cli snapshot -o before.json\n"
                    u"sudo poolscope-cli snapshot -o after.json --label 'after the test'\n"
                    u"sudo poolscope-cli snapshot -o - --format md     # for a bug report\n"
                    u"poolscope-cli snapshot 'command:ssh HOST poolscope-cli stream' -o a.csv",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
