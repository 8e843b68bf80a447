// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/findingmaker.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

namespace {

constexpr double SecondsPerHour = 3600;
constexpr double Ninety = 1.645; ///< standard deviations on each side of a 90 % interval

struct Interval
{
    double rate;
    double low;
    double high;
};

/// The line's slope an hour. Objects come one by one: a growth by n objects is itself uncertain by the root
/// of n, doubled because they come in batches.
Interval hourly(const FittedLine &line, double objects)
{
    const auto slope = static_cast<double>(line.slope);
    const double error = std::isfinite(line.error) ? static_cast<double>(line.error) : 0;
    const double arrivals = slope * slope * 2 / std::max(objects, 4.0);
    const double margin = Ninety * std::sqrt(error * error + arrivals);
    return {slope * SecondsPerHour, (slope - margin) * SecondsPerHour, (slope + margin) * SecondsPerHour};
}

TagCase::Judged fitSession(const TimeBuckets::View &view)
{
    const auto n = static_cast<size_t>(view.size);
    TagCase::Judged judged;
    for (const Signal signal : Signals) {
        const auto &values = view.of(signal);
        const Trend trend = fitTrendLine({std::span(view.time).first(n), std::span(values.mean).first(n),
            std::span(values.floor).first(n)});
        FittedLine &line = signal == Signal::Bytes ? judged.bytes : judged.outstanding;
        line = {static_cast<float>(trend.slope), static_cast<float>(trend.slopeError),
            static_cast<float>(trend.z), static_cast<float>(trend.growth), static_cast<float>(trend.mean)};
        judged.length = std::max(judged.length, trend.length);
    }
    return judged;
}

void fillRates(const TagCase::Judged &judged, Finding &finding)
{
    const auto objects = static_cast<double>(std::abs(judged.outstanding.growth));
    const Interval bytes = hourly(judged.bytes, objects);
    finding.bytesPerHour = bytes.rate;
    finding.bytesPerHourLow = bytes.low;
    finding.bytesPerHourHigh = bytes.high;
    const Interval outstanding = hourly(judged.outstanding, objects);
    finding.outstandingPerHour = outstanding.rate;
    finding.outstandingPerHourLow = outstanding.low;
    finding.outstandingPerHourHigh = outstanding.high;
    finding.judgedOver = std::chrono::duration<double>(judged.length);
}

/// z and confidence, measured; straight lines between.
struct Point
{
    double z;
    double confidence;
};

double interpolate(std::span<const Point> points, double z)
{
    if (z <= points.front().z)
        return points.front().confidence;
    for (size_t i = 1; i < points.size(); ++i) {
        const Point &a = points[i - 1];
        const Point &b = points[i];
        if (z <= b.z)
            return a.confidence + (b.confidence - a.confidence) * (z - a.z) / (b.z - a.z);
    }
    return points.back().confidence;
}

double leakConfidence(Reason reason, double z)
{
    static constexpr Point Points[]{{3.5, .82}, {4.5, .86}, {5.5, .90}, {7, .96}, {9, .99}};
    const double byStrength = interpolate(Points, z);
    if (reason == Reason::KeptAfterTest || reason == Reason::Bursts)
        return std::min(byStrength, .90);
    return reason == Reason::RisingFloor ? std::min(byStrength, .85) : byStrength;
}

} // namespace

double confidenceOf(Verdict verdict, Reason reason, double z)
{
    switch (verdict) {
    case Verdict::Leak:
        return leakConfidence(reason, z);
    case Verdict::Suspect:
        if (reason == Reason::Slowing || reason == Reason::Released)
            return .03;
        if (reason == Reason::InTest || reason == Reason::TakenBack)
            return .3;
        return z >= 2 ? .11 : .05;
    case Verdict::Steady:
        return 0;
    }
    return 0;
}

void fillFromCase(const TagCase &tagCase, const TimeBuckets::View &course, Finding &finding)
{
    finding.verdict = tagCase.verdict;
    finding.reason = tagCase.reason;
    finding.score = tagCase.score;
    finding.z = tagCase.z;
    finding.confidence = confidenceOf(tagCase.verdict, tagCase.reason, tagCase.z);
    finding.firstFlagged = tagCase.firstFlagged;
    finding.flaggedSince = tagCase.flaggedSince;
    finding.freedFraction = tagCase.freed;
    if (tagCase.judged && tagCase.verdict != Verdict::Steady) {
        fillRates(*tagCase.judged, finding);
        finding.lateShare = tagCase.judged->lateRatio;
    } else if (course.size >= static_cast<int>(Trend::MinPoints)) {
        fillRates(fitSession(course), finding);
    }
}

void fillUnchanged(double seconds, Finding &finding)
{
    finding.bytesPerHour = finding.bytesPerHourLow = finding.bytesPerHourHigh = 0;
    finding.outstandingPerHour = finding.outstandingPerHourLow = finding.outstandingPerHourHigh = 0;
    finding.judgedOver = std::chrono::duration<double>(seconds);
}

void fillGone(Finding &finding)
{
    const Finding known = finding;
    finding = {};
    finding.id = known.id;
    finding.reason = Reason::Gone;
    finding.bytesFirst = known.bytesFirst;
    finding.bytesLast = known.bytesLast;
    finding.firstFlagged = known.firstFlagged;
    finding.samples = known.samples;
}

void clearByteRates(Finding &finding)
{
    finding.bytesPerHour = finding.bytesPerHourLow = finding.bytesPerHourHigh =
        std::numeric_limits<double>::quiet_NaN();
}

void rankFindings(std::vector<Finding> &findings)
{
    const auto growth = [](const Finding &finding) {
        return difference(finding.bytesLast, finding.bytesFirst).valueOr(0);
    };
    std::ranges::stable_sort(findings, [&](const Finding &a, const Finding &b) {
        if (a.score != b.score)
            return a.score > b.score;
        const qint64 ga = growth(a);
        const qint64 gb = growth(b);
        return ga != gb ? ga > gb : a.id < b.id;
    });
}

} // namespace poolscope
