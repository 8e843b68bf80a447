// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/replay/replaytext.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Replay", text);
}

QString hostOf(const RecordingInfo &info)
{
    for (auto segment = info.segments.rbegin(); segment != info.segments.rend(); ++segment) {
        if (!segment->origin->host.isEmpty())
            return segment->origin->host;
    }
    return info.hosts.empty() ? QString() : info.hosts.back().host;
}

} // namespace

QString momentText(WallTime at)
{
    return toDateTime(at).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString replayText(const RecordingInfo &info, double analysed)
{
    const QString host = hostOf(info);
    const QString what = host.isEmpty() ? translated("recording") : translated("recording of %1").arg(host);
    const QString samples = info.samples == 1
        ? translated("1 sample")
        : translated("%1 samples").arg(groupedText(Counter(static_cast<qint64>(info.samples))));
    const QString text =
        translated("%1: %2, %3, %4")
            .arg(QFileInfo(info.path).fileName(), what, elapsedText(info.last - info.first), samples);
    if (analysed >= 1)
        return text;
    return translated("%1, %2 % analysed").arg(text).arg(static_cast<int>(100 * analysed));
}

QString speedText(double speed)
{
    const bool isWhole = speed == std::floor(speed);
    const QString number =
        isWhole ? groupedText(Counter(std::llround(speed))) : QString::number(speed, 'g', 3);
    return number + u'×';
}

} // namespace poolscope
