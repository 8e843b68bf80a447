// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/openarchive.h"

#include "model/archive/memoryarchive.h"
#include "model/archive/recordingarchive.h"
#include "model/formats/samplefile.h"
#include "model/formats/streamfile.h"

#include <QFile>
#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

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

Result<std::unique_ptr<SampleArchive>> openArchive(const QString &path)
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
    const Result<std::vector<Snapshot>> read = readSampleFile(path);
    if (!read)
        return read.error();
    return std::unique_ptr<SampleArchive>(std::make_unique<MemoryArchive>(path, read.value()));
}

} // namespace poolscope
