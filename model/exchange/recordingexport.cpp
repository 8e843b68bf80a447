// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/recordingexport.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

bool hasDrivers(const Sample &sample)
{
    return std::ranges::any_of(*sample.tags, [](const TagEntry &entry) { return !entry.driver.isEmpty(); });
}

/// Drivers may come to be known at any time. Mostly they are at the end; else all samples have to be asked,
/// of which most share their list of tags.
Result<bool> hasDrivers(RecordingReader &reader, const ExportRange &range)
{
    if (const auto last = reader.sampleAt(range.end - 1); last && hasDrivers(*last.value()))
        return true;
    bool found = false;
    std::shared_ptr<const TagList> known;
    const auto visit = [&](RecordingReader::Index, const SamplePtr &sample, TimeAxis::Joint) {
        found = sample->tags != known && hasDrivers(*sample);
        known = sample->tags;
        return !found;
    };
    if (const Result<Done> read = reader.forEachSample(range.first, range.end, visit); !read)
        return read.error();
    return found;
}

ExportCatalogue catalogueOf(const RecordingReader &reader)
{
    ExportCatalogue catalogue{reader.tags(), {}, false};
    for (const RecordingSegment &segment : reader.info().segments) {
        if (!catalogue.hosts.contains(segment.origin->host))
            catalogue.hosts += segment.origin->host;
    }
    return catalogue;
}

} // namespace

Result<ExportEnd> exportRecording(RecordingReader &reader, const ExportRange &range, ExportFormat format,
    ExportSink sink, const Progress &progress)
{
    ExportCatalogue catalogue = catalogueOf(reader);
    if (format == ExportFormat::Csv && range.first < range.end) {
        const auto drivers = hasDrivers(reader, range);
        if (!drivers)
            return drivers.error();
        catalogue.hasDrivers = drivers.value();
    }
    const auto writer = createSampleExport(format, std::move(sink), catalogue);
    const double count = std::max<double>(range.end - range.first, 1);
    for (;;) {
        bool stopped = false;
        const auto visit = [&](RecordingReader::Index index, const SamplePtr &sample, TimeAxis::Joint joint) {
            const bool afterGap = index != range.first && joint != TimeAxis::Joint::Continuous;
            stopped = !writer->write(*sample, reader.axis().wall(index), afterGap)
                || (progress && !progress((index - range.first) / count));
            return !stopped;
        };
        if (const Result<Done> read = reader.forEachSample(range.first, range.end, visit); !read)
            return read.error();
        if (stopped)
            return ExportEnd::Stopped;
        switch (writer->end()) {
        case SampleExport::Next::Done:
            return ExportEnd::Whole;
        case SampleExport::Next::Again:
            break;
        case SampleExport::Next::Stop:
            return ExportEnd::Stopped;
        }
    }
}

} // namespace poolscope
