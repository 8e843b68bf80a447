// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replayworker.h"

#include "model/replay/testreader.h"

#include <QDir>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

ReplayWorker::ReplayWorker(ReplaySink &sink)
    : m_sink(sink)
{
}

void ReplayWorker::open(
    RunNumber run, const QString &path, const FileOpener &opener, const Progress &isWanted)
{
    Result<std::unique_ptr<SampleArchive>> opened = opener(isWanted);
    if (!isWanted(1))
        return;
    if (!opened) {
        m_sink.openFailed(run, opened.error());
        return;
    }
    std::unique_ptr<SampleArchive> archive = std::move(opened).value();
    if (archive->axis().size() == 0) {
        const QStringList &damage = archive->info().damage;
        m_sink.openFailed(run,
            Error{ErrorKind::BadInput, u"the recording holds no sample"_s, QDir::toNativeSeparators(path),
                damage.isEmpty() ? u"record for a while, then open it again"_s : damage.join(u"; "_s)});
        return;
    }
    close();
    m_shown.reset();
    m_run = run;
    m_archive = std::move(archive);
    m_frames.emplace(*m_archive);
    publish(true);
}

void ReplayWorker::close()
{
    m_frames.reset();
    m_archive.reset();
}

void ReplayWorker::show(RunNumber run, WallTime at, std::optional<WallTime> baseline)
{
    if (run != m_run || !m_archive || m_archive->axis().size() == 0)
        return;
    m_shown = {at, baseline};
    const TimeAxis &axis = m_archive->axis();
    const auto base = baseline ? std::optional(indexAt(axis, *baseline)) : std::nullopt;
    if (const Result<FramePtr> frame = m_frames->frame(indexAt(axis, at), base))
        m_sink.frameBuilt(m_run, frame.value());
    else
        m_sink.frameFailed(m_run, frame.error());
    publishDamage();
}

void ReplayWorker::refresh(RunNumber run)
{
    if (run != m_run || !m_archive)
        return;
    const bool hadLog = m_archive->info().hasWriteAheadLog;
    const Result<SampleArchive::Refreshed> refreshed = m_archive->refresh();
    // What cannot be looked at now may be at the next turn; what is shown stays right.
    if (!refreshed)
        return;
    if (refreshed.value().renumbered)
        m_frames->forget();
    if (refreshed.value().renamed) {
        m_frames.emplace(*m_archive);
        if (m_shown)
            show(run, m_shown->at, m_shown->baseline);
    }
    if (refreshed.value().added > 0 || refreshed.value().renumbered || refreshed.value().other
        || m_archive->info().hasWriteAheadLog != hadLog)
        publish(refreshed.value().added > 0);
}

void ReplayWorker::readTest(RunNumber run, const MarkedTest &test, WallTime at)
{
    if (run != m_run || !m_archive || m_archive->axis().size() == 0)
        return;
    if (const Result<TestRun> read = poolscope::readTest(*m_archive, test, at))
        m_sink.testRead(m_run, read.value());
    else
        m_sink.frameFailed(m_run, read.error());
    publishDamage();
}

void ReplayWorker::changeMark(RunNumber run, const Mark &mark, MarkChange change)
{
    if (run != m_run || !m_archive)
        return;
    const Result<Done> changed = m_archive->changeMark(mark, change);
    if (changed.ok())
        refresh(run);
    m_sink.markChanged(m_run, mark, change, changed.ok() ? std::nullopt : std::optional(changed.error()));
}

void ReplayWorker::readSnapshot(RunNumber run, const QUuid &id)
{
    if (run != m_run || !m_archive)
        return;
    if (const Result<Snapshot> snapshot = m_archive->snapshot(id))
        m_sink.snapshotRead(m_run, snapshot.value());
    else
        m_sink.snapshotFailed(m_run, snapshot.error());
}

void ReplayWorker::answerRequests()
{
    for (const SeriesRequest &request : m_requests.takeAll()) {
        SeriesAnswer answer;
        answer.token = request.token;
        answer.series.resize(request.wishes.size());
        m_sink.seriesAnswered(m_run, m_archive ? m_archive->answer(request) : answer);
    }
    if (m_archive)
        publishDamage();
}

void ReplayWorker::publish(bool grew)
{
    m_saidDamage = m_archive->info().damage.size();
    m_sink.contentsChanged(m_run,
        {std::make_shared<const RecordingInfo>(m_archive->info()),
            std::make_shared<const TimeAxis>(m_archive->axis()), grew});
}

/// Reading may find damage that opening did not.
void ReplayWorker::publishDamage()
{
    if (m_archive->info().damage.size() != m_saidDamage)
        publish(false);
}

} // namespace poolscope
