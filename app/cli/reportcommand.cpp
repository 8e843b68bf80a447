// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/progressline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "app/process/processsignals.h"
#include "model/archive/openarchive.h"
#include "model/core/duration.h"
#include "model/formats/filewriter.h"
#include "model/report/reporthtml.h"

#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption(
            {u"o"_s, u"output"_s}, u"Where to write the page; - is standard output."_s, u"FILE"_s),
        QCommandLineOption(u"title"_s, u"Heading of the page."_s, u"TEXT"_s),
    };
}

int writeToFile(const QByteArray &html, const QString &path)
{
    auto opened = WholeFileWriter::open(path);
    if (!opened)
        return report(opened.error());
    const Result<Done> written = opened.value()->write(html);
    if (!written)
        return report(written.error());
    const Result<Done> committed = opened.value()->commit();
    return committed ? 0 : report(committed.error());
}

int write(const QByteArray &html, const QString &path)
{
    if (path != u"-")
        return writeToFile(html, path);
    StandardOutput output;
    output.write(html);
    return output.finish();
}

int run(const CommandLine &line)
{
    const QString input = line.arguments().value(0);
    const QString output = line.value(u"output");
    if (input.isEmpty() || output.isEmpty()) {
        return report(line.usage(input.isEmpty() ? u"no file named"_s : u"no file to write to"_s, u"report"_s,
            u"write poolscope-cli report FILE -o OUT.html, with -o - for standard output"_s));
    }
    const auto archive = openArchiveUri(input);
    if (!archive)
        return report(archive.error());
    const QString title = line.isSet(u"title") ? line.value(u"title")
                                               : u"Kernel memory of %1"_s.arg(QFileInfo(input).fileName());
    const ProcessSignals processSignals;
    ProgressLine progress(u"analysing"_s);
    const auto made = makeReport(*archive.value(), title, wallTimeNow(), [&](double done) {
        progress.show(done);
        return !ProcessSignals::wasAskedToStop();
    });
    progress.clear();
    if (!made)
        return report(made.error());
    const int code = write(reportToHtml(made.value()), output);
    for (const QString &damage : made.value().damage)
        report({ErrorKind::BadInput, damage, input, u"the rest is in the report"_s});
    return code;
}

} // namespace

const Command &reportCommand()
{
    static const Command command{
        .name = u"report",
        .synopsis = u"FILE -o OUT.html [--title TEXT]",
        .summary = u"one self-contained page: findings, charts, comparison, next steps",
        .description =
            u"Analyses a recording, a stream or a log and writes one HTML page to be sent or printed: the "
            u"machine, which tags leak and why, their charts, what grew from the first to the last sample, "
            u"and "
            u"the commands to go on with. The page needs no network and runs no script. Tests that were "
            u"marked "
            u"in the recording are taken into account. Written whole or not at all.",
        .examples = u"poolscope-cli report night.poolscope -o night.html\n"
                    u"poolscope-cli report poolsnap.log -o - --title \"Build server, week 47\" > week47.html",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
