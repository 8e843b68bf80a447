// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/windowevidence.h"

#include "model/analysis/bursts.h"
#include "model/analysis/teeth.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

namespace {

double meanOf(std::span<const float> values)
{
    double sum = 0;
    for (const float value : values)
        sum += static_cast<double>(value);
    return sum / static_cast<double>(values.size());
}

Course courseOf(const TimeBuckets::View &view, Signal signal)
{
    const auto n = static_cast<size_t>(view.size);
    const TimeBuckets::Values &values = view.of(signal);
    return {std::span(view.time).first(n), std::span(values.mean).first(n), std::span(values.floor).first(n)};
}

/// Is the last quarter above the first?
bool meansRise(const Course &course)
{
    const size_t quarter = course.size() / 4;
    double first = 0, last = 0, firstSquares = 0, lastSquares = 0;
    for (size_t i = 0; i < quarter; ++i) {
        const auto a = static_cast<double>(course.mean[i] - course.mean[0]);
        const auto b = static_cast<double>(course.mean[course.size() - 1 - i] - course.mean[0]);
        first += a, firstSquares += a * a;
        last += b, lastSquares += b * b;
    }
    const auto n = static_cast<double>(quarter);
    const double spread = firstSquares - first * first / n + lastSquares - last * last / n;
    return last > first && (last - first) * (last - first) >= 2.2 * spread;
}

/// Or do the lows of all four quarters rise?
bool lowsRise(const Course &course)
{
    const size_t n = course.size();
    float previous = 0;
    for (size_t k = 0; k < 4; ++k) {
        const float low =
            *std::ranges::min_element(course.floor.subspan(k * n / 4, (k + 1) * n / 4 - k * n / 4));
        if (k > 0 && low <= previous)
            return false;
        previous = low;
    }
    return true;
}

FittedLine lineOf(const Trend &trend)
{
    return {static_cast<float>(trend.slope), static_cast<float>(trend.slopeError),
        static_cast<float>(trend.z), static_cast<float>(trend.growth), static_cast<float>(trend.mean)};
}

/// Squared error of the best single jump over that of the line: beyond, it is a line.
constexpr double NoJump = 1.1;
/// Of a tag that was watched for long a little less is enough.
constexpr double NoJumpInPatience = 1.05;

/// Under swings the late half tells little: only a clear one may speak against a floor that rises.
bool isLateHalfClear(const Trend &trend)
{
    return trend.lateRatioError < .35;
}

/// The trends of both signals, over the window and over the growth episode if growth began inside.
struct Trends
{
    std::array<Trend, 2> whole;
    std::array<Trend, 2> episode;

    [[nodiscard]] FittedLine line(Signal signal, bool ofEpisode) const
    {
        const auto i = static_cast<size_t>(signal);
        return lineOf(ofEpisode && episode[i].points > 0 ? episode[i] : whole[i]);
    }
};

class Judge
{
public:
    Judge(const TimeBuckets::View &view, WindowKind kind, const TagFacts &facts, const EvidenceRules &rules)
        : m_view(view)
        , m_kind(kind)
        , m_facts(facts)
        , m_rules(rules)
    {
    }

    void judge(WindowResult &result);

private:
    void fit();
    [[nodiscard]] Trend fitEpisode(const Course &course) const;
    [[nodiscard]] Trend fitLows(const Course &course) const;
    void judgeSignal(Signal signal, bool ofEpisode, WindowResult &result) const;
    void offer(Weight weight, Reason reason, double z, const Trend &trend, bool ofEpisode,
        WindowResult &result) const;

    [[nodiscard]] bool movesOften() const { return m_facts.changes * 4ULL > m_facts.steps; }
    [[nodiscard]] bool isSlowing(const Trend &trend) const;
    [[nodiscard]] bool isSpread(const Trend &trend) const;
    [[nodiscard]] static double neededDrift(const Trend &trend);
    [[nodiscard]] bool isTrend(const Trend &trend, bool ofEpisode) const;
    [[nodiscard]] bool isPatientTrend(const Trend &trend, bool ofEpisode) const;
    [[nodiscard]] bool isRatchet(const Trend &trend, const Trend &episode) const;
    [[nodiscard]] bool isRisingFloor(const Trend &trend, bool slowing) const;
    [[nodiscard]] bool isRisingUnderTeeth(const Trend &trend, const Trend &lows, bool slowing) const;
    [[nodiscard]] bool isBurst(Signal signal) const;
    [[nodiscard]] bool isWeakGrowth(const Trend &trend) const;
    [[nodiscard]] bool isRandomWalk(Signal signal) const;
    [[nodiscard]] bool isNovel(Signal signal, const Trend &trend, const WindowResult &result) const;

