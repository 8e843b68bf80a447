// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/standardoutput.h"
#include "model/core/tagtext.h"
#include "model/formats/jsonwriter.h"
#include "model/sources/sourcefactory.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QList<QCommandLineOption> options()
{
    return {QCommandLineOption(u"json"_s, u"One JSON object instead of text."_s)};
}

QByteArray toJson(const std::vector<SourceAvailability> &sources)
{
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.sources/1");
    json.key("sources");
    json.beginArray();
    for (const SourceAvailability &source : sources) {
        json.beginObject(JsonWriter::Layout::OneLine);
        json.key("uri");
        json.text(source.uri);
        json.key("available");
        json.boolean(source.available);
        json.key("description");
        json.text(source.description);
        json.key("reason");
        json.textOrNull(source.reason);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    return json.take() + '\n';
}

QByteArray toText(const std::vector<SourceAvailability> &sources)
{
    QString out;
    for (const SourceAvailability &source : sources) {
        out += printable(source.uri) + u'\n' + u"    "_s + printable(source.description) + u'\n'
            + (source.available ? u"    can be read"_s : u"    cannot be read: "_s + printable(source.reason))
            + u'\n';
    }
    return out.toUtf8();
}

int run(const CommandLine &line)
{
    const std::vector<SourceAvailability> sources = probeSources();
    StandardOutput output;
    output.write(line.isSet(u"json") ? toJson(sources) : toText(sources));
    return output.finish();
}

} // namespace

const Command &sourcesCommand()
{
    static const Command command{
        .name = u"sources",
        .synopsis = u"[--json]",
        .summary = u"which sources can be read on this machine, and why not",
        .description = u"Tries every source once and says which of them this user can read here; for the "
                       u"others, what stands in the way and what helps. Ends with 0 in any case.",
        .examples = u"poolscope-cli sources\n"
                    u"poolscope-cli sources --json",
        .mostArguments = 0,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
