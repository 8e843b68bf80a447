// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/lockstep.h"

#include "model/analysis/analysis.h"
#include "model/analysis/findingmaker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace poolscope {

namespace {

struct Fit
{
    double correlation = 0; ///< 0 when one of them does not vary
    double unexplained = 1; ///< share of the variance of y that x does not explain
};

Fit fit(std::span<const double> x, std::span<const double> y)
{
    const auto n = static_cast<double>(x.size());
    const double meanX = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double meanY = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0, xy = 0, yy = 0;
    for (size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - meanX) * (x[i] - meanX);
        xy += (x[i] - meanX) * (y[i] - meanY);
        yy += (y[i] - meanY) * (y[i] - meanY);
    }
    if (xx <= 0 || yy <= 0)
        return {};
    return {xy / std::sqrt(xx * yy), 1 - xy * xy / (xx * yy)};
}

/// What is left of a course after the best straight line, as a share of its variance.
double unexplainedByTime(std::span<const double> level)
{
    std::array<double, TimeBuckets::Capacity> time{};
    std::iota(time.begin(), time.begin() + level.size(), 0.0);
    return fit(std::span(time).first(level.size()), level).unexplained;
}

/// A course less its mean, of length 1: the product of two is their correlation. Of zeros when it does not
/// vary.
struct UnitCourse
{
    std::array<double, TimeBuckets::Capacity> values{};

    void assign(std::span<const double> course)
    {
        const double mean =
            std::accumulate(course.begin(), course.end(), 0.0) / static_cast<double>(course.size());
        double squares = 0;
        for (const double value : course)
            squares += (value - mean) * (value - mean);
        if (squares <= 0)
            return;
        const double factor = 1 / std::sqrt(squares);
        std::ranges::transform(course, values.begin(), [&](double value) { return (value - mean) * factor; });
    }
    [[nodiscard]] double correlation(const UnitCourse &other) const
    {
        return std::transform_reduce(values.begin(), values.end(), other.values.begin(), 0.0);
    }
};

/// The course of outstanding objects of one tag, and its steps from bucket to bucket. Every pair of tags is
/// compared, so that what can be worked out for each of them is.
struct Steps
{
    std::array<double, TimeBuckets::Capacity> level{};
    std::array<double, TimeBuckets::Capacity> step{};
    size_t size = 0; ///< of both; step[0] is the first real one
    double growth = 0;
    UnitCourse unitLevel;
    UnitCourse unitStep;
    double unexplainedByTime = 1;
};

Steps stepsOf(const TimeBuckets::View &view)
{
    Steps out;
    const auto n = static_cast<size_t>(view.size);
    if (n < 2)
        return out;
    const auto &mean = view.outstanding.mean;
    for (size_t i = 1; i < n; ++i) {
        out.level[i - 1] = static_cast<double>(mean[i]);
        out.step[i - 1] = static_cast<double>(mean[i] - mean[i - 1]);
    }
    out.size = n - 1;
    out.growth = static_cast<double>(mean[n - 1] - mean[0]);
    const auto level = std::span(out.level).first(out.size);
    out.unitLevel.assign(level);
    out.unitStep.assign(std::span(out.step).first(out.size));
    out.unexplainedByTime = unexplainedByTime(level);
    return out;
}

/// How alike two tags are over the time that both were there.
struct Likeness
{
    double steps = 0; ///< correlation of their steps
    double levels = 0; ///< and of their courses
    double unexplainedA = 1; ///< by time, of each
    double unexplainedB = 1;
};

Likeness likeness(const Steps &a, const Steps &b)
{
    if (a.size == b.size) {
        return {a.unitStep.correlation(b.unitStep), a.unitLevel.correlation(b.unitLevel), a.unexplainedByTime,
            b.unexplainedByTime};
    }
    const size_t n = std::min(a.size, b.size);
    const auto tail = [n](const auto &values, size_t size) { return std::span(values).subspan(size - n, n); };
    const auto levelA = tail(a.level, a.size);
    const auto levelB = tail(b.level, b.size);
    return {fit(tail(a.step, a.size), tail(b.step, b.size)).correlation, fit(levelA, levelB).correlation,
        unexplainedByTime(levelA), unexplainedByTime(levelB)};
}

