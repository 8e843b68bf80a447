// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/sample.h"

namespace poolscope {

Counter bytesOfType(const Sample &sample, PoolType type)
{
    Counter sum;
    for (size_t row = 0; row < sample.readings.size(); ++row) {
        const Counter bytes = sample.readings[row].bytes;
        if (bytes.isKnown() && (*sample.tags)[row].tag.type == type)
            sum = Counter(sum.valueOr(0) + bytes.value());
    }
    return sum;
}

Counter untaggedBytes(const Sample &sample)
{
    const Counter nonpaged = sample.system[SystemField::PoolNonpaged];
    const Counter paged = sample.system[SystemField::PoolPaged];
    if (!nonpaged.isKnown() || !paged.isKnown())
        return {};
    qint64 rest = nonpaged.value() + paged.value();
    for (const Reading &reading : sample.readings)
        rest -= reading.bytes.valueOr(0);
    return Counter(rest);
}

} // namespace poolscope
