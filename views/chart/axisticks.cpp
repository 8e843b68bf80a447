// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/axisticks.h"

#include "model/core/numberformat.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

using namespace std::chrono;

namespace {

struct ByteUnit
{
    double size;
    QStringView suffix;
};
constexpr std::array<ByteUnit, 7> ByteUnits = {{{1.0, u" B"}, {0x1p10, u" KiB"}, {0x1p20, u" MiB"},
    {0x1p30, u" GiB"}, {0x1p40, u" TiB"}, {0x1p50, u" PiB"}, {0x1p60, u" EiB"}}};

/// A range whose low end is below this share of its high end is drawn from zero.
constexpr double FromZeroShare = 0.3;
constexpr int MaxDecimals = 2;

/// Smallest of 1, 2, 5 x 10^k that is not below `raw`.
double roundStep(double raw)
{
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= raw * (1 - 1e-9))
            return factor * power;
    }
    return 10 * power;
}

int decimalsOf(double step)
{
    return std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
}

QString numberText(double value, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    const double rounded = std::round(value * scale) / scale;
    QString whole = groupedText(Counter(static_cast<qint64>(std::trunc(rounded))));
    if (rounded < 0 && rounded > -1)
        whole.prepend(u'-');
    if (decimals == 0)
        return whole;
    return whole + QString::number(std::abs(rounded - std::trunc(rounded)), 'f', decimals).sliced(1);
}

double stepFor(double range, int maxTicks, double unitSize, bool wholeNumbers)
{
    const double step = roundStep(range / maxTicks / unitSize) * unitSize;
    return wholeNumbers ? std::max(step, 1.0) : step;
}

ByteUnit byteUnitFor(double range, double magnitude, int maxTicks)
{
    size_t unit = 0;
    while (unit + 1 < ByteUnits.size() && magnitude >= ByteUnits[unit + 1].size)
        ++unit;
    // A narrow range far from zero: digits behind the point would not end, so the unit gets smaller.
    while (unit > 0) {
        const double size = ByteUnits[unit].size;
        if (decimalsOf(stepFor(range, maxTicks, size, true) / size) <= MaxDecimals)
            break;
        --unit;
    }
    return ByteUnits[unit];
}

} // namespace

ValueAxis AxisTicks::values(double lowest, double highest, int maxTicks, AxisUnit unit)
{
    maxTicks = std::max(maxTicks, 2);
    if (lowest > highest)
        std::swap(lowest, highest);
    if (lowest >= 0 && lowest < FromZeroShare * highest)
        lowest = 0;
    else if (highest <= 0 && highest > FromZeroShare * lowest)
        highest = 0;
    if (highest <= lowest) {
        const double half = std::max(std::abs(highest) * 0.05, 1.0);
        lowest = lowest >= 0 ? std::max(0.0, lowest - half) : lowest - half;
        highest += half;
    }

    const bool wholeNumbers = unit != AxisUnit::PerSecond;
    ByteUnit scale{1.0, {}};
    if (unit == AxisUnit::Bytes)
        scale = byteUnitFor(highest - lowest, std::max(std::abs(lowest), std::abs(highest)), maxTicks);
    ValueAxis axis;
    // Rounding the limits outwards can add a step at each end.
    for (int wanted = maxTicks; wanted > 0; --wanted) {
        axis.step = stepFor(highest - lowest, wanted, scale.size, wholeNumbers);
        axis.low = std::floor(lowest / axis.step + 1e-9) * axis.step;
        axis.high = std::ceil(highest / axis.step - 1e-9) * axis.step;
        if (std::round((axis.high - axis.low) / axis.step) <= maxTicks)
            break;
    }
    const int decimals = decimalsOf(axis.step / scale.size);
    const auto steps = std::lround((axis.high - axis.low) / axis.step);
    for (long i = 0; i <= steps; ++i) {
        const double value = axis.low + static_cast<double>(i) * axis.step;
        const bool isZero = std::abs(value) < axis.step / 2;
        const QStringView suffix = unit == AxisUnit::PerSecond ? QStringView(u"/s") : scale.suffix;
        axis.ticks.push_back({isZero ? 0.0 : value,
            isZero ? QStringLiteral("0") : QString(numberText(value / scale.size, decimals) + suffix)});
    }
    return axis;
}

namespace {

constexpr qint64 MinuteS = 60;
constexpr qint64 HourS = 3600;
constexpr qint64 DayS = 86'400;
constexpr std::array<qint64, 24> StepsS = {1, 2, 5, 10, 15, 30, MinuteS, 2 * MinuteS, 5 * MinuteS,
    10 * MinuteS, 15 * MinuteS, 30 * MinuteS, HourS, 2 * HourS, 3 * HourS, 6 * HourS, 12 * HourS, DayS,
    2 * DayS, 7 * DayS, 14 * DayS, 28 * DayS, 91 * DayS, 364 * DayS};

/// Days between ticks are counted from this Monday, so that they do not wander as the range slides.
const QDate FirstMonday(1970, 1, 5);

std::vector<qint64> tickSeconds(qint64 from, qint64 to, qint64 step, const QTimeZone &zone)
{
    std::vector<qint64> out;
    if (step < HourS) {
        // Offsets from UTC are whole quarters of an hour, but not always whole hours.
        const qint64 offset = zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(from, Qt::UTC));
        const qint64 local = from + offset;
        for (qint64 t = local + (step - local % step) % step - offset; t <= to; t += step)
            out.push_back(t);
        return out;
    }
    QDate day = QDateTime::fromSecsSinceEpoch(from, zone).date();
    const qint64 dayStep = std::max<qint64>(step / DayS, 1);
    day = day.addDays(-(FirstMonday.daysTo(day) % dayStep));
    for (;; day = day.addDays(dayStep)) {
        for (qint64 second = 0; second < DayS; second += step) {
            const QTime time = QTime::fromMSecsSinceStartOfDay(static_cast<int>(second * 1000));
            const qint64 t = QDateTime(day, time, zone).toSecsSinceEpoch();
            if (t > to)
                return out;
            if (t >= from && (out.empty() || t > out.back()))
                out.push_back(t);
        }
    }
}

} // namespace

std::vector<TimeTick> AxisTicks::times(const TimeRange &range, int maxTicks, const QTimeZone &zone)
{
    const qint64 from = ceil<seconds>(range.from).time_since_epoch().count();
    const qint64 to = floor<seconds>(range.to).time_since_epoch().count();
    if (to < from)
        return {};
    const qint64 wanted = (to - from) / std::max(maxTicks, 1) + 1;
    const auto it = std::lower_bound(StepsS.begin(), StepsS.end(), wanted);
    const qint64 step = it == StepsS.end() ? StepsS.back() : *it;

    std::vector<TimeTick> out;
    QDate shown;
    for (const qint64 t : tickSeconds(from, to, step, zone)) {
        const QDateTime local = QDateTime::fromSecsSinceEpoch(t, zone);
        const QString date = local.date().toString(Qt::ISODate);
        TimeTick tick{WallTime(seconds(t)), {}, {}};
        if (step >= DayS) {
            tick.label = date;
        } else {
            tick.label =
                local.time().toString(step < MinuteS ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
            if (local.date() != shown)
                tick.date = date;
            shown = local.date();
        }
        out.push_back(std::move(tick));
    }
    return out;
}

} // namespace poolscope
