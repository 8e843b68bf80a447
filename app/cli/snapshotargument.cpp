// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/snapshotargument.h"

#include "model/core/duration.h"
#include "model/formats/samplefile.h"

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

Result<std::vector<Snapshot>> withLabel(const std::vector<Snapshot> &snapshots, const Selection &selection)
{
    QStringList labels;
    std::vector<Snapshot> found;
    for (const Snapshot &snapshot : snapshots) {
        labels += snapshot.label;
        if (snapshot.label == selection.what)
            found.push_back(snapshot);
    }
    if (found.size() == 1)
        return found;
    const QString what = found.empty() ? u"the file has no snapshot of this label"_s
                                       : u"the file has several snapshots of this label"_s;
    return Error{ErrorKind::Usage, what, selection.file + u'#' + selection.what,
        found.empty() ? u"it has: "_s + listed(labels) : u"name one by its time, FILE@TIME"_s};
}

std::optional<WallTime> timeFrom(const QString &text, WallTime first)
{
    if (!text.startsWith(u'+'))
        return wallTimeFromIso(text);
    const auto offset = durationFromText(QStringView(text).sliced(1));
    return offset ? std::optional<WallTime>(first + *offset) : std::nullopt;
}

Result<std::vector<Snapshot>> nearestTo(const std::vector<Snapshot> &snapshots, const Selection &selection)
{
    const auto wallOf = [](const Snapshot &snapshot) { return snapshot.sample->wall; };
    const auto [first, last] = std::ranges::minmax(snapshots, {}, wallOf);
    const auto time = timeFrom(selection.what, first.sample->wall);
    const QString where = selection.file + u'@' + selection.what;
    if (!time) {
        return Error{ErrorKind::Usage, u"not a time"_s, where,
            u"write ISO 8601 (2026-11-22T18:25:04Z), or +90s from the first sample"_s};
    }
    const auto distance = [&](const Snapshot &snapshot) {
        return std::chrono::abs(wallOf(snapshot) - *time);
    };
    const Snapshot &nearest = *std::ranges::min_element(snapshots, {}, distance);
    const bool isOutside = *time < wallOf(first) || *time > wallOf(last);
    if (isOutside && distance(nearest) > Tolerance) {
        return Error{ErrorKind::Usage, u"the file has no sample at that time"_s, where,
            u"it goes from %1 to %2"_s.arg(isoUtc(wallOf(first), 0), isoUtc(wallOf(last), 0))};
    }
    return std::vector<Snapshot>{nearest};
}

} // namespace

Result<std::vector<Snapshot>> snapshotsFromArgument(const QString &argument)
{
    const Selection selection = selectionFrom(argument);
    Result<std::vector<Snapshot>> read = readSampleFile(selection.file);
    if (!read || selection.separator.isNull())
        return read;
    return selection.separator == u'#' ? withLabel(read.value(), selection)
                                       : nearestTo(read.value(), selection);
}

} // namespace poolscope
