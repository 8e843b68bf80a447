// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"

#include <QString>

#include <optional>

namespace poolscope {

/// "–": what an unknown value reads as, everywhere.
[[nodiscard]] QString unknownText();

/// How bytes and counts read; one switch for the whole screen.
enum class NumberStyle : quint8
{
    Grouped, ///< 12,345,678
    Scaled, ///< 11.8 MiB for bytes; counts stay grouped
};

/// Digits in groups of three with the separator "," in every locale, as people paste them into bug
/// reports; "–" for unknown. Fast: no QLocale.
[[nodiscard]] QString groupedText(Counter value);
/// Like groupedText() with a leading "+" for positive values; 0 is "0". The minus is U+002D.
[[nodiscard]] QString signedGroupedText(Counter value);

/// "512 B", "1.5 KiB", "11.8 MiB", "24.1 GiB": three significant digits, binary units.
[[nodiscard]] QString scaledBytesText(Counter bytes);
[[nodiscard]] QString signedScaledBytesText(Counter bytes);

/// "500M", "2G", "1.5 GiB", "100kB", "4096": binary units in every spelling, as scaledBytesText() counts; a
/// number without unit is bytes. nullopt for anything else, negative values included.
[[nodiscard]] std::optional<qint64> bytesFromText(QStringView text);

[[nodiscard]] QString bytesText(Counter bytes, NumberStyle style);
[[nodiscard]] QString signedBytesText(Counter bytes, NumberStyle style);

} // namespace poolscope
