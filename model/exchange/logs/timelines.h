// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QByteArrayView>
#include <QIODevice>

#include <optional>

namespace poolscope {

/// The time that a line tells. Numbers like 03/04/2026 leave open which is the month.
struct TimeLine
{
    std::optional<WallTime> dayFirst; ///< the only one where there is no doubt
    std::optional<WallTime> monthFirst;
    bool isNumbered = false; ///< day and month both stand as numbers before the year

    [[nodiscard]] bool isAmbiguous() const { return dayFirst && monthFirst && dayFirst != monthFirst; }
};

/// A line that scripts write between the tables of a log, and that tells nothing but the time: with "====="
/// around it or without, ISO 8601, `=== N` (s, ms, µs or ns since 1970, told apart by size), %DATE% %TIME%
/// of Windows, `yyyy.MM.dd-HH:mm:ss`, Get-Date's long form, `date`; also after words that end with ": ". A
/// time without zone is local time, except in ISO 8601, see wallTimeFromIso(). nullopt for all other lines.
[[nodiscard]] std::optional<TimeLine> timeLine(QByteArrayView line);

/// Finds the times of one log and settles which number of a date is the month: a date of the same log that
/// leaves no doubt decides, then the start that the user gave. One thread.
class TimeLines
{
public:
    /// `device` is what the log is read from; it is read ahead, and set back, when there is a doubt.
    TimeLines(QIODevice &device, const QString &fileName);

    /// The time that the line tells; nullopt: none. The error (BadInput) says that it is in doubt.
    [[nodiscard]] Result<std::optional<WallTime>> take(
        QByteArrayView line, qint64 number, std::optional<WallTime> start);

private:
    enum class Order : quint8
    {
        Unknown,
        DayFirst,
        MonthFirst,
    };

    [[nodiscard]] Order orderOfFile() const;

    QIODevice &m_device;
    QString m_fileName;
    Order m_order = Order::Unknown;
};

} // namespace poolscope
