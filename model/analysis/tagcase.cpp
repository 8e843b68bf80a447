// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/tagcase.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

namespace {

/// What one sample of the evidence proposes.
struct Proposal
{
    Verdict verdict = Verdict::Steady;
    Reason reason = Reason::NoGrowth;
    double z = 0;
};

double slopeBefore(const TimeBuckets::View &view, Signal signal, double end, double &error)
{
    const auto &mean = view.of(signal).mean;
    size_t n = 0;
    double meanT = 0, meanX = 0;
    for (; n < static_cast<size_t>(view.size) && view.time[n] < end; ++n) {
        meanT += view.time[n];
        meanX += static_cast<double>(mean[n]);
    }
    if (n < 3)
        return 0;
    const auto count = static_cast<double>(n);
    meanT /= count, meanX /= count;
    double tt = 0, tx = 0, squares = 0;
    for (size_t i = 0; i < n; ++i) {
        const double t = view.time[i] - meanT;
        tt += t * t, tx += t * (static_cast<double>(mean[i]) - meanX);
    }
    const double slope = tx / tt;
    for (size_t i = 0; i < n; ++i) {
        const double residual = static_cast<double>(mean[i]) - meanX - slope * (view.time[i] - meanT);
        squares += residual * residual;
    }
    error = std::sqrt(squares / std::max(1.0, count - 2) / tt);
    return slope;
}

/// Mean of a signal over the closed buckets from `from` on; nullopt when there are fewer than `least`.
std::optional<double> meanSince(const TimeBuckets &window, size_t slot, Signal signal, double from, int least)
{
    TimeBuckets::View view;
    window.view(slot, view);
    double sum = 0;
    int count = 0;
    for (size_t i = 0; i < static_cast<size_t>(view.size); ++i) {
        if (view.time[i] < from)
            continue;
        sum += static_cast<double>(view.of(signal).mean[i]);
        ++count;
    }
    return count >= least && count > 0 ? std::optional(sum / count) : std::nullopt;
}

class Conclusion
{
public:
    Conclusion(TagCase &tagCase, const VerdictContext &context)
        : m_case(tagCase)
        , m_context(context)
        , m_rules(context.rules)
    {
    }

    void draw();

private:
    void chooseWindows();
    [[nodiscard]] bool lasts(const WindowResult &result, bool isRecent) const;
    [[nodiscard]] bool isTooEarly(double length) const
    {
        return m_context.takenBackOnDemand && length < m_rules.patience;
    }
    [[nodiscard]] Proposal fromWindows();
    [[nodiscard]] Proposal afterEvidenceLapsed() const;
    [[nodiscard]] double shareGivenBack() const;
    [[nodiscard]] Proposal fromSuspicion();
    void lookAtTests();
    [[nodiscard]] Proposal fromTests(Proposal proposal);
    void rate(const WindowResult &result);
    void publish(const Proposal &proposal);

