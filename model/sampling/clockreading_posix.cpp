// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/sampling/clockwatch.h"

#include <ctime>

namespace poolscope {

namespace {

#ifdef CLOCK_BOOTTIME
std::optional<std::chrono::nanoseconds> sinceBoot()
{
    timespec time{};
    if (::clock_gettime(CLOCK_BOOTTIME, &time) != 0)
        return std::nullopt;
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
#else
std::optional<std::chrono::nanoseconds> sinceBoot()
{
    return std::nullopt;
}
#endif

} // namespace

ClockReading readClocks()
{
    return {wallTimeNow(), monotonicNow(), sinceBoot()};
}

} // namespace poolscope
