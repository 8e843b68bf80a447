// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/sampleinput.h"

#include "model/formats/samplefile.h"
#include "model/formats/streamfile.h"
#include "model/recording/recordingreader.h"

#include <QFile>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QByteArrayView DatabaseMagic("SQLite format 3");

QByteArray beginOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(DatabaseMagic.size()) : QByteArray();
}

/// Logs know the time of day only: it stands in for the monotonic clock.
SamplePtr withClock(const SamplePtr &sample)
{
    if (sample->monotonic.count() != 0)
        return sample;
    auto copy = std::make_shared<Sample>(*sample);
    copy->monotonic = sample->wall.time_since_epoch();
    return copy;
}

Error inputError(const QString &what, const QString &path, const QString &whatToDo)
{
    return {ErrorKind::BadInput, what, path, whatToDo};
}

} // namespace

Result<SampleInput> SampleInput::open(const QString &path)
{
    const QByteArray begin = beginOf(path);
    if (begin.startsWith(DatabaseMagic))
        return fromRecording(path);
    return isStreamFile(path) ? fromStream(path) : fromSampleFile(path);
}

Result<SampleInput> SampleInput::fromRecording(const QString &path)
{
    auto opened = RecordingReader::open(path);
    if (!opened)
        return opened.error();
    const std::shared_ptr<RecordingReader> reader = std::move(opened).value();
    const RecordingInfo &info = reader->info();
    if (info.samples == 0)
        return inputError(u"the recording holds no sample"_s, path, u"record for longer"_s);
    SampleInput input;
    input.m_span = {info.samples, info.first, info.last};
    input.m_tests = testInstants(info.marks);
    input.m_forEach = [reader](const Visitor &visit) {
        const auto each = [&](RecordingReader::Index, const SamplePtr &sample, TimeAxis::Joint joint) {
            visit(sample, joint != TimeAxis::Joint::Continuous);
            return true;
        };
        return reader->forEachSample(reader->axis().begin(), reader->axis().size(), each);
    };
    return input;
}

Result<SampleInput> SampleInput::fromStream(const QString &path)
{
    auto read = readStreamFile(path);
    if (!read)
        return read.error();
    return fromSamples(std::move(read).value());
}

Result<SampleInput> SampleInput::fromSampleFile(const QString &path)
{
    auto read = readSampleFile(path);
    if (!read)
        return read.error();
    std::vector<SamplePtr> samples;
    for (const Snapshot &snapshot : read.value())
        samples.push_back(withClock(snapshot.sample));
    std::ranges::stable_sort(samples, {}, [](const SamplePtr &sample) { return sample->wall; });
    return fromSamples(std::move(samples));
}

SampleInput SampleInput::fromSamples(std::vector<SamplePtr> samples)
{
    SampleInput input;
    input.m_span = {samples.size(), samples.front()->wall, samples.back()->wall};
    input.m_forEach = [all = std::move(samples)](const Visitor &visit) -> Result<Done> {
        for (const SamplePtr &sample : all)
            visit(sample, false);
        return Done{};
    };
    return input;
}

} // namespace poolscope
