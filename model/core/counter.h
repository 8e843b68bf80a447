// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <compare>
#include <limits>

namespace poolscope {

/// A whole number that a source may not know: slabinfo has no allocs, a first sample has no change.
/// Unknown is shown as "–", sorts last and is never treated as 0. Value type, eight bytes, any thread.
class Counter
{
public:
    constexpr Counter() = default;
    constexpr explicit(false) Counter(qint64 value)
        : m_value(value)
    {
    }

    [[nodiscard]] constexpr bool isKnown() const { return m_value != Unknown; }
    /// Only meaningful while isKnown().
    [[nodiscard]] constexpr qint64 value() const { return m_value; }
    [[nodiscard]] constexpr qint64 valueOr(qint64 fallback) const { return isKnown() ? m_value : fallback; }

    friend constexpr bool operator==(Counter, Counter) = default;

private:
    static constexpr qint64 Unknown = std::numeric_limits<qint64>::min();
    qint64 m_value = Unknown;
};

/// now - before; unknown when either is unknown, and where 64 bits do not hold it (damaged or made-up input).
[[nodiscard]] constexpr Counter difference(Counter now, Counter before)
{
    if (!now.isKnown() || !before.isKnown())
        return {};
    using Limits = std::numeric_limits<qint64>;
    const bool overflows = before.value() < 0 ? now.value() > Limits::max() + before.value()
                                              : now.value() < Limits::min() + before.value();
    return overflows ? Counter() : Counter(now.value() - before.value());
}

/// Change of a cumulative counter that the kernel keeps in `bits` (32 or 64) bits. At 32 bits the
/// subtraction is modulo 2^32 and the result is signed, so a wrap between two samples reads as the small
/// step that it was, and a counter that was set back reads as a negative one.
[[nodiscard]] constexpr Counter wrappingDifference(Counter now, Counter before, int bits)
{
    if (bits != 32)
        return difference(now, before);
    if (!now.isKnown() || !before.isKnown())
        return {};
    return Counter(
        static_cast<qint32>(static_cast<quint32>(now.value()) - static_cast<quint32>(before.value())));
}

} // namespace poolscope
