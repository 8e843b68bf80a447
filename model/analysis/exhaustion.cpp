// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/exhaustion.h"

namespace poolscope {

namespace {

struct Left
{
    double bytes;
    SystemField limit;
};

std::optional<Left> leastLeft(const SystemReading &system)
{
    std::optional<Left> least;
    const auto consider = [&](Counter bytes, SystemField limit) {
        if (bytes.isKnown() && bytes.value() >= 0
            && (!least || static_cast<double>(bytes.value()) < least->bytes))
            least = {static_cast<double>(bytes.value()), limit};
    };
    consider(system[SystemField::MemAvailable], SystemField::MemAvailable);
    consider(
        difference(system[SystemField::CommitLimit], system[SystemField::Commit]), SystemField::CommitLimit);
    return least;
}

} // namespace

std::optional<Exhaustion> timeToExhaustion(const Finding &finding, const SystemReading &system)
{
    const auto left = leastLeft(system);
    if (finding.verdict != Verdict::Leak || !(finding.bytesPerHour > 0) || !left)
        return {};
    Exhaustion out;
    out.limit = left->limit;
    out.hours = left->bytes / finding.bytesPerHour;
    out.hoursLow = left->bytes / finding.bytesPerHourHigh;
    if (finding.bytesPerHourLow > 0)
        out.hoursHigh = left->bytes / finding.bytesPerHourLow;
    return out;
}

} // namespace poolscope
