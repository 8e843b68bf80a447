// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/recordingtext.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"
#include "model/formats/jsonwriter.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

using Index = TimeAxis::Index;

Counter count(qint64 value)
{
    return {value};
}

void writeTime(JsonWriter &json, QByteArrayView key, WallTime time)
{
    json.key(key);
    json.text(isoUtc(time, 9));
}

/// Unknown times, as in a recording without samples, are null.
void writeTimeIf(JsonWriter &json, QByteArrayView key, WallTime time, bool known)
{
    if (known) {
        writeTime(json, key, time);
    } else {
        json.key(key);
        json.null();
    }
}

void writeSegments(JsonWriter &json, const RecordingInfo &info, const TimeAxis &axis)
{
    json.key("segments");
    json.beginArray();
    for (const RecordingSegment &segment : info.segments) {
        const bool any = segment.count > 0 && segment.first + segment.count <= axis.size();
        json.beginObject(JsonWriter::Layout::OneLine);
        json.key("first");
        json.number(count(segment.first));
        json.key("samples");
        json.number(count(segment.count));
        writeTimeIf(json, "from", any ? axis.wall(segment.first) : WallTime{}, any);
        writeTimeIf(json, "to", any ? axis.wall(segment.first + segment.count - 1) : WallTime{}, any);
        json.key("source");
        json.text(segment.origin->uri);
        json.key("source_kind");
        json.ascii(sourceKindWord(segment.origin->kind));
        json.key("host");
        json.textOrNull(segment.origin->host);
        json.key("boot");
        json.textOrNull(segment.origin->bootId);
        json.key("os");
        json.textOrNull(segment.origin->system);
        json.endObject();
    }
    json.endArray();
}

void writeMarks(JsonWriter &json, const std::vector<Mark> &marks)
{
    json.key("marks");
    json.beginArray();
    for (const Mark &mark : marks) {
        json.beginObject(JsonWriter::Layout::OneLine);
        writeTime(json, "time", mark.wall);
        json.key("kind");
        json.ascii(markKindWord(mark.kind));
        json.key("text");
        json.text(mark.text);
        json.endObject();
    }
    json.endArray();
}

void writeSnapshots(JsonWriter &json, const std::vector<SnapshotMeta> &snapshots)
{
    json.key("snapshots");
    json.beginArray();
    for (const SnapshotMeta &snapshot : snapshots) {
        json.beginObject(JsonWriter::Layout::OneLine);
        writeTime(json, "time", snapshot.wall);
        json.key("label");
        json.text(snapshot.label);
        json.key("note");
        json.text(snapshot.note);
        json.key("automatic");
        json.boolean(snapshot.automatic);
        json.key("tags");
        json.number(count(snapshot.tagCount));
        json.key("id");
        json.text(snapshot.id.toString(QUuid::WithoutBraces));
        json.endObject();
    }
    json.endArray();
}

void writeNotes(JsonWriter &json, const std::vector<RecordingNote> &notes)
{
    json.key("notes");
    json.beginArray();
    for (const RecordingNote &note : notes) {
        json.beginObject(JsonWriter::Layout::OneLine);
        writeTime(json, "time", note.wall);
        json.key("text");
        json.text(note.text);
        json.endObject();
    }
    json.endArray();
}

void writeHost(JsonWriter &json, const HostFacts &host)
{
    json.beginObject(JsonWriter::Layout::OneLine);
    json.key("name");
    json.textOrNull(host.host);
    json.key("os");
    json.textOrNull(host.os);
    json.key("kernel");
    json.textOrNull(host.kernel);
    json.key("build");
    json.textOrNull(host.build);
    json.key("boot");
    json.textOrNull(host.bootId);
    json.key("ram");
    json.number(host.ramBytes);
    json.key("uptime_s");
    json.number(host.uptimeSeconds);
    writeTime(json, "time", host.wall);
    json.endObject();
}

