// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/sampler.h"

#include "model/core/duration.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds FirstPause = 1s;
constexpr std::chrono::milliseconds LongestPause = 60s;
constexpr int LateFactor = 4; // a push source's sample is late after this many usual spacings
constexpr int SpacingsNeeded = 3;

std::chrono::milliseconds inMilliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration);
}

} // namespace

Sampler::Sampler(SamplerSink &sink, Clock clock, Clocks clocks)
    : m_sink(sink)
    , m_clock(clock ? std::move(clock) : Clock(monotonicNow))
    , m_clocks(std::move(clocks))
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Sampler::tick);
}

Sampler::~Sampler() = default;

void Sampler::start(std::unique_ptr<Source> source)
{
    stop();
    m_source = std::move(source);
    connect(m_source.get(), &Source::sampleArrived, this, &Sampler::takePushed);
    connect(m_source.get(), &Source::failed, this, [this](const Error &error) { fail(error); });
    connect(m_source.get(), &Source::ended, this, [this] {
        m_closePending = true;
        setState(SamplerState::Ended);
    });
    setState(SamplerState::Opening);
}

void Sampler::stop()
{
    m_timer.stop();
    if (m_source)
        closeSource();
    m_source.reset();
    m_last.reset();
    m_clockWatch.forget();
    m_paused = m_lost = m_interrupted = false;
    m_gapReason.clear();
    m_pause = 0ms;
    m_usualSpacing = 0ns;
    m_spacings = 0;
    const std::chrono::milliseconds interval = m_status.interval;
    m_status = {};
    m_status.interval = m_status.effectiveInterval = interval;
    m_sink.statusChanged(m_status);
}

void Sampler::setInterval(std::chrono::milliseconds interval)
{
    m_schedule.setInterval(interval, m_clock());
    m_status.interval = interval;
    m_status.effectiveInterval = inMilliseconds(m_schedule.effectiveInterval());
    m_sink.statusChanged(m_status);
    rearm();
}

void Sampler::setPaused(bool paused)
{
    if (paused == m_paused)
        return;
    m_paused = paused;
    if (m_status.state == SamplerState::Running && paused)
        setState(SamplerState::Paused);
    else if (m_status.state == SamplerState::Paused && !paused)
        setState(SamplerState::Running);
    // Deadlines that pass while paused are missed ones; the mark then gives the true reason.
    if (paused)
        m_gapReason = u"paused"_s;
    else if (!m_interrupted && !(isPull() && m_schedule.isDue(m_clock())))
        m_gapReason.clear();
    rearm();
}

void Sampler::sampleNow()
{
    if (m_status.state == SamplerState::Failing) {
        retryNow();
    } else if (m_isOpen && isPull()) {
        const MonotonicTime now = m_clock();
        if (m_paused && m_schedule.isDue(now) && m_schedule.serve(now) > 0)
            m_interrupted = true;
        readSource();
    }
    rearm();
}

void Sampler::retryNow()
{
    if (m_status.state != SamplerState::Failing)
        return;
    m_retryAt = m_clock();
    tick();
}

std::optional<MonotonicTime> Sampler::nextDue() const
{
    if (!m_source)
        return std::nullopt;
    if (m_closePending)
        return MonotonicTime::min();
    switch (m_status.state) {
    case SamplerState::Opening:
        return m_isOpen ? std::nullopt : std::optional(MonotonicTime::min());
    case SamplerState::Running:
        return isPull() ? std::optional(m_schedule.next()) : std::nullopt;
    case SamplerState::Failing:
        return m_retryAt;
    case SamplerState::Idle:
    case SamplerState::Paused:
    case SamplerState::Ended:
        break;
    }
    return std::nullopt;
}

void Sampler::tick()
{
    if (m_closePending)
        closeSource();
    const std::optional<MonotonicTime> due = nextDue();
    const MonotonicTime now = m_clock();
    if (due && *due <= now) {
        if (m_status.state != SamplerState::Running) {
            open();
        } else {
            const quint64 missed = m_schedule.serve(now);
            if (missed > 0 && m_last)
                interrupt(u"%1 missed"_s.arg(missed));
            readSource();
        }
    }
    rearm();
}

void Sampler::open()
{
    setState(SamplerState::Opening);
    const Result<Done> opened = m_source->open();
    // A push source may have failed or delivered from within open().
    if (m_status.state != SamplerState::Opening && m_status.state != SamplerState::Running)
        return;
    if (!opened) {
        fail(opened.error());
        return;
    }
    m_isOpen = true;
    if (!isPull())
        return;
    m_schedule.start(m_clock());
    if (m_paused) {
        setState(SamplerState::Paused);
        return;
    }
    m_schedule.serve(m_clock());
    readSource();
}

