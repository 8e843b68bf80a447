// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/timezones.h"

#include <QHash>
#include <QRegularExpression>

#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isAbbreviation(QStringView text)
{
    constexpr qsizetype Shortest = 2;
    constexpr qsizetype Longest = 5;
    if (text.size() < Shortest || text.size() > Longest)
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

/// Offsets in seconds; nullopt where zones disagree, or one zone changed its mind.
QHash<QString, std::optional<int>> abbreviations()
{
    constexpr std::array<int, 3> Years{2005, 2015, 2025};
    constexpr std::array<int, 2> Months{1, 7}; // summer and winter
    QHash<QString, std::optional<int>> offsets;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        const QTimeZone zone(id);
        for (const int year : Years) {
            for (const int month : Months) {
                const QDateTime moment(QDate(year, month, 15), QTime(12, 0), Qt::UTC);
                const QString name = zone.abbreviation(moment);
                if (!isAbbreviation(name))
                    continue;
                const int offset = zone.offsetFromUtc(moment);
                const auto known = offsets.constFind(name);
                if (known == offsets.constEnd())
                    offsets.insert(name, offset);
                else if (known.value() != offset)
                    offsets.insert(name, std::nullopt);
            }
        }
    }
    return offsets;
}

std::optional<QTimeZone> zoneFromOffset(QStringView text)
{
    static const QRegularExpression pattern(
        uR"(^(?:UTC|GMT)? ?(?<sign>[+-]) ?(?<h>\d{1,2})(?::?(?<m>\d\d))?$)"_s);
    const auto match = pattern.match(text.toString());
    if (!match.hasMatch())
        return std::nullopt;
    const int hours = match.captured(u"h").toInt();
    const int minutes = match.captured(u"m").toInt();
    constexpr int MostHours = 14;
    if (hours > MostHours || minutes >= 60)
        return std::nullopt;
    const int seconds = (hours * 60 + minutes) * 60;
    return QTimeZone(match.captured(u"sign") == u"-" ? -seconds : seconds);
}

} // namespace

std::optional<QTimeZone> timeZoneFromText(QStringView text)
{
    if (text.isEmpty())
        return QTimeZone::systemTimeZone();
    if (text == u"Z" || text == u"UTC" || text == u"GMT" || text == u"Coordinated Universal Time")
        return QTimeZone(QTimeZone::utc());
    if (const auto zone = zoneFromOffset(text))
        return zone;
    if (isAbbreviation(text)) {
        static const QHash<QString, std::optional<int>> known = abbreviations();
        const auto offset = known.value(text.toString());
        return offset ? std::optional(QTimeZone(*offset)) : std::nullopt;
    }
    QByteArray id = text.toUtf8();
    if (const QByteArray iana = QTimeZone::windowsIdToDefaultIanaId(id); !iana.isEmpty())
        id = iana;
    // Without a slash it is one of the abbreviations again, in other letters.
    if (!id.contains('/') || !QTimeZone::isTimeZoneIdAvailable(id))
        return std::nullopt;
    return QTimeZone(id);
}

} // namespace poolscope
