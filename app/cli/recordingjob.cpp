// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/recordingjob.h"

#include "app/cli/report.h"
#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/recording/recordingreader.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

RecordingJob::RecordingJob(const Plan &plan)
    : m_plan(plan)
    , m_progress(u"recording"_s)
    , m_recorder(
          [this](const RecordingStatus &status) { m_queue.post([this, status] { statusChanged(status); }); },
          recordingOpener(plan.limits), {.flushPeriod = plan.flushPeriod})
{
    QObject::connect(&m_progressTimer, &QTimer::timeout, &m_progressTimer, [this] { showProgress(); });
}

RecordingJob::~RecordingJob() = default;

QString RecordingJob::what() const
{
    return QDir::toNativeSeparators(m_plan.path);
}

/// Reports come by the event loop; this runs it until the one that is waited for. processEvents() would not
/// do: on Windows it may deliver that report and wait for more nevertheless.
void RecordingJob::waitUntil(const std::function<bool(const RecordingStatus &)> &reached)
{
    if (reached(m_status))
        return;
    QEventLoop loop;
    m_reported = [&] {
        if (reached(m_status))
            loop.quit();
    };
    loop.exec();
    m_reported = {};
}

/// What the file holds already: the new samples come after a gap, or after a reboot.
void RecordingJob::readEarlier()
{
    const QFileInfo info(m_plan.path);
    m_isNew = !info.exists() || info.size() == 0;
    if (m_isNew)
        return;
    const auto reader = RecordingReader::open(m_plan.path);
    if (!reader)
        return; // the recorder finds out as well, and tells
    const RecordingInfo &earlier = reader.value()->info();
    if (earlier.samples == 0 || earlier.segments.empty())
        return;
    m_lastWall = earlier.last;
    m_lastOrigin = earlier.segments.back().origin;
}

Result<Done> RecordingJob::open()
{
    readEarlier();
    m_recorder.start(m_plan.path);
    waitUntil([](const RecordingStatus &status) {
        return status.state == RecordingState::Recording || status.error.has_value();
    });
    if (m_status.error)
        return *m_status.error;
    m_began = wallTimeNow();
    if (!m_plan.note.isEmpty())
        m_recorder.addNote({m_began, m_plan.note});
    if (!m_plan.quiet)
        m_progressTimer.start(1s);
    return Done{};
}

/// Marks what lies between the sample before and this one; true when counters do not run on, or when nobody
/// knows.
bool RecordingJob::isBoundary(const Sample &sample)
{
    if (!m_lastOrigin)
        return false;
    const Origin &before = *m_lastOrigin;
    const Origin &now = *sample.origin;
    if (before.bootId != now.bootId || before.host != now.host) {
        m_recorder.addMark({sample.wall, MarkKind::Reboot, now.host});
        return true;
    }
    if (m_runsOn && sample.monotonic >= m_lastMonotonic)
        return false;
    const QString why = m_runsOn ? u"the source started over"_s : u"not recorded"_s;
    m_recorder.addMark({*m_lastWall, MarkKind::Gap, why});
    return true;
}

void RecordingJob::take(const SamplePtr &sample, bool afterGap)
{
    const bool boundary = isBoundary(*sample);
    m_recorder.append(sample, afterGap || boundary);
    m_lastWall = sample->wall;
    m_lastOrigin = sample->origin;
    m_lastMonotonic = sample->monotonic;
    m_runsOn = true;
    ++m_samples;
}

void RecordingJob::addMark(const Mark &mark)
{
    m_recorder.addMark(mark);
}

void RecordingJob::statusChanged(const RecordingStatus &status)
{
    m_status = status;
    if (m_reported)
        m_reported();
    const bool failing = status.state == RecordingState::Failing || status.state == RecordingState::Stalled;
    if (failing && !m_failing) {
        m_failing = true;
        m_progress.clear();
        const Error error = status.error.value_or(
            Error{ErrorKind::WriteFailed, u"the disk does not answer"_s, what(), u"check the disk"_s});
        report({error.kind, error.what, error.where,
            error.whatToDo + u"; samples are kept in memory and written when there is room"_s});
    } else if (m_failing && status.state == RecordingState::Recording) {
        m_failing = false;
        m_progress.clear();
        report({ErrorKind::WriteFailed, u"recording works again"_s, what(),
            status.dropped == 0 ? u"nothing is lost"_s : u"%1 samples are lost"_s.arg(status.dropped)});
    }
}

void RecordingJob::showProgress()
{
    m_progress.showText(u"%1: %2 samples, %3, %4 (Ctrl+C ends)"_s.arg(what(), groupedText(Counter(m_samples)),
        scaledBytesText(Counter(m_status.bytes)), elapsedText(wallTimeNow() - m_began)));
}

Result<Done> RecordingJob::close()
{
    m_progressTimer.stop();
    m_progress.clear();
    m_recorder.stop();
    waitUntil([](const RecordingStatus &status) { return status.state == RecordingState::Off; });
    if (m_status.error)
        return *m_status.error;
    if (m_status.dropped > 0) {
        return Error{ErrorKind::WriteFailed, u"%1 samples are not in the recording"_s.arg(m_status.dropped),
            what(), u"make room on the disk and record again"_s};
    }
    // A file without samples only stands in the way; one that was there is left alone.
    if (m_isNew && m_samples == 0)
        QFile::remove(m_plan.path);
    else if (!m_plan.quiet)
        m_progress.showText(u"%1: %2 samples, %3\n"_s.arg(
            what(), groupedText(Counter(m_samples)), scaledBytesText(Counter(m_status.bytes))));
    return Done{};
}

} // namespace poolscope
