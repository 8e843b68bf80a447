// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/samplecompletion.h"

#include "model/formats/samplebuilder.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace std::chrono_literals;

WallTime changeTime(const QString &path)
{
    return WallTime(std::chrono::milliseconds(QFileInfo(path).lastModified().toMSecsSinceEpoch()));
}

SampleCompletion::SampleCompletion(
    const QString &name, std::optional<WallTime> start, std::chrono::nanoseconds interval)
    : m_name(name)
    , m_start(start)
    , m_interval(interval)
{
}

void SampleCompletion::beginFile(const QString &path, std::function<qint64()> countSamples)
{
    m_changed = changeTime(path);
    m_countSamples = std::move(countSamples);
    if (!m_start)
        m_nextTime.reset();
}

void SampleCompletion::complete(ReadSample &read)
{
    Sample &sample = *read.sample;
    if (!sample.origin) {
        std::shared_ptr<const Origin> &origin = m_origins[read.kind];
        if (!origin)
            origin = originOfFile(m_name, read.kind);
        sample.origin = origin;
    }
    switch (read.timeBase) {
    case TimeBase::Own:
        break;
    case TimeBase::SinceStart:
        sample.wall = m_start.value_or(m_changed) + sample.wall.time_since_epoch();
        break;
    case TimeBase::Unknown:
        if (!m_nextTime) {
            // The last one was written when the file was changed last.
            const qint64 before = m_start ? 0 : m_countSamples() - 1;
            m_nextTime = m_start.value_or(m_changed) - m_interval * std::max<qint64>(before, 0);
        }
        sample.wall = *m_nextTime;
        m_nextTime = *m_nextTime + m_interval;
        break;
    }
    if (sample.monotonic == 0ns)
        sample.monotonic = sample.wall.time_since_epoch();
}

} // namespace poolscope
