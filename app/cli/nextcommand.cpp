// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "model/core/pooltag.h"
#include "model/core/tagtext.h"
#include "model/formats/jsonwriter.h"
#include "model/knowledge/nextsteps.h"
#include "model/knowledge/tagcards.h"
#include "model/knowledge/tagnames.h"
#include "model/sources/sourcefactory.h"

#include <QRegularExpression>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {
        QCommandLineOption(u"kernel"_s,
            u"windows: TAG is a pool tag; linux: a slab cache or an allocation site. Without it: the kernel "
            u"of "
            u"this machine."_s,
            u"KERNEL"_s),
        QCommandLineOption(u"paged"_s, u"The tag's memory is paged (windows) or reclaimable (linux)."_s),
        QCommandLineOption(
            u"driver"_s, u"The driver that owns the tag, or on Linux the merged caches."_s, u"NAME"_s),
        QCommandLineOption(u"json"_s, u"One JSON object instead of text."_s),
    };
}

/// An allocation site has a line number: file:line.
SourceKind linuxKind(const QString &tag)
{
    static const QRegularExpression site(u"^[^:\\s]+:\\d+(\\s|$)"_s);
    return site.match(tag).hasMatch() ? SourceKind::Site : SourceKind::Slab;
}

Result<SourceKind> kindFrom(const CommandLine &line, const QString &tag)
{
    const bool livesOnPool = defaultSourceUri().startsWith(u"pool:");
    const QString kernel = line.isSet(u"kernel") ? line.value(u"kernel")
        : livesOnPool                            ? u"windows"_s
                                                 : u"linux"_s;
    if (kernel == u"windows")
        return SourceKind::Pool;
    if (kernel == u"linux")
        return linuxKind(tag);
    return line.usage(u"unknown kernel"_s, u"--kernel "_s + kernel, u"give windows or linux"_s);
}

/// The number that a pool tag is in memory, as debuggers write it.
std::optional<QByteArray> poolTagOfNumber(const QString &text)
{
    static const QRegularExpression number(u"^0[xX]([0-9A-Fa-f]{8})$"_s);
    const auto match = number.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    QByteArray bytes = QByteArray::fromHex(match.captured(1).toLatin1());
    std::ranges::reverse(bytes);
    return bytes;
}

Result<QByteArray> tagFrom(const CommandLine &line, const QString &text, SourceKind kind)
{
    const auto bytes = unescapedTag(text.toUtf8());
    if (!bytes) {
        return line.usage(u"not a tag"_s, text,
            u"write bytes that cannot be typed as \\xNN, two hexadecimal digits, and a backslash as \\\\"_s);
    }
    if (kind != SourceKind::Pool)
        return *bytes;
    if (const auto tag = poolTagOfNumber(text))
        return *tag;
    if (bytes->size() > PoolTagLength) {
        return line.usage(u"a pool tag has at most four bytes"_s, text,
            u"for a Linux cache add --kernel linux; a tag's number has eight hexadecimal digits, as "
            u"0x20707249"_s);
    }
    return paddedPoolTag(*bytes);
}

/// Whose tag it is and what else is known of it.
struct Known
{
    TagNames::Owner owner;
    std::vector<TagCard> cards;
};

Known knownOf(const CommandLine &line, TagEntry &entry, SourceKind kind)
{
    Known known{{entry.driver, u"--driver"_s}, cardsOf(tagCards(), entry, kind)};
    if (kind == SourceKind::Pool && !line.isSet(u"driver")) {
        const TagNames names = TagNames::load(tagNamePlaces());
        for (const Error &problem : names.problems())
            report(problem);
        const QByteArray note = names.noteOf(entry.tag.bytes);
        known.owner =
            note.isEmpty() ? names.ownerOf(entry.tag.bytes) : TagNames::Owner{note, u"your notes"_s};
        entry.driver = known.owner.driver;
    }
    return known;
}

QString knownText(const Known &known)
{
    QString text;
    if (!known.owner.driver.isEmpty()) {
        text += u"Driver: %1\n        named by %2\n"_s.arg(
            driverText(known.owner.driver.simplified()), known.owner.from);
    }
    for (const TagCard &card : known.cards) {
        text += u"Known:  %1. %2"_s.arg(card.title, card.text);
        text += card.source.isEmpty() ? u"\n"_s : u" (%1)\n"_s.arg(card.source);
    }
    return text.isEmpty() ? text : text + u'\n';
}

void writeCards(JsonWriter &json, const std::vector<TagCard> &cards)
{
    json.key("known");
    json.beginArray();
    for (const TagCard &card : cards) {
        json.beginObject();
        json.key("title");
        json.text(card.title);
        json.key("text");
        json.text(card.text);
        json.key("source");
        json.text(card.source);
        json.endObject();
    }
    json.endArray();
}

QByteArray toJson(
    const TagEntry &entry, SourceKind kind, const Known &known, const std::vector<NextStep> &steps)
{
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.next/1");
    json.key("tag");
    json.text(escapedTag(entry.tag.bytes));
    json.key("kernel");
    json.ascii(kind == SourceKind::Pool ? "windows" : "linux");
    json.key("driver");
    json.text(driverText(known.owner.driver));
    json.key("driver_from");
    json.text(known.owner.driver.isEmpty() ? QString() : known.owner.from);
    writeCards(json, known.cards);
    json.key("steps");
    json.beginArray();
    for (const NextStep &step : steps) {
        json.beginObject();
        json.key("title");
        json.text(step.title);
        json.key("place");
        json.text(step.place);
        json.key("command");
        json.text(step.command);
        json.key("note");
        json.text(step.note);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    return json.take() + '\n';
}

int run(const CommandLine &line)
{
    const QStringList arguments = line.arguments();
    if (arguments.isEmpty() || arguments.first().isEmpty())
        return report(
            line.usage(u"no tag given"_s, u"next"_s, u"name one, as in: poolscope-cli next File"_s));
    const QString &text = arguments.first();
    const auto kind = kindFrom(line, text);
    if (!kind)
        return report(kind.error());
    const auto bytes = tagFrom(line, text, kind.value());
    if (!bytes)
        return report(bytes.error());
    const PoolType type = line.isSet(u"paged") ? PoolType::Paged : PoolType::Nonpaged;
    TagEntry entry{{bytes.value(), type}, line.value(u"driver").toUtf8()};
    const Known known = knownOf(line, entry, kind.value());
    const std::vector<NextStep> steps = nextSteps(entry, kind.value());
    StandardOutput output;
    output.write(line.isSet(u"json") ? toJson(entry, kind.value(), known, steps)
                                     : (knownText(known) + nextStepsText(steps)).toUtf8());
    return output.finish();
}

} // namespace

const Command &nextCommand()
{
    static const Command command{
        .name = u"next",
        .synopsis = u"TAG [--kernel windows|linux] [--json]",
        .summary = u"the exact debugger and tracing commands to go on with for a tag",
        .description =
            u"Prints what to do next about a tag that grows, the cheapest first: each command as it is to be "
            u"pasted, where it is typed, what it does and what it costs. For Windows: WinDbg, gflags, Driver "
            u"Verifier, xperf. For Linux: who holds the objects, bpftrace, perf, slub_debug, kmemleak, "
            u"crash. "
            u"Runs nothing itself.",
        .examples = u"poolscope-cli next File --kernel windows\n"
                    u"poolscope-cli next \"Irp \" --kernel windows\n"
                    u"poolscope-cli next filp --kernel linux --json\n"
                    u"poolscope-cli next kmalloc-64 --kernel linux",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
