// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replaysession_p.h"

#include "model/core/duration.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds PlayTick{33};

} // namespace

ReplaySession::Private::Private(ReplaySession &owner, ArchiveOpener archiveOpener)
    : q(owner)
    , opener(std::move(archiveOpener))
    , worker(*this)
    , analysis([this](RunNumber ofRun) { toWindow(ofRun, [this] { takeAnalysis(); }); })
{
    m_thread.setObjectName(u"replay"_s);
    m_workerQueue.moveToThread(&m_thread);
    m_thread.start();
    playTimer.setInterval(PlayTick);
    QObject::connect(&playTimer, &QTimer::timeout, &q, [this] { playOn(); });
    refreshTimer.setInterval(RefreshPeriod);
    QObject::connect(&refreshTimer, &QTimer::timeout, &q, [this] { q.refreshNow(); });
}

/// Waits for what is being read. The semaphore tells ThreadSanitizer what QThread::wait() keeps to itself.
ReplaySession::Private::~Private()
{
    m_workerQueue.post([this] {
        worker.close();
        QThread::currentThread()->quit();
        m_done.release();
    });
    m_done.acquire();
    m_thread.wait();
}

// Replay thread

void ReplaySession::Private::contentsChanged(RunNumber ofRun, const ReplayContents &contents)
{
    m_windowQueue.post([this, ofRun, contents] {
        if (ofRun == openingRun) {
            restart(std::exchange(openingFile, {}));
            run = ofRun;
            openingRun = 0;
            emit q.restarted();
        }
        if (ofRun == run)
            takeContents(contents);
        else if (isReady() && ofRun > run)
            reopen(); // Cancelled a moment too late: what is shown was closed for it.
    });
}

void ReplaySession::Private::openFailed(RunNumber ofRun, const Error &error)
{
    m_windowQueue.post([this, ofRun, error] {
        if (ofRun != openingRun)
            return;
        openingRun = 0;
        status.opening.clear();
        say();
        emit q.openFailed(error);
    });
}

void ReplaySession::Private::frameBuilt(RunNumber ofRun, const FramePtr &newFrame)
{
    if (m_frames.put({ofRun, newFrame}))
        m_windowQueue.post([this] { takeFrame(); });
}

void ReplaySession::Private::frameFailed(RunNumber ofRun, const Error &error)
{
    toWindow(ofRun, [this, error] {
        status.error = error;
        say();
    });
}

void ReplaySession::Private::seriesAnswered(RunNumber ofRun, const SeriesAnswer &answer)
{
    toWindow(ofRun, [this, answer] { emit q.seriesReady(answer); });
}

void ReplaySession::Private::snapshotRead(RunNumber ofRun, const Snapshot &snapshot)
{
    toWindow(ofRun, [this, snapshot] { emit q.snapshotReady(snapshot); });
}

void ReplaySession::Private::snapshotFailed(RunNumber ofRun, const Error &error)
{
    toWindow(ofRun, [this, error] { emit q.failed(error); });
}

void ReplaySession::Private::testRead(RunNumber ofRun, const TestRun &test)
{
    toWindow(ofRun, [this, test] { emit q.testReady(test); });
}

/// By now the file's marks were read anew: own ones that it holds went with them.
void ReplaySession::Private::markChanged(
    RunNumber ofRun, const Mark &mark, MarkChange change, const std::optional<Error> &error)
{
    toWindow(ofRun, [this, mark, change, error] {
        if (change == MarkChange::Add && error)
            refusedMarks.push_back(mark);
        if (change == MarkChange::Add)
            emit q.markKept(mark, error);
        else if (error)
            emit q.failed(*error);
    });
}

// Window thread

void ReplaySession::Private::restart(const FileUri &newFile)
{
    file = newFile;
    const double speed = status.speed;
    status = {};
    status.speed = speed;
    info.reset();
    axis.reset();
    frame.reset();
    marks.clear();
    ownMarks.clear();
    refusedMarks.clear();
    baseline.reset();
    playTimer.stop();
    refreshTimer.stop();
    sinceGrowth.invalidate();
}

FileOpener ReplaySession::Private::fileOpener(const FileUri &which) const
{
    return [open = opener, which](const Progress &goesOn) { return open(which.path, which.times, goesOn); };
}

void ReplaySession::Private::reopen()
{
    toWorker([this, ofRun = run, which = file](ReplayWorker &replay) {
        replay.open(ofRun, which.path, fileOpener(which), [](double) { return true; });
    });
}