/// How far the ratio of two growths is from a whole number up to `largest`, relative to it.
double distanceFromWhole(double a, double b, double largest)
{
    const double ratio = std::max(a, b) / std::min(a, b);
    const double whole = std::clamp(std::round(ratio), 1.0, largest);
    return std::abs(ratio / whole - 1);
}

/// Two tags are in lockstep when the steps of one are those of the other, or when one course explains the
/// other far better than time does, or when both rise evenly and in a small whole ratio.
bool inLockstep(const Steps &a, const Steps &b)
{
    constexpr size_t Least = Trend::MinPoints;
    constexpr double AlikeSteps = .92;
    constexpr double LeftOver = .01; // of the variance of the levels
    constexpr double BetterThanTime = .2;
    constexpr double Even = .002; // what time leaves unexplained of an even rise
    constexpr double NearWhole = .01;
    constexpr double LargestWhole = 8;
    if (std::min(a.size, b.size) < Least || a.growth <= 0 || b.growth <= 0)
        return false;
    const Likeness like = likeness(a, b);
    if (like.steps >= AlikeSteps)
        return true;
    if (like.levels <= 0)
        return false;
    const double unexplained = 1 - like.levels * like.levels;
    if (unexplained <= LeftOver
        && unexplained <= BetterThanTime * std::min(like.unexplainedA, like.unexplainedB))
        return true;
    return like.unexplainedA <= Even && like.unexplainedB <= Even
        && distanceFromWhole(a.growth, b.growth, LargestWhole) <= NearWhole;
}

/// Half the interval of a leak's rate, as a share of the rate; nothing where it is too wide to compare by.
std::optional<double> rateError(const Finding &finding)
{
    constexpr double Widest = .125;
    if (finding.verdict != Verdict::Leak || !(finding.outstandingPerHour > 0))
        return std::nullopt;
    const double error =
        (finding.outstandingPerHourHigh - finding.outstandingPerHourLow) / 2 / finding.outstandingPerHour;
    return error <= Widest ? std::optional(error) : std::nullopt;
}

/// Two leaks whose objects grow at the same rate or one at twice the other's, as far as the rates are known,
/// each through noise of its own: files that are held, say, among those that others open and close, or
/// caches of which one filled up its free places before it grew.
bool growAtOneRate(const Finding &a, const Finding &b)
{
    constexpr double Near = .015;
    constexpr double Farthest = .04;
    constexpr double LargestWhole = 2;
    const auto errorA = rateError(a);
    const auto errorB = rateError(b);
    if (!errorA || !errorB)
        return false;
    return distanceFromWhole(a.outstandingPerHour, b.outstandingPerHour, LargestWhole)
        <= std::clamp((*errorA + *errorB) / 2, Near, Farthest);
}

/// What the kernel could take back counts when it grows in step with a leak: something holds it.
void promote(const Finding &leader, Finding &finding)
{
    if (leader.verdict != Verdict::Leak || finding.reason != Reason::TakenBack)
        return;
    finding.verdict = Verdict::Leak;
    finding.reason = leader.reason;
    finding.confidence = leader.confidence;
    finding.firstFlagged = leader.firstFlagged;
    finding.flaggedSince = leader.flaggedSince;
}

void holdBack(Finding &finding)
{
    finding.verdict = Verdict::Suspect;
    finding.reason = Reason::TakenBack;
    finding.confidence = confidenceOf(finding.verdict, finding.reason, finding.z);
    constexpr double SuspectScore = 25; // of the strongest ones
    finding.score = std::min(finding.score, SuspectScore);
    finding.firstFlagged.reset();
    finding.flaggedSince.reset();
}

