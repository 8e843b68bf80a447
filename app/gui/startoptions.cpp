// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/gui/startoptions.h"

#include "model/core/duration.h"
#include "model/sampling/livesession.h"
#include "model/sources/sourcefactory.h"

#include <QCommandLineParser>

#include <algorithm>
#include <iterator>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Options that QGuiApplication and QApplication take out for themselves, with one dash or two.
constexpr QStringView QtOptionsWithValue[] = {u"platform", u"platformpluginpath", u"platformtheme", u"plugin",
    u"qwindowgeometry", u"geometry", u"qwindowicon", u"icon", u"qwindowtitle", u"title", u"session",
    u"display", u"style", u"stylesheet", u"name", u"fontengine"};
constexpr QStringView QtOptions[] = {u"reverse", u"widgetcount", u"nograb", u"dograb", u"sync"};

QStringList withoutQtOptions(const QStringList &arguments)
{
    QStringList rest;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QStringView word = arguments[i];
        if (word.startsWith(u"--"))
            word = word.sliced(1);
        const bool isOption = i > 0 && word.startsWith(u'-');
        const QStringView name = isOption ? word.sliced(1) : QStringView();
        if (std::ranges::find(QtOptionsWithValue, name) != std::end(QtOptionsWithValue))
            ++i;
        else if (std::ranges::find(QtOptions, name) == std::end(QtOptions) && !name.startsWith(u"style="))
            rest << arguments[i];
    }
    return rest;
}

Error usage(const QString &what, const QString &where, const QString &whatToDo)
{
    return {ErrorKind::Usage, what, where, whatToDo};
}

Result<std::chrono::milliseconds> intervalFrom(const QString &text)
{
    const auto interval = durationFromText(text);
    if (!interval || *interval < LiveSession::MinInterval || *interval > LiveSession::MaxInterval) {
        return usage(u"not a sampling interval"_s, u"--interval "_s + text,
            u"give 250ms to 1h, for example 500ms, 2s or 5m"_s);
    }
    return *interval;
}

Result<QString> sourceFrom(const QString &option, const QStringList &arguments)
{
    QStringList given = arguments;
    if (!option.isEmpty())
        given.prepend(option);
    if (given.size() > 1)
        return usage(u"more than one source given"_s, given.join(u' '),
            u"name one; quote a command: with its arguments"_s);
    const QString uri = given.isEmpty() ? defaultSourceUri() : given.first();
    const Result<std::unique_ptr<Source>> made = createSource(uri);
    if (!made)
        return made.error();
    return uri;
}

} // namespace

Result<StartOptions> startOptionsFrom(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Shows which tag the kernel's memory is booked under, live: table, chart, snapshots."_s);
    const QCommandLineOption source(
        u"source"_s, u"Where samples come from; the same as the argument URI."_s, u"URI"_s);
    const QCommandLineOption interval(u"interval"_s,
        u"Time between samples, 250ms to 1h; the window remembers the last one picked there."_s,
        u"DURATION"_s);
    const QCommandLineOption record(u"record"_s,
        u"Record to FILE.poolscope from the start; a recording that exists is gone on with."_s, u"FILE"_s);
    parser.addOptions({source, interval, record});
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Prints this and ends."_s);
    const QCommandLineOption version({u"v"_s, u"version"_s}, u"Prints the version and ends."_s);
    parser.addOptions({help, version});
    parser.addPositionalArgument(u"URI"_s,
        u"pool: (this machine's pool tags, the default on Windows), slab: (this machine's slab caches, the "
        u"default on Linux), slab:/DIR (a copy of its files), "
        u"\"command:PROGRAM ARGS\" (a program that writes the stream format), demo: (a recorded leak), or "
        u"a FILE: a recording, or a log saved as JSON, CSV or PoolMon text."_s,
        u"[FILE|URI]"_s);

    if (!parser.parse(withoutQtOptions(arguments))) {
        const QStringList unknown = parser.unknownOptionNames();
        const QString seeHelp = u"see poolscope --help"_s;
        return unknown.isEmpty() ? usage(u"option without its value"_s, arguments.last(), seeHelp)
                                 : usage(u"unknown option"_s, u"--"_s + unknown.first(), seeHelp);
    }
    StartOptions options;
    if (parser.isSet(help)) {
        // Without an application object the parser does not know the program's name.
        options.message = parser.helpText().replace(u"<executable_name>"_s, u"poolscope"_s);
        return options;
    }
    if (parser.isSet(version)) {
        options.message = u"poolscope "_s + QLatin1StringView(POOLSCOPE_VERSION) + u'\n';
        return options;
    }
    if (parser.isSet(interval)) {
        const auto wanted = intervalFrom(parser.value(interval));
        if (!wanted)
            return wanted.error();
        options.interval = wanted.value();
    }
    const Result<QString> uri = sourceFrom(parser.value(source), parser.positionalArguments());
    if (!uri)
        return uri.error();
    options.sourceUri = uri.value();
    options.recordTo = parser.value(record);
    if (parser.isSet(record) && options.recordTo.isEmpty())
        return usage(u"no file named"_s, u"--record"_s, u"give the file to record to"_s);
    return options;
}

} // namespace poolscope
