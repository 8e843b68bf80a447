// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/settingwords.h"

#include "model/core/duration.h"
#include "model/sampling/livesession.h"

#include <span>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename Value>
struct Word
{
    Value value;
    QStringView word;
};

constexpr Word<NumberStyle> NumberStyles[] = {
    {NumberStyle::Grouped, u"grouped"}, {NumberStyle::Scaled, u"scaled"}};
constexpr Word<TypeFilter> Types[] = {
    {TypeFilter::All, u"all"}, {TypeFilter::Nonpaged, u"nonpaged"}, {TypeFilter::Paged, u"paged"}};
constexpr Word<Metric> Metrics[] = {{Metric::Bytes, u"bytes"}, {Metric::Outstanding, u"outstanding"},
    {Metric::AllocsPerSecond, u"allocs_per_second"}, {Metric::FreesPerSecond, u"frees_per_second"}};
constexpr Word<ChangeBase> Bases[] = {
    {ChangeBase::None, u"value"}, {ChangeBase::Pin, u"since_pin"}, {ChangeBase::Baseline, u"since_baseline"}};
constexpr Word<bool> Flags[] = {{true, u"true"}, {false, u"false"}};

constexpr QStringView WholeSession = u"all";
constexpr std::chrono::hours LongestRange{24 * 366};
constexpr QStringView Off = u"off";
constexpr std::chrono::milliseconds ShortestAutoPeriod = std::chrono::seconds(10);

template <typename Value>
QString wordIn(std::span<const Word<Value>> words, Value value)
{
    for (const Word<Value> &each : words) {
        if (each.value == value)
            return each.word.toString();
    }
    return {};
}

template <typename Value>
std::optional<Value> valueIn(std::span<const Word<Value>> words, const QString &word)
{
    for (const Word<Value> &each : words) {
        if (each.word == word)
            return each.value;
    }
    return std::nullopt;
}

} // namespace

QString wordOf(NumberStyle style)
{
    return wordIn<NumberStyle>(NumberStyles, style);
}

std::optional<NumberStyle> numberStyleFromWord(const QString &word)
{
    return valueIn<NumberStyle>(NumberStyles, word);
}

QString wordOf(TypeFilter types)
{
    return wordIn<TypeFilter>(Types, types);
}

std::optional<TypeFilter> typeFilterFromWord(const QString &word)
{
    return valueIn<TypeFilter>(Types, word);
}

QString wordOf(Metric metric)
{
    return wordIn<Metric>(Metrics, metric);
}

std::optional<Metric> metricFromWord(const QString &word)
{
    return valueIn<Metric>(Metrics, word);
}

QString wordOf(ChangeBase base)
{
    return wordIn<ChangeBase>(Bases, base);
}

std::optional<ChangeBase> changeBaseFromWord(const QString &word)
{
    return valueIn<ChangeBase>(Bases, word);
}

QString wordOf(bool on)
{
    return wordIn<bool>(Flags, on);
}

std::optional<bool> flagFromWord(const QString &word)
{
    return valueIn<bool>(Flags, word);
}

std::optional<std::chrono::milliseconds> intervalFromSetting(const QString &text)
{
    const auto interval = durationFromText(text);
    const bool fits =
        interval && *interval >= LiveSession::MinInterval && *interval <= LiveSession::MaxInterval;
    return fits ? interval : std::nullopt;
}

QString chartRangeSetting(const ChartRange &range)
{
    return range ? durationText(*range) : WholeSession.toString();
}

std::optional<ChartRange> chartRangeFromSetting(const QString &text)
{
    if (text == WholeSession)
        return ChartRange();
    const auto range = durationFromText(text);
    if (!range || *range < std::chrono::seconds(1) || *range > LongestRange)
        return std::nullopt;
    return ChartRange(std::chrono::floor<std::chrono::seconds>(*range));
}

QString autoPeriodSetting(const AutoPeriod &period)
{
    return period ? durationText(*period) : Off.toString();
}

std::optional<AutoPeriod> autoPeriodFromSetting(const QString &text)
{
    if (text == Off)
        return AutoPeriod();
    const auto period = durationFromText(text);
    if (!period || *period < ShortestAutoPeriod || *period > LongestRange)
        return std::nullopt;
    return AutoPeriod(*period);
}

QString historyBudgetSetting(qint64 bytes)
{
    return QString::number(bytes >> 20);
}

std::optional<qint64> historyBudgetFromSetting(const QString &text)
{
    bool isNumber = false;
    const qint64 mebibytes = text.toLongLong(&isNumber);
    if (!isNumber || mebibytes < MinHistoryBudget >> 20 || mebibytes > MaxHistoryBudget >> 20)
        return std::nullopt;
    return mebibytes << 20;
}

} // namespace poolscope
