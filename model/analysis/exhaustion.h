// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/finding.h"
#include "model/core/systemreading.h"

#include <optional>

namespace poolscope {

/// When a leak will have used up what is left, if it goes on as it does.
struct Exhaustion
{
    double hours = 0;
    double hoursLow = 0; ///< with the upper end of the rate's interval
    /// With its lower end; nullopt: the interval holds 0, it may never happen.
    std::optional<double> hoursHigh;
    SystemField limit = SystemField::MemAvailable; ///< what runs out first: this, or CommitLimit

    friend bool operator==(const Exhaustion &, const Exhaustion &) = default;
};

/// left / rate for what runs out first: available memory, or commit below its limit. nullopt: no leak, no
/// rate above 0, or the source tells neither.
[[nodiscard]] std::optional<Exhaustion> timeToExhaustion(const Finding &finding, const SystemReading &system);

} // namespace poolscope
