// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/analysis.h"

#include "model/analysis/findingmaker.h"
#include "model/analysis/lockstep.h"

#include <algorithm>

namespace poolscope {

namespace {

/// Objects held; unknown where neither they nor both counters are known.
Counter outstandingOf(const Reading &reading, int counterBits)
{
    return reading.outstanding.isKnown() ? reading.outstanding
                                         : outstandingFrom(reading.allocs, reading.frees, counterBits);
}

/// Allocations between two readings; files do not tell how wide their counters were, so that a step back of
/// numbers that fit 32 bits is taken for a wrap when that makes it small.
double allocationsBetween(Counter now, Counter before, int counterBits)
{
    const Counter change = wrappingDifference(now, before, counterBits);
    if (!change.isKnown())
        return 0;
    if (change.value() >= 0)
        return static_cast<double>(change.value());
    const Counter wrapped = wrappingDifference(now, before, 32);
    return std::max(0.0, static_cast<double>(wrapped.value()));
}

} // namespace

Analysis::Analysis(const EvidenceRules &rules)
    : m_rules(rules)
{
}

void Analysis::add(const Sample &sample, std::span<const TagId> ids, TimeAxis::Joint joint)
{
    ++m_samples;
    if (joint == TimeAxis::Joint::NewSegment) {
        for (Tag &tag : m_tags)
            tag.seen = 0;
    }
    takeReadings(sample, ids);
    advanceClock(sample, joint);
    openCases(ids);
    if (m_samples > 1) {
        m_windows.advance(m_clock.now(), m_test.testTime(m_clock.now()));
        fillWindows();
        judgeInTurn();
    }
}

void Analysis::takeReadings(const Sample &sample, std::span<const TagId> ids)
{
    m_allocations = 0;
    m_countsAllocations = false;
    for (size_t row = 0; row < ids.size(); ++row) {
        if (ids[row] >= m_tags.size())
            m_tags.resize(ids[row] + 1);
        Tag &tag = m_tags[ids[row]];
        if (!tag.bytesLast.isKnown() && tag.seen == 0) {
            const poolscope::Tag &name = (*sample.tags)[row].tag;
            tag.takenBackOnDemand = isTakenBackOnDemand(name, sample.origin->kind, sample.readings[row]);
            tag.fileCacheRole = poolscope::fileCacheRole(name, sample.origin->kind);
        }
        takeReading(sample.readings[row], sample.origin->counterBits, tag);
    }
}

void Analysis::takeReading(const Reading &reading, int counterBits, Tag &tag)
{
    const Counter outstanding = outstandingOf(reading, counterBits);
    if (!outstanding.isKnown() && !reading.bytes.isKnown())
        return; // as if it were absent
    const Levels now{
        static_cast<double>(outstanding.valueOr(0)), static_cast<double>(reading.bytes.valueOr(0))};
    tag.isNew = tag.seen == 0 || tag.seen + 1 != m_samples;
    if (tag.isNew) {
        tag.start = now;
        tag.level = tag.squares = {};
        tag.steps = tag.changes = 0;
    } else {
        const double allocations = allocationsBetween(reading.allocs, tag.allocs, counterBits);
        m_allocations += allocations;
        m_countsAllocations = m_countsAllocations || allocations > 0;
        const Levels level{now.outstanding - tag.start.outstanding, now.bytes - tag.start.bytes};
        const Levels change{level.outstanding - tag.level.outstanding, level.bytes - tag.level.bytes};
        tag.level = level;
        ++tag.steps;
        if (change.outstanding != 0 || change.bytes != 0) {
            ++tag.changes;
            tag.squares.outstanding += change.outstanding * change.outstanding;
            tag.squares.bytes += change.bytes * change.bytes;
        }
    }
    if (!tag.bytesFirst.isKnown())
        tag.bytesFirst = reading.bytes;
    tag.bytesLast = reading.bytes;
    tag.allocs = reading.allocs;
    tag.seen = m_samples;
}

void Analysis::advanceClock(const Sample &sample, TimeAxis::Joint joint)
{
    if (m_samples == 1) {
        // The first sample is the origin of active time.
    } else if (joint == TimeAxis::Joint::NewSegment) {
        m_clock.skip();
    } else {
        const std::chrono::duration<double> elapsed = sample.monotonic - m_monotonic;
        m_clock.advance(elapsed.count(), m_allocations, m_countsAllocations);
    }
    m_monotonic = sample.monotonic;
    m_wall = sample.wall;
    if (m_samples == 2)
        m_windows.begin(std::max(m_clock.now(), 1e-3));
    if (m_samples >= 2 && m_test.running && !m_windows.hasTest())
        m_windows.beginTest(m_test.firstStart);
}

/// Tags that came, and those that changed for the first time.
void Analysis::openCases(std::span<const TagId> ids)
{
    for (const TagId id : ids) {
        Tag &tag = m_tags[id];
        if (!isPresent(tag))
            continue;
        if (tag.isNew) {
            tag.since = m_clock.now();
            if (tag.caseIndex != NoCase) {
                m_windows.interrupt(tag.caseIndex);
                restartCase(tag.caseIndex);
            }
            tag.isNew = false;
        }
        if (tag.changes == 0 || tag.caseIndex != NoCase)
            continue;
        tag.caseIndex = static_cast<quint32>(m_windows.addSlot(tag.since));
        m_cases.emplace_back();
        m_caseTags.push_back(id);
    }
}

void Analysis::fillWindows()
{
    for (size_t index = 0; index < m_cases.size(); ++index) {
        const Tag &tag = m_tags[m_caseTags[index]];
        if (isPresent(tag)) {
            m_windows.put(index, tag.level);
            continue;
        }
        m_windows.interrupt(index);
        if (tag.seen + 1 == m_samples || tag.seen == 0)
            restartCase(index);
    }
}

void Analysis::judgeInTurn()
{
    for (size_t window = 0; window < m_periods.size(); ++window)
        m_periods[window] = m_windows.period(window, m_clock.usualStep());
    for (size_t index = 0; index < m_cases.size(); ++index) {
        if (isPresent(m_tags[m_caseTags[index]]) && judgeTurns(index))
            concludeCase(index);
    }
}

/// Once in so many new buckets of each window, the tags in turns, so that the work is even.
bool Analysis::judgeTurns(size_t index)
{
    bool judged = false;
    const auto turn = static_cast<quint32>(m_samples + m_caseTags[index] * 7ULL);
    for (size_t window = 0; window < m_periods.size(); ++window) {
        const bool isIdleTest = window == AnalysisWindows::TestWindow && !m_test.running;
        if (m_periods[window] == 0 || isIdleTest || turn % m_periods[window] != 0)
            continue;
        judge(index, window);
        judged = true;
    }
    return judged;
}

void Analysis::judge(size_t index, size_t window)
{
    const Tag &tag = m_tags[m_caseTags[index]];
    TimeBuckets::View view;
    m_windows.at(window).view(index, view);
    TagFacts facts;
    facts.now = m_clock.now();
    facts.steps = tag.steps;
    facts.changes = tag.changes;
    facts.squares = tag.squares;
    facts.level = tag.level;
    constexpr double Nothing = -std::numeric_limits<double>::infinity();
    facts.oldMaximum = {Nothing, Nothing};
    WindowKind kind = window == 0 ? WindowKind::Session : WindowKind::Recent;
    if (window == AnalysisWindows::TestWindow)
        kind = WindowKind::Test;
    if (kind == WindowKind::Recent && mayHoldGrowth(view))
        facts.oldMaximum = m_windows.maximumBefore(index, view.time[0]);
    WindowResult &result = m_cases[index].windows[window];
    result = weighWindow(view, kind, facts, result, m_rules);
}

VerdictContext Analysis::contextOf(size_t index) const
{
    const Tag &tag = m_tags[m_caseTags[index]];
    return {m_windows, m_test, m_rules, index, tag.steps + 1, m_clock.now(), m_clock.usualStep(), m_wall,
        tag.level, tag.takenBackOnDemand};
}

void Analysis::concludeCase(size_t index)
{
    TagCase &tagCase = m_cases[index];
    const bool wasLeak = tagCase.verdict == Verdict::Leak;
    conclude(tagCase, contextOf(index));
    m_leakChanges += wasLeak != (tagCase.verdict == Verdict::Leak);
}

void Analysis::restartCase(size_t index)
{
    m_leakChanges += m_cases[index].verdict == Verdict::Leak;
    m_cases[index].restart();
}

void Analysis::startTest()
{
    if (m_test.running)
        return;
    if (m_test.runs == 0) {
        m_test.firstStart = m_clock.now();
        m_windows.beginTest(m_clock.now());
        for (TagCase &tagCase : m_cases)
            tagCase.leakedBeforeTests = tagCase.verdict == Verdict::Leak;
    }
    ++m_test.runs;
    m_test.running = true;
    m_test.start = m_clock.now();
    for (size_t index = 0; index < m_cases.size(); ++index)
        m_cases[index].runStart = m_windows.recentLevel(index);
}

void Analysis::stopTest()
{
    if (!m_test.running)
        return;
    m_test.running = false;
    m_test.finished += m_clock.now() - m_test.start;
    m_test.stop = m_clock.now();
    if (!m_windows.hasTest())
        return;
    for (size_t index = 0; index < m_cases.size(); ++index) {
        if (isPresent(m_tags[m_caseTags[index]]))
            judge(index, AnalysisWindows::TestWindow);
        closeTest(m_cases[index], contextOf(index));
        concludeCase(index);
    }
}

Verdict Analysis::verdict(TagId id) const
{
    if (id >= m_tags.size() || m_tags[id].caseIndex == NoCase)
        return Verdict::Steady;
    return m_cases[m_tags[id].caseIndex].verdict;
}

Finding Analysis::finding(TagId id) const
{
    const Tag &tag = m_tags[id];
    Finding finding;
    finding.id = id;
    finding.bytesFirst = tag.bytesFirst;
    finding.bytesLast = tag.bytesLast;
    finding.samples = tag.steps + 1;
    finding.isTakenBackOnDemand = tag.takenBackOnDemand;
    if (tag.caseIndex == NoCase)
        fillUnchanged(m_clock.now() - tag.since, finding);
    else
        fillFromCase(m_cases[tag.caseIndex], course(id), finding);
    if (!isPresent(tag))
        fillGone(finding);
    if (!tag.bytesLast.isKnown())
        clearByteRates(finding);
    return finding;
}

std::vector<Finding> Analysis::findings() const
{
    std::vector<Finding> all;
    for (size_t id = 0; id < m_tags.size(); ++id) {
        if (m_tags[id].bytesFirst.isKnown() || m_tags[id].seen > 0)
            all.push_back(finding(static_cast<TagId>(id)));
    }
    rankFindings(all);
    groupLockstep(*this, all);
    return all;
}

TimeBuckets::View Analysis::course(TagId id) const
{
    TimeBuckets::View view;
    if (id < m_tags.size() && m_tags[id].caseIndex != NoCase && m_windows.hasBegun())
        m_windows.session().view(m_tags[id].caseIndex, view);
    return view;
}

} // namespace poolscope
