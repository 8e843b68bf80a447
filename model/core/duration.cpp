// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"

#include <cmath>
#include <cstdlib>

namespace poolscope {

using namespace std::chrono;

namespace {

struct Unit
{
    QStringView suffix;
    qint64 ms;
};
constexpr Unit Units[] = {
    {u"ms", 1}, {u"s", 1000}, {u"m", 60'000}, {u"min", 60'000}, {u"h", 3'600'000}, {u"d", 86'400'000}};
constexpr double MaxMs = 1e15;

} // namespace

std::optional<milliseconds> durationFromText(QStringView text)
{
    text = text.trimmed();
    qsizetype digits = 0;
    while (digits < text.size() && (text[digits].isDigit() || text[digits] == u'.'))
        ++digits;
    bool ok = false;
    const double number = text.first(digits).toDouble(&ok);
    if (!ok)
        return std::nullopt;
    const QStringView suffix = text.sliced(digits).trimmed();
    for (const Unit &unit : Units) {
        if (suffix == unit.suffix || (suffix.isEmpty() && unit.suffix == u"s")) {
            const double ms = number * static_cast<double>(unit.ms);
            if (ms > MaxMs)
                return std::nullopt;
            return milliseconds(std::llround(ms));
        }
    }
    return std::nullopt;
}

QString durationText(milliseconds duration)
{
    const qint64 ms = duration.count();
    if (ms % 1000 != 0)
        return QString::number(ms) + QStringLiteral("ms");
    const qint64 s = ms / 1000;
    if (s != 0 && s % 3600 == 0)
        return QString::number(s / 3600) + u'h';
    if (s != 0 && s % 60 == 0)
        return QString::number(s / 60) + u'm';
    return QString::number(s) + u's';
}

QString elapsedText(nanoseconds elapsed)
{
    const qint64 s = duration_cast<seconds>(elapsed).count();
    const auto two = [](qint64 big, const QString &bigUnit, qint64 small, const QString &smallUnit) {
        const QString first = QString::number(big) + u' ' + bigUnit;
        return small == 0 ? first : QString(first + u' ' + QString::number(small) + u' ' + smallUnit);
    };
    const QString min = QStringLiteral("min");
    if (s < 60)
        return QString::number(s) + QStringLiteral(" s");
    if (s < 3600)
        return two(s / 60, min, s % 60, QStringLiteral("s"));
    if (s < 86'400)
        return two(s / 3600, QStringLiteral("h"), s % 3600 / 60, min);
    return two(s / 86'400, QStringLiteral("d"), s % 86'400 / 3600, QStringLiteral("h"));
}

QString isoUtc(WallTime time, int fractionDigits)
{
    const auto wholeSeconds = floor<seconds>(time);
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(wholeSeconds.time_since_epoch().count(), Qt::UTC);
    QString out = utc.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    if (fractionDigits > 0) {
        const qint64 ns = (time - wholeSeconds).count();
        out += u'.' + QStringLiteral("%1").arg(ns, 9, 10, QLatin1Char('0')).first(fractionDigits);
    }
    return out + u'Z';
}

std::optional<WallTime> wallTimeFromIso(QStringView text)
{
    // QDateTime keeps milliseconds only, so the fraction is taken out and added again.
    const qsizetype dot = text.indexOf(u'.');
    qint64 fraction = 0;
    QString rest = text.toString();
    if (dot >= 0) {
        qsizetype end = dot + 1;
        qint64 scale = 100'000'000;
        for (; end < text.size() && text[end].isDigit(); ++end) {
            fraction += scale * text[end].digitValue();
            scale /= 10;
        }
        if (end == dot + 1)
            return std::nullopt;
        rest.remove(dot, end - dot);
    }
    QDateTime parsed = QDateTime::fromString(rest, Qt::ISODate);
    if (!parsed.isValid() || !rest.contains(u'T'))
        return std::nullopt;
    if (parsed.timeSpec() == Qt::LocalTime)
        parsed.setTimeSpec(Qt::UTC);
    // Nanoseconds in 64 bits reach from 1677 to 2262.
    const qint64 wholeSeconds = parsed.toSecsSinceEpoch();
    if (std::abs(wholeSeconds) >= duration_cast<seconds>(nanoseconds::max()).count())
        return std::nullopt;
    return WallTime(seconds(wholeSeconds) + nanoseconds(fraction));
}

QDateTime toDateTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(floor<milliseconds>(time).time_since_epoch().count());
}

WallTime wallTimeNow()
{
    return time_point_cast<nanoseconds>(system_clock::now());
}

MonotonicTime monotonicNow()
{
    return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch());
}

} // namespace poolscope
