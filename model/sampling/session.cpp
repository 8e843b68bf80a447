// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/session.h"

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

FramePtr Session::add(const SamplePtr &sample, bool afterGap)
{
    const TimeAxis::Joint joint = jointTo(*sample, afterGap);
    const bool runsOn = m_frame && joint != TimeAxis::Joint::NewSegment;
    if (runsOn && sample->monotonic == m_frame->sample->monotonic)
        return nullptr;
    if (m_frame && !runsOn)
        m_marks.push_back(boundary(*sample));

    m_roster.match(sample->tags);
    m_now = m_history.append(*sample, m_roster.ids(), m_roster.vanished(), joint);
    if (!runsOn) {
        m_growth.reset();
        m_baselineWall = sample->wall;
    }
    m_growth.add(sample->monotonic, m_roster.ids(), sample->readings);
    m_analysis.add(*sample, m_roster.ids(), joint);
    m_frame = build(sample, runsOn);
    return m_frame;
}

TimeAxis::Joint Session::jointTo(const Sample &sample, bool afterGap) const
{
    if (m_frame && !countersRunOn(*m_frame->sample, sample))
        return TimeAxis::Joint::NewSegment;
    return afterGap ? TimeAxis::Joint::AfterGap : TimeAxis::Joint::Continuous;
}

Mark Session::boundary(const Sample &sample) const
{
    if (!isSameBoot(*m_frame->sample->origin, *sample.origin))
        return {sample.wall, MarkKind::Reboot, sample.origin->host};
    return {m_frame->sample->wall, MarkKind::Gap, u"the source started over"_s};
}

std::shared_ptr<Frame> Session::build(const SamplePtr &sample, bool runsOn)
{
    auto frame = std::make_shared<Frame>();
    frame->number = m_frame ? m_frame->number + 1 : 1;
    frame->sample = sample;
    frame->firstWall = m_frame ? m_frame->firstWall : sample->wall;
    frame->baselineWall = m_baselineWall;
    if (runsOn) {
        frame->step = sample->monotonic - m_frame->sample->monotonic;
        frame->systemChange = change(sample->system, m_frame->sample->system, sample->origin->counterBits);
    }
    frame->tags = m_roster.tags();
    frame->rows.resize(frame->tags->size());
    m_baseline.resize(frame->rows.size());
    fillPresent(*frame, runsOn);
    if (m_roster.ids().size() < frame->rows.size())
        fillAbsent(*frame);
    setFindings(*frame, m_analysis.findings());
    return frame;
}

void Session::fillPresent(Frame &frame, bool runsOn)
{
    const Sample &sample = *frame.sample;
    const int bits = sample.origin->counterBits;
    const std::span<const TagId> ids = m_roster.ids();
    const size_t knownBefore = m_frame ? m_frame->rows.size() : 0;
    for (size_t i = 0; i < ids.size(); ++i) {
        const TagId id = ids[i];
        const Reading &reading = sample.readings[i];
        const FrameRow *before = id < knownBefore ? &m_frame->rows[id] : nullptr;
        FrameRow &row = frame.rows[id];
        row.reading = reading;
        row.firstSeen = before ? before->firstSeen : sample.wall;
        row.lastSeen = sample.wall;
        row.bytesPerHour = m_growth.bytesPerHour(id);
        if (runsOn && before && before->present)
            row.sinceLast = change(reading, before->reading, bits);
        else
            m_baseline[id] = reading;
        row.sinceBaseline = change(reading, m_baseline[id], bits);
    }
}

/// Tags of the roster that the sample lacks keep what they had.
void Session::fillAbsent(Frame &frame) const
{
    for (size_t id = 0; m_frame && id < m_frame->rows.size(); ++id) {
        if (m_roster.holds(static_cast<TagId>(id)))
            continue;
        FrameRow &row = frame.rows[id];
        row = m_frame->rows[id];
        row.present = false;
        row.sinceLast = {};
        row.bytesPerHour = std::numeric_limits<double>::quiet_NaN();
    }
}

void Session::markTest(bool isStart)
{
    if (isStart)
        m_analysis.startTest();
    else
        m_analysis.stopTest();
}

FramePtr Session::resetBaseline()
{
    if (!m_frame)
        return nullptr;
    auto frame = std::make_shared<Frame>(*m_frame);
    m_baselineWall = frame->baselineWall = frame->sample->wall;
    const int bits = frame->sample->origin->counterBits;
    for (size_t id = 0; id < frame->rows.size(); ++id) {
        FrameRow &row = frame->rows[id];
        m_baseline[id] = row.reading;
        row.sinceBaseline = change(row.reading, row.reading, bits);
    }
    m_marks.push_back({m_baselineWall, MarkKind::Baseline, u"baseline"_s});
    m_frame = std::move(frame);
    return m_frame;
}

std::vector<Mark> Session::takeMarks()
{
    return std::exchange(m_marks, {});
}

} // namespace poolscope
