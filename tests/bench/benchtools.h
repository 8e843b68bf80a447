// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ctime>

#include <algorithm>
#include <vector>

namespace poolscope::bench {

/// CPU time of this process in milliseconds: what other programs on the machine do does not count.
inline double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

template <typename F>
double cpuMillisecondsOf(F work)
{
    const double start = cpuMilliseconds();
    work();
    return cpuMilliseconds() - start;
}

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Median over `rounds` of the CPU time of `work`, in milliseconds.
template <typename F>
double medianOf(int rounds, F work)
{
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round)
        times.push_back(cpuMillisecondsOf(work));
    return median(times);
}

} // namespace poolscope::bench
