// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"

#include "model/core/duration.h"
#include "model/sampling/livesession.h"
#include "model/sources/filesource.h"
#include "model/sources/sourcefactory.h"

#include <algorithm>
#include <numeric>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype HelpWidth = 80;
constexpr qsizetype HelpIndent = 22;

QString dashed(const QString &name)
{
    return (name.size() == 1 ? u"-"_s : u"--"_s) + name;
}

/// Levenshtein's distance, case ignored.
qsizetype distance(const QString &from, const QString &to)
{
    std::vector<qsizetype> costs(static_cast<size_t>(to.size()) + 1);
    std::iota(costs.begin(), costs.end(), 0);
    for (qsizetype i = 0; i < from.size(); ++i) {
        qsizetype diagonal = costs[0];
        costs[0] = i + 1;
        for (qsizetype j = 0; j < to.size(); ++j) {
            const auto at = static_cast<size_t>(j);
            const bool same = from[i].toLower() == to[j].toLower();
            const qsizetype cost = std::min({costs[at] + 1, costs[at + 1] + 1, diagonal + (same ? 0 : 1)});
            diagonal = std::exchange(costs[at + 1], cost);
        }
    }
    return costs.back();
}

/// `text` in lines of HelpWidth, each after the first indented.
QString wrapped(const QString &text, qsizetype indent)
{
    QString out;
    qsizetype used = indent;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (used > indent && used + 1 + word.size() > HelpWidth) {
            out += u'\n' + QString(indent, u' ');
            used = indent;
        } else if (used > indent) {
            out += u' ';
            ++used;
        }
        out += word;
        used += word.size();
    }
    return out;
}

QString helpEntry(const QString &name, const QString &text)
{
    QString head = u"  "_s + name;
    if (head.size() + 2 > HelpIndent)
        head += u'\n' + QString(HelpIndent, u' ');
    return head.leftJustified(HelpIndent) + wrapped(text, HelpIndent) + u'\n';
}

QString optionHelp(const QCommandLineOption &option)
{
    QStringList names;
    for (const QString &name : option.names())
        names += dashed(name);
    QString head = names.join(u", "_s);
    if (!option.valueName().isEmpty())
        head += u' ' + option.valueName();
    return helpEntry(head, option.description());
}

QString sourceHelp()
{
    return u"\nURI, where samples come from; without one, the kernel of this machine:\n"_s
        + helpEntry(u"slab:"_s, u"slab caches of this Linux machine; only root may read them"_s)
        + helpEntry(u"slab:/DIR"_s, u"a copy of another machine's files: /DIR/proc/slabinfo and so on"_s)
        + helpEntry(u"pool:"_s, u"pool tags of this Windows machine"_s)
        + helpEntry(u"\"command:PROGRAM ARGS\""_s,
            u"a program that writes the stream format, as poolscope-cli stream does"_s)
        + helpEntry(u"demo:"_s, u"a recorded leak, to try things out"_s);
}

} // namespace

QString nearestWord(const QString &typed, const QStringList &known)
{
    QString nearest;
    qsizetype least = std::min<qsizetype>(2, (typed.size() + 1) / 2) + 1;
    for (const QString &word : known) {
        if (const qsizetype d = distance(typed, word); d < least) {
            least = d;
            nearest = word;
        }
    }
    if (!nearest.isEmpty() || typed.size() < 2)
        return nearest;
    const auto longer =
        std::ranges::find_if(known, [&](const QString &word) { return word.startsWith(typed); });
    return longer == known.end() ? QString() : *longer;
}

CommandLine::CommandLine(const Command &command)
    : m_command(command)
    , m_options(command.options())
{
    m_options.append(QCommandLineOption({u"h"_s, u"help"_s}, u"Prints this and ends."_s));
    m_parser.addOptions(m_options);
}

Result<Done> CommandLine::parse(const QStringList &arguments)
{
    if (!m_parser.parse(QStringList{m_command.name.toString()} + arguments)) {
        if (!m_parser.unknownOptionNames().isEmpty())
            return unknownOption(arguments);
        QString what = m_parser.errorText();
        if (what.endsWith(u'.'))
            what.chop(1);
        return usage(what, m_command.name.toString(), seeHelp());
    }
    const QStringList given = m_parser.positionalArguments();
    if (given.size() > m_command.mostArguments) {
        const QString hint = m_command.mostArguments == 1
            ? u"name one source; put a command: and its arguments in quotes"_s
            : seeHelp();
        return usage(u"too many arguments"_s, given.join(u' '), hint);
    }
    return Done{};
}