    TagCase &m_case;
    const VerdictContext &m_context;
    const EvidenceRules &m_rules;
    const WindowResult *m_proof = nullptr; ///< best lasting evidence
    size_t m_proofWindow = 0;
    const WindowResult *m_suspicion = nullptr; ///< best of everything else
    bool m_contradicted = false;
    // Of the tests:
    bool m_settled = false; ///< the last one ended long enough ago
    bool m_released = false;
    bool m_kept = false;
};

/// Evidence must last, for some evaluations and for a share of the time it took to find it.
bool Conclusion::lasts(const WindowResult &result, bool isRecent) const
{
    if (result.weight != Weight::Evidence || result.streak < m_rules.streak
        || m_context.samples < m_rules.minSamples)
        return false;
    const double share = isRecent ? m_rules.persistRecent : m_rules.persist;
    return m_context.now - result.passSince >= share * result.passLength
        || static_cast<double>(result.z) >= m_rules.strong;
}

void Conclusion::chooseWindows()
{
    constexpr float Better = 1.3F; // a shorter window must be that much clearer to be preferred
    for (size_t place = 0; place < m_context.windows.inUse(); ++place) {
        const size_t number = m_context.windows.longest(place);
        const WindowResult &result = m_case.windows[number];
        if (result.points == 0)
            continue;
        if (!m_contradicted && lasts(result, number != 0) && (!m_proof || result.z > Better * m_proof->z)) {
            m_proof = &result;
            m_proofWindow = number;
        }
        if (result.weight != Weight::Nothing && (!m_suspicion || result.z > m_suspicion->z))
            m_suspicion = &result;
        m_contradicted = m_contradicted || result.weight == Weight::Contradiction;
    }
}

void Conclusion::rate(const WindowResult &result)
{
    m_case.judged = {result.outstanding, result.bytes, static_cast<double>(result.length),
        static_cast<double>(result.lateRatio)};
}

Proposal Conclusion::fromWindows()
{
    if (m_proof && isTooEarly(static_cast<double>(m_proof->length))) {
        rate(*m_proof);
        return {Verdict::Suspect, Reason::TakenBack, static_cast<double>(m_proof->z)};
    }
    if (m_proof) {
        if (m_proof->end >= m_case.proof.at) {
            m_case.proof = {m_proof->end, static_cast<double>(m_proof->length),
                static_cast<double>(m_proof->z), m_proof->last,
                {static_cast<double>(m_proof->outstanding.growth),
                    static_cast<double>(m_proof->bytes.growth)},
                m_proofWindow};
        }
        rate(*m_proof);
        return {Verdict::Leak, m_proof->reason, static_cast<double>(m_proof->z)};
    }
    const Proposal lapsed = afterEvidenceLapsed();
    return lapsed.reason == Reason::NoGrowth ? fromSuspicion() : lapsed;
}

/// How much of the proven growth is gone again, of the signal that lost more.
double Conclusion::shareGivenBack() const
{
    double share = 0;
    for (const Signal signal : Signals) {
        const double growth = m_case.proof.growth.of(signal);
        if (growth > 0)
            share = std::max(share, (m_case.proof.level.of(signal) - m_context.level.of(signal)) / growth);
    }
    return share;
}

Proposal Conclusion::afterEvidenceLapsed() const
{
    constexpr double Fallen = .6;
    constexpr double StoppedZ = 2;
    const double since = m_context.now - m_case.proof.at;
    if (m_case.verdict == Verdict::Leak && std::isfinite(m_case.proof.at) && !m_released) {
        if (shareGivenBack() > Fallen)
            return {Verdict::Steady, Reason::Released, m_case.proof.z};
        if (!m_contradicted && since <= m_rules.hold * m_case.proof.length)
            return {Verdict::Leak, m_case.reason, m_case.proof.z};
        return {Verdict::Suspect, Reason::Stopped, StoppedZ};
    }
    if (m_case.reason == Reason::Released && !m_case.freed && std::isfinite(m_case.proof.at)
        && since <= 2 * m_case.proof.length)
        return {Verdict::Steady, Reason::Released, m_case.proof.z};
    if (m_case.verdict == Verdict::Suspect && m_case.reason == Reason::Stopped
        && since <= 2 * m_case.proof.length)
        return {Verdict::Suspect, Reason::Stopped, StoppedZ};
    return {};
}

Proposal Conclusion::fromSuspicion()
{
    if (!m_suspicion)
        return {};
    const auto z = static_cast<double>(m_suspicion->z);
    const Weight weight = m_suspicion->weight;
    const bool isSuspect = weight != Weight::Contradiction || z >= m_rules.zSuspect;
    if (isSuspect)
        rate(*m_suspicion);
    return {isSuspect ? Verdict::Suspect : Verdict::Steady,
        weight == Weight::Evidence ? Reason::WeakGrowth : m_suspicion->reason,
        z * (weight == Weight::Contradiction ? .3 : .6)};
}

void Conclusion::lookAtTests()
{
    const TestPhase &test = m_context.test;
    m_case.freed.reset();
    if (test.runs == 0 || test.running)
        return;
    const double since = m_context.now - test.stop;
    m_settled =
        since >= std::max(m_rules.settle * test.finished, m_rules.settleSamples * m_context.usualStep);
    const WindowResult &atStop = m_case.atStop;
    const Signal signal = atStop.clearer();
    const FittedLine &line = atStop.of(signal);
    const auto growth = static_cast<double>(line.growth);
    const bool grew = m_case.grewInTests || static_cast<double>(atStop.z) >= m_rules.zSuspect;
    if (atStop.points == 0 || growth <= 0 || !grew)
        return;
    const double from = test.stop + since / 2;
    auto now = meanSince(m_context.windows.session(), m_context.slot, signal, from, 3);
    if (!now)
        now = meanSince(m_context.windows.finest(), m_context.slot, signal, from, 1);
    const double top = static_cast<double>(line.mean) + growth / 2; // fitted level at the stop
    m_case.freed = std::clamp((top - now.value_or(m_context.level.of(signal))) / growth, -1.0, 2.0);
    m_released = m_settled && *m_case.freed > m_rules.freed;
    m_kept = m_settled && m_case.grewInTests && !m_released;
}

Proposal Conclusion::fromTests(Proposal proposal)
{
    const TestPhase &test = m_context.test;
    if (test.runs == 0)
        return proposal;
    const bool isLeak = proposal.verdict == Verdict::Leak;
    const bool inTest = test.running || !m_settled;
    const WindowResult &session = m_case.windows[0];
    const WindowResult &proof = m_proof ? *m_proof : session;
    const double since = m_context.now - test.stop;
    if (m_kept) {
        rate(m_case.atStop);
        if (isTooEarly(test.finished))
            return {Verdict::Suspect, Reason::TakenBack, static_cast<double>(m_case.atStop.z)};
        return {
            Verdict::Leak, Reason::KeptAfterTest, std::max(proposal.z, static_cast<double>(m_case.atStop.z))};
    }
    if (m_released && !(isLeak && static_cast<double>(proof.length) < since))
        return {Verdict::Steady, Reason::Released, static_cast<double>(m_case.atStop.z)};
    if (inTest && isLeak && !m_case.leakedBeforeTests && !(test.runs > 1 && m_case.verdict == Verdict::Leak))
        return {Verdict::Suspect, Reason::InTest, proposal.z};
    const WindowResult &running = m_case.windows[AnalysisWindows::TestWindow];
    if (inTest && proposal.verdict == Verdict::Steady && running.weight == Weight::Evidence) {
        rate(running);
        return {Verdict::Suspect, Reason::InTest, static_cast<double>(running.z) * .6};
    }
    // Growth that the test made but that did not last to its end: a cache that filled.
    const bool isOld = m_proof && m_proofWindow == 0 && static_cast<double>(session.length) > since;
    if (m_settled && isLeak && !m_case.leakedBeforeTests && !m_case.grewInTests && m_case.atStop.points > 0
        && isOld)
        return {Verdict::Suspect, Reason::Stopped, proposal.z};
    return proposal;
}

void Conclusion::publish(const Proposal &proposal)
{
    const bool wasLeak = m_case.verdict == Verdict::Leak;
    m_case.verdict = proposal.verdict;
    m_case.reason = proposal.reason;
    m_case.z = proposal.z;
    const double perHour = m_case.judged ? static_cast<double>(m_case.judged->bytes.slope) * 3600 : 0;
    const double weight = std::log10(1 + std::max(0.0, perHour) / 1024);
    switch (proposal.verdict) {
    case Verdict::Steady:
        // What a test made grow and then gave back is no leak, but what a reader of the run looks for.
        m_case.score = m_released && proposal.reason == Reason::Released
            ? (m_context.takenBackOnDemand ? 20 : 50) + std::min(proposal.z, 20.0) + weight
            : std::min(proposal.z, 3.0);
        break;
    case Verdict::Suspect:
        m_case.score = 10 + std::min(proposal.z, 15.0) + weight;
        break;
    case Verdict::Leak:
        m_case.score = 100 + std::min(proposal.z, 40.0) + 3 * weight;
        break;
    }
    if (proposal.verdict != Verdict::Leak) {
        m_case.flaggedSince.reset();
        return;
    }
    if (!m_case.firstFlagged)
        m_case.firstFlagged = m_context.wall;
    if (!wasLeak)
        m_case.flaggedSince = m_context.wall;
}

void Conclusion::draw()
{
    chooseWindows();
    lookAtTests();
    publish(fromTests(fromWindows()));
}

} // namespace

