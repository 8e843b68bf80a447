// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartmessage.h"

#include <QCoreApplication>

#include <algorithm>

namespace poolscope {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ChartMessage", text);
}

Counter counterOf(const Reading &reading, Metric metric)
{
    switch (metric) {
    case Metric::Bytes:
        return reading.bytes;
    case Metric::Outstanding:
        return reading.outstanding;
    case Metric::AllocsPerSecond:
        return reading.allocs;
    case Metric::FreesPerSecond:
        return reading.frees;
    }
    return {};
}

QString notCounted(Metric metric)
{
    switch (metric) {
    case Metric::Bytes:
        return tr("bytes are not counted by this source");
    case Metric::Outstanding:
        return tr("outstanding allocations are not counted by this source");
    case Metric::AllocsPerSecond:
        return tr("allocs are not counted by this source");
    case Metric::FreesPerSecond:
        return tr("frees are not counted by this source");
    }
    return {};
}

} // namespace

QString chartMessage(
    const ChartPicture &picture, const Frame *frame, std::span<const TagId> ids, bool isAnswered)
{
    if (picture.series.empty())
        return tr("Pin a tag with Space or the star to chart it");
    if (!frame)
        return tr("Waiting for the first sample");
    if (ids.empty())
        return tr("This source has none of the pinned tags");
    const auto isCounted = [&](TagId id) {
        if (id >= frame->rows.size())
            return false;
        // A recording knows tags that come after the moment shown.
        const FrameRow &row = frame->rows[id];
        const bool comesLater = !row.present && row.lastSeen == WallTime();
        return comesLater || counterOf(row.reading, picture.metric).isKnown();
    };
    if (std::none_of(ids.begin(), ids.end(), isCounted))
        return notCounted(picture.metric);
    const auto isEmpty = [](const ChartSeries &series) { return series.points->empty(); };
    if (isAnswered && std::all_of(picture.series.begin(), picture.series.end(), isEmpty))
        return frame->number < 2 ? tr("Waiting for the second sample") : tr("No samples in this range");
    return {};
}

} // namespace poolscope