QString localText(WallTime time)
{
    return toDateTime(time).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString line(const QString &title, const QString &text)
{
    return title.leftJustified(11) + printable(text) + u'\n';
}

QString plural(qint64 number, const QString &word)
{
    return groupedText(Counter(number)) + u' ' + word + (number == 1 ? u""_s : u"s"_s);
}

QString markTitle(MarkKind kind)
{
    return QString::fromLatin1(markKindWord(kind)).replace(u'_', u' ');
}

/// "PoolScope recording", the file, its size; samples and their times.
QString summaryText(const RecordingInfo &info, qint64 tagCount)
{
    QString out = line(u"File"_s,
        info.path + u" ("_s + scaledBytesText(Counter(info.fileBytes)) + u", format "_s
            + QString::number(info.version) + u')');
    if (info.samples == 0)
        return out + line(u"Samples"_s, u"none"_s);
    out += line(u"From"_s, localText(info.first));
    out += line(u"To"_s, localText(info.last) + u"  ("_s + elapsedText(info.last - info.first) + u')');
    out += line(u"Samples"_s, plural(info.samples, u"sample"_s) + u" of "_s + plural(tagCount, u"tag"_s));
    return out;
}

QString hostText(const HostFacts &host)
{
    QStringList parts;
    for (const QString &part :
        {host.host, host.os, host.kernel.isEmpty() ? QString() : u"kernel "_s + host.kernel, host.build}) {
        if (!part.isEmpty())
            parts += part;
    }
    if (host.ramBytes.isKnown())
        parts += scaledBytesText(host.ramBytes) + u" RAM"_s;
    if (host.uptimeSeconds.isKnown())
        parts += u"up "_s + elapsedText(std::chrono::seconds(host.uptimeSeconds.value()));
    return parts.join(u", "_s);
}

QString segmentsText(const RecordingInfo &info, const TimeAxis &axis)
{
    QString out = u"\nSegments (counters do not run from one to the next)\n"_s;
    for (const RecordingSegment &segment : info.segments) {
        if (segment.count == 0 || segment.first + segment.count > axis.size())
            continue;
        out += u"  "_s + localText(axis.wall(segment.first)) + u"  "_s
            + plural(segment.count, u"sample"_s).leftJustified(16) + u"  "_s
            + printable(segment.origin->uri + u"  "_s + segment.origin->host) + u'\n';
    }
    return out;
}

QString marksText(const std::vector<Mark> &marks)
{
    QString out = u"\nMarks\n"_s;
    for (const Mark &mark : marks) {
        out += u"  "_s + localText(mark.wall) + u"  "_s + markTitle(mark.kind).leftJustified(12)
            + printable(mark.text) + u'\n';
    }
    return out;
}

QString snapshotsText(const std::vector<SnapshotMeta> &snapshots)
{
    QString out = u"\nSnapshots\n"_s;
    for (const SnapshotMeta &snapshot : snapshots) {
        out += u"  "_s + localText(snapshot.wall) + u"  "_s + printable(snapshot.label)
            + (snapshot.note.isEmpty() ? QString() : u"  – "_s + printable(snapshot.note)) + u'\n';
    }
    return out;
}

QString damageText(const QStringList &damage)
{
    QString out = u"\nDamaged: what can be trusted is there, what is missing is\n"_s;
    for (const QString &sentence : damage)
        out += u"  "_s + printable(sentence) + u'\n';
    return out;
}

void writeLines(JsonWriter &json, QByteArrayView key, const std::vector<SkippedLine> &lines)
{
    json.key(key);
    json.beginArray();
    for (const SkippedLine &line : lines) {
        json.beginObject(JsonWriter::Layout::OneLine);
        json.key("line");
        json.number(count(line.line));
        json.key("why");
        json.text(line.why);
        json.endObject();
    }
    json.endArray();
}

/// The first of the lines; `all` is how many there are.
QString linesText(const std::vector<SkippedLine> &lines, qint64 all)
{
    constexpr qint64 MostShown = 10;
    QString out;
    for (qint64 i = 0; i < std::min<qint64>(MostShown, std::ssize(lines)); ++i) {
        const SkippedLine &line = lines[static_cast<size_t>(i)];
        out += u"  line %1: "_s.arg(line.line) + printable(line.why) + u'\n';
    }
    if (all > MostShown)
        out += u"  … and %1 more\n"_s.arg(groupedText(Counter(all - MostShown)));
    return out;
}

} // namespace

