// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/analysis.h"
#include "model/core/mark.h"
#include "model/core/sample.h"
#include "model/history/roster.h"

#include <memory>
#include <span>
#include <vector>

namespace poolscope {

/// A finished analysis: what is reported.
struct AnalysisReport
{
    QString input;
    quint64 samples = 0;
    WallTime first{};
    WallTime last{};
    std::shared_ptr<const TagList> tags; ///< by TagId; never null
    SourceKind kind = SourceKind::Slab;
    SystemReading system; ///< of the newest sample
    std::vector<Finding> findings; ///< the most suspicious first
};

/// A start or a stop of a test at a time, for samples that were taken before.
struct TestInstant
{
    WallTime wall{};
    bool isStart = true;

    friend bool operator==(const TestInstant &, const TestInstant &) = default;
};

/// The tests that are marked in a recording; `marks` by time. A stop without a start, and a start while a
/// test runs, count for nothing.
[[nodiscard]] std::vector<TestInstant> testInstants(std::span<const Mark> marks);

/// Starts and stops tests at their times while samples go by.
class TestPlan
{
public:
    /// In any order.
    explicit TestPlan(std::vector<TestInstant> instants = {});
    /// What is due before the sample at `now`; call it with rising times.
    void applyTo(Analysis &analysis, WallTime now);

private:
    std::vector<TestInstant> m_instants;
    size_t m_next = 0;
};

/// Analyses samples that come one by one from anywhere: numbers the tags, sees where counters do not run on,
/// and starts and stops tests at their times. One thread.
class AnalysisRun
{
public:
    explicit AnalysisRun(const EvidenceRules &rules = {});

    /// In any order; before the first sample.
    void planTests(std::vector<TestInstant> instants);
    /// The next sample; one that is not later on the monotonic clock of the same boot is left out.
    void add(const SamplePtr &sample, bool afterGap = false);

    [[nodiscard]] const Analysis &analysis() const { return m_analysis; }
    [[nodiscard]] quint64 sampleCount() const { return m_analysis.sampleCount(); }
    [[nodiscard]] AnalysisReport report(const QString &input) const;

private:
    Roster m_roster;
    Analysis m_analysis;
    TestPlan m_tests;
    SamplePtr m_newest;
    WallTime m_first{};
};

/// The rules for a recording of so many samples that is looked at as a whole: a short one is judged on what
/// there is.
[[nodiscard]] EvidenceRules rulesForFinished(quint64 samples);

} // namespace poolscope
