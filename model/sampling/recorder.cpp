// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/recorder.h"

#include "model/core/binarysemaphore.h"
#include "model/core/duration.h"

#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <algorithm>
#include <condition_variable>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds LongestPause = 60s;

qint64 sizeOf(const Sample &sample)
{
    // The list of tags is shared between samples.
    return qint64(sizeof(Sample)) + std::ssize(sample.readings) * qint64(sizeof(Reading));
}

qint64 steadyNow()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// What a sample says of its machine; of this one there is more to say.
HostFacts factsOf(const Sample &sample)
{
    HostFacts facts;
    const Origin &origin = *sample.origin;
    if (origin.host == QSysInfo::machineHostName())
        facts = localHostFacts();
    else
        facts.os = origin.system;
    facts.wall = sample.wall;
    facts.host = origin.host;
    facts.bootId = origin.bootId;
    if (!facts.ramBytes.isKnown())
        facts.ramBytes = sample.system[SystemField::MemTotal];
    return facts;
}

} // namespace

Recorder::Recorder(Report report, RecordingOpener open, const Options &options)
    : m_report(std::move(report))
    , m_open(std::move(open))
    , m_options(options)
{
    m_thread.setObjectName(u"recorder"_s);
    m_flush.timer.setSingleShot(true);
    QObject::connect(&m_flush.timer, &QTimer::timeout, &m_flush, [this] { (void)flush(); });
    m_queue.moveToThread(&m_thread);
    m_flush.moveToThread(&m_thread);
}

Recorder::~Recorder()
{
    if (!m_thread.isRunning())
        return;
    stop();
    // The semaphore tells ThreadSanitizer what QThread::wait() keeps to itself.
    BinarySemaphore done(false);
    m_queue.post([&] {
        m_flush.timer.stop();
        QThread::currentThread()->quit();
        done.release();
    });
    done.acquire();
    m_thread.wait();
}

void Recorder::start(const QString &path)
{
    // Most sessions are never recorded: no thread for them.
    if (!m_thread.isRunning())
        m_thread.start();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_isOn = true;
    m_queue.post([this, absolute, start = ++m_starts] {
        closeFile();
        openFile(start, absolute);
    });
}

void Recorder::stop()
{
    m_isOn = false;
    if (m_thread.isRunning())
        m_queue.post([this] { closeFile(); });
}

RecordingStatus Recorder::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

void Recorder::append(const SamplePtr &sample, bool afterGap)
{
    if (!m_isOn)
        return;
    checkStall();
    const qint64 bytes = sizeOf(*sample);
    if (m_queuedBytes + bytes > m_options.maxQueuedBytes) {
        ++m_droppedInARow;
        update([](RecordingStatus &status) { ++status.dropped; });
        return;
    }
    if (const quint64 dropped = std::exchange(m_droppedInARow, 0); dropped > 0) {
        addMark({sample->wall, MarkKind::Gap,
            u"%1 samples before this one were not recorded: the disk did not keep up"_s.arg(dropped)});
        afterGap = true;
    }
    m_queuedBytes += bytes;
    m_queue.post([this, sample, afterGap, bytes] {
        m_queuedBytes -= bytes;
        take(sample, afterGap);
    });
}

void Recorder::addMark(const Mark &mark)
{
    if (!m_isOn)
        return;
    m_queue.post([this, mark] {
        if (m_sink)
            m_sink->addMark(mark);
    });
}

void Recorder::addNote(const RecordingNote &note)
{
    if (!m_isOn)
        return;
    m_queue.post([this, note] {
        if (m_sink)
            m_sink->addNote(note);
    });
}

Result<Done> Recorder::change(const QString &path, std::function<void(RecordingSink &)> change)
{
    const Error refused{ErrorKind::WriteFailed, u"the recording does not take this now"_s,
        QDir::toNativeSeparators(path), u"try again, or see what is said of the recording"_s};
    if (!m_isOn)
        return refused;
    struct Answer
    {
        std::mutex mutex;
        std::condition_variable came;
        std::optional<Result<Done>> result;
    };
    const auto answer = std::make_shared<Answer>();
    m_queue.post([this, path, refused, answer, change = std::move(change)] {
        Result<Done> result = refused;
        if (m_sink && status().path == path) {
            change(*m_sink);
            result = flush();
        }
        const std::lock_guard lock(answer->mutex);
        answer->result = std::move(result);
        answer->came.notify_one();
    });
    std::unique_lock lock(answer->mutex);
    if (!answer->came.wait_for(lock, m_options.changeTimeout, [&] { return answer->result.has_value(); }))
        return refused;
    return *answer->result;
}

