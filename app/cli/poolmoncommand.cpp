// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/localtagfile.h"
#include "app/cli/poolmonswitches.h"
#include "app/cli/report.h"
#include "app/cli/samplefeed.h"
#include "app/cli/standardoutput.h"
#include "app/cli/terminal.h"
#include "app/cli/topinteractive.h"
#include "model/formats/poolmontext.h"
#include "model/sampling/session.h"
#include "model/screen/poolmonscreen.h"
#include "model/sources/drivernamingsource.h"
#include "model/sources/sourcefactory.h"

#include <QDir>
#include <QFile>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto PoolMonInterval = 5s; // PoolMon's only one
constexpr int HelpExitCode = -1; // as PoolMon ends after its help: scripts look for it

Result<std::unique_ptr<Source>> sourceFor(const PoolMonSwitches &switches)
{
    auto source = createSource(switches.sourceUri.value_or(defaultSourceUri()));
    if (!source || !switches.showsDrivers())
        return source;
    if (switches.localTagFile) {
        if (const Result<Done> made = makeMissingLocalTagFile(*switches.localTagFile); !made)
            return made.error();
    }
    std::vector<PoolTagFile> files;
    for (const std::optional<QString> &path : {switches.localTagFile, switches.tagFile}) {
        if (!path)
            continue;
        const auto tags = PoolTagFile::read(*path);
        if (!tags)
            return tags.error();
        files.push_back(tags.value());
    }
    return std::unique_ptr<Source>(
        std::make_unique<DriverNamingSource>(std::move(source).value(), driversInAll(std::move(files))));
}

/// Behind what the file holds already; on failure the file is cut back to that.
Result<Done> append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    const auto failed = [&file, &path] {
        return Error{ErrorKind::WriteFailed, u"cannot write (%1)"_s.arg(file.errorString()),
            QDir::toNativeSeparators(path), u"make room, or name a file that can be written"_s};
    };
    if (!file.open(QIODevice::Append))
        return failed();
    const qint64 before = file.size();
    if (file.write(bytes) == bytes.size() && file.flush())
        return Done{};
    const Error error = failed();
    file.resize(before);
    return error;
}

int writeSnapshot(std::unique_ptr<Source> source, const PoolMonSwitches &switches)
{
    QByteArray text;
    Session session;
    SampleFeed feed({.interval = PoolMonInterval, .samples = 1}, [&](const SamplePtr &sample, bool afterGap) {
        const FramePtr frame = session.add(sample, afterGap);
        if (!frame)
            return SampleFeed::Next::Ignore;
        text = sampleToPoolMonText(*selectedSample(*frame, answer(*frame, switches.query)));
        return SampleFeed::Next::Continue;
    });
    const int code = feed.run(std::move(source));
    if (text.isEmpty())
        return code; // failed and said so, or stopped before there was a sample
    if (*switches.snapshotFile == u"-") {
        StandardOutput output;
        output.write(text);
        return output.finish();
    }
    const Result<Done> written = append(*switches.snapshotFile, text);
    return written ? 0 : report(written.error());
}

QByteArray titleOf(const PoolMonSwitches &switches)
{
    if (!switches.session)
        return PoolMonScreenStyle().title;
    const std::optional<quint32> session = *switches.session;
    return session ? QByteArray("Session " + QByteArray::number(*session) + " pool information")
                   : QByteArray("All sessions pool information");
}

/// Redirected: one screen after the other until stopped.
int printScreens(std::unique_ptr<Source> source, const PoolMonSwitches &switches)
{
    const PoolMonScreenStyle style{
        .title = titleOf(switches), .totals = switches.totals, .drivers = switches.showsDrivers()};
    Session session;
    StandardOutput output;
    SampleFeed feed({PoolMonInterval, std::nullopt}, [&](const SamplePtr &sample, bool afterGap) {
        const FramePtr frame = session.add(sample, afterGap);
        if (!frame)
            return SampleFeed::Next::Ignore;
        const QByteArray text = poolMonScreen(*frame, answer(*frame, switches.query), style);
        return output.write(text) ? SampleFeed::Next::Continue : SampleFeed::Next::End;
    });
    const int code = feed.run(std::move(source));
    const int written = output.finish();
    return written != 0 ? written : code;
}

int help()
{
    StandardOutput output;
    output.write(CommandLine(poolmonCommand()).helpText().toUtf8());
    const int code = output.finish();
    return code != 0 ? code : HelpExitCode;
}

int runArguments(const QStringList &arguments)
{
    const auto read = poolMonSwitches(arguments);
    if (!read)
        return report(read.error());
    PoolMonSwitches switches = read.value();
    if (switches.help)
        return help();
    if (switches.session) {
        // As PoolMon for a session without pools of its own: headings, no rows.
        switches.query.limit = 0;
        report({ErrorKind::SourceUnavailable, u"session pools are not read"_s, u"-s"_s,
            u"Windows keeps nearly all of them in the system pool by now: leave -s out"_s});
    }
    auto source = sourceFor(switches);
    if (!source)
        return report(source.error());
    if (switches.snapshotFile)
        return writeSnapshot(std::move(source).value(), switches);
    if (!Terminal::isInteractive())
        return printScreens(std::move(source).value(), switches);
    return runInteractiveTop(std::move(source).value(),
        {.query = switches.query,
            .totals = switches.totals,
            .highlight = switches.highlight,
            .interval = PoolMonInterval});
}

QList<QCommandLineOption> noOptions()
{
    return {};
}

} // namespace

const Command &poolmonCommand()
{
    static const Command command{
        .name = u"poolmon",
        .synopsis = u"[PoolMon's own switches, with - or /]",
        .summary = u"drop-in for PoolMon: its switches, its screen, its file",
        .description =
            u"Takes the switches of Microsoft's PoolMon, so that scripts which call it go on working. "
            u"Without a terminal it prints a screen every 5 seconds in PoolMon's layout.\n\n"
            u"-iTag  only tags that match, -xTag  without those; * and ? are wildcards; may be repeated\n"
            u"-p  nonpaged pool, -p -p  paged pool\n"
            u"-t -a -f -d -b -m  sort by tag, allocs, frees, diff, bytes, bytes per allocation (-u is -b)\n"
            u"-(  sort by the change since the last update\n"
            u"-e  totals, -l  changed lines do not stand out\n"
            u"-n [FILE]  append one sample to FILE (poolsnap.log) instead; - is stdout\n"
            u"-r  the summary of memory with -n, which is always written\n"
            u"-g [FILE]  drivers from a pool tag file (pooltag.txt), -c [FILE]  likewise (localtag.txt), "
            u"shown first;\n"
            u"on Windows a missing one is made of what the drivers' code names\n"
            u"-s[N]  session pools: headings only, as PoolMon for a session without any\n"
            u"-? -h  this\n"
            u"--source URI  another source than this machine's kernel",
        .examples = u"poolscope-cli poolmon -p -p -b\n"
                    u"poolscope-cli poolmon -iNt* -xNtFC -( -b\n"
                    u"poolscope-cli poolmon -b -r -n poolsnap.log",
        .mostArguments = 0,
        .options = noOptions,
        .run = nullptr,
        .runArguments = runArguments,
    };
    return command;
}

} // namespace poolscope
