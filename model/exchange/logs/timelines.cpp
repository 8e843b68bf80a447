// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/timelines.h"

#include "model/core/duration.h"
#include "model/exchange/logs/loglines.h"
#include "model/formats/linetext.h"

#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <chrono>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

constexpr qsizetype LongestTimeLine = 160;

/// Whether it is worth to look closer; almost no line is.
bool mayTellTime(QByteArrayView line)
{
    if (line.size() > LongestTimeLine)
        return false;
    return line.startsWith("===") || line.count(':') >= 2;
}

QString withoutFrame(QByteArrayView line)
{
    QString text = QString::fromLatin1(line);
    constexpr QStringView Frame = u"=-*# \t[]\"'";
    qsizetype begin = 0;
    while (begin < text.size() && Frame.contains(text[begin]))
        ++begin;
    qsizetype end = text.size();
    while (end > begin && Frame.contains(text[end - 1]))
        --end;
    return text.sliced(begin, end - begin);
}

/// nullopt when there is no such day, or one that 64 bits of nanoseconds do not reach.
std::optional<WallTime> wallTime(
    const QDate &date, const QTime &time, nanoseconds fraction, const QString &zone)
{
    constexpr int FirstYear = 1970;
    constexpr int LastYear = 2261;
    if (!date.isValid() || !time.isValid() || date.year() < FirstYear || date.year() > LastYear)
        return std::nullopt;
    const bool isUtc = zone == u"Z" || zone == u"UTC" || zone == u"GMT";
    const QDateTime moment(date, time, isUtc ? QTimeZone(QTimeZone::utc()) : QTimeZone::systemTimeZone());
    return WallTime(seconds(moment.toSecsSinceEpoch()) + fraction);
}

nanoseconds fractionOf(const QString &digits)
{
    return nanoseconds(digits.leftJustified(9, u'0').first(9).toLongLong());
}

/// Hours, minutes, seconds, fraction and AM or PM at the end of a date; see ClockPattern.
struct Clock
{
    QTime time;
    nanoseconds fraction{0};
    bool isAmerican = false;
};

constexpr auto ClockPattern =
    uR"((?<h>\d{1,2}):(?<m>\d\d)(?::(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?)?(?:\s*(?<ap>[AaPp])\.?[Mm]\.?)?)";

Clock clockOf(const QRegularExpressionMatch &match)
{
    Clock clock;
    int hour = match.captured(u"h").toInt();
    const QString half = match.captured(u"ap").toUpper();
    clock.isAmerican = !half.isEmpty();
    if (clock.isAmerican)
        hour = hour % 12 + (half == u"P" ? 12 : 0);
    clock.time = QTime(hour, match.captured(u"m").toInt(), match.captured(u"s").toInt());
    clock.fraction = fractionOf(match.captured(u"f"));
    return clock;
}

std::optional<TimeLine> epochTime(QByteArrayView line)
{
    const QByteArrayView text = line.trimmed();
    static const QRegularExpression pattern(uR"(^={2,}\s*(?<whole>\d{9,19})(?:[.,](?<f>\d{1,9}))?\s*=*$)"_s);
    const auto match = pattern.match(QString::fromLatin1(text));
    if (!match.hasMatch())
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
    const nanoseconds fraction = isSeconds ? fractionOf(match.captured(u"f")) : nanoseconds(0);
    if (__builtin_add_overflow(sinceEpoch, fraction.count(), &sinceEpoch))
        return std::nullopt;
    return TimeLine{WallTime(nanoseconds(sinceEpoch)), {}};
}

/// 2026-11-22 18:00:05, 2026.11.22-18:00:05 UTC (local time …), 2018-02-02--00:05:00
std::optional<TimeLine> yearFirstTime(const QString &text)
{
    static const QRegularExpression pattern(
        uR"((?:^|: )(?<y>\d{4})[-./](?<mo>\d{1,2})[-./](?<d>\d{1,2})(?:[ T_]+|--?))"_s
        + QString::fromUtf16(ClockPattern) + uR"((?:\s+(?<z>\S{1,40}))?(?:\s+\(.*)?$)"_s);
    const auto match = pattern.match(text);
    const QDate date(
        match.captured(u"y").toInt(), match.captured(u"mo").toInt(), match.captured(u"d").toInt());
    const Clock clock = match.hasMatch() ? clockOf(match) : Clock();
    const auto found = wallTime(date, clock.time, clock.fraction, match.captured(u"z"));
    return found ? std::optional(TimeLine{found, {}}) : std::nullopt;
}