/// Notes meanwhile that the disk is busy.
template <typename Work>
auto Recorder::timed(Work work)
{
    m_busySince = steadyNow();
    auto result = work();
    m_busySince = 0;
    return result;
}

void Recorder::openFile(quint64 start, const QString &path)
{
    update([&](RecordingStatus &status) {
        status = {};
        status.state = RecordingState::Opening;
        status.path = path;
    });
    auto opened = timed([&] { return m_open(path); });
    if (!opened) {
        if (m_starts == start)
            m_isOn = false;
        update([&](RecordingStatus &status) {
            status.state = RecordingState::Off;
            status.error = opened.error();
        });
        return;
    }
    m_sink = std::move(opened).value();
    m_pause = 0ms;
    m_droppedBySink = 0;
    m_noted.reset();
    update([&](RecordingStatus &status) {
        status.state = RecordingState::Recording;
        status.bytes = m_sink->fileBytes();
    });
    m_flush.timer.start(m_options.flushPeriod);
}

void Recorder::closeFile()
{
    if (!m_sink)
        return;
    m_flush.timer.stop();
    update([](RecordingStatus &status) { status.state = RecordingState::Closing; });
    const Result<Done> closed = timed([&] { return m_sink->close(); });
    const qint64 bytes = m_sink->fileBytes();
    m_sink.reset();
    update([&](RecordingStatus &status) {
        status.state = RecordingState::Off;
        status.bytes = bytes;
        status.error.reset();
        if (!closed)
            status.error = closed.error();
    });
}

void Recorder::take(const SamplePtr &sample, bool afterGap)
{
    if (!m_sink)
        return;
    noteMachine(*sample);
    m_sink->append(sample, afterGap);
}

void Recorder::noteMachine(const Sample &sample)
{
    const bool isSame = m_noted
        && (m_noted == sample.origin
            || (m_noted->host == sample.origin->host && m_noted->bootId == sample.origin->bootId));
    if (isSame)
        return;
    m_noted = sample.origin;
    m_sink->addHostFacts(factsOf(sample));
}

Result<Done> Recorder::flush()
{
    if (!m_sink)
        return Done{};
    const Result<Done> flushed = timed([&] { return m_sink->flush(); });
    m_pause = flushed.ok() ? 0ms
        : m_pause == 0ms   ? m_options.firstPause
                           : std::min(m_pause * 2, LongestPause);
    const quint64 dropped = m_sink->samplesDropped();
    update([&](RecordingStatus &status) {
        status.dropped += dropped - m_droppedBySink;
        status.bytes = m_sink->fileBytes();
        status.retryIn = m_pause;
        status.error.reset();
        if (flushed.ok()) {
            status.state = RecordingState::Recording;
            status.lastFlush = wallTimeNow();
        } else {
            status.state = RecordingState::Failing;
            status.error = flushed.error();
        }
    });
    m_droppedBySink = dropped;
    m_flush.timer.start(flushed.ok() ? m_options.flushPeriod : m_pause);
    return flushed;
}

void Recorder::checkStall()
{
    const qint64 since = m_busySince;
    if (since == 0 || std::chrono::nanoseconds(steadyNow() - since) < m_options.stalledAfter)
        return;
    update([](RecordingStatus &status) { status.state = RecordingState::Stalled; });
}

void Recorder::update(const std::function<void(RecordingStatus &)> &change)
{
    RecordingStatus now;
    {
        const std::lock_guard lock(m_mutex);
        const RecordingStatus before = m_status;
        change(m_status);
        if (m_status == before)
            return;
        now = m_status;
    }
    m_report(now);
}

} // namespace poolscope
