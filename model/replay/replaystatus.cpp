// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replaystatus.h"

#include "model/archive/samplearchive.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;

WallTime playedOn(const TimeAxis &axis, WallTime at, std::chrono::nanoseconds by)
{
    const TimeAxis::Index last = axis.size() - 1;
    at = std::max(at, axis.wall(0));
    const auto &gaps = axis.gaps();
    auto gap = std::ranges::upper_bound(gaps, indexAt(axis, at));
    for (; gap != gaps.end(); ++gap) {
        const auto untilGap = std::max<std::chrono::nanoseconds>(axis.wall(*gap - 1) - at, 0ns);
        if (by <= untilGap)
            break;
        by -= untilGap;
        at = axis.wall(*gap);
    }
    const auto untilEnd = axis.wall(last) - at;
    return at + std::min(by, std::max<std::chrono::nanoseconds>(untilEnd, 0ns));
}

} // namespace poolscope
