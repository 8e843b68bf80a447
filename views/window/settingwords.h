// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/history/seriesquery.h"
#include "model/tables/tagfilter.h"
#include "views/chart/chartpicture.h"

#include <QString>

#include <chrono>
#include <optional>

namespace poolscope {

// The words that the settings file is written with, and back; nullopt for anything else. Words stay when
// enums change.

[[nodiscard]] QString wordOf(NumberStyle style);
[[nodiscard]] std::optional<NumberStyle> numberStyleFromWord(const QString &word);
[[nodiscard]] QString wordOf(TypeFilter types);
[[nodiscard]] std::optional<TypeFilter> typeFilterFromWord(const QString &word);
[[nodiscard]] QString wordOf(Metric metric);
[[nodiscard]] std::optional<Metric> metricFromWord(const QString &word);
[[nodiscard]] QString wordOf(ChangeBase base);
[[nodiscard]] std::optional<ChangeBase> changeBaseFromWord(const QString &word);
[[nodiscard]] QString wordOf(bool on);
[[nodiscard]] std::optional<bool> flagFromWord(const QString &word);

/// Between LiveSession's shortest and longest interval.
[[nodiscard]] std::optional<std::chrono::milliseconds> intervalFromSetting(const QString &text);

/// "5m"; "all" for the whole session, which is an inner nullopt.
using ChartRange = std::optional<std::chrono::seconds>;
[[nodiscard]] QString chartRangeSetting(const ChartRange &range);
[[nodiscard]] std::optional<ChartRange> chartRangeFromSetting(const QString &text);

/// "30m"; "off" for none, which is an inner nullopt.
using AutoPeriod = std::optional<std::chrono::milliseconds>;
[[nodiscard]] QString autoPeriodSetting(const AutoPeriod &period);
[[nodiscard]] std::optional<AutoPeriod> autoPeriodFromSetting(const QString &text);

/// Whole MiB within History's range, as a number without a unit.
[[nodiscard]] QString historyBudgetSetting(qint64 bytes);
[[nodiscard]] std::optional<qint64> historyBudgetFromSetting(const QString &text);

} // namespace poolscope