void ReplaySession::Private::takeContents(const ReplayContents &contents)
{
    const bool isFirst = !info;
    const QStringList known = info ? info->damage : QStringList();
    info = contents.info;
    axis = contents.axis;
    marks = info->marks;
    std::erase_if(ownMarks, [this](const Mark &mark) { return std::ranges::count(info->marks, mark) > 0; });
    marks.insert(marks.end(), ownMarks.begin(), ownMarks.end());
    std::ranges::stable_sort(marks, {}, &Mark::wall);
    if (!isFirst && contents.grew)
        sinceGrowth.start();
    // Rotation took the oldest samples away: numbers count anew.
    const bool isRenumbered = analysedFrom != axis->wall(0);
    if (!isRenumbered)
        addDamage(known);
    std::vector<TestInstant> tests = testInstants(info->marks);
    if (isFirst || isRenumbered || tests != analysedTests)
        analysis.start(run, fileOpener(file));
    else if (contents.grew)
        analysis.goOn();
    analysedFrom = axis->wall(0);
    analysedTests = std::move(tests);
    status.state = ReplayState::Ready;
    updateGrowing();
    if (isFirst) {
        status.following = status.growing;
        refreshTimer.start();
    }
    const bool toLast = isFirst || status.following;
    status.at = toLast ? axis->wall(axis->size() - 1) : std::max(status.at, axis->wall(0));
    emit q.contentsChanged();
    emit q.marksChanged();
    // Who listens may have gone elsewhere meanwhile.
    moveTo(status.at);
}

void ReplaySession::Private::updateGrowing()
{
    // Rare samples need longer to show that there is still a writer.
    const TimeAxis::Index last = axis->size() - 1;
    const auto patience = std::max<std::chrono::nanoseconds>(GrowingFor, 3 * axis->step(last));
    const bool grewLately =
        sinceGrowth.isValid() && std::chrono::milliseconds(sinceGrowth.elapsed()) < patience;
    status.growing = info->hasWriteAheadLog
        && (grewLately || std::chrono::abs(wallTimeNow() - axis->wall(last)) < patience);
    status.following = status.following && status.growing;
}

void ReplaySession::Private::takeFrame()
{
    const auto newest = m_frames.take();
    if (!newest || newest->run != run)
        return;
    frame = newest->value;
    if (std::exchange(status.error, std::nullopt))
        say();
    (void)addFindings();
    emit q.frameReady(frame);
}

/// The frame's sample is number `number - 1`. True when the frame is another one now.
bool ReplaySession::Private::addFindings()
{
    FindingsPtr findings = analysis.at(static_cast<TimeAxis::Index>(frame->number - 1));
    if (findings == frame->findings)
        return false;
    const auto judged = std::make_shared<Frame>(*frame);
    setFindings(*judged, std::move(findings));
    frame = judged;
    return true;
}

/// What the analysis has found meanwhile: of the file, and of the moment shown.
void ReplaySession::Private::takeAnalysis()
{
    const AnalysisReading reading = analysis.reading();
    if (info && addDamage(reading.damage))
        emit q.contentsChanged();
    if (std::exchange(status.analysed, reading.share) != reading.share)
        say();
    if (frame && addFindings())
        emit q.frameReady(frame);
}

/// Only who reads a whole file finds all its damage, and that is the analysis. False: nothing new.
bool ReplaySession::Private::addDamage(const QStringList &found)
{
    QStringList damage = info->damage + found;
    damage.removeDuplicates();
    if (damage.size() == info->damage.size())
        return false;
    auto whole = std::make_shared<RecordingInfo>(*info);
    whole->damage = std::move(damage);
    info = std::move(whole);
    return true;
}

void ReplaySession::Private::want(WallTime at)
{
    if (m_wants.put({run, {at, baseline}})) {
        toWorker([this](ReplayWorker &replay) {
            if (const auto newest = m_wants.take())
                replay.show(newest->run, newest->value.at, newest->value.baseline);
        });
    }
}

/// The moment, and its frame unless it is that of the sample wanted already.
void ReplaySession::Private::moveTo(WallTime at)
{
    const TimeAxis::Index index = indexAt(*axis, at);
    const bool isShown = frame && frame->number == index + 1 && index == status.index;
    const bool isOther = !isShown || status.error;
    status.at = at;
    status.index = index;
    if (isOther)
        want(axis->wall(index));
    say();
}

void ReplaySession::Private::insertMark(const Mark &mark)
{
    marks.insert(std::ranges::upper_bound(marks, mark.wall, {}, &Mark::wall), mark);
    ownMarks.push_back(mark);
    emit q.marksChanged();
}

void ReplaySession::Private::eraseMark(const Mark &mark)
{
    std::erase(marks, mark);
    std::erase(ownMarks, mark);
    emit q.marksChanged();
}

void ReplaySession::Private::wantTest(const MarkedTest &test)
{
    if (m_testWants.put({run, {test, axis->wall(status.index)}})) {
        toWorker([this](ReplayWorker &replay) {
            if (const auto newest = m_testWants.take())
                replay.readTest(newest->run, newest->value.test, newest->value.at);
        });
    }
}

void ReplaySession::Private::playOn()
{
    const std::chrono::nanoseconds elapsed(sinceTick.nsecsElapsed());
    sinceTick.start();
    const auto by =
        std::chrono::nanoseconds(std::llround(static_cast<double>(elapsed.count()) * status.speed));
    const WallTime at = playedOn(*axis, status.at, by);
    if (at == axis->wall(axis->size() - 1)) {
        playTimer.stop();
        status.playing = false;
        status.following = status.growing;
    }
    moveTo(at);
}

} // namespace poolscope
