// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/samplefeed.h"

#include "app/cli/report.h"
#include "app/process/processsignals.h"

#include <QCoreApplication>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

SampleFeed::SampleFeed(const Plan &plan, Take take)
    : m_plan(plan)
    , m_take(std::move(take))
    , m_sampler(*this)
{
    m_sampler.setInterval(plan.interval);
    m_endTimer.setSingleShot(true);
    m_endTimer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&m_endTimer, &QTimer::timeout, &m_endTimer, [this] { waitForEnd(); });
}

int SampleFeed::run(std::unique_ptr<Source> source)
{
    ProcessSignals processSignals;
    QObject::connect(
        &processSignals, &ProcessSignals::stopWanted, qApp, [this] { end(); }, Qt::DirectConnection);
    if (m_plan.duration) {
        m_deadline.setRemainingTime(*m_plan.duration, Qt::PreciseTimer);
        waitForEnd();
    }
    m_uri = source->uri();
    m_sampler.start(std::move(source));
    if (!m_ended)
        QCoreApplication::exec();
    m_ended = true;
    m_sampler.stop();
    return m_fatal ? report(*m_fatal) : 0;
}

void SampleFeed::sampleTaken(const SamplePtr &sample, bool afterGap)
{
    if (m_ended)
        return;
    m_reported.clear();
    switch (m_take(sample, afterGap)) {
    case Next::Ignore:
        return;
    case Next::End:
        end();
        return;
    case Next::Continue:
        break;
    }
    ++m_samples;
    if (m_plan.samples && m_samples >= *m_plan.samples)
        end();
}

/// A timer holds 24 days at most.
void SampleFeed::waitForEnd()
{
    constexpr std::chrono::milliseconds Longest = std::chrono::hours(24);
    const std::chrono::milliseconds left(m_deadline.remainingTime());
    if (left.count() == 0)
        end();
    else
        m_endTimer.start(std::min(left, Longest));
}

void SampleFeed::markMade(const Mark &mark)
{
    if (m_takeMark && !m_ended)
        m_takeMark(mark);
}

void SampleFeed::statusChanged(const SamplerStatus &status)
{
    if (m_ended)
        return;
    if (status.state == SamplerState::Ended) {
        if (m_plan.samples && m_samples < *m_plan.samples)
            m_fatal = endedEarly();
        end();
    }
    if (status.state != SamplerState::Failing || !status.error)
        return;
    if (m_samples == 0 || m_plan.samples) {
        m_fatal = *status.error;
        end();
    } else if (const QString text = status.error->text(); text != m_reported) {
        m_reported = text;
        report(*status.error);
    }
}

void SampleFeed::end()
{
    m_ended = true;
    QCoreApplication::quit();
}

Error SampleFeed::endedEarly() const
{
    return {ErrorKind::SourceUnavailable,
        u"the source has ended after %1 of %2 samples"_s.arg(m_samples).arg(*m_plan.samples), m_uri,
        u"ask for fewer samples"_s};
}

} // namespace poolscope
