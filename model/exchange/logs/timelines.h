// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/exchange/logs/timetext.h"

#include <QIODevice>
#include <QSet>

#include <functional>
#include <map>
#include <utility>

namespace poolscope {

/// Finds the times of one log and settles which number of a date is the month: the dates of the same log that
/// can be read in one way only decide, then the start that the user gave. One thread.
class TimeLines
{
public:
    /// Tells of a line, from 1, that its time is in doubt.
    using Say = std::function<void(qint64 line, const QString &what)>;
    using ReadTime = std::function<std::optional<TimeLine>(QByteArrayView line)>;

    /// A line that tells a time, or half of it: then there is none yet.
    struct Found
    {
        std::optional<WallTime> time;
        bool isBare = false; ///< see TimeLine
        bool isGlued = false;
    };

    /// `device` is what the log is read from; it is read ahead, and set back, when there is a doubt.
    TimeLines(QIODevice &device, const QString &fileName, Say say);

    /// nullopt: the line tells no time. The error (BadInput) says that it is in doubt.
    [[nodiscard]] Result<std::optional<Found>> take(
        QByteArrayView line, qint64 number, std::optional<WallTime> start);
    /// The same for a time that stands in a row of the table; `readTime` finds it in the other rows.
    [[nodiscard]] Result<WallTime> timeOfRow(
        const TimeLine &told, qint64 number, std::optional<WallTime> start, const ReadTime &readTime);
    /// A zone that is not known stands behind the time of that line. Told once for each.
    void sayUnknownZone(const QString &zone, qint64 number);

    /// The date of that line has no year. Told once.
    void sayNoYear(qint64 number);

    /// To be called for each table, with the line where it begins: a table without time among others with one
    /// is told, and one whose time is before that of the table above.
    void tableEnds(qint64 line, std::optional<WallTime> time);
    /// To be called at the end of the log; `isTimeLeft`: the last time has no table below it.
    void logEnds(bool isTimeLeft);

private:
    /// What the dates with one separator tell of their order: the first line that excludes an order, or 0.
    using Excluded = std::array<qint64, AllDateOrders.size()>;

    [[nodiscard]] Result<WallTime> settled(
        const TimeLine &told, qint64 number, std::optional<WallTime> start, const ReadTime &readTime);
    void lookAhead(const ReadTime &readTime);
    [[nodiscard]] Error doubt(const TimeLine &told, qint64 number, const Excluded &excluded) const;

    QIODevice &m_device;
    QString m_fileName;
    Say m_say;
    TimeText m_text;
    qint64 m_dateLine = 0; ///< of a date that waits for its time; 0: none
    bool m_hasLookedAhead = false;
    std::map<char, Excluded> m_excluded; ///< by separator; there are three
    std::map<char, DateOrder> m_chosen; ///< by the start
    QSet<QString> m_unknownZones;
    qint64 m_firstUntimed = 0; ///< where the first table without time begins; 0: none
    std::optional<WallTime> m_lastTime; ///< of a table
    bool m_hasSaidNoYear = false;
};

} // namespace poolscope
