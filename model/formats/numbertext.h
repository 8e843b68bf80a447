// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <charconv>
#include <limits>
#include <optional>

namespace poolscope {

/// Moves `at` behind blanks (0x20 and tabs).
inline void skipBlanks(const char *&at, const char *end)
{
    while (at != end && (*at == ' ' || *at == '\t'))
        ++at;
}

/// Moves `at` behind a whole number without sign. False, with `at` anywhere, when there is none or when it
/// exceeds the largest qint64.
[[nodiscard]] inline bool takeNumber(const char *&at, const char *end, qint64 &value)
{
    // Eighteen digits always fit; what is longer is left to the careful function.
    constexpr std::ptrdiff_t SafeDigits = 18;
    const char *const begin = at;
    quint64 number = 0;
    while (at != end && static_cast<unsigned char>(*at - '0') < 10) {
        if (at - begin == SafeDigits) {
            const auto [stop, failure] = std::from_chars(begin, end, value);
            at = stop;
            return failure == std::errc();
        }
        number = number * 10 + static_cast<unsigned char>(*at - '0');
        ++at;
    }
    value = static_cast<qint64>(number);
    return at != begin;
}

/// A whole number, with or without a minus and with nothing around it; nullopt for anything else, and for
/// numbers beyond ±(2^63 - 1).
[[nodiscard]] inline std::optional<qint64> numberFromText(QByteArrayView text)
{
    qint64 value = 0;
    const char *const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || stop != end || value == std::numeric_limits<qint64>::min())
        return std::nullopt;
    return value;
}

} // namespace poolscope