/// 22/11/2026 18:00:05.12, Sun 11/22/2026 6:00:05 PM, 22.11.2026 18:00:05,12
std::optional<TimeLine> numberedTime(const QString &text)
{
    static const QRegularExpression pattern(
        uR"((?:^|: )(?:[^\W\d_]{2,12}\.?,?\s+)?(?<a>\d{1,2})(?<sep>[/.\-])(?<b>\d{1,2})\k<sep>(?<y>\d{4}|\d\d)[,T]?\s*(?:-\s*)?)"_s
            + QString::fromUtf16(ClockPattern) + uR"((?:\s+(?<z>UTC|GMT|Z))?$)"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const Clock clock = clockOf(match);
    const int a = match.captured(u"a").toInt();
    const int b = match.captured(u"b").toInt();
    const QString yearText = match.captured(u"y");
    const int year = yearText.toInt() + (yearText.size() == 2 ? 2000 : 0);
    const auto moment = [&](int day, int month) {
        return wallTime(QDate(year, month, day), clock.time, clock.fraction, match.captured(u"z"));
    };
    TimeLine found{moment(a, b), moment(b, a), true};
    // No country writes the month first with dots, or the day first with AM and PM and slashes.
    if (match.captured(u"sep") == u"." && found.dayFirst)
        found.monthFirst.reset();
    else if (clock.isAmerican && match.captured(u"sep") == u"/" && found.monthFirst)
        found.dayFirst.reset();
    if (!found.dayFirst && !found.monthFirst)
        return std::nullopt;
    return found;
}

int monthFrom(const QString &name)
{
    constexpr QStringView Months = u"janfebmaraprmayjunjulaugsepoctnovdec";
    const QString start = name.first(std::min<qsizetype>(name.size(), 3)).toLower();
    const auto at = Months.indexOf(start);
    return start.size() == 3 && at % 3 == 0 ? static_cast<int>(at / 3) + 1 : 0;
}

/// Sunday, November 22, 2026 6:00:05 PM; Sunday, 22 November 2026 18:00:05; Sun Nov 22 18:00:05 UTC 2026;
/// Sun 22 Nov 2026 06:00:05 PM UTC
std::optional<TimeLine> namedTime(const QString &text)
{
    const QString clockPattern = QString::fromUtf16(ClockPattern);
    static const QRegularExpression dateFirst(
        uR"((?:^|: )(?:[A-Za-z]{3,9},?\s+)?(?:(?<d>\d{1,2})\.?\s+(?<mo>[A-Za-z]{3,9})|(?<mo2>[A-Za-z]{3,9})\s+(?<d2>\d{1,2})),?\s+(?<y>\d{4}),?\s+(?:at\s+)?)"_s
        + clockPattern + uR"((?:\s+(?<z>[A-Z]{1,5}))?$)"_s);
    static const QRegularExpression yearLast(
        uR"((?:^|: )[A-Za-z]{3}\s+(?<mo>[A-Za-z]{3})\s+(?<d>\d{1,2})\s+)"_s + clockPattern
        + uR"(\s+(?:(?<z>[A-Z]{1,5}|[+-]\d\d)\s+)?(?<y>\d{4})$)"_s);
    for (const QRegularExpression *pattern : {&dateFirst, &yearLast}) {
        const auto match = pattern->match(text);
        if (!match.hasMatch())
            continue;
        const bool isSecond = pattern == &dateFirst && match.captured(u"d").isEmpty();
        const int month = monthFrom(match.captured(isSecond ? u"mo2" : u"mo"));
        const QDate date(
            match.captured(u"y").toInt(), month, match.captured(isSecond ? u"d2" : u"d").toInt());
        const Clock clock = clockOf(match);
        if (const auto found = wallTime(date, clock.time, clock.fraction, match.captured(u"z")))
            return TimeLine{found, {}};
    }
    return std::nullopt;
}

} // namespace

std::optional<TimeLine> timeLine(QByteArrayView line)
{
    if (!mayTellTime(line))
        return std::nullopt;
    if (const auto found = epochTime(line))
        return found;
    const QString text = withoutFrame(line);
    if (const auto iso = wallTimeFromIso(text))
        return TimeLine{iso, {}};
    for (const auto read : {yearFirstTime, numberedTime, namedTime}) {
        if (const auto found = read(text))
            return found;
    }
    return std::nullopt;
}

TimeLines::TimeLines(QIODevice &device, const QString &fileName)
    : m_device(device)
    , m_fileName(fileName)
{
}

TimeLines::Order TimeLines::orderOfFile() const
{
    if (m_device.isSequential())
        return Order::Unknown;
    const qint64 at = m_device.pos();
    if (!m_device.seek(0))
        return Order::Unknown;
    Order order = Order::Unknown;
    LogLines lines(m_device);
    while (order == Order::Unknown && lines.next()) {
        const auto found = timeLine(lines.line());
        if (found && found->isNumbered && found->dayFirst.has_value() != found->monthFirst.has_value())
            order = found->dayFirst ? Order::DayFirst : Order::MonthFirst;
    }
    return m_device.seek(at) ? order : Order::Unknown;
}

Result<std::optional<WallTime>> TimeLines::take(
    QByteArrayView line, qint64 number, std::optional<WallTime> start)
{
    const auto found = timeLine(line);
    if (!found)
        return std::optional<WallTime>();
    if (!found->isAmbiguous())
        return found->dayFirst ? found->dayFirst : found->monthFirst;
    if (m_order == Order::Unknown)
        m_order = orderOfFile();
    if (m_order == Order::Unknown && start) {
        const auto off = [&](WallTime time) { return std::chrono::abs(time - *start); };
        m_order = off(*found->dayFirst) <= off(*found->monthFirst) ? Order::DayFirst : Order::MonthFirst;
    }
    if (m_order == Order::Unknown) {
        const auto day = [](WallTime time) {
            return QLocale::c().toString(toDateTime(time).date(), u"d MMMM yyyy"_s);
        };
        const auto iso = [](WallTime time) { return toDateTime(time).toString(u"yyyy-MM-ddTHH:mm:ss"_s); };
        return Error{ErrorKind::BadInput,
            u"the date can be the %1 or the %2"_s.arg(day(*found->dayFirst), day(*found->monthFirst)),
            fileAndLine(m_fileName, number),
            u"say when the log starts: poolscope-cli import --start %1"_s.arg(iso(*found->dayFirst)),
            {iso(*found->dayFirst), iso(*found->monthFirst)}};
    }
    return m_order == Order::DayFirst ? found->dayFirst : found->monthFirst;
}

} // namespace poolscope