QByteArray recordingToJson(const RecordingInfo &info, qint64 tagCount, const TimeAxis &axis)
{
    const bool any = info.samples > 0;
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.recording/1");
    json.key("version");
    json.number(count(info.version));
    json.key("samples");
    json.number(count(info.samples));
    writeTimeIf(json, "first", info.first, any);
    writeTimeIf(json, "last", info.last, any);
    json.key("duration_s");
    json.number(any ? std::chrono::duration<double>(info.last - info.first).count() : 0.0);
    json.key("tags");
    json.number(count(tagCount));
    json.key("bytes");
    json.number(count(info.fileBytes));
    writeSegments(json, info, axis);
    writeMarks(json, info.marks);
    writeSnapshots(json, info.snapshots);
    writeNotes(json, info.notes);
    json.key("host");
    if (info.hosts.empty())
        json.null();
    else
        writeHost(json, info.hosts.back());
    json.key("hosts");
    json.beginArray();
    for (const HostFacts &host : info.hosts)
        writeHost(json, host);
    json.endArray();
    json.key("intact");
    json.boolean(info.intact());
    json.key("damage");
    json.beginArray();
    for (const QString &sentence : info.damage)
        json.text(sentence);
    json.endArray();
    json.endObject();
    return json.take() + '\n';
}

QByteArray recordingToText(const RecordingInfo &info, qint64 tagCount, const TimeAxis &axis)
{
    QString out = summaryText(info, tagCount);
    if (!info.segments.empty())
        out += line(u"Source"_s, info.segments.back().origin->uri);
    if (!info.hosts.empty())
        out += line(u"Host"_s, hostText(info.hosts.back()));
    for (const RecordingNote &note : info.notes)
        out += line(u"Note"_s, note.text);
    if (info.segments.size() > 1)
        out += segmentsText(info, axis);
    if (!info.marks.empty())
        out += marksText(info.marks);
    if (!info.snapshots.empty())
        out += snapshotsText(info.snapshots);
    out += info.intact() ? u"\nIntact.\n"_s : damageText(info.damage);
    return out.toUtf8();
}

QByteArray importToJson(const ImportReport &report)
{
    JsonWriter json(JsonStyle::Indented);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.import/1");
    json.key("inputs");
    json.beginArray();
    for (const ImportedInput &input : report.inputs) {
        json.beginObject();
        json.key("file");
        json.text(input.file);
        json.key("format");
        json.ascii(input.format);
        json.key("samples");
        json.number(count(input.samples));
        json.key("rows");
        json.number(count(input.rows));
        writeLines(json, "skipped", input.skipped);
        json.key("skipped_count");
        json.number(count(input.skippedCount));
        writeLines(json, "doubts", input.doubts);
        json.key("doubt_count");
        json.number(count(input.doubtCount));
        json.key("times_assumed");
        json.boolean(input.timesAssumed);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    return json.take() + '\n';
}

QByteArray importToText(const ImportReport &report)
{
    QString out;
    for (const ImportedInput &input : report.inputs) {
        out += printable(input.file) + u": "_s + QString::fromLatin1(input.format) + u", "_s
            + plural(input.samples, u"sample"_s) + u", "_s + plural(input.rows, u"row"_s);
        out += input.skippedCount == 0
            ? u"\n"_s
            : QString(u", "_s + plural(input.skippedCount, u"line"_s) + u" skipped\n"_s);
        if (input.timesAssumed)
            out += u"  the file does not say when: times are assumed (see --start and --interval)\n"_s;
        out += linesText(input.skipped, input.skippedCount);
        if (input.doubtCount > 0)
            out += u"  in doubt: "_s + plural(input.doubtCount, u"line"_s) + u'\n';
        out += linesText(input.doubts, input.doubtCount);
    }
    return out.toUtf8();
}

} // namespace poolscope
