// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replaysession_p.h"

#include <QFileInfo>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

ReplaySession::ReplaySession(ArchiveOpener opener, QObject *parent)
    : SessionHandle(parent)
    , d(std::make_unique<Private>(*this, std::move(opener)))
{
}

ReplaySession::~ReplaySession() = default;

void ReplaySession::open(const FileUri &file)
{
    const RunNumber run = ++d->lastRun;
    d->openingRun = run;
    d->openingFile = file;
    d->status.opening = file.path;
    d->toWorker([run, file, p = d.get()](ReplayWorker &worker) {
        worker.open(run, file.path, p->fileOpener(file), [run, p](double share) {
            p->openingShare = share;
            return p->openingRun == run;
        });
        p->openingShare = 0;
    });
    d->say();
}

double ReplaySession::openingShare() const
{
    return d->openingShare;
}

void ReplaySession::cancelOpening()
{
    d->openingRun = 0;
    d->status.opening.clear();
    d->say();
}

void ReplaySession::close()
{
    d->openingRun = 0;
    d->run = ++d->lastRun;
    d->restart({});
    d->analysis.stop();
    d->toWorker([](ReplayWorker &worker) { worker.close(); });
    emit restarted();
    d->say();
}

const FileUri &ReplaySession::file() const
{
    return d->file;
}

const ReplayStatus &ReplaySession::status() const
{
    return d->status;
}

std::shared_ptr<const RecordingInfo> ReplaySession::info() const
{
    return d->info;
}

std::shared_ptr<const TimeAxis> ReplaySession::axis() const
{
    return d->axis;
}

void ReplaySession::seek(WallTime at)
{
    if (!d->isReady())
        return;
    d->playTimer.stop();
    d->status.playing = false;
    const WallTime last = d->axis->wall(d->axis->size() - 1);
    d->status.following = d->status.growing && at >= last;
    d->moveTo(std::clamp(at, d->axis->wall(0), last));
}

void ReplaySession::seekFirst()
{
    if (d->isReady())
        seek(d->axis->wall(0));
}

void ReplaySession::seekLast()
{
    if (d->isReady())
        seek(d->axis->wall(d->axis->size() - 1));
}

void ReplaySession::stepSamples(int by)
{
    if (!d->isReady())
        return;
    const auto last = static_cast<qint64>(d->axis->size()) - 1;
    const qint64 index = std::clamp(static_cast<qint64>(d->status.index) + by, qint64(0), last);
    seek(d->axis->wall(static_cast<TimeAxis::Index>(index)));
}

void ReplaySession::stepMark(int direction)
{
    if (!d->isReady())
        return;
    std::optional<TimeAxis::Index> found;
    for (const Mark &mark : d->marks) {
        const TimeAxis::Index index = indexAt(*d->axis, mark.wall);
        if (direction < 0 && index < d->status.index)
            found = index;
        if (direction > 0 && index > d->status.index && !found)
            found = index;
    }
    if (found)
        seek(d->axis->wall(*found));
}

void ReplaySession::setFollowing(bool following)
{
    if (!d->isReady())
        return;
    if (following) {
        seekLast();
        return;
    }
    d->status.following = false;
    d->say();
}

void ReplaySession::setPlaying(bool playing)
{
    if (!d->isReady() || playing == d->status.playing)
        return;
    d->status.playing = playing;
    if (!playing) {
        d->playTimer.stop();
        d->say();
        return;
    }
    d->status.following = false;
    d->sinceTick.start();
    d->playTimer.start();
    const bool atEnd = d->status.index + 1 == d->axis->size();
    d->moveTo(atEnd ? d->axis->wall(0) : d->status.at);
}

void ReplaySession::setSpeed(double speed)
{
    d->status.speed = std::clamp(speed, SlowestSpeed, FastestSpeed);
    d->say();
}

void ReplaySession::refreshNow()
{
    d->toWorker([run = d->run](ReplayWorker &worker) { worker.refresh(run); });
    if (!d->isReady())
        return;
    const bool wasGrowing = d->status.growing;
    d->updateGrowing();
    if (d->status.growing == wasGrowing)
        return;
    d->say();
}

void ReplaySession::requestSnapshot(const QUuid &id)
{
    d->toWorker([run = d->run, id](ReplayWorker &worker) { worker.readSnapshot(run, id); });
}

QString ReplaySession::sourceUri() const
{
    return d->file.path.isEmpty() ? QString() : fileUriText(d->file);
}

QString ReplaySession::sourceTitle() const
{
    return QFileInfo(d->file.path).fileName();
}

FramePtr ReplaySession::frame() const
{
    return d->frame;
}

const std::vector<Mark> &ReplaySession::marks() const
{
    return d->marks;
}

void ReplaySession::resetBaseline()
{
    if (!d->isReady())
        return;
    const WallTime at = d->axis->wall(d->status.index);
    d->baseline = at;
    const auto isBaseline = [](const Mark &mark) { return mark.kind == MarkKind::Baseline; };
    // One baseline at a time; those of the file stay.
    for (const Mark &mark : d->ownMarks) {
        if (isBaseline(mark))
            std::erase(d->marks, mark);
    }
    std::erase_if(d->ownMarks, isBaseline);
    d->insertMark({at, MarkKind::Baseline, u"baseline"_s});
    d->want(at);
}

void ReplaySession::addMark(MarkKind kind, const QString &text)
{
    if (d->isReady())
        d->insertMark({d->axis->wall(d->status.index), kind, text});
}

void ReplaySession::requestTest(const MarkedTest &test)
{
    if (d->isReady())
        d->wantTest(test);
}

Mark ReplaySession::placeMark(MarkKind kind, const QString &text)
{
    if (!d->isReady())
        return {};
    const Mark mark{d->axis->wall(d->status.index), kind, text};
    d->insertMark(mark);
    d->toWorker(
        [run = d->run, mark](ReplayWorker &worker) { worker.changeMark(run, mark, MarkChange::Add); });
    return mark;
}

void ReplaySession::removeMark(const Mark &mark)
{
    d->eraseMark(mark);
    if (std::erase(d->refusedMarks, mark) > 0)
        return;
    d->toWorker(
        [run = d->run, mark](ReplayWorker &worker) { worker.changeMark(run, mark, MarkChange::Remove); });
}

void ReplaySession::requestSeries(const SeriesRequest &request)
{
    if (d->worker.requests().put(request.token, request))
        d->toWorker([](ReplayWorker &worker) { worker.answerRequests(); });
}

} // namespace poolscope
