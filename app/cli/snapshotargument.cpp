// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/snapshotargument.h"

#include "app/cli/commandline.h"
#include "model/core/duration.h"
#include "model/formats/samplefile.h"
#include "model/recording/recordingreader.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// How far from every sample a time may be and still mean one: people leave out the seconds.
constexpr std::chrono::nanoseconds Tolerance = 1min;

struct Selection
{
    QString file;
    QChar separator; ///< '#', '@', or null for all samples
    QString what;
};

Selection selectionFrom(const QString &argument)
{
    if (QFileInfo::exists(argument))
        return {argument, QChar(), {}};
    for (qsizetype at = argument.size() - 1; at > 0; --at) {
        const QChar c = argument[at];
        if ((c == u'#' || c == u'@') && QFileInfo::exists(argument.first(at)))
            return {argument.first(at), c, argument.sliced(at + 1)};
    }
    return {argument, QChar(), {}};
}

QString listed(QStringList names)
{
    constexpr qsizetype Most = 10;
    if (names.size() > Most)
        names = names.first(Most) + QStringList{u"… (%1 in all)"_s.arg(names.size())};
    return names.join(u", "_s);
}

/// Places of the one snapshot that is called so, or the error that says which there are.
Result<size_t> placeOfLabel(const QStringList &labels, const Selection &selection)
{
    const qsizetype place = labels.indexOf(selection.what);
    const QString where = selection.file + u'#' + selection.what;
    if (place < 0) {
        const QString others = labels.isEmpty() ? u"it has none; name a time, FILE@TIME"_s
                                                : QString(u"there are: "_s + listed(labels));
        return Error{ErrorKind::Usage, u"no snapshot called \"%1\""_s.arg(selection.what), where, others};
    }
    if (labels.count(selection.what) > 1) {
        return Error{ErrorKind::Usage, u"several snapshots are called \"%1\""_s.arg(selection.what), where,
            u"name one by its time, FILE@TIME"_s};
    }
    return static_cast<size_t>(place);
}

Result<std::vector<Snapshot>> withLabel(const std::vector<Snapshot> &snapshots, const Selection &selection)
{
    QStringList labels;
    for (const Snapshot &snapshot : snapshots)
        labels += snapshot.label;
    const auto place = placeOfLabel(labels, selection);
    if (!place)
        return place.error();
    return std::vector<Snapshot>{snapshots[place.value()]};
}

/// The time that FILE@TIME names in a file of samples from `first` to `last`.
Result<WallTime> timeWithin(const Selection &selection, WallTime first, WallTime last)
{
    const auto time = timeFromText(selection.what, first);
    const QString where = selection.file + u'@' + selection.what;
    if (!time) {
        return Error{ErrorKind::Usage, u"not a time"_s, where,
            u"write ISO 8601 (2026-11-22T18:25:04Z), or +90s from the first sample"_s};
    }
    if (*time < first - Tolerance || *time > last + Tolerance) {
        return Error{ErrorKind::Usage, u"the file has no sample at that time"_s, where,
            u"it goes from %1 to %2"_s.arg(isoUtc(first, 0), isoUtc(last, 0))};
    }
    return *time;
}

Result<std::vector<Snapshot>> nearestTo(const std::vector<Snapshot> &snapshots, const Selection &selection)
{
    const auto wallOf = [](const Snapshot &snapshot) { return snapshot.sample->wall; };
    const auto [first, last] = std::ranges::minmax(snapshots, {}, wallOf);
    const auto time = timeWithin(selection, first.sample->wall, last.sample->wall);
    if (!time)
        return time.error();
    const auto distance = [&](const Snapshot &snapshot) {
        return std::chrono::abs(wallOf(snapshot) - time.value());
    };
    return std::vector<Snapshot>{*std::ranges::min_element(snapshots, {}, distance)};
}

bool isRecording(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.read(15) == "SQLite format 3";
}

Result<Snapshot> sampleOfRecording(
    RecordingReader &reader, RecordingReader::Index index, const QString &label)
{
    const auto sample = reader.sampleAt(index);
    if (!sample)
        return sample.error();
    return Snapshot{QUuid::createUuid(), label, {}, false, sample.value()};
}

/// The sample that was taken nearest to a time.
RecordingReader::Index nearestIndex(const RecordingReader &reader, WallTime time)
{
    const RecordingReader::Index count = reader.info().samples;
    const RecordingReader::Index next = std::min(reader.axis().lowerBound(time), count - 1);
    if (next == 0)
        return next;
    const bool isNextNearer = reader.axis().wall(next) - time < time - reader.axis().wall(next - 1);
    return isNextNearer ? next : next - 1;
}

Result<std::vector<Snapshot>> fromRecording(const Selection &selection)
{
    auto opened = RecordingReader::open(selection.file);
    if (!opened)
        return opened.error();
    const auto reader = std::move(opened).value();
    const RecordingInfo &info = reader->info();
    std::vector<SnapshotMeta> kept = info.snapshots;
    std::vector<std::pair<RecordingReader::Index, QString>> samples;
    if (selection.separator == u'#') {
        QStringList labels;
        for (const SnapshotMeta &snapshot : kept)
            labels += snapshot.label;
        const auto place = placeOfLabel(labels, selection);
        if (!place)
            return place.error();
        kept = {info.snapshots[place.value()]};
    } else if (info.samples == 0 && (kept.empty() || selection.separator == u'@')) {
        return Error{
            ErrorKind::BadInput, u"the recording holds no sample"_s, selection.file, u"record for longer"_s};
    } else if (selection.separator == u'@') {
        const auto time = timeWithin(selection, info.first, info.last);
        if (!time)
            return time.error();
        kept.clear();
        samples.emplace_back(nearestIndex(*reader, time.value()), u'@' + selection.what);
    } else if (kept.size() < 2 && info.samples > 0) {
        kept.clear(); // the whole of it: from its first sample to its last
        samples = {{0, u"first sample"_s}, {info.samples - 1, u"last sample"_s}};
    }

    std::vector<Snapshot> found;
    for (const SnapshotMeta &meta : kept) {
        auto snapshot = reader->snapshot(meta.id);
        if (!snapshot)
            return snapshot.error();
        found.push_back(std::move(snapshot).value());
    }
    for (const auto &[index, label] : samples) {
        auto snapshot = sampleOfRecording(*reader, index, label);
        if (!snapshot)
            return snapshot.error();
        found.push_back(std::move(snapshot).value());
    }
    return found;
}

} // namespace

Result<std::vector<Snapshot>> snapshotsFromArgument(const QString &argument)
{
    const Selection selection = selectionFrom(argument);
    if (isRecording(selection.file))
        return fromRecording(selection);
    Result<std::vector<Snapshot>> read = readSampleFile(selection.file);
    if (!read || selection.separator.isNull())
        return read;
    return selection.separator == u'#' ? withLabel(read.value(), selection)
                                       : nearestTo(read.value(), selection);
}

} // namespace poolscope
