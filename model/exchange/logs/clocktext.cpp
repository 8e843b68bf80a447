// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/clocktext.h"

#include "model/exchange/logs/datenames.h"
#include "model/exchange/logs/timezones.h"

#include <QDateTime>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

/// As people's programs may have written it: UTF-8, or else bytes of Latin-1.
QString decoded(QByteArrayView line)
{
    QString text = QString::fromUtf8(line);
    return text.contains(QChar::ReplacementCharacter) ? QString::fromLatin1(line) : text;
}

/// Single blanks between words, and dates of the Far East with "-" for their signs.
QString evened(QString text)
{
    for (const char16_t sign : {u'年', u'月', u'년', u'월'})
        text.replace(QChar(sign), u'-');
    for (const char16_t sign : {u'日', u'일'}) {
        // Only the sign that follows the number: the names of the days hold it, too.
        const auto at = text.indexOf(QChar(sign));
        if (at > 0 && text[at - 1].isDigit())
            text[at] = u' ';
    }
    return text.replace(u"- "_s, u"-"_s).simplified();
}

/// AM or PM before the time or behind it, in Latin letters or another language's. Takes a name out of the
/// zone's place.
std::optional<bool> halfOfDay(const QRegularExpressionMatch &match, QString &zone)
{
    if (const QString half = match.captured(u"ap"); !half.isEmpty())
        return half.toUpper() == u"P";
    for (const QString &word : match.captured(u"w").split(u' ', Qt::SkipEmptyParts)) {
        // "Sa" is a Saturday, and before noon in Vietnamese.
        if (const auto half = isAfternoonName(word); half && !weekDayFromName(word))
            return half;
    }
    const QString first = zone.section(u' ', 0, 0);
    const auto half = first.isEmpty() ? std::nullopt : isAfternoonName(first);
    if (half)
        zone = zone.section(u' ', 1);
    return half;
}

} // namespace

QString unframed(QByteArrayView line)
{
    const QString text = decoded(line);
    constexpr QStringView Frame = u"=-*# \t[]\"'";
    qsizetype begin = 0;
    while (begin < text.size() && Frame.contains(text[begin]))
        ++begin;
    qsizetype end = text.size();
    while (end > begin && Frame.contains(text[end - 1]))
        --end;
    return evened(text.sliced(begin, end - begin));
}

QRegularExpression timePattern(std::initializer_list<const char16_t *> parts)
{
    QString text;
    for (const char16_t *part : parts)
        text += QString::fromUtf16(part);
    return QRegularExpression(text, QRegularExpression::UseUnicodePropertiesOption);
}

nanoseconds fractionFromDigits(const QString &digits)
{
    return nanoseconds(digits.leftJustified(9, u'0').first(9).toLongLong());
}

Clock clockFrom(const QRegularExpressionMatch &match)
{
    Clock clock;
    if (!match.hasMatch())
        return clock;
    QString zone = match.captured(u"off") + match.captured(u"z");
    int hour = match.captured(u"h").toInt();
    if (const auto isAfternoon = halfOfDay(match, zone))
        hour = hour > 12 ? hour : hour % 12 + (*isAfternoon ? 12 : 0);
    clock.time = QTime(hour, match.captured(u"m").toInt(), match.captured(u"s").toInt());
    clock.fraction = fractionFromDigits(match.captured(u"f"));
    if (zone.isEmpty())
        zone = match.captured(u"par");
    const auto known = timeZoneFromText(zone);
    if (!known)
        clock.unknownZone = zone;
    clock.zone = known.value_or(QTimeZone::systemTimeZone());
    clock.isValid = clock.time.isValid() && (known || !zone.contains(u' '));
    return clock;
}

std::optional<WallTime> wallTimeOf(const QDate &date, const Clock &clock)
{
    constexpr int FirstYear = 1970;
    constexpr int LastYear = 2261;
    if (!clock.isValid || !date.isValid() || date.year() < FirstYear || date.year() > LastYear)
        return std::nullopt;
    const QDateTime moment(date, clock.time, clock.zone);
    return WallTime(seconds(moment.toSecsSinceEpoch()) + clock.fraction);
}

} // namespace poolscope
