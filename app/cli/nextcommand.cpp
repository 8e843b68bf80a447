// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "model/core/tagtext.h"
#include "model/formats/jsonwriter.h"
#include "model/knowledge/nextsteps.h"
#include "model/sources/sourcefactory.h"

#include <QRegularExpression>

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

QByteArray toJson(const TagEntry &entry, SourceKind kind, const std::vector<NextStep> &steps)
{
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.next/1");
    json.key("tag");
    json.text(escapedTag(entry.tag.bytes));
    json.key("kernel");
    json.ascii(kind == SourceKind::Pool ? "windows" : "linux");
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
    const auto bytes = unescapedTag(text.toUtf8());
    if (!bytes) {
        return report(line.usage(u"not a tag"_s, text,
            u"write bytes that cannot be typed as \\xNN, two hexadecimal digits, and a backslash as \\\\"_s));
    }
    const auto kind = kindFrom(line, text);
    if (!kind)
        return report(kind.error());
    constexpr qsizetype LongestPoolTag = 4;
    if (kind.value() == SourceKind::Pool && bytes->size() > LongestPoolTag) {
        return report(line.usage(
            u"a pool tag has at most four bytes"_s, text, u"for a Linux cache add --kernel linux"_s));
    }
    const PoolType type = line.isSet(u"paged") ? PoolType::Paged : PoolType::Nonpaged;
    const TagEntry entry{{*bytes, type}, line.value(u"driver").toUtf8()};
    const std::vector<NextStep> steps = nextSteps(entry, kind.value());
    StandardOutput output;
    output.write(line.isSet(u"json") ? toJson(entry, kind.value(), steps) : nextStepsText(steps).toUtf8());
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
