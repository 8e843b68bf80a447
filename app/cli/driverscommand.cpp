// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/processsignals.h"
#include "app/cli/progressline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "model/core/tagtext.h"
#include "model/drivers/driversearch.h"
#include "model/drivers/loadeddrivers.h"
#include "model/formats/jsonwriter.h"

#include <QDir>
#include <QFileInfo>

#include <limits>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestTag = 4;

QList<QCommandLineOption> options()
{
    return {QCommandLineOption(u"json"_s, u"One JSON object instead of text."_s)};
}

Result<QByteArray> tagFrom(const CommandLine &line)
{
    const QString text = line.arguments().value(0);
    const auto bytes = unescapedTag(text.toUtf8());
    if (!bytes || bytes->isEmpty() || bytes->size() > LongestTag) {
        return line.usage(text.isEmpty() ? u"no tag to look for"_s : u"not a pool tag"_s, text,
            u"give one to four bytes; those that cannot be typed as \\xNN"_s);
    }
    return *bytes;
}

Result<QStringList> filesFrom(const CommandLine &line)
{
    const QStringList paths = line.arguments().sliced(1);
    if (paths.isEmpty())
        return loadedDriverFiles();
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path)) {
            return Error{ErrorKind::BadInput, u"there is no such file or folder"_s,
                QDir::toNativeSeparators(path), u"name driver files, or a folder of them"_s};
        }
    }
    return driverFilesIn(paths);
}

QString aboutText(const DriverHit &hit)
{
    QStringList about;
    for (const QString &part : {hit.company, hit.description, hit.version, machineWord(hit.machine)}) {
        if (!part.isEmpty())
            about << part;
    }
    about << hit.changed.date().toString(Qt::ISODate);
    return about.join(u", "_s);
}

QString toText(const DriverSearch &search, const QByteArray &tag)
{
    QString text;
    for (const DriverHit &hit : search.hits) {
        text += u"%1  %2\n        %3\n        %4 in code, %5 as text, the first at 0x%6\n"_s.arg(
            hit.use.isStrong() ? u"strong"_s : u"weak  "_s, QDir::toNativeSeparators(hit.path),
            aboutText(hit), QString::number(hit.use.inCode), QString::number(hit.use.asText),
            QString::number(hit.use.firstOffset, 16));
    }
    if (search.hits.empty())
        text += u"No file names the tag “%1”.\n"_s.arg(escapedTag(tag));
    text += u"%1 drivers and programs searched, %2 read, the others known from before.\n"_s.arg(
        QString::number(search.searched), QString::number(search.read));
    return text;
}

QByteArray toJson(const DriverSearch &search, const QByteArray &tag)
{
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.drivers/1");
    json.key("tag");
    json.text(escapedTag(tag));
    json.key("searched");
    json.number(Counter(search.searched));
    json.key("read");
    json.number(Counter(search.read));
    json.key("hits");
    json.beginArray();
    for (const DriverHit &hit : search.hits) {
        json.beginObject();
        const std::pair<QByteArrayView, QString> texts[] = {{"path", hit.path},
            {"grade", hit.use.isStrong() ? u"strong"_s : u"weak"_s}, {"machine", machineWord(hit.machine)},
            {"company", hit.company}, {"description", hit.description}, {"version", hit.version},
            {"changed", hit.changed.toUTC().toString(Qt::ISODate)},
            {"sha256", QString::fromLatin1(hit.sha256)}};
        for (const auto &[key, text] : texts) {
            json.key(key);
            json.text(text);
        }
        const std::pair<QByteArrayView, qint64> numbers[] = {
            {"in_code", hit.use.inCode}, {"as_text", hit.use.asText}, {"first_offset", hit.use.firstOffset}};
        for (const auto &[key, number] : numbers) {
            json.key(key);
            json.number(Counter(number));
        }
        json.endObject();
    }
    json.endArray();
    json.endObject();
    return json.take() + '\n';
}

int run(const CommandLine &line)
{
    const auto tag = tagFrom(line);
    if (!tag)
        return report(tag.error());
    const auto files = filesFrom(line);
    if (!files)
        return report(files.error());

    const ProcessSignals processSignals;
    ProgressLine progress(u"searching"_s);
    const DriverSearch search =
        searchDrivers(files.value(), tag.value(), driverCachePath(), [&](double done) {
            progress.show(done);
            return !ProcessSignals::wasAskedToStop();
        });
    progress.clear();
    for (const Error &problem : search.problems)
        report(problem);
    if (search.isCancelled)
        return report({ErrorKind::BadInput, u"stopped before the end"_s, {}, u"run it again"_s});
    if (search.searched == 0) {
        return report({ErrorKind::BadInput, u"no drivers or programs of Windows there"_s, {},
            u"name *.sys files, or a folder of them"_s});
    }
    StandardOutput output;
    output.write(line.isSet(u"json") ? toJson(search, tag.value()) : toText(search, tag.value()).toUtf8());
    return output.finish();
}

} // namespace

const Command &driversCommand()
{
    static const Command command{
        .name = u"drivers",
        .synopsis = u"TAG [FILE|FOLDER…] [--json]",
        .summary = u"which driver files use a pool tag, found by looking into them",
        .description =
            u"Looks for the tag in the files of the drivers that are loaded, or in the files and folders "
            u"named. Strong "
            u"hits are instructions that load the tag as a number; weak ones are the same bytes elsewhere, "
            u"often by "
            u"chance. What was found is kept, so that asking again takes no time.",
        .examples = u"poolscope-cli drivers Leak\n"
                    u"poolscope-cli drivers \"Irp \" C:\\Windows\\System32\\drivers\n"
                    u"poolscope-cli drivers Leak mydriver.sys --json",
        .mostArguments = std::numeric_limits<qsizetype>::max(),
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