Error CommandLine::unknownOption(const QStringList &arguments) const
{
    QStringList known;
    for (const QCommandLineOption &option : m_options)
        known += option.names();
    // "-json" reads as four short options; what was meant is clear.
    for (const QString &argument : arguments) {
        const QString name = argument.section(u'=', 0, 0).sliced(std::min<qsizetype>(1, argument.size()));
        if (argument.startsWith(u'-') && !argument.startsWith(u"--"_s) && name.size() > 1
            && known.contains(name))
            return usage(u"unknown option"_s, argument, u"write "_s + dashed(name));
    }
    const QString name = m_parser.unknownOptionNames().first();
    const QString nearest = nearestWord(name, known);
    return usage(u"unknown option"_s, dashed(name),
        nearest.isEmpty() ? seeHelp() : u"did you mean "_s + dashed(nearest) + u"? "_s + seeHelp());
}

QString CommandLine::seeHelp() const
{
    return u"see poolscope-cli help "_s + m_command.name;
}

Error CommandLine::usage(const QString &what, const QString &where, const QString &whatToDo) const
{
    return {ErrorKind::Usage, what, where, whatToDo};
}

bool CommandLine::takesOneSample() const
{
    if (m_command.name == u"top")
        return isSet(u"once") || (isSet(u"json") && !isSet(u"samples"));
    return m_command.name == u"snapshot";
}

QString CommandLine::helpText() const
{
    QString out = u"poolscope-cli "_s + m_command.name + u' ' + m_command.synopsis + u"\n\n"_s;
    for (const QString &paragraph : m_command.description.toString().split(u'\n'))
        out += wrapped(paragraph, 0) + u'\n';
    if (m_command.synopsis.contains(u"[URI]"))
        out += sourceHelp();
    out += u"\nOptions:\n"_s;
    for (const QCommandLineOption &option : m_options)
        out += optionHelp(option);
    out += u"\nExamples:\n"_s;
    for (const QString &example : m_command.examples.toString().split(u'\n'))
        out += u"  "_s + exampleHere(example) + u'\n';
    return out;
}

QString exampleHere(QString example)
{
    if (defaultSourceUri() != u"pool:")
        return example;
    constexpr QStringView AsRoot = u"sudo ";
    if (example.startsWith(AsRoot))
        example.remove(0, AsRoot.size());
    return example.replace(u'\'', u'"');
}

QCommandLineOption intervalOption()
{
    return {u"interval"_s, u"Time between samples, 250ms to 1h (250ms, 2s, 5m, 1h). Default 2s."_s, u"D"_s};
}

QCommandLineOption samplesOption()
{
    return {u"samples"_s, u"Ends after N samples."_s, u"N"_s};
}

Result<std::chrono::milliseconds> intervalFrom(const CommandLine &line)
{
    if (!line.isSet(u"interval"))
        return LiveSession::DefaultInterval;
    const QString text = line.value(u"interval");
    const auto interval = durationFromText(text);
    if (!interval || *interval < LiveSession::MinInterval || *interval > LiveSession::MaxInterval) {
        return line.usage(u"not a sampling interval"_s, u"--interval "_s + text,
            u"give 250ms to 1h, for example 500ms, 2s or 5m"_s);
    }
    return *interval;
}

Result<std::optional<std::chrono::milliseconds>> durationFrom(
    const CommandLine &line, QStringView option, std::chrono::milliseconds least)
{
    if (!line.isSet(option))
        return std::optional<std::chrono::milliseconds>();
    const QString text = line.value(option);
    const auto duration = durationFromText(text);
    if (!duration || *duration < least) {
        return line.usage(u"not a duration of at least "_s + durationText(least),
            u"--"_s + option + u' ' + text, u"give a number with a unit, for example 30s, 5m, 12h or 7d"_s);
    }
    return duration;
}

std::optional<WallTime> timeFromText(const QString &text, WallTime start)
{
    if (!text.startsWith(u'+'))
        return wallTimeFromIso(text);
    const auto offset = durationFromText(QStringView(text).sliced(1));
    return offset ? std::optional<WallTime>(start + *offset) : std::nullopt;
}

Result<std::optional<qint64>> countFrom(const CommandLine &line, QStringView option)
{
    if (!line.isSet(option))
        return std::optional<qint64>();
    const QString text = line.value(option);
    bool ok = false;
    const qint64 count = text.toLongLong(&ok);
    if (!ok || count < 1) {
        return line.usage(u"not a number of at least 1"_s, u"--"_s + option + u' ' + text,
            u"give a whole number, for example --"_s + option + u" 10"_s);
    }
    return std::optional(count);
}

Result<std::unique_ptr<Source>> sourceFrom(const CommandLine &line)
{
    const QString uri = line.arguments().value(0, defaultSourceUri());
    // One sample of a file is what there was in the end, as in the window.
    const bool wantsOne = line.takesOneSample() && isFileUri(uri);
    return wantsOne ? FileSource::createForLastSample(uri) : createNamedSource(uri);
}

} // namespace poolscope
