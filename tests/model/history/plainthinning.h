// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/model/history/historytwin.h"

namespace poolscope::fakes {

/// Slot `slot` of 0..3 of a run of values, as Thinner's description says, in the plainest way.
inline Counter plainSlot(const std::vector<Counter> &values, int slot)
{
    if (slot == 3)
        return values.back();
    std::vector<size_t> known;
    for (size_t i = 0; i < values.size(); ++i) {
        if (values[i].isKnown())
            known.push_back(i);
    }
    if (known.empty())
        return {};
    if (slot == 0 && known.back() + 1 != known.size())
        return {}; // something before the last known one is missing
    const auto less = [&](size_t a, size_t b) { return values[a].value() < values[b].value(); };
    const size_t min = *std::min_element(known.begin(), known.end(), less);
    const size_t max =
        *std::max_element(known.begin(), known.end(), [&](size_t a, size_t b) { return less(a, b); });
    return values[slot < 2 ? std::min(min, max) : std::max(min, max)];
}

/// The samples before `exactFrom` (and the one at it) thinned, then the others. `onlyLast`: of each minute
/// only the last sample, as rates are made of.
inline std::vector<Plain> thinned(const std::vector<Plain> &plain, WallTime exactFrom, bool onlyLast)
{
    std::vector<Plain> result;
    size_t begin = 0;
    while (plain[begin].wall <= exactFrom) {
        const auto minute = std::chrono::floor<std::chrono::minutes>(plain[begin].wall);
        size_t end = begin + 1;
        while (plain[end].wall <= exactFrom && !plain[end].startsStretch
            && std::chrono::floor<std::chrono::minutes>(plain[end].wall) == minute)
            ++end;
        const auto span = std::max<std::chrono::nanoseconds>(
            plain[end - 1].wall - plain[begin].wall, std::chrono::nanoseconds(3));
        for (int slot = onlyLast ? 3 : 0; slot < 4; ++slot) {
            Plain one = plain[end - 1];
            one.wall -= span * (3 - slot) / 3;
            one.startsStretch = plain[begin].startsStretch && (slot == 0 || onlyLast);
            one.startsSegment = plain[begin].startsSegment && (slot == 0 || onlyLast);
            const auto of = [&](auto value) {
                std::vector<Counter> values;
                for (size_t i = begin; i < end; ++i)
                    values.push_back(value(plain[i]));
                return plainSlot(values, slot);
            };
            for (size_t id = 0; id < one.readings.size(); ++id) {
                one.readings[id].outstanding = of([&](const Plain &p) { return p.readings[id].outstanding; });
                one.readings[id].bytes = of([&](const Plain &p) { return p.readings[id].bytes; });
            }
            for (int field = 0; field < static_cast<int>(SystemField::Count); ++field) {
                const auto f = static_cast<SystemField>(field);
                one.system[f] = of([&](const Plain &p) { return p.system[f]; });
            }
            result.push_back(std::move(one));
        }
        begin = end;
    }
    result.insert(result.end(), plain.begin() + static_cast<std::ptrdiff_t>(begin), plain.end());
    return result;
}

} // namespace poolscope::fakes