    const TimeBuckets::View &m_view;
    WindowKind m_kind;
    const TagFacts &m_facts;
    const EvidenceRules &m_rules;
    Trends m_trends;
};

void Judge::judge(WindowResult &result)
{
    fit();
    result.outstanding = m_trends.line(Signal::Outstanding, false);
    result.bytes = m_trends.line(Signal::Bytes, false);
    for (const Signal signal : Signals) {
        judgeSignal(signal, false, result);
        judgeSignal(signal, true, result);
    }
}

void Judge::fit()
{
    for (const Signal signal : Signals) {
        const auto i = static_cast<size_t>(signal);
        const Course course = courseOf(m_view, signal);
        m_trends.whole[i] = fitTrend(course);
        m_trends.episode[i] = fitEpisode(course);
    }
}

Trend Judge::fitEpisode(const Course &course) const
{
    const size_t start = growthStart(course);
    if (start < 3 || course.size() - start < static_cast<size_t>(m_rules.minBuckets))
        return {};
    Trend trend = fitTrend(course.from(start));
    trend.before = static_cast<double>(*std::ranges::max_element(course.mean.first(start)));
    return trend;
}

/// The trend of the lows between the teeth, where there are teeth and the lows do not rise beyond them.
Trend Judge::fitLows(const Course &course) const
{
    const TeethLows lows(course);
    if (lows.size() < m_rules.teeth)
        return {};
    Trend trend = fitTrend(lows.course());
    const double length = course.time.back() - course.time.front();
    const bool standOut = trend.growth >= m_rules.teethLeast * lows.height()
        && trend.growth <= m_rules.teethMost * lows.height();
    return standOut && trend.length >= m_rules.teethSpan * length ? trend : Trend();
}

/// Late half over the whole: a leak has 1, a filling cache 0 to 0.5; the noisier, the more is asked for.
bool Judge::isSlowing(const Trend &trend) const
{
    const double error = std::min(trend.lateRatioError, 1.5 / std::max(trend.drift, .1));
    return trend.points > 0
        && (trend.lineOverFilling < 0
            || trend.lateRatio < std::min(.95, m_rules.slowRatio + .5 * error * error)
            || (trend.bend < -3 && trend.lateRatio < m_rules.bendRatio));
}

bool Judge::isSpread(const Trend &trend) const
{
    return trend.episodes >= m_rules.episodes || (trend.correlation < .25 && trend.jumpOverLine > NoJump);
}

/// The redder the noise, the more the mean step itself must be significant.
double Judge::neededDrift(const Trend &trend)
{
    const int steps = trend.points - 1;
    const bool isSparse = steps - trend.ups - trend.downs >= .25 * steps;
    return std::clamp((isSparse ? 5 : 3) * (trend.correlation - .1), 0., 2.6);
}

bool Judge::isTrend(const Trend &trend, bool ofEpisode) const
{
    double z = m_rules.zSession;
    double drift = m_rules.driftSession;
    if (m_kind == WindowKind::Recent)
        z = m_rules.zRecent, drift = m_rules.driftRecent;
    else if (m_kind == WindowKind::Test)
        z = m_rules.zTest, drift = m_rules.driftTest;
    // An episode was chosen because it rises.
    if (ofEpisode)
        z += 1, drift += .7;
    return (trend.z >= z && trend.drift >= neededDrift(trend)) || trend.drift >= drift;
}

/// Over many samples less is asked for, of a tag that moves all the time: its noise is known by then.
bool Judge::isPatientTrend(const Trend &trend, bool ofEpisode) const
{
    const bool isPatient = m_kind == WindowKind::Session && !ofEpisode
        && m_facts.steps >= m_rules.patientSamples && movesOften();
    return isPatient && trend.z >= m_rules.zPatient && trend.lineOverFilling > m_rules.clearLine
        && trend.jumpOverLine > NoJumpInPatience && 2 * trend.drift >= neededDrift(trend);
}

bool Judge::isRatchet(const Trend &trend, const Trend &episode) const
{
    const bool isTest = m_kind == WindowKind::Test;
    return trend.ups >= (isTest ? m_rules.upsTest : m_rules.ups) && trend.downs * 12 <= trend.ups
        && trend.lateUps >= m_rules.lateUps * trend.ups && trend.lateRatio >= m_rules.slowRatio
        && trend.episodes >= m_rules.episodes && trend.sinceUp <= (isTest ? 5 : 4) * trend.meanGap
        && !(episode.points > 0 && episode.lateRatio < m_rules.slowRatio);
}

bool Judge::isRisingFloor(const Trend &trend, bool slowing) const
{
    return trend.floorZ >= m_rules.zFloor && trend.z > 1 && trend.floorLateRatio >= .7
        && trend.episodes >= m_rules.episodes && !(slowing && isLateHalfClear(trend));
}

/// A leak under a sawtooth: what the teeth come back to rises, on a line of its own.
bool Judge::isRisingUnderTeeth(const Trend &trend, const Trend &lows, bool slowing) const
{
    return lows.points > 0 && lows.z >= m_rules.zFloor && lows.jumpOverLine > 1 && !isSlowing(lows)
        && !(slowing && isLateHalfClear(trend));
}

/// A leak in bursts: level, but for jumps of like size that come all along and are not taken back.
bool Judge::isBurst(Signal signal) const
{
    constexpr double Even = .45; // one jump, or one pause, is less than so much of all
    if (signal != Signal::Outstanding || m_kind != WindowKind::Session)
        return false;
    const Bursts bursts = burstsOf(courseOf(m_view, signal));
    const bool many =
        bursts.ups >= m_rules.bursts && bursts.fallenShare < .1 && bursts.smallest >= m_rules.burstObjects;
    const bool clear =
        bursts.ups == m_rules.bursts - 1 && bursts.downs == 0 && bursts.smallest >= 2 * m_rules.burstObjects;
    return (many || clear) && bursts.ofGrowth > .6 && bursts.largestShare < Even && bursts.longestGap < Even
        && bursts.lateShare > .2;
}

bool Judge::isWeakGrowth(const Trend &trend) const
{
    return trend.z >= m_rules.zSuspect || trend.drift >= m_rules.zSuspect
        || (trend.ups >= m_rules.upsSuspect && trend.downs == 0 && trend.sinceUp <= 4 * trend.meanGap);
}

/// A tag that changes rarely is a random walk until proven otherwise.
bool Judge::isRandomWalk(Signal signal) const
{
    if (movesOften())
        return false;
    const auto first = static_cast<double>(m_view.of(signal).floor[0]);
    const double net = m_facts.level.of(signal) - std::min(0.0, first);
    return net < m_rules.walk * std::sqrt(m_facts.squares.of(signal));
}

/// Growth back to where it was before is not new: cycles, sawtooths, loads.
bool Judge::isNovel(Signal signal, const Trend &trend, const WindowResult &result) const
{
    const double old = std::max(m_facts.oldMaximum.of(signal), trend.before);
    return result.last.of(signal) - old >= .5 * trend.growth;
}

void Judge::offer(
    Weight weight, Reason reason, double z, const Trend &trend, bool ofEpisode, WindowResult &result) const
{
    if (weight < result.weight || (weight == result.weight && z <= static_cast<double>(result.z)))
        return;
    result.weight = weight;
    result.reason = reason;
    result.z = static_cast<float>(z);
    result.length = static_cast<float>(trend.length);
    result.lateRatio = static_cast<float>(trend.lateRatio);
    result.outstanding = m_trends.line(Signal::Outstanding, ofEpisode);
    result.bytes = m_trends.line(Signal::Bytes, ofEpisode);
}

void Judge::judgeSignal(Signal signal, bool ofEpisode, WindowResult &result) const
{
    constexpr double OtherFalls = -2.5; // z of the other signal that speaks against this one
    const auto i = static_cast<size_t>(signal);
    const Trend &whole = m_trends.whole[i];
    const Trend &episode = m_trends.episode[i];
    const Trend &trend = ofEpisode ? episode : whole;
    if (trend.points == 0 || trend.slope <= 0 || m_trends.whole[1 - i].z < OtherFalls)
        return;
    if (trend.growth < (signal == Signal::Bytes ? m_rules.minBytes : m_rules.minObjects))
        return;

    const bool isLong = trend.points >= m_rules.minBuckets;
    const bool novel = isNovel(signal, trend, result);
    const bool slowing = isSlowing(trend) || (!ofEpisode && isSlowing(episode));
    const bool isPatient = isPatientTrend(trend, ofEpisode);
    const bool rises = isPatient || isTrend(trend, ofEpisode);
    const double z = std::max(trend.z, trend.drift);
    const auto say = [&](Weight weight, Reason reason, double strength) {
        offer(weight, reason, strength, trend, ofEpisode, result);
    };
    if (isLong && novel && !isRandomWalk(signal)) {
        if (rises && !slowing && (isPatient || isSpread(trend)))
            say(Weight::Evidence, Reason::SteadyGrowth, z);
        else if (rises && !slowing)
            say(Weight::Suspicion, Reason::Jumps, z);
        if (isRatchet(trend, ofEpisode ? Trend() : episode))
            say(Weight::Suspicion, Reason::OnlyUp, std::max(z, 3.5));
        if (!ofEpisode && isRisingFloor(trend, slowing))
            say(Weight::Evidence, Reason::RisingFloor, std::max(trend.z, trend.floorZ));
        const Trend lows = ofEpisode ? Trend() : fitLows(courseOf(m_view, signal));
        if (isRisingUnderTeeth(trend, lows, slowing))
            say(Weight::Evidence, Reason::RisingFloor, std::max(trend.z, lows.z));
        if (!ofEpisode && isBurst(signal))
            say(Weight::Evidence, Reason::Bursts, std::max(z, m_rules.zFloor));
    }
    if (isLong && rises && slowing)
        say(Weight::Contradiction, Reason::Slowing, z);
    if (novel && !slowing && isWeakGrowth(trend))
        say(Weight::Suspicion, Reason::WeakGrowth, z);
}

/// Evidence must last: since when it has, with short lapses forgiven.
void followEvidence(
    const WindowResult &previous, double now, const EvidenceRules &rules, WindowResult &result)
{
    if (result.weight == Weight::Evidence) {
        result.streak = static_cast<quint8>(std::min(previous.streak + 1, 99));
        const bool isNew = previous.passSince < 0;
        result.passSince = isNew ? now : previous.passSince;
        result.passLength = isNew ? static_cast<double>(result.length) : previous.passLength;
        result.passSeen = now;
    } else if (result.weight != Weight::Contradiction && previous.passSince >= 0
        && now - previous.passSeen <= rules.grace * previous.passLength) {
        result.passSince = previous.passSince;
        result.passLength = previous.passLength;
        result.passSeen = previous.passSeen;
    }
}

} // namespace

