// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <chrono>

namespace poolscope {

/// A stretch of wall time, from <= to.
struct TimeRange
{
    WallTime from{};
    WallTime to{};

    [[nodiscard]] std::chrono::nanoseconds span() const { return to - from; }
    [[nodiscard]] bool contains(WallTime time) const { return from <= time && time <= to; }

    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

} // namespace poolscope
