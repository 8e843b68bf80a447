// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <vector>

namespace poolscope {

/// Numbers of variable length (LEB128: seven bits a byte, lowest first, the top bit says that more follow),
/// and differences that wrap around like the unsigned numbers they are made of, so that no pair of values
/// overflows.

[[nodiscard]] constexpr quint64 zigzag(qint64 value)
{
    return (static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63);
}

[[nodiscard]] constexpr qint64 unzigzag(quint64 code)
{
    return static_cast<qint64>((code >> 1) ^ (~(code & 1) + 1));
}

[[nodiscard]] constexpr qint64 wrappingPlus(qint64 a, qint64 b)
{
    return static_cast<qint64>(static_cast<quint64>(a) + static_cast<quint64>(b));
}

[[nodiscard]] constexpr qint64 wrappingMinus(qint64 a, qint64 b)
{
    return static_cast<qint64>(static_cast<quint64>(a) - static_cast<quint64>(b));
}

[[nodiscard]] constexpr qint64 wrappingTimes(qint64 a, qint64 b)
{
    return static_cast<qint64>(static_cast<quint64>(a) * static_cast<quint64>(b));
}

inline void appendVarint(std::vector<quint8> &bytes, quint64 number)
{
    while (number >= 0x80) {
        bytes.push_back(static_cast<quint8>(number | 0x80));
        number >>= 7;
    }
    bytes.push_back(static_cast<quint8>(number));
}

/// Reads what appendVarint() wrote at `at` and moves behind it. For memory that this program wrote itself:
/// it does not look for the end.
[[nodiscard]] inline quint64 takeVarint(const quint8 *&at)
{
    quint64 result = 0;
    for (int shift = 0;; shift += 7) {
        const quint8 byte = *at++;
        result |= static_cast<quint64>(byte & 0x7F) << shift;
        if (byte < 0x80)
            return result;
    }
}

} // namespace poolscope
