// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/openarchive.h"

#include "model/archive/fileuri.h"
#include "model/archive/memoryarchive.h"
#include "model/archive/namedarchive.h"
#include "model/archive/recordingarchive.h"
#include "model/formats/samplefile.h"
#include "model/formats/streamfile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Of formats that others write; our own may hold more than samples.
const ImportFormat *logFormat(const QString &path)
{
    constexpr std::array<QByteArrayView, 3> Own{"stream", "json", "csv"};
    QFile file(path);
    const ImportFormat *format = file.open(QIODevice::ReadOnly) ? recognisedFormat(file) : nullptr;
    const bool isOwn = format && std::ranges::find(Own, format->word) != Own.end();
    return isOwn ? nullptr : format;
}

Result<std::unique_ptr<SampleArchive>> openLog(
    const QString &path, const ImportFormat &format, const LogTimes &times, const Progress &goesOn)
{
    const Result<LogFile> log = readLogFile(path, format, times, goesOn);
    if (!log)
        return log.error();
    auto archive = std::make_unique<MemoryArchive>(path);
    for (const ReadSample &read : log.value().samples)
        archive->add(read.sample, read.afterGap);
    archive->addRemarks(log.value().remarks, log.value().lines);
    archive->setOwnTimes(log.value().hasOwnTimes);
    return std::unique_ptr<SampleArchive>(std::move(archive));
}

Result<std::unique_ptr<SampleArchive>> openUnnamed(
    const QString &path, const LogTimes &times, const Progress &goesOn)
{
    if (isRecordingFile(path)) {
        Result<std::unique_ptr<RecordingReader>> reader = RecordingReader::open(path);
        if (!reader)
            return reader.error();
        return std::unique_ptr<SampleArchive>(std::make_unique<RecordingArchive>(std::move(reader).value()));
    }
    if (isStreamFile(path)) {
        const Result<std::vector<SamplePtr>> samples = readStreamFile(path);
        if (!samples)
            return samples.error();
        auto archive = std::make_unique<MemoryArchive>(path);
        for (const SamplePtr &sample : samples.value())
            archive->add(sample);
        return std::unique_ptr<SampleArchive>(std::move(archive));
    }
    if (const ImportFormat *format = logFormat(path))
        return openLog(path, *format, times, goesOn);
    const Result<std::vector<Snapshot>> read = readSampleFile(path);
    if (!read)
        return read.error();
    return std::unique_ptr<SampleArchive>(std::make_unique<MemoryArchive>(path, read.value()));
}

} // namespace

bool isRecordingFile(const QString &path)
{
    // https://www.sqlite.org/fileformat.html, section 1.3
    constexpr QByteArrayView Magic("SQLite format 3\0", 16);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    return file.read(Magic.size()) == Magic
        || QFileInfo(path).suffix().compare(u"poolscope", Qt::CaseInsensitive) == 0;
}

Result<std::unique_ptr<SampleArchive>> openArchive(
    const QString &path, const LogTimes &times, const Progress &goesOn)
{
    Result<std::unique_ptr<SampleArchive>> opened = openUnnamed(path, times, goesOn);
    if (!opened)
        return opened;
    return std::unique_ptr<SampleArchive>(std::make_unique<NamedArchive>(std::move(opened).value()));
}

Result<std::unique_ptr<SampleArchive>> openArchiveUri(const QString &uri)
{
    const Result<FileUri> file = fileUriFrom(uri);
    if (!file)
        return file.error();
    return openArchive(file.value().path, file.value().times);
}

} // namespace poolscope
