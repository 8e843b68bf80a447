// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/timetext.h"

#include "model/exchange/logs/clocktext.h"
#include "model/exchange/logs/datenames.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

constexpr qsizetype LongestTimeLine = 160;
constexpr qsizetype LongestDateLine = 60;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "8:0": almost no line of a table has it.
bool hasClock(QByteArrayView line)
{
    for (auto at = line.indexOf(':'); at >= 0; at = line.indexOf(':', at + 1)) {
        if (at > 0 && at + 1 < line.size() && isDigit(line[at - 1]) && isDigit(line[at + 1]))
            return true;
    }
    return false;
}

bool isBareNumber(QByteArrayView line)
{
    constexpr qsizetype Fewest = 10; // seconds since 2001
    const QByteArrayView text = line.trimmed();
    return text.size() >= Fewest && std::ranges::all_of(text, [](char c) { return isDigit(c) || c == '.'; });
}

/// "05.11.2026" at the end.
bool endsWithDate(QByteArrayView line)
{
    const QByteArrayView text = line.trimmed();
    if (text.size() > LongestDateLine)
        return false;
    qsizetype at = text.size();
    char separator = 0;
    for (int number = 0; number < 3; ++number) {
        const qsizetype end = at;
        while (at > 0 && isDigit(text[at - 1]))
            --at;
        if (at == end || end - at > 4)
            return false;
        if (number == 2)
            return true;
        if (at == 0 || (separator && text[at - 1] != separator))
            return false;
        separator = text[--at];
        if (separator != '.' && separator != '/' && separator != '-')
            return false;
    }
    return false;
}

std::optional<TimeLine> certain(std::optional<WallTime> time, const QString &unknownZone = {})
{
    if (!time)
        return std::nullopt;
    TimeLine line;
    line.readings.front() = time;
    line.unknownZone = unknownZone;
    return line;
}