void conclude(TagCase &tagCase, const VerdictContext &context)
{
    Conclusion(tagCase, context).draw();
}

void closeTest(TagCase &tagCase, const VerdictContext &context)
{
    tagCase.atStop = tagCase.windows[AnalysisWindows::TestWindow];
    const Levels level = context.windows.recentLevel(context.slot);
    tagCase.grownInRuns.outstanding += level.outstanding - tagCase.runStart.outstanding;
    tagCase.grownInRuns.bytes += level.bytes - tagCase.runStart.bytes;

    constexpr double ShareInside = .5; // most of the growth must have happened while tests ran …
    constexpr double ShareBefore = .4; // … and must not have begun before them
    const Signal signal = tagCase.atStop.clearer();
    const FittedLine &line = tagCase.atStop.of(signal);
    const bool inside = tagCase.grownInRuns.of(signal) >= ShareInside * static_cast<double>(line.growth);
    TimeBuckets::View view;
    context.windows.session().view(context.slot, view);
    double error = 0;
    const double before = slopeBefore(view, signal, context.test.firstStart, error);
    const bool grewBefore = before > ShareBefore * static_cast<double>(line.slope) && before > 2 * error;
    tagCase.grewInTests = tagCase.atStop.weight == Weight::Evidence && inside && !grewBefore;
}

} // namespace poolscope
