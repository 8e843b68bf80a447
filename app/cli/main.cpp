// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "app/process/processsignals.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

using CommandGetter = const Command &(*)();
constexpr std::array<CommandGetter, 14> Commands{sourcesCommand, topCommand, snapshotCommand, recordCommand,
    infoCommand, compareCommand, analyzeCommand, nextCommand, driversCommand, reportCommand, exportCommand,
    importCommand, streamCommand, poolmonCommand};

/// Promised by the documentation for later versions.
constexpr std::array<QStringView, 1> LaterCommands{u"serve"};

const Command *findCommand(const QString &name)
{
    for (const CommandGetter get : Commands) {
        if (get().name == name)
            return &get();
    }
    return nullptr;
}

int print(const QString &text)
{
    StandardOutput output;
    output.write(text.toUtf8());
    return output.finish();
}

QString overview()
{
    QString out = u"poolscope-cli COMMAND [arguments]\n\n"
                  u"Shows which tag the kernel's memory is booked under, in a terminal or for scripts.\n\n"
                  u"Commands:\n"_s;
    for (const CommandGetter get : Commands)
        out += u"  "_s + get().name.toString().leftJustified(11) + get().summary + u'\n';
    return out + u"\nThe first thing to try:  "_s + exampleHere(u"sudo poolscope-cli top"_s)
        + u"\nAll about a command:     poolscope-cli help COMMAND\n"
          u"Version:                 poolscope-cli --version\n\n"
          u"Exit codes: 0 done, 1 --fail-on matched, 2 wrong usage, 3 the source cannot be read,\n"
          u"4 a file is unreadable or damaged, 5 could not write.\n"
          u"Errors go to stderr as \"poolscope-cli: what: where: what to do\".\n"_s;
}

int unknownCommand(const QString &name)
{
    if (std::ranges::find(LaterCommands, name) != LaterCommands.end()) {
        return report({ErrorKind::Usage, u"this version does not have the command yet"_s, name,
            u"see poolscope-cli --help for those that it has"_s});
    }
    QStringList known{u"help"_s};
    for (const CommandGetter get : Commands)
        known += get().name.toString();
    const QString nearest = nearestWord(name, known);
    const QString hint = nearest.isEmpty() ? QString() : QString(u"did you mean "_s + nearest + u"? "_s);
    return report({ErrorKind::Usage, name.startsWith(u'-') ? u"unknown option"_s : u"unknown command"_s, name,
        hint + u"see poolscope-cli --help"_s});
}

int help(const QStringList &names)
{
    if (names.isEmpty())
        return print(overview());
    const Command *command = findCommand(names.first());
    return command ? print(CommandLine(*command).helpText()) : unknownCommand(names.first());
}

int run(const Command &command, const QStringList &arguments)
{
    if (command.runArguments)
        return command.runArguments(arguments);
    CommandLine line(command);
    if (const Result<Done> parsed = line.parse(arguments); !parsed)
        return report(parsed.error());
    return line.wantsHelp() ? print(line.helpText()) : command.run(line);
}

int runMain(const QStringList &arguments)
{
    if (arguments.isEmpty()) {
        return report({ErrorKind::Usage, u"no command given"_s, {},
            u"try poolscope-cli top, or see poolscope-cli --help"_s});
    }
    const QString &name = arguments.first();
    const QStringList rest = arguments.sliced(1);
    if (name == u"help" || name == u"--help" || name == u"-h")
        return help(rest);
    if (name == u"--version" || name == u"-v")
        return print(u"poolscope-cli "_s + QLatin1StringView(POOLSCOPE_VERSION) + u'\n');
    const Command *command = findCommand(name);
    return command ? run(*command, rest) : unknownCommand(name);
}

} // namespace

} // namespace poolscope

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("poolscope-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(POOLSCOPE_VERSION));
    poolscope::ProcessSignals::outliveFileLimits();
    return poolscope::runMain(QCoreApplication::arguments().sliced(1));
}
