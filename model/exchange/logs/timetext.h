// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QByteArrayView>
#include <QString>

#include <array>
#include <optional>

namespace poolscope {

/// Which number of a date is which. The year is first only where it has two digits like the others.
enum class DateOrder : quint8
{
    DayFirst,
    MonthFirst,
    YearFirst,
};
inline constexpr std::array AllDateOrders{DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst};

/// The time that a line tells. Numbers like 03/04/2026 leave open which is the month.
struct TimeLine
{
    /// By DateOrder: the time if the date is written so; nullopt: it cannot be. A line without doubt has one.
    std::array<std::optional<WallTime>, AllDateOrders.size()> readings;
    char separator = 0; ///< between the numbers of a date whose order the line itself does not tell; else 0
    bool isBare = false; ///< nothing but a number of ten digits or more
    bool isGlued = false; ///< stands behind a line that was cut off
    QString unknownZone; ///< a zone that is not known stands there: the time is read as local time

    [[nodiscard]] const std::optional<WallTime> &reading(DateOrder order) const
    {
        return readings[static_cast<size_t>(order)];
    }
    /// The time; nullopt: it is in doubt.
    [[nodiscard]] std::optional<WallTime> only() const;
};

/// A line that scripts write between the tables of a log, and that tells nothing but the time: with "====="
/// around it or without, ISO 8601, `=== N` and N alone (s, ms, µs or ns since 1970, told apart by size),
/// %DATE% %TIME% of Windows, `yyyy.MM.dd-HH:mm:ss`, Get-Date's long form, `date`, .echotime of WinDbg; also
/// after words that end with ": ". Names of months, days and zones are those of Qt, see datenames.h and
/// timezones.h. A time without zone is local time. nullopt for all other lines.
[[nodiscard]] std::optional<TimeLine> timeLine(QByteArrayView line);

/// Reads a log line by line: `date /t` and `time /t` write the date and the time of day on two lines.
class TimeText
{
public:
    [[nodiscard]] std::optional<TimeLine> read(QByteArrayView line);
    /// The line read last was a date alone.
    [[nodiscard]] bool isDate() const { return isWaiting() && m_linesSince == 0; }
    [[nodiscard]] bool isWaiting() const { return !m_date.isEmpty(); } ///< a date has no time yet

private:
    QString m_date; ///< waits for its time; empty: none
    int m_linesSince = 0;
};

/// When syslog, the journal or dmesg say that they wrote a line.
struct LogStamp
{
    /// Without year it is the local time of day, as if it were UTC, in StandInYear.
    WallTime time;
    bool hasYear = true;
    QString unknownZone; ///< see TimeLine

    static constexpr int StandInYear = 1972; ///< has a 29 February
};

/// Of a date as these programs write it: "2026-11-22T18:00:05,123456+01:00", "Sun Nov 22 18:00:05 2026",
/// "Sun 2026-11-22 18:00:05 CET", "Nov 22 18:00:05". nullopt: it is none.
[[nodiscard]] std::optional<LogStamp> logStamp(QByteArrayView date);

} // namespace poolscope
