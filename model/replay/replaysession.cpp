// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replaysession.h"

#include "model/core/binarysemaphore.h"
#include "model/core/duration.h"
#include "model/replay/replayanalysis.h"
#include "model/sampling/analysisrun.h"
#include "model/sampling/mailbox.h"
#include "model/sampling/taskqueue.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds PlayTick{33};

} // namespace

/// Two threads meet here, in the way LiveSession's do: commands go down as tasks, the moment wanted through a
/// mailbox; frames come up through a mailbox, everything else as tasks.
class ReplaySession::Private final : public ReplaySink
{
public:
    Private(ReplaySession &owner, ArchiveOpener archiveOpener);
    ~Private() override;

    // Replay thread
    void contentsChanged(RunNumber run, const ReplayContents &contents) override;
    void openFailed(RunNumber run, const Error &error) override;
    void frameBuilt(RunNumber run, const FramePtr &frame) override;
    void frameFailed(RunNumber run, const Error &error) override;
    void seriesAnswered(RunNumber run, const SeriesAnswer &answer) override;
    void snapshotRead(RunNumber run, const Snapshot &snapshot) override;
    void snapshotFailed(RunNumber run, const Error &error) override;
    void testRead(RunNumber run, const TestRun &test) override;
    void markChanged(
        RunNumber run, const Mark &mark, MarkChange change, const std::optional<Error> &error) override;

    // Window thread
    void restart(const FileUri &newFile);
    [[nodiscard]] FileOpener fileOpener(const FileUri &which) const;
    [[nodiscard]] bool isReady() const { return status.state == ReplayState::Ready; }
    void want(WallTime at);
    void moveTo(WallTime at);
    void insertMark(const Mark &mark);
    void eraseMark(const Mark &mark);
    void wantTest(const MarkedTest &test);
    void updateGrowing();
    void say() { emit q.statusChanged(status); }
    template <typename F>
    void toWorker(F call)
    {
        m_workerQueue.post([this, call = std::move(call)]() mutable { call(worker); });
    }

    ReplaySession &q;
    const ArchiveOpener opener; ///< called on the replay thread
    RunNumber run = 0; ///< of what is open
    RunNumber lastRun = 0;
    std::atomic<RunNumber> openingRun = 0; ///< written by the window thread; 0: nothing is being opened
    std::atomic<double> openingShare = 0; ///< written by the replay thread while it opens
    FileUri file; ///< that is open; without a path: none
    FileUri openingFile;
    ReplayStatus status;
    std::shared_ptr<const RecordingInfo> info;
    std::shared_ptr<const TimeAxis> axis;
    FramePtr frame;
    std::vector<Mark> marks; ///< the file's and own
    std::vector<Mark> ownMarks;
    std::vector<Mark> refusedMarks; ///< of these, those that the file does not take
    std::optional<WallTime> baseline;
    std::vector<TestInstant> analysedTests; ///< what the analysis was started with
    WallTime analysedFrom{}; ///< first sample of what the analysis was started with
    QTimer playTimer;
    QTimer refreshTimer;
    QElapsedTimer sinceTick;
    QElapsedTimer sinceGrowth; ///< invalid until a refresh has found samples
    ReplayWorker worker; ///< replay thread only, but for its requests()

private:
    template <typename T>
    struct OfRun
    {
        RunNumber run;
        T value;
    };
    struct Want
    {
        WallTime at;
        std::optional<WallTime> baseline;
    };
    template <typename F>
    void toWindow(RunNumber ofRun, F deliver)
    {
        m_windowQueue.post([this, ofRun, deliver = std::move(deliver)] {
            if (ofRun == run)
                deliver();
        });
    }
    void takeContents(const ReplayContents &contents);
    void reopen();
    void takeFrame();
    void takeAnalysis();
    bool addDamage(const QStringList &found);
    [[nodiscard]] bool addFindings();
    void playOn();

    struct TestWant
    {
        MarkedTest test;
        WallTime at;
    };

    Mailbox<OfRun<Want>> m_wants;
    Mailbox<OfRun<TestWant>> m_testWants;
    Mailbox<OfRun<FramePtr>> m_frames;
    TaskQueue m_windowQueue;
    TaskQueue m_workerQueue;
    QThread m_thread;
    BinarySemaphore m_done{false};

public:
    ReplayAnalysis analysis; ///< last, so that it ends before the queue that it reports to
};

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
