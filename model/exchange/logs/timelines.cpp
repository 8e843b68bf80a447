// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/timelines.h"

#include "model/core/duration.h"
#include "model/exchange/logs/loglines.h"
#include "model/formats/linetext.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <chrono>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

using Orders = std::vector<DateOrder>;

/// In which the line can be read.
Orders ordersOf(const TimeLine &told)
{
    Orders orders;
    std::ranges::copy_if(AllDateOrders, std::back_inserter(orders),
        [&told](DateOrder order) { return told.reading(order).has_value(); });
    return orders;
}

/// The time, if all of the orders give the same.
std::optional<WallTime> agreed(const TimeLine &told, const Orders &orders)
{
    TimeLine of;
    for (const DateOrder order : orders)
        of.readings[static_cast<size_t>(order)] = told.reading(order);
    return of.only();
}

DateOrder nearest(const TimeLine &told, const Orders &orders, WallTime start)
{
    return *std::ranges::min_element(
        orders, {}, [&](DateOrder order) { return std::chrono::abs(*told.reading(order) - start); });
}

QString isoLocal(WallTime time)
{
    return toDateTime(time).toString(u"yyyy-MM-ddTHH:mm:ss"_s);
}

} // namespace

TimeLines::TimeLines(QIODevice &device, const QString &fileName, Say say)
    : m_device(device)
    , m_fileName(fileName)
    , m_say(std::move(say))
{
}

void TimeLines::lookAhead(const ReadTime &readTime)
{
    if (std::exchange(m_hasLookedAhead, true) || m_device.isSequential())
        return;
    const qint64 at = m_device.pos();
    if (!m_device.seek(0))
        return;
    LogLines lines(m_device);
    while (lines.next()) {
        const auto told = readTime(lines.line());
        if (!told || told->separator == 0)
            continue;
        Excluded &excluded = m_excluded[told->separator];
        for (const DateOrder order : AllDateOrders) {
            qint64 &line = excluded[static_cast<size_t>(order)];
            if (line == 0 && !told->reading(order))
                line = lines.number();
        }
    }
    m_device.seek(at);
}

Error TimeLines::doubt(const TimeLine &told, qint64 number, const Excluded &excluded) const
{
    QStringList days;
    QStringList times;
    QStringList lines;
    for (const DateOrder order : ordersOf(told)) {
        const WallTime time = *told.reading(order);
        if (!times.contains(isoLocal(time))) {
            days += QLocale::c().toString(toDateTime(time).date(), u"d MMMM yyyy"_s);
            times += isoLocal(time);
        }
        if (const qint64 line = excluded[static_cast<size_t>(order)]; line > 0)
            lines += QString::number(line);
    }
    QString what = u"the date can be the "_s + days.join(u" or the "_s);
    if (lines.size() == std::ssize(ordersOf(told)))
        what += u", and the dates in lines %1 have different orders"_s.arg(lines.join(u" and "_s));
    return {ErrorKind::BadInput, what, fileAndLine(m_fileName, number),
        u"say when the log starts: poolscope-cli import --start "_s + times.front(), times};
}

Result<WallTime> TimeLines::settled(
    const TimeLine &told, qint64 number, std::optional<WallTime> start, const ReadTime &readTime)
{
    if (const auto time = told.only())
        return *time;
    lookAhead(readTime);
    const Excluded &excluded = m_excluded[told.separator];
    Orders orders = ordersOf(told);
    Orders possible;
    std::ranges::copy_if(orders, std::back_inserter(possible),
        [&excluded](DateOrder order) { return excluded[static_cast<size_t>(order)] == 0; });
    const bool isContradicted = possible.empty();
    if (!isContradicted)
        orders = possible;
    if (const auto time = agreed(told, orders))
        return *time;
    const auto chosen = m_chosen.find(told.separator);
    if (chosen != m_chosen.end() && std::ranges::find(orders, chosen->second) != orders.end())
        return *told.reading(chosen->second);
    if (!start)
        return doubt(told, number, excluded);
    const DateOrder order = nearest(told, orders, *start);
    m_chosen[told.separator] = order;
    if (isContradicted) {
        m_say(number,
            doubt(told, number, excluded).what + u": taken in the order that is nearest to the start"_s);
    }
    return *told.reading(order);
}

void TimeLines::sayUnknownZone(const QString &zone, qint64 number)
{
    constexpr qsizetype MostZones = 16;
    if (zone.isEmpty() || m_unknownZones.size() >= MostZones || m_unknownZones.contains(zone))
        return;
    m_unknownZones.insert(zone);
    m_say(number, u"\"%1\" is not the name of one time zone only: taken as local time"_s.arg(zone));
}

Result<std::optional<TimeLines::Found>> TimeLines::take(
    QByteArrayView line, qint64 number, std::optional<WallTime> start)
{
    const auto told = m_text.read(line);
    if (m_text.isDate()) {
        if (m_dateLine > 0)
            m_say(m_dateLine, u"no time of day follows this date"_s);
        m_dateLine = number;
        return std::optional(Found());
    }
    if (m_dateLine > 0 && !told && !m_text.isWaiting())
        m_say(std::exchange(m_dateLine, 0), u"no time of day follows this date"_s);
    if (!told)
        return std::optional<Found>();
    m_dateLine = 0;
    sayUnknownZone(told->unknownZone, number);
    TimeText ahead;
    const auto time =
        settled(*told, number, start, [&ahead](QByteArrayView other) { return ahead.read(other); });
    if (!time)
        return time.error();
    return std::optional(Found{time.value(), told->isBare, told->isGlued});
}

Result<WallTime> TimeLines::timeOfRow(
    const TimeLine &told, qint64 number, std::optional<WallTime> start, const ReadTime &readTime)
{
    sayUnknownZone(told.unknownZone, number);
    return settled(told, number, start, readTime);
}

void TimeLines::sayNoYear(qint64 number)
{
    if (!std::exchange(m_hasSaidNoYear, true)) {
        m_say(number,
            u"this date has no year: that of the file's last change is taken, or of --start if it is given"_s);
    }
}

void TimeLines::tableEnds(qint64 line, std::optional<WallTime> time)
{
    const QString what = u"no time stands above this table, as it does above others: one is assumed"_s;
    if (!time) {
        if (m_lastTime)
            m_say(line, what);
        else if (m_firstUntimed == 0)
            m_firstUntimed = line;
        return;
    }
    if (!m_lastTime && m_firstUntimed > 0)
        m_say(m_firstUntimed, what);
    if (m_lastTime && *time < *m_lastTime) {
        m_say(line,
            u"the time of this table is before that of the table above: was the clock set back, or did "
            u"another log begin?"_s);
    }
    m_lastTime = time;
}

void TimeLines::logEnds(bool isTimeLeft)
{
    if (isTimeLeft && m_lastTime && m_firstUntimed > 0) {
        m_say(m_firstUntimed,
            u"this table has no time and the last time has no table: if times stand below their tables "
            u"here, all are those of the table before"_s);
    }
}

} // namespace poolscope
