// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/activetime.h"
#include "model/analysis/analysiswindows.h"
#include "model/analysis/finding.h"
#include "model/analysis/patience.h"
#include "model/analysis/tagcase.h"
#include "model/core/sample.h"
#include "model/history/timeaxis.h"

#include <array>
#include <span>
#include <vector>

namespace poolscope {

/// Tells of every tag whether it leaks, from sample to sample: the cost of a sample does not depend on the
/// length of the run. A tag that never changed takes about 130 bytes; one that did about 2.6 KB, and 1 KB
/// more for each recent window (one after 100 samples, then one each time the run gets four times longer)
/// and for tests. The same samples give the same findings. One thread.
class Analysis
{
public:
    explicit Analysis(const EvidenceRules &rules = {});

    /// The next sample. `ids` are the tags of its rows; tags that are not among them are absent. `joint`
    /// tells how it follows the one before; across a new segment no counter runs.
    void add(const Sample &sample, std::span<const TagId> ids, TimeAxis::Joint joint);
    /// A test starts or stops between the sample before and the next. Starting twice, or stopping what was
    /// not started, does nothing.
    void startTest();
    void stopTest();
    [[nodiscard]] bool isTesting() const { return m_test.running; }

    [[nodiscard]] size_t tagCount() const { return m_tags.size(); }
    /// Tags that changed at least once.
    [[nodiscard]] size_t activeTags() const { return m_cases.size(); }
    [[nodiscard]] quint64 sampleCount() const { return m_samples; }
    /// How often a tag was called a leak that was not before, or no longer.
    [[nodiscard]] quint64 leakChanges() const { return m_leakChanges; }

    /// The verdict alone, fast; Steady for a tag that was never seen.
    [[nodiscard]] Verdict verdict(TagId id) const;
    /// Everything known of one tag that was seen.
    [[nodiscard]] Finding finding(TagId id) const;
    /// Every tag that was seen, the most suspicious first, lockstep groups numbered. Not for every sample:
    /// it fits the lines of tags that nothing was found of.
    [[nodiscard]] std::vector<Finding> findings() const;

    /// The course of a tag over the whole session, relative to its first sample; size 0 when it never
    /// changed.
    [[nodiscard]] TimeBuckets::View course(TagId id) const;
    [[nodiscard]] FileCacheRole fileCacheRole(TagId id) const { return m_tags[id].fileCacheRole; }
    [[nodiscard]] const EvidenceRules &rules() const { return m_rules; }
    /// Active seconds since the first sample.
    [[nodiscard]] double activeSeconds() const { return m_clock.now(); }

private:
    static constexpr quint32 NoCase = ~quint32(0);
    /// What is kept of every tag.
    struct Tag
    {
        Levels start; ///< when it came
        Levels level; ///< now, relative to start
        Levels squares; ///< sums of the squared changes since then
        double since = 0; ///< active seconds when it came
        quint64 seen = 0; ///< number of the last sample that held it, from 1
        Counter allocs;
        Counter bytesFirst; ///< of its first sample ever
        Counter bytesLast;
        quint32 steps = 0; ///< samples since it came, and those that changed it
        quint32 changes = 0;
        quint32 caseIndex = NoCase;
        bool isNew = false; ///< came with this sample
        bool takenBackOnDemand = false;
        FileCacheRole fileCacheRole = FileCacheRole::None;
    };

    void takeReadings(const Sample &sample, std::span<const TagId> ids);
    void takeReading(const Reading &reading, int counterBits, Tag &tag);
    void advanceClock(const Sample &sample, TimeAxis::Joint joint);
    void openCases(std::span<const TagId> ids);
    void fillWindows();
    void judgeInTurn();
    [[nodiscard]] bool judgeTurns(size_t index);
    void judge(size_t index, size_t window);
    void concludeCase(size_t index);
    void restartCase(size_t index);
    [[nodiscard]] VerdictContext contextOf(size_t index) const;
    [[nodiscard]] bool isPresent(const Tag &tag) const { return tag.seen == m_samples && m_samples > 0; }

    EvidenceRules m_rules;
    ActiveTime m_clock;
    AnalysisWindows m_windows;
    TestPhase m_test;
    std::vector<Tag> m_tags; ///< by TagId
    std::vector<TagCase> m_cases; ///< by slot
    std::vector<TagId> m_caseTags;
    std::array<quint32, AnalysisWindows::Count> m_periods{}; ///< 0: not in use
    quint64 m_samples = 0;
    quint64 m_leakChanges = 0;
    double m_allocations = 0; ///< between the last two samples
    bool m_countsAllocations = false;
    MonotonicTime m_monotonic{};
    WallTime m_wall{};
};

} // namespace poolscope
