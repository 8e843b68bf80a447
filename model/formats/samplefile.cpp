// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplefile.h"

#include "model/core/duration.h"
#include "model/formats/filewriter.h"
#include "model/formats/markdown.h"
#include "model/formats/poolmontext.h"
#include "model/formats/samplecsv.h"
#include "model/formats/samplecsvrow.h"
#include "model/formats/samplejson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr SampleFormat Formats[] = {
    SampleFormat::PoolMonText, SampleFormat::Csv, SampleFormat::Json, SampleFormat::Markdown};
/// Far above any sample (10,000 tags take 2 MB) and small enough to hold in memory.
constexpr qint64 LargestFile = qint64(1) << 30;

Error inputError(const QString &what, const QString &path, const QString &whatToDo)
{
    return {ErrorKind::BadInput, what, QDir::toNativeSeparators(path), whatToDo};
}

bool looksLikeJson(const QByteArray &text)
{
    const QByteArray head = text.first(std::min<qsizetype>(text.size(), 4096)).trimmed();
    return head.startsWith('{') || head.startsWith('[');
}

std::vector<Snapshot> labelled(std::vector<SamplePtr> &&samples, const QString &path)
{
    const QString name = QFileInfo(path).completeBaseName();
    std::vector<Snapshot> snapshots;
    for (size_t i = 0; i < samples.size(); ++i) {
        const QString label = samples.size() == 1 ? name : QString(name + u" #"_s + QString::number(i + 1));
        snapshots.push_back({QUuid::createUuid(), label, {}, false, std::move(samples[i])});
    }
    return snapshots;
}

Result<std::vector<Snapshot>> parse(const QByteArray &bytes, const QString &path, WallTime changed)
{
    if (looksLikeJson(bytes))
        return snapshotsFromJson(bytes, path);
    if (looksLikeSampleCsv(bytes)) {
        auto samples = samplesFromCsv(bytes, path);
        if (!samples)
            return samples.error();
        return labelled(std::move(samples).value(), path);
    }
    if (looksLikePoolMonText(bytes)) {
        auto samples = samplesFromPoolMonText(bytes, path, changed);
        if (!samples)
            return samples.error();
        return labelled(std::move(samples).value(), path);
    }
    return inputError(u"this is no file that PoolScope reads"_s, path,
        u"use a recording, a file that PoolScope saved as JSON, CSV or text, or a log of poolmon, !poolused, "
        u"slabinfo, slabtop, vmstat -m, allocinfo or of an out-of-memory report; a log whose table begins "
        u"late is "
        u"read by poolscope-cli import --format"_s);
}

} // namespace

QString sampleFormatWord(SampleFormat format)
{
    switch (format) {
    case SampleFormat::PoolMonText:
        return u"poolmon"_s;
    case SampleFormat::Csv:
        return u"csv"_s;
    case SampleFormat::Json:
        return u"json"_s;
    case SampleFormat::Markdown:
        return u"md"_s;
    }
    return {};
}

std::optional<SampleFormat> sampleFormatFromWord(QStringView word)
{
    for (const SampleFormat format : Formats) {
        if (word == sampleFormatWord(format))
            return format;
    }
    return std::nullopt;
}

QString sampleFormatSuffix(SampleFormat format)
{
    return format == SampleFormat::PoolMonText ? u"txt"_s : sampleFormatWord(format);
}

std::optional<SampleFormat> sampleFormatFromFileName(QStringView fileName)
{
    const QString suffix = QFileInfo(fileName.toString()).suffix().toLower();
    if (suffix == u"log")
        return SampleFormat::PoolMonText;
    if (suffix == u"jsonl")
        return SampleFormat::Json;
    for (const SampleFormat format : Formats) {
        if (suffix == sampleFormatSuffix(format))
            return format;
    }
    return std::nullopt;
}

QByteArray snapshotsToBytes(std::span<const Snapshot> snapshots, SampleFormat format)
{
    QByteArray out;
    switch (format) {
    case SampleFormat::Csv: {
        std::vector<SamplePtr> samples;
        for (const Snapshot &snapshot : snapshots)
            samples.push_back(snapshot.sample);
        return samplesToCsv(samples);
    }
    case SampleFormat::Json: {
        const JsonStyle style = snapshots.size() == 1 ? JsonStyle::Indented : JsonStyle::Compact;
        for (const Snapshot &snapshot : snapshots)
            out += snapshotToJson(snapshot, style) + '\n';
        return out;
    }
    case SampleFormat::PoolMonText:
        for (const Snapshot &snapshot : snapshots) {
            if (snapshots.size() > 1)
                out += "===== " + isoUtc(snapshot.sample->wall, 0).toLatin1() + " =====\r\n\r\n";
            out += sampleToPoolMonText(*snapshot.sample) + (snapshots.size() > 1 ? "\r\n" : "");
        }
        return out;
    case SampleFormat::Markdown:
        for (const Snapshot &snapshot : snapshots)
            out += (out.isEmpty() ? "" : "\n") + snapshotToMarkdown(snapshot);
        return out;
    }
    return out;
}

Result<Done> exportSnapshots(std::span<const Snapshot> snapshots, SampleFormat format, const QString &path)
{
    return writeFileWhole(path, snapshotsToBytes(snapshots, format));
}

Result<std::vector<Snapshot>> readSampleFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return inputError(u"this is a folder, not a file"_s, path, u"name a recording or a log in it"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return inputError(u"cannot read the file (%1)"_s.arg(file.errorString()), path,
            u"check the name and that you may read it"_s);
    const QByteArray bytes = file.read(LargestFile);
    if (file.error() != QFileDevice::NoError)
        return inputError(u"cannot read the file (%1)"_s.arg(file.errorString()), path, u"check the disk"_s);
    if (bytes.size() == LargestFile)
        return inputError(u"the file is larger than 1 GiB"_s, path, u"use a smaller part of it"_s);
    if (bytes.trimmed().isEmpty())
        return inputError(u"the file is empty"_s, path, u"see whether what was to write it has failed"_s);
    const auto changed = WallTime(std::chrono::milliseconds(info.lastModified().toMSecsSinceEpoch()));
    auto snapshots = parse(bytes, QDir::toNativeSeparators(path), changed);
    if (snapshots && snapshots.value().empty())
        return inputError(u"the file holds no sample"_s, path, u"use one that holds a whole table"_s);
    return snapshots;
}

} // namespace poolscope
