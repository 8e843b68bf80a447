// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/findingtext.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double LargestShown = 9e18;

Counter rounded(double value)
{
    return std::isfinite(value) && std::abs(value) < LargestShown ? Counter(std::llround(value)) : Counter();
}

QString percent(double share)
{
    return QString::number(std::llround(share * 100)) + u" %"_s;
}

QString lasted(std::chrono::duration<double> duration)
{
    return elapsedText(std::chrono::duration_cast<std::chrono::nanoseconds>(duration));
}

QString hoursText(double hours)
{
    constexpr double TooLong = 24 * 365 * 100.0;
    if (!(hours < TooLong))
        return u"over 100 years"_s;
    return lasted(std::chrono::duration<double>(hours * 3600));
}

/// "Grows 1.8 MiB/h (1.6 to 2.0), 2,310 objects/h, for 3 h 10 min"; the clearer of the two alone where the
/// other is not known or does not grow.
QString growth(const Finding &finding)
{
    QStringList parts;
    if (finding.bytesPerHour > 0)
        parts += rateIntervalText(finding);
    if (finding.outstandingPerHour > 0)
        parts += groupedText(rounded(finding.outstandingPerHour)) + u" objects/h"_s;
    QString text = parts.isEmpty() ? u"Grows"_s : QString(u"Grows "_s + parts.join(u", "));
    if (finding.judgedOver.count() > 0)
        text += u", for "_s + lasted(finding.judgedOver);
    return text;
}

QString laterHalf(const Finding &finding)
{
    return std::isfinite(finding.lateShare) ? QString(u"; the later half grew at "_s
               + percent(std::max(0.0, finding.lateShare)) + u" of the average"_s)
                                            : QString();
}

QString freed(const Finding &finding)
{
    if (!finding.freedFraction)
        return {};
    return *finding.freedFraction < 0 ? u"went on growing after it"_s
                                      : QString(percent(*finding.freedFraction) + u" was freed after it"_s);
}

QString notLongEnough(const Finding &finding)
{
    return growth(finding) + u", but not clearly or not long enough yet (%1 samples)"_s.arg(finding.samples);
}

QString withStop(const QString &text)
{
    return text + u'.';
}

QString sentence(const Finding &finding)
{
    switch (finding.reason) {
    case Reason::NoGrowth:
        return u"No growth that stands out from its ups and downs"_s;
    case Reason::SteadyGrowth:
        return growth(finding) + laterHalf(finding);
    case Reason::RisingFloor:
        return growth(finding) + u"; it goes up and down, and its lows rise"_s;
    case Reason::OnlyUp:
        return growth(finding) + u"; it steps up again and again and never down"_s;
    case Reason::Bursts:
        return growth(finding) + u", in bursts all along that are not given back"_s;
    case Reason::KeptAfterTest:
        return growth(finding) + u" of test; "_s + freed(finding);
    case Reason::Slowing:
        return u"Fills up like a cache"_s + laterHalf(finding);
    case Reason::Stopped:
        return u"Grew, but no longer does"_s;
    case Reason::Released:
        return finding.freedFraction ? QString(u"Grew in the test; "_s + freed(finding))
                                     : u"Grew, and gave it back"_s;
    case Reason::InTest:
        return growth(finding) + u" while the test runs; what it keeps shows after the stop"_s;
    case Reason::WeakGrowth:
        return notLongEnough(finding);
    case Reason::Jumps:
        return growth(finding) + u", but in one or a few jumps and level otherwise"_s;
    case Reason::TakenBack:
        return growth(finding)
            + (finding.isTakenBackOnDemand
                    ? u", but the kernel takes such memory back when it is short"_s
                    : u", but in step with the file cache, as whoever writes files makes it grow"_s);
    case Reason::Gone:
        return u"Not in the newest sample"_s;
    }
    return {};
}

} // namespace

QString reasonText(const Finding &finding)
{
    return withStop(sentence(finding));
}

QString verdictText(const Finding &finding)
{
    switch (finding.verdict) {
    case Verdict::Leak:
        if (finding.confidence >= .97)
            return u"almost certainly a leak"_s;
        return finding.confidence >= .93 ? u"very likely a leak"_s : u"likely a leak"_s;
    case Verdict::Suspect:
        return u"worth watching"_s;
    case Verdict::Steady:
        return u"no leak seen"_s;
    }
    return {};
}

QString rateText(double bytesPerHour)
{
    const Counter bytes = rounded(bytesPerHour);
    return bytes.isKnown() ? QString(scaledBytesText(bytes) + u"/h"_s) : unknownText();
}

QString rateIntervalText(const Finding &finding)
{
    if (std::isnan(finding.bytesPerHour))
        return unknownText();
    return rateText(finding.bytesPerHour) + u" (90 %: "_s + scaledBytesText(rounded(finding.bytesPerHourLow))
        + u" to "_s + scaledBytesText(rounded(finding.bytesPerHourHigh)) + u')';
}

QString exhaustionText(const Exhaustion &exhaustion)
{
    const QString what = exhaustion.limit == SystemField::CommitLimit ? u"the commit limit is reached"_s
                                                                      : u"available memory is used up"_s;
    const QString latest =
        exhaustion.hoursHigh ? QString(u" to "_s + hoursText(*exhaustion.hoursHigh)) : u" or later"_s;
    return what + u" in "_s + hoursText(exhaustion.hours) + u" ("_s + hoursText(exhaustion.hoursLow) + latest
        + u')';
}

} // namespace poolscope
