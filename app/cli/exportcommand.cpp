// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/progressline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "app/process/processsignals.h"
#include "model/core/duration.h"
#include "model/exchange/recordingexport.h"
#include "model/formats/filewriter.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption({u"o"_s, u"output"_s}, u"The file to write; - is stdout."_s, u"OUT"_s),
        QCommandLineOption(u"format"_s,
            u"csv, jsonl (one JSON sample a line), poolmon (the layout of poolmon /n) or openmetrics. "
            u"Default: what "
            u"the file's name ends in (.csv, .jsonl, .txt, .om), else csv."_s,
            u"FORMAT"_s),
        QCommandLineOption(u"from"_s, u"First time: ISO 8601, or +90s from the recording's start."_s, u"T"_s),
        QCommandLineOption(u"to"_s, u"Last time, likewise; samples at it are included."_s, u"T"_s),
    };
}

Result<ExportFormat> formatFrom(const CommandLine &line, const QString &file)
{
    if (!line.isSet(u"format"))
        return exportFormatFromFileName(file).value_or(ExportFormat::Csv);
    const QString word = line.value(u"format");
    if (const auto format = exportFormatFromWord(word))
        return *format;
    return line.usage(
        u"unknown format"_s, u"--format "_s + word, u"give csv, jsonl, poolmon or openmetrics"_s);
}

/// The time that --from or --to names; nullopt when the option is not given.
Result<std::optional<WallTime>> limitFrom(const CommandLine &line, QStringView option, WallTime start)
{
    if (!line.isSet(option))
        return std::optional<WallTime>();
    const auto time = timeFromText(line.value(option), start);
    if (time)
        return time;
    return line.usage(u"not a time"_s, u"--"_s + option + u' ' + line.value(option),
        u"write ISO 8601 (2026-11-22T18:25:04Z), or +90s from the start of the recording"_s);
}

Result<ExportRange> rangeFrom(const CommandLine &line, const RecordingReader &reader)
{
    const RecordingInfo &info = reader.info();
    const auto from = limitFrom(line, u"from", info.first);
    if (!from)
        return from.error();
    const auto to = limitFrom(line, u"to", info.first);
    if (!to)
        return to.error();
    ExportRange range{0, info.samples};
    if (from.value())
        range.first = reader.axis().lowerBound(*from.value());
    if (to.value())
        range.end = reader.axis().lowerBound(*to.value() + std::chrono::nanoseconds(1));
    if (range.first < range.end)
        return range;
    const QString where = line.arguments().value(0);
    if (info.samples == 0)
        return Error{ErrorKind::BadInput, u"the recording holds no sample"_s, where, u"nothing to export"_s};
    return line.usage(u"the recording has no sample in that time"_s, where,
        u"it goes from %1 to %2"_s.arg(isoUtc(info.first, 0), isoUtc(info.last, 0)));
}

/// Runs the export into `sink`; reports what is wrong. nullopt: it was written whole.
std::optional<int> write(
    RecordingReader &reader, const ExportRange &range, ExportFormat format, const ExportSink &sink)
{
    const ProcessSignals processSignals;
    ProgressLine progress(u"exporting"_s);
    const auto exported = exportRecording(reader, range, format, sink, [&](double done) {
        progress.show(done);
        return !ProcessSignals::wasAskedToStop();
    });
    progress.clear();
    if (!exported)
        return report(exported.error());
    if (ProcessSignals::wasAskedToStop()) {
        return report({ErrorKind::WriteFailed, u"stopped before the end"_s, u"export"_s,
            u"nothing was kept; run it again"_s});
    }
    return std::nullopt;
}

int writeToFile(RecordingReader &reader, const ExportRange &range, ExportFormat format, const QString &path)
{
    auto opened = WholeFileWriter::open(path);
    if (!opened)
        return report(opened.error());
    const auto file = std::move(opened).value();
    std::optional<Error> failure;
    const auto sink = [&](QByteArrayView bytes) {
        const Result<Done> written = file->write(bytes);
        if (!written)
            failure = written.error();
        return written.ok();
    };
    const auto code = write(reader, range, format, sink);
    if (failure)
        return report(*failure);
    if (code)
        return *code;
    const Result<Done> committed = file->commit();
    return committed ? 0 : report(committed.error());
}

int run(const CommandLine &line)
{
    const QString input = line.arguments().value(0);
    const QString output = line.value(u"output");
    if (input.isEmpty() || output.isEmpty()) {
        return report(line.usage(input.isEmpty() ? u"no recording named"_s : u"no file to write to"_s,
            u"export"_s, u"write poolscope-cli export FILE -o OUT, with -o - for standard output"_s));
    }
    const auto format = formatFrom(line, output);
    if (!format)
        return report(format.error());
    auto opened = RecordingReader::open(input);
    if (!opened)
        return report(opened.error());
    const auto reader = std::move(opened).value();
    const auto range = rangeFrom(line, *reader);
    if (!range)
        return report(range.error());

    int code = 0;
    if (output == u"-") {
        StandardOutput standardOutput;
        const auto sink = [&](QByteArrayView bytes) { return standardOutput.write(bytes); };
        code = write(*reader, range.value(), format.value(), sink).value_or(0);
        if (const int written = standardOutput.finish(); written != 0)
            return written;
    } else {
        code = writeToFile(*reader, range.value(), format.value(), output);
    }
    for (const QString &damage : reader->info().damage)
        report({ErrorKind::BadInput, damage, input, u"the rest was exported"_s});
    return code;
}

} // namespace

const Command &exportCommand()
{
    static const Command command{
        .name = u"export",
        .synopsis = u"FILE -o OUT [options]",
        .summary = u"a recording, or a part of it, as CSV, JSON lines, PoolMon text or OpenMetrics",
        .description = u"Writes the samples of a recording to OUT, whole or not at all. jsonl holds all of "
                       u"every sample and can "
                       u"be imported again; csv has the fixed columns "
                       u"time,tag,type,allocs,frees,outstanding,bytes[,driver] "
                       u"and so no machine-wide numbers; openmetrics is for promtool tsdb create-blocks-from "
                       u"openmetrics. "
                       u"Marks, notes and snapshots stay in the recording: see poolscope-cli info --json.",
        .examples = u"poolscope-cli export night.poolscope -o night.csv\n"
                    u"poolscope-cli export night.poolscope -o - --format jsonl --from +1h --to +2h\n"
                    u"poolscope-cli export night.poolscope -o night.om\n"
                    u"promtool tsdb create-blocks-from openmetrics night.om data",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
