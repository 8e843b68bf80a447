// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/analysis.h"
#include "model/analysis/findings.h"

#include <optional>
#include <span>

namespace poolscope {

/// The analysis of a session: takes every sample and makes Findings anew when a tag is called a leak or no
/// longer is, else every RefreshPeriod of samples' time, because ranking and grouping cost more than judging
/// and on a busy kernel some tag becomes or ceases to be suspect in most samples. The same samples give the
/// same findings. One thread.
class SessionAnalysis
{
public:
    static constexpr std::chrono::seconds RefreshPeriod{5};

    explicit SessionAnalysis(const EvidenceRules &rules = {})
        : m_analysis(rules)
    {
    }

    void add(const Sample &sample, std::span<const TagId> ids, TimeAxis::Joint joint);
    /// Between the sample before and the next.
    void startTest();
    void stopTest();

    /// Null before the second sample.
    [[nodiscard]] const FindingsPtr &findings() const { return m_findings; }
    [[nodiscard]] const Analysis &analysis() const { return m_analysis; }

private:
    Analysis m_analysis;
    FindingsPtr m_findings;
    std::optional<MonotonicTime> m_made; ///< when m_findings were
    quint64 m_leakChanges = 0; ///< known to m_findings
};

} // namespace poolscope
