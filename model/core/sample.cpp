// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/sample.h"

#include <QtNumeric>

namespace poolscope {

bool countersRunOn(const Sample &before, const Sample &now)
{
    return isSameBoot(*before.origin, *now.origin) && now.monotonic >= before.monotonic;
}

bool isSameBoot(const Origin &before, const Origin &now)
{
    return before.bootId == now.bootId && before.host == now.host;
}

Counter bytesOfType(const Sample &sample, PoolType type)
{
    Counter sum;
    for (size_t row = 0; row < sample.readings.size(); ++row) {
        const Counter bytes = sample.readings[row].bytes;
        if (!bytes.isKnown() || (*sample.tags)[row].tag.type != type)
            continue;
        qint64 added = 0;
        if (qAddOverflow(sum.valueOr(0), bytes.value(), &added))
            return {};
        sum = Counter(added);
    }
    return sum;
}

Counter untaggedBytes(const Sample &sample)
{
    const Counter nonpaged = sample.system[SystemField::PoolNonpaged];
    const Counter paged = sample.system[SystemField::PoolPaged];
    if (!nonpaged.isKnown() || !paged.isKnown())
        return {};
    // Only a damaged input has values that do not add up in 64 bits: nothing is known then.
    qint64 rest = 0;
    if (qAddOverflow(nonpaged.value(), paged.value(), &rest))
        return {};
    for (const Reading &reading : sample.readings) {
        if (qSubOverflow(rest, reading.bytes.valueOr(0), &rest))
            return {};
    }
    return Counter(rest);
}

} // namespace poolscope
