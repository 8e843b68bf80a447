// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/progressline.h"
#include "app/cli/report.h"
#include "app/cli/standardoutput.h"
#include "app/process/processsignals.h"
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

Result<DriverFiles> filesFrom(const CommandLine &line, const Progress &goesOn)
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
    return driverFilesIn(paths, goesOn);
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

QString useText(const TagUse &use)
{
    return u"%1 as a tag in code, %2 otherwise in code, %3 as text, the first at 0x%4"_s.arg(
        QString::number(use.strong.count), QString::number(use.medium.count), QString::number(use.weak.count),
        QString::number(use.firstOffset(), 16));
}

QString toText(const DriverSearch &search, const QByteArray &tag)
{
    QString text;
    for (const DriverHit &hit : search.hits) {
        // Files of strangers: what they say of themselves may hold anything.
        text += u"%1  %2\n        %3\n        %4\n"_s.arg(gradeWord(hit.use.grade()).leftJustified(6),
            printable(QDir::toNativeSeparators(hit.path)), printable(aboutText(hit)), useText(hit.use));
    }
    if (search.hits.empty())
        text += u"No file names the tag “%1”.\n"_s.arg(escapedTag(tag));
    text += u"%1 drivers and programs searched, %2 files read, the others known from before.\n"_s.arg(
        QString::number(search.searched), QString::number(search.read));
    return text;
}

void writeUse(JsonWriter &json, const TagUse &use)
{
    const std::pair<QByteArrayView, qint64> counts[] = {{"in_code", use.strong.count},
        {"otherwise_in_code", use.medium.count}, {"as_text", use.weak.count},
        {"first_offset", use.firstOffset()}};
    for (const auto &[key, number] : counts) {
        json.key(key);
        json.number(Counter(number));
    }
    const std::pair<QByteArrayView, qint64> offsets[] = {{"first_in_code", use.strong.first},
        {"first_otherwise_in_code", use.medium.first}, {"first_as_text", use.weak.first}};
    for (const auto &[key, offset] : offsets) {
        json.key(key);
        json.number(offset < 0 ? Counter() : Counter(offset));
    }
}

void writeProblems(JsonWriter &json, const std::vector<Error> &problems)
{
    json.beginArray();
    for (const Error &problem : problems) {
        json.beginObject();
        json.key("where");
        json.text(problem.where);
        json.key("what");
        json.text(problem.what);
        json.endObject();
    }
    json.endArray();
}

QByteArray toJson(const DriverSearch &search, const QByteArray &tag)
{
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.drivers/1");
    json.key("tag");
    json.text(escapedTag(tag));
    json.key("stopped");
    json.boolean(search.isCancelled);
    json.key("searched");
    json.number(Counter(search.searched));
    json.key("read");
    json.number(Counter(search.read));
    json.key("hits");
    json.beginArray();
    for (const DriverHit &hit : search.hits) {
        json.beginObject();
        const std::pair<QByteArrayView, QString> texts[] = {{"path", hit.path},
            {"grade", gradeWord(hit.use.grade())}, {"machine", machineWord(hit.machine)},
            {"company", hit.company}, {"description", hit.description}, {"version", hit.version},
            {"changed", hit.changed.toUTC().toString(Qt::ISODate)},
            {"sha256", QString::fromLatin1(hit.sha256)}};
        for (const auto &[key, text] : texts) {
            json.key(key);
            json.text(text);
        }
        writeUse(json, hit.use);
        json.endObject();
    }
    json.endArray();
    json.key("problems");
    writeProblems(json, search.problems);
    json.endObject();
    return json.take() + '\n';
}

QByteArray resultBytes(const CommandLine &line, const DriverSearch &search, const QByteArray &tag)
{
    return line.isSet(u"json") ? toJson(search, tag) : toText(search, tag).toUtf8();
}

int run(const CommandLine &line)
{
    const auto tag = tagFrom(line);
    if (!tag)
        return report(tag.error());
    const ProcessSignals processSignals;
    ProgressLine progress(u"searching"_s);
    const Progress goesOn = [&](double done) {
        progress.show(done);
        return !ProcessSignals::wasAskedToStop();
    };
    const auto files = filesFrom(line, goesOn);
    if (!files)
        return report(files.error());
    const DriverSearch search = searchDrivers(files.value(), tag.value(), driverCachePath(), goesOn);
    progress.clear();
    for (const Error &problem : search.problems)
        report(problem);
    StandardOutput output;
    if (search.isCancelled) {
        if (!search.hits.empty())
            output.write(resultBytes(line, search, tag.value()));
        if (const int failure = output.finish(); failure != 0)
            return failure;
        return report({ErrorKind::BadInput, u"stopped before the end"_s, {},
            u"what was found so far is above; run it again to go on"_s});
    }
    const bool nothingWasRead = search.read == 0 && !search.problems.empty();
    if (search.searched == 0 && nothingWasRead)
        return exitCode(ErrorKind::BadInput); // what stood in the way is said above
    if (search.searched == 0) {
        return report({ErrorKind::BadInput, u"no drivers or programs of Windows there"_s, {},
            u"name *.sys files, or a folder of them"_s});
    }
    output.write(resultBytes(line, search, tag.value()));
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
            u"hits are instructions that load the tag as the calls that allocate pool want it; medium ones "
            u"take it as a number otherwise, as look-aside lists, minifilters and WDF do, but maybe as "
            u"something else; weak ones are the same bytes elsewhere, often by chance. What was found is "
            u"kept, so that asking again takes no time.",
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
