// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>

namespace poolscope {

/// Words of dates in all languages that QLocale knows, long or short, in any case and with or without a dot.
/// A word that means different things in different languages is not known, unless English has it.

[[nodiscard]] std::optional<int> monthFromName(QStringView name); ///< 1 is January
[[nodiscard]] std::optional<int> weekDayFromName(QStringView name); ///< 1 is Monday
[[nodiscard]] std::optional<bool> isAfternoonName(QStringView name); ///< AM is false, PM is true

} // namespace poolscope