bool mayHoldGrowth(const TimeBuckets::View &view)
{
    if (view.size < static_cast<int>(Trend::MinPoints))
        return false;
    return std::ranges::any_of(Signals, [&](Signal signal) {
        const Course course = courseOf(view, signal);
        return meansRise(course) || lowsRise(course);
    });
}

WindowResult weighWindow(const TimeBuckets::View &view, WindowKind kind, const TagFacts &facts,
    const WindowResult &previous, const EvidenceRules &rules)
{
    WindowResult result;
    if (view.size < static_cast<int>(Trend::MinPoints))
        return result;
    const Course outstanding = courseOf(view, Signal::Outstanding);
    const Course bytes = courseOf(view, Signal::Bytes);
    const size_t eighth = std::max<size_t>(1, outstanding.size() / 8);
    result.points = static_cast<quint8>(view.size);
    result.end = facts.now;
    result.length = static_cast<float>(outstanding.time.back() - outstanding.time.front());
    result.last = {meanOf(outstanding.mean.last(eighth)), meanOf(bytes.mean.last(eighth))};
    if (!mayHoldGrowth(view))
        return result;
    Judge(view, kind, facts, rules).judge(result);
    followEvidence(previous, facts.now, rules, result);
    return result;
}

} // namespace poolscope