/// Whoever writes or looks at files takes memory of general sizes, in step with the caches of files: that
/// proves no more than the growth of the caches, unless something in step with them is of neither kind.
/// True: a leak was held back.
bool holdBackFollowers(const Analysis &analysis, std::vector<Finding> &findings)
{
    std::vector<Steps> holders;
    for (const Finding &finding : findings) {
        if (analysis.fileCacheRole(finding.id) == FileCacheRole::Holds)
            holders.push_back(stepsOf(analysis.course(finding.id)));
    }
    if (holders.empty())
        return false;
    std::vector<Finding *> followers;
    for (Finding &finding : findings) {
        if (finding.verdict != Verdict::Leak || finding.isTakenBackOnDemand)
            continue;
        const Steps steps = stepsOf(analysis.course(finding.id));
        if (std::ranges::none_of(holders, [&](const Steps &holder) { return inLockstep(steps, holder); }))
            continue;
        if (analysis.fileCacheRole(finding.id) != FileCacheRole::MayFollow)
            return false;
        if (finding.judgedOver.count() < analysis.rules().patience)
            followers.push_back(&finding);
    }
    for (Finding *follower : followers)
        holdBack(*follower);
    return !followers.empty();
}

/// Puts the leaks of each group together at the place of its first, those with the most bytes first; but what
/// the kernel would take back if nobody held it comes after what holds it.
void gatherGroups(std::vector<Finding> &findings)
{
    std::vector<Finding> ordered;
    ordered.reserve(findings.size());
    std::vector<bool> placed(findings.size());
    for (size_t i = 0; i < findings.size(); ++i) {
        if (placed[i])
            continue;
        const size_t first = ordered.size();
        for (size_t j = i; j < findings.size(); ++j) {
            const bool sameLeak = findings[i].group && findings[j].group == findings[i].group
                && findings[i].verdict == Verdict::Leak && findings[j].verdict == Verdict::Leak;
            if (j != i && (placed[j] || !sameLeak))
                continue;
            placed[j] = true;
            ordered.push_back(findings[j]);
            if (!findings[i].group)
                break;
        }
        const auto heavier = [](const Finding &a, const Finding &b) {
            if (a.isTakenBackOnDemand != b.isTakenBackOnDemand)
                return b.isTakenBackOnDemand;
            const double rateA = std::isnan(a.bytesPerHour) ? 0 : a.bytesPerHour;
            const double rateB = std::isnan(b.bytesPerHour) ? 0 : b.bytesPerHour;
            return rateA > rateB;
        };
        std::stable_sort(ordered.begin() + static_cast<std::ptrdiff_t>(first), ordered.end(), heavier);
    }
    findings = std::move(ordered);
}

} // namespace

void groupLockstep(const Analysis &analysis, std::vector<Finding> &findings)
{
    constexpr size_t MostCandidates = 400; // pairs are compared
    if (holdBackFollowers(analysis, findings))
        rankFindings(findings);
    const auto takesPart = [](const Finding &finding) { return finding.verdict != Verdict::Steady; };
    std::vector<size_t> candidates;
    std::vector<Steps> steps;
    for (size_t i = 0; i < findings.size(); ++i) {
        if (!takesPart(findings[i]) || candidates.size() == MostCandidates)
            continue;
        candidates.push_back(i);
        steps.push_back(stepsOf(analysis.course(findings[i].id)));
    }
    const auto together = [&](size_t a, size_t b) {
        return inLockstep(steps[a], steps[b])
            || growAtOneRate(findings[candidates[a]], findings[candidates[b]]);
    };
    int groups = 0;
    for (size_t a = 0; a < candidates.size(); ++a) {
        Finding &leader = findings[candidates[a]];
        if (leader.group)
            continue;
        std::vector<size_t> members{a};
        for (size_t b = a + 1; b < candidates.size(); ++b) {
            Finding &other = findings[candidates[b]];
            const auto isWithOther = [&](size_t member) { return together(member, b); };
            if (other.group || std::ranges::none_of(members, isWithOther))
                continue;
            members.push_back(b);
            promote(leader, other);
        }
        if (members.size() == 1)
            continue;
        ++groups;
        for (const size_t member : members)
            findings[candidates[member]].group = groups;
    }
    gatherGroups(findings);
}

} // namespace poolscope
