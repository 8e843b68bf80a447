// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QByteArrayView>
#include <QRegularExpression>
#include <QString>
#include <QTimeZone>

#include <chrono>
#include <initializer_list>
#include <optional>

namespace poolscope {

/// A time of day and what stands around it.
struct Clock
{
    QTime time;
    std::chrono::nanoseconds fraction{0};
    QTimeZone zone;
    QString unknownZone; ///< a name that is not known: `zone` is the local one
    bool isValid = false;
};

// Parts of patterns for text from unframed(), for timePattern(). Their groups are read by clockFrom().

/// What comes between the date and the time: a day of the week, AM or PM.
inline constexpr auto WordsPattern = uR"((?<w>(?:[^\d\s:]{1,16} ){0,2}))";
inline constexpr auto ClockPattern =
    uR"((?<h>\d{1,2}):(?<m>\d\d)(?::(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?)?(?: ?(?<ap>[AaPp])\.? ?[Mm]\.?(?![^\s)]))?)";
/// A remark in brackets may end the line; only of WinDbg's is it the zone.
inline constexpr auto ZonePattern =
    uR"((?: ?(?<off>Z|[+-]\d\d(?::?\d\d)?)| (?<z>[^\W\d_][^\s\d(]*(?:[+-]\d{1,2}(?::?\d\d)?)?(?: [A-Za-z.]+){0,5}))?(?: \((?:(?<par>(?:UTC|GMT)(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?)\)|.*))?$)";
/// What may stand before a date.
inline constexpr auto StartPattern = uR"((?:^|: |= ?\[?))";

[[nodiscard]] QRegularExpression timePattern(std::initializer_list<const char16_t *> parts);

/// Not valid when there is no match, no such time, or when what follows it is not the name of a zone.
[[nodiscard]] Clock clockFrom(const QRegularExpressionMatch &match);

/// nullopt when there is no such day, or one that 64 bits of nanoseconds do not reach.
[[nodiscard]] std::optional<WallTime> wallTimeOf(const QDate &date, const Clock &clock);

/// Digits behind a point, of seconds; at most nine count.
[[nodiscard]] std::chrono::nanoseconds fractionFromDigits(const QString &digits);

/// The line as text (UTF-8, or else Latin-1) without rules and brackets around it, with single blanks between
/// its words, and with "-" for the signs in dates of the Far East.
[[nodiscard]] QString unframed(QByteArrayView line);

} // namespace poolscope
