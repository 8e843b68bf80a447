// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replayanalysis.h"

#include "model/analysis/analysis.h"
#include "model/sampling/analysisrun.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// After so long it looks whether something else is wanted.
constexpr qint64 SliceMs = 100;

} // namespace

/// One file and how far it was read.
struct ReplayAnalysis::Work
{
    using Index = TimeAxis::Index;

    explicit Work(std::unique_ptr<SampleArchive> opened)
        : archive(std::move(opened))
        , analysis(rulesForFinished(archive->axis().size()))
        , tests(testInstants(archive->info().marks))
    {
    }

    [[nodiscard]] bool isDone() const { return next >= archive->axis().size(); }

    [[nodiscard]] AnalysisReading reading() const
    {
        return {
            static_cast<double>(next) / static_cast<double>(archive->axis().size()), archive->info().damage};
    }

    [[nodiscard]] TimeAxis::Joint jointTo(const Sample &sample) const
    {
        if (previous && !countersRunOn(*previous, sample))
            return TimeAxis::Joint::NewSegment;
        const bool afterGap = next > 0 && archive->axis().gapAfter(next - 1) == next;
        return afterGap || missed ? TimeAxis::Joint::AfterGap : TimeAxis::Joint::Continuous;
    }

    /// A sample that cannot be read is left out; the replay says so where it is shown.
    void takeNext(ReplayMoments &moments)
    {
        const Result<SamplePtr> read = archive->sampleAt(next);
        if (read) {
            const SamplePtr &sample = read.value();
            tests.applyTo(analysis, sample->wall);
            const auto rows =
                std::prev(std::ranges::upper_bound(archive->rows(), next, {}, &SampleArchive::Rows::first));
            analysis.add(*sample, *rows->ids, jointTo(*sample));
            previous = sample;
            const bool isLast = next + 1 == archive->axis().size();
            if (analysis.sampleCount() > 1 && (isLast || moments.wants(next)))
                moments.add(next,
                    std::make_shared<const Findings>(sample->wall, analysis.findings(), sample->system));
        }
        missed = !read;
        ++next;
    }

    std::unique_ptr<SampleArchive> archive;
    Analysis analysis;
    TestPlan tests; ///< that are marked in the file, as of the opening
    Index next = 0;
    SamplePtr previous;
    bool missed = false;
};

ReplayAnalysis::ReplayAnalysis(Advanced advanced)
    : m_advanced(std::move(advanced))
{
    m_thread.setObjectName(u"analysis"_s);
    m_queue.moveToThread(&m_thread);
}

/// The file is closed on the thread that opened it. Of the semaphore, see LiveSession.
ReplayAnalysis::~ReplayAnalysis()
{
    m_wanted = 0;
    if (!m_thread.isRunning())
        return;
    m_queue.post([this] {
        m_work.reset();
        QThread::currentThread()->quit();
        m_done.release();
    });
    m_done.acquire();
    m_thread.wait();
}

void ReplayAnalysis::start(RunNumber run, const FileOpener &opener)
{
    m_wanted = run;
    forget();
    // With the first file: a thread costs time at the program's start.
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    m_queue.post([this, run, opener] { open(run, opener); });
}

void ReplayAnalysis::stop()
{
    m_wanted = 0;
    forget();
    m_queue.post([this] {
        if (m_wanted != 0)
            return;
        m_work.reset();
        forget();
    });
}

void ReplayAnalysis::goOn()
{
    m_queue.post([this, run = m_wanted.load()] {
        if (run != m_wanted || !m_work)
            return;
        const bool wasDone = m_work->isDone();
        const Result<SampleArchive::Refreshed> refreshed = m_work->archive->refresh();
        // Numbers that count anew are the session's to notice: it starts again.
        if (refreshed && wasDone && !m_work->isDone() && !refreshed.value().renumbered)
            step(run);
    });
}

void ReplayAnalysis::open(RunNumber run, const FileOpener &opener)
{
    if (run != m_wanted)
        return;
    m_work.reset();
    forget();
    Result<std::unique_ptr<SampleArchive>> opened = opener([this, run](double) { return run == m_wanted; });
    // The replay itself opens the same file and says what is wrong with it.
    if (!opened || opened.value()->axis().size() == 0)
        return;
    m_work = std::make_unique<Work>(std::move(opened).value());
    step(run);
}

/// One slice of the work; the next one is posted, so that what is wanted instead comes between.
void ReplayAnalysis::step(RunNumber run)
{
    QElapsedTimer clock;
    clock.start();
    while (run == m_wanted && m_work && !m_work->isDone()) {
        m_work->takeNext(m_moments);
        if (clock.elapsed() < SliceMs)
            continue;
        m_queue.post([this, run] { step(run); });
        break;
    }
    if (run != m_wanted || !m_work)
        return;
    {
        const std::scoped_lock lock(m_readingMutex);
        m_reading = m_work->reading();
    }
    m_advanced(run);
}

AnalysisReading ReplayAnalysis::reading() const
{
    const std::scoped_lock lock(m_readingMutex);
    return m_reading;
}

void ReplayAnalysis::forget()
{
    m_moments.clear();
    const std::scoped_lock lock(m_readingMutex);
    m_reading = {};
}

} // namespace poolscope