void Sampler::closeSource()
{
    m_closePending = false;
    m_isOpen = false;
    m_source->close();
}

void Sampler::readSource()
{
    const Result<SamplePtr> read = m_source->read();
    if (!read) {
        fail(read.error());
        return;
    }
    const SamplePtr &sample = read.value();
    if (m_schedule.noteCost(sample->readCost))
        m_status.effectiveInterval = inMilliseconds(m_schedule.effectiveInterval());
    deliver(sample);
}

void Sampler::takePushed(const SamplePtr &sample)
{
    if (m_status.state == SamplerState::Ended)
        return;
    m_isOpen = true;
    if (m_paused) {
        m_interrupted = true;
        setState(SamplerState::Paused);
        return;
    }
    if (isLateForPush(*sample))
        interrupt(u"no data for %1"_s.arg(elapsedText(sample->monotonic - m_last->monotonic)));
    deliver(sample);
}

/// Learns the usual spacing on the way. A late sample counts as the longest that is not late, so that a
/// producer which really became slower is believed after a while.
bool Sampler::isLateForPush(const Sample &sample)
{
    if (!m_last || m_last->origin->bootId != sample.origin->bootId)
        return false;
    const std::chrono::nanoseconds spacing = sample.monotonic - m_last->monotonic;
    if (spacing <= 0ns)
        return false;
    const bool isLate = m_spacings >= SpacingsNeeded && spacing > m_usualSpacing * LateFactor;
    const auto believed = isLate ? m_usualSpacing * LateFactor : spacing;
    m_usualSpacing = m_spacings == 0 ? believed : m_usualSpacing + (believed - m_usualSpacing) / 8;
    ++m_spacings;
    return isLate;
}

void Sampler::interrupt(const QString &why)
{
    m_interrupted = true;
    if (m_gapReason.isEmpty())
        m_gapReason = why;
}

/// A source that is asked here and now is on this machine; what a push source sends may be from anywhere and
/// any time.
void Sampler::watchClocks(const Sample &sample)
{
    if (m_last && m_last->origin->bootId != sample.origin->bootId)
        m_clockWatch.forget();
    for (const Mark &mark : m_clockWatch.look(isPull() ? m_clocks() : clocksOf(sample))) {
        if (mark.kind == MarkKind::Sleep)
            m_interrupted = true;
        m_sink.markMade(mark);
    }
}

void Sampler::deliver(const SamplePtr &sample)
{
    watchClocks(*sample);
    const bool afterGap = m_interrupted && m_last;
    if (m_lost)
        m_sink.markMade({sample->wall, MarkKind::SourceBack, {}});
    else if (afterGap && !m_gapReason.isEmpty()) // else a mark tells already
        m_sink.markMade({m_last->wall, MarkKind::Gap, m_gapReason});
    m_sink.sampleTaken(sample, afterGap);

    m_status.gaps += afterGap ? 1 : 0;
    ++m_status.samples;
    m_last = sample;
    m_lost = m_interrupted = false;
    m_gapReason = m_paused ? u"paused"_s : QString();
    m_pause = 0ms;
    m_status.error.reset();
    m_status.retryIn = 0ms;
    setState(m_paused ? SamplerState::Paused : SamplerState::Running);
}

void Sampler::fail(const Error &error)
{
    if (m_status.state == SamplerState::Ended || m_status.state == SamplerState::Failing)
        return;
    m_closePending = true;
    m_pause = m_pause == 0ms ? FirstPause : std::min(m_pause * 2, LongestPause);
    m_retryAt = m_clock() + m_pause;
    m_status.error = error;
    m_status.retryIn = m_pause;
    if (m_last && !m_lost) {
        m_lost = true;
        m_sink.markMade({m_last->wall, MarkKind::SourceLost, error.what});
    }
    m_interrupted = true;
    setState(SamplerState::Failing);
}

void Sampler::setState(SamplerState state)
{
    m_status.state = state;
    m_sink.statusChanged(m_status);
    rearm();
}

bool Sampler::isPull() const
{
    return m_source && m_source->delivery() == Source::Delivery::Pull;
}

void Sampler::rearm()
{
    const std::optional<MonotonicTime> due = nextDue();
    if (!due) {
        m_timer.stop();
        return;
    }
    const std::chrono::nanoseconds wait = std::max(*due, m_clock()) - m_clock();
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(std::max(wait, 0ns)));
}

} // namespace poolscope