std::optional<TimeLine> epochTime(QByteArrayView line)
{
    static const QRegularExpression pattern(
        uR"((?:^|[^=]={3,}|^={2,})\s*(?<whole>\d{9,19})(?:[.,](?<f>\d{1,9}))?\s*=*$)"_s);
    const QString text = QString::fromLatin1(line.trimmed());
    const auto match = pattern.match(text);
    const bool isBare = !text.startsWith(u'=') && match.capturedStart(u"whole") == 0;
    if (!match.hasMatch() || (isBare && (text.endsWith(u'=') || !isBareNumber(line))))
        return std::nullopt;
    bool fits = false;
    const qint64 number = match.captured(u"whole").toLongLong(&fits);
    if (!fits)
        return std::nullopt;
    // Seconds with less than eleven digits, or with twelve in thousandths, and so on: from 1973 on.
    qint64 unit = nanoseconds(1s).count();
    constexpr qint64 FewestThousandths = 100'000'000'000;
    for (qint64 rest = number; unit > 1 && rest >= FewestThousandths; rest /= 1000)
        unit /= 1000;
    qint64 sinceEpoch = 0;
    if (__builtin_mul_overflow(number, unit, &sinceEpoch))
        return std::nullopt;
    const bool isSeconds = unit == nanoseconds(1s).count();
    const nanoseconds fraction = isSeconds ? fractionFromDigits(match.captured(u"f")) : nanoseconds(0);
    if (__builtin_add_overflow(sinceEpoch, fraction.count(), &sinceEpoch))
        return std::nullopt;
    // A number alone is rather something else when it is no time of this century.
    constexpr WallTime Latest{seconds(4'102'444'800)}; // 2100
    const WallTime time{nanoseconds(sinceEpoch)};
    if (isBare && (time > Latest || time < WallTime{seconds(1'000'000'000)}))
        return std::nullopt;
    auto found = certain(time);
    found->isBare = isBare;
    found->isGlued = !isBare && !text.startsWith(u'=');
    return found;
}

/// 2026-11-22 18:00:05, 2026-11-22T18:00:05+01:00, 2026.11.22-18:00:05 UTC (local time …),
/// 2018-02-02--00:05:00
std::optional<TimeLine> yearFirstTime(const QString &text)
{
    static const QRegularExpression pattern = timePattern({StartPattern,
        uR"((?:[^\d\s:]{2,12} )?(?<y>\d{4})[-./](?<mo>\d{1,2})[-./](?<d>\d{1,2})(?: ?--?|[ T_]))",
        WordsPattern, ClockPattern, ZonePattern});
    const auto match = pattern.match(text);
    const QDate date(
        match.captured(u"y").toInt(), match.captured(u"mo").toInt(), match.captured(u"d").toInt());
    const Clock clock = clockFrom(match);
    return certain(wallTimeOf(date, clock), clock.unknownZone);
}

/// The days of the week that the words name, or none.
std::optional<int> weekDayOf(const QString &words)
{
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts)) {
        if (const auto day = weekDayFromName(word))
            return day;
    }
    return std::nullopt;
}

/// Leaves the readings of that day, if there is one.
void settle(TimeLine &found, std::array<QDate, AllDateOrders.size()> dates, int weekDay)
{
    const auto fits = [weekDay](const QDate &date) { return date.dayOfWeek() == weekDay; };
    if (std::ranges::none_of(dates, fits))
        return;
    for (size_t i = 0; i < dates.size(); ++i) {
        if (!fits(dates[i]))
            found.readings[i].reset();
    }
}

/// 22/11/2026 18:00:05.12, Sun 11/22/2026 6:00:05 PM, 22.11.2026 18:00:05,12
std::optional<TimeLine> numberedTime(const QString &text)
{
    static const QRegularExpression pattern = timePattern({StartPattern,
        uR"((?<day>(?:[^\d\s:]{1,14} )?)(?<a>\d{1,2})(?<sep>[/.\-])(?<b>\d{1,2})\k<sep>(?<c>\d{4}|\d\d)[,T]? ?(?:- ?)?)",
        WordsPattern, ClockPattern, ZonePattern});
    const auto match = pattern.match(text);
    const Clock clock = clockFrom(match);
    if (!clock.isValid)
        return std::nullopt;
    const int a = match.captured(u"a").toInt();
    const int b = match.captured(u"b").toInt();
    const int c = match.captured(u"c").toInt();
    constexpr int Century = 2000;
    const bool isShort = match.captured(u"c").size() == 2;
    const int year = isShort ? Century + c : c;
    const bool isDotted = match.captured(u"sep") == u".";
    std::array<QDate, AllDateOrders.size()> dates{QDate(year, b, a), QDate(year, a, b)};
    if (isShort)
        dates[static_cast<size_t>(DateOrder::YearFirst)] = QDate(Century + a, b, c);
    if (isDotted && dates[0].isValid()) // no country writes the month first with dots
        dates = {dates[0]};
    TimeLine found;
    for (size_t i = 0; i < dates.size(); ++i)
        found.readings[i] = wallTimeOf(dates[i], clock);
    if (const auto weekDay = weekDayOf(match.captured(u"day") + match.captured(u"w")))
        settle(found, dates, *weekDay);
    if (std::ranges::none_of(found.readings, [](const auto &reading) { return reading.has_value(); }))
        return std::nullopt;
    found.separator = isDotted ? char(0) : match.captured(u"sep").front().toLatin1();
    found.unknownZone = clock.unknownZone;
    return found;
}

/// Sunday, November 22, 2026 6:00:05 PM; Sunday, 22 November 2026 18:00:05; Sonntag, 22. November 2026 …;
/// Sun Nov 22 18:00:05 UTC 2026; Sun Nov 22 18:00:05.123 2026 (UTC + 1:00); Sun 22 Nov 2026 06:00:05 PM UTC
std::optional<TimeLine> namedTime(const QString &text)
{
    static const QRegularExpression dateFirst = timePattern({StartPattern,
        uR"((?:[^\d\s:]{1,16} ){0,3}?(?:(?<d>\d{1,2})\.? (?:de )?(?<mo>\p{L}{3,})\.?|(?<mo2>\p{L}{3,})\.? (?<d2>\d{1,2})),? (?:de )?(?<y>\d{4}),? )",
        WordsPattern, ClockPattern, ZonePattern});
    static const QRegularExpression yearLast = timePattern({StartPattern,
        uR"([^\d\s:]{2,4} (?:(?<mo>\p{L}{3,})\.? (?<d>\d{1,2})|(?<d2>\d{1,2})\.? (?<mo2>\p{L}{3,})\.?) )",
        ClockPattern,
        uR"( (?:(?:(?<off>[+-]\d\d(?::?\d\d)?)|(?<z>[A-Z]{1,5})) )?(?<y>\d{4})(?: \((?<par>(?:UTC|GMT)(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?)\))?$)"});
    for (const QRegularExpression *pattern : {&dateFirst, &yearLast}) {
        const auto match = pattern->match(text);
        const auto month = monthFromName(QString(match.captured(u"mo") + match.captured(u"mo2")));
        if (!match.hasMatch() || !month)
            continue;
        const int day = QString(match.captured(u"d") + match.captured(u"d2")).toInt();
        const Clock clock = clockFrom(match);
        const QDate date(match.captured(u"y").toInt(), *month, day);
        if (const auto found = certain(wallTimeOf(date, clock), clock.unknownZone))
            return found;
    }
    return std::nullopt;
}

std::optional<TimeLine> timeFrom(const QString &text)
{
    for (const auto read : {yearFirstTime, numberedTime, namedTime}) {
        if (const auto found = read(text))
            return found;
    }
    return std::nullopt;
}

/// The time of day, where the line tells nothing else.
QString timeOfDay(const QString &text)
{
    static const QRegularExpression pattern = timePattern({uR"((?:^|: )(?<all>)", ClockPattern, u")$"});
    return pattern.match(text).captured(u"all");
}

/// "Thu 11/05/2026"
QString dateAlone(const QString &text)
{
    static const QRegularExpression pattern = timePattern({StartPattern,
        uR"((?<all>(?:[^\d\s:]{1,14} )?(?:\d{1,2}([/.\-])\d{1,2}\g{-1}(?:\d{4}|\d\d)|\d{4}([/.\-])\d\d?\g{-1}\d\d?))$)"});
    const QString date = pattern.match(text).captured(u"all");
    return !date.isEmpty() && timeFrom(date + u" 00:00:00") ? date : QString();
}

} // namespace

std::optional<WallTime> TimeLine::only() const
{
    std::optional<WallTime> found;
    for (const auto &reading : readings) {
        if (found && reading && *reading != *found)
            return std::nullopt;
        if (reading)
            found = reading;
    }
    return found;
}

std::optional<TimeLine> timeLine(QByteArrayView line)
{
    if (line.size() > LongestTimeLine)
        return std::nullopt;
    const bool hasRule = line.contains('=') && line.contains("==");
    if (hasRule || (line.size() <= LongestDateLine && isBareNumber(line))) {
        if (const auto found = epochTime(line))
            return found;
    }
    return hasClock(line) ? timeFrom(unframed(line)) : std::nullopt;
}

std::optional<TimeLine> TimeText::read(QByteArrayView line)
{
    constexpr int MostLinesBetween = 2; // the prompts of `date` and `time` without /t
    if (const auto found = timeLine(line)) {
        m_date.clear();
        return found;
    }
    if (!m_date.isEmpty()) {
        const QString time =
            line.size() <= LongestDateLine && hasClock(line) ? timeOfDay(unframed(line)) : QString();
        if (!time.isEmpty())
            return timeFrom(std::exchange(m_date, {}) + u' ' + time);
        if (++m_linesSince > MostLinesBetween)
            m_date.clear();
    }
    if (endsWithDate(line)) {
        if (QString date = dateAlone(unframed(line)); !date.isEmpty()) {
            m_date = std::move(date);
            m_linesSince = 0;
        }
    }
    return std::nullopt;
}

std::optional<LogStamp> logStamp(QByteArrayView date)
{
    static const QRegularExpression yearless(
        uR"(^(?<mo>[A-Z][a-z]{2}) (?<d>\d{1,2}) (?<t>\d\d:\d\d:\d\d)(?:[.,](?<f>\d{1,9}))?$)"_s);
    if (date.size() > LongestDateLine)
        return std::nullopt;
    const QString text = unframed(date);
    if (const auto found = timeFrom(text); found && found->only())
        return LogStamp{*found->only(), true, found->unknownZone};
    const auto match = yearless.match(text);
    const auto month = monthFromName(match.captured(u"mo"));
    const QDate day(LogStamp::StandInYear, month.value_or(0), match.captured(u"d").toInt());
    const QTime time = QTime::fromString(match.captured(u"t"), u"hh:mm:ss"_s);
    if (!match.hasMatch() || !day.isValid() || !time.isValid())
        return std::nullopt;
    const auto fraction = fractionFromDigits(match.captured(u"f"));
    return LogStamp{
        WallTime(seconds(QDateTime(day, time, Qt::UTC).toSecsSinceEpoch()) + fraction), false, {}};
}

} // namespace poolscope
