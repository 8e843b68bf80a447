// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/sampling/clockwatch.h"

#include <windows.h>

namespace poolscope {

ClockReading readClocks()
{
    // The performance counter, which steady_clock is, goes on while Windows sleeps; this one does not.
    ULONGLONG unbiased = 0; // in 100 ns
    QueryUnbiasedInterruptTime(&unbiased);
    return {wallTimeNow(), std::chrono::nanoseconds(static_cast<qint64>(unbiased) * 100),
        std::chrono::milliseconds(static_cast<qint64>(GetTickCount64()))};
}

} // namespace poolscope
