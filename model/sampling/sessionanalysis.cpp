// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/sessionanalysis.h"

namespace poolscope {

void SessionAnalysis::add(const Sample &sample, std::span<const TagId> ids, TimeAxis::Joint joint)
{
    m_analysis.add(sample, ids, joint);
    if (m_analysis.sampleCount() < 2)
        return;
    // A clock that went back is another boot's, or a replay that started over.
    const bool isDue = !m_made || sample.monotonic < *m_made || sample.monotonic - *m_made >= RefreshPeriod;
    if (m_analysis.leakChanges() == m_leakChanges && !isDue)
        return;
    m_findings = std::make_shared<const Findings>(sample.wall, m_analysis.findings(), sample.system);
    m_made = sample.monotonic;
    m_leakChanges = m_analysis.leakChanges();
}

void SessionAnalysis::startTest()
{
    m_analysis.startTest();
    m_made.reset();
}

void SessionAnalysis::stopTest()
{
    m_analysis.stopTest();
    m_made.reset();
}

} // namespace poolscope
