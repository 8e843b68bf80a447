// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/analysisrun.h"

#include <algorithm>
#include <utility>

namespace poolscope {

std::vector<TestInstant> testInstants(std::span<const Mark> marks)
{
    std::vector<TestInstant> instants;
    for (const Mark &mark : marks) {
        const bool isStart = mark.kind == MarkKind::TestStart;
        const bool isRunning = !instants.empty() && instants.back().isStart;
        if ((isStart && !isRunning) || (mark.kind == MarkKind::TestStop && isRunning))
            instants.push_back({mark.wall, isStart});
    }
    return instants;
}

TestPlan::TestPlan(std::vector<TestInstant> instants)
    : m_instants(std::move(instants))
{
    std::ranges::stable_sort(m_instants, {}, &TestInstant::wall);
}

void TestPlan::applyTo(Analysis &analysis, WallTime now)
{
    for (; m_next < m_instants.size() && m_instants[m_next].wall <= now; ++m_next) {
        if (m_instants[m_next].isStart)
            analysis.startTest();
        else
            analysis.stopTest();
    }
}

AnalysisRun::AnalysisRun(const EvidenceRules &rules)
    : m_analysis(rules)
{
}

void AnalysisRun::planTests(std::vector<TestInstant> instants)
{
    m_tests = TestPlan(std::move(instants));
}

void AnalysisRun::add(const SamplePtr &sample, bool afterGap)
{
    const bool runsOn = m_newest && countersRunOn(*m_newest, *sample);
    if (runsOn && sample->monotonic == m_newest->monotonic)
        return;
    if (!m_newest)
        m_first = sample->wall;
    TimeAxis::Joint joint = afterGap ? TimeAxis::Joint::AfterGap : TimeAxis::Joint::Continuous;
    if (m_newest && !runsOn)
        joint = TimeAxis::Joint::NewSegment;
    m_tests.applyTo(m_analysis, sample->wall);
    m_roster.match(sample->tags);
    m_analysis.add(*sample, m_roster.ids(), joint);
    m_newest = sample;
}

AnalysisReport AnalysisRun::report(const QString &input) const
{
    AnalysisReport report;
    report.input = input;
    report.samples = m_analysis.sampleCount();
    report.tags = m_roster.tags();
    report.findings = m_analysis.findings();
    if (!m_newest)
        return report;
    report.first = m_first;
    report.last = m_newest->wall;
    report.kind = m_newest->origin->kind;
    report.system = m_newest->system;
    return report;
}

EvidenceRules rulesForFinished(quint64 samples)
{
    // Fewer than so many samples prove nothing, whatever they look like.
    constexpr double Least = 12;
    constexpr double Share = .6;
    EvidenceRules rules;
    const double enough = std::max(Least, Share * static_cast<double>(samples));
    rules.minSamples = std::min(rules.minSamples, static_cast<quint32>(enough));
    return rules;
}

} // namespace poolscope
