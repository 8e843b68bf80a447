// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/growthschedule.h"

#include <algorithm>
#include <chrono>

namespace poolscope {

void GrowthSchedule::add(Moment &moment, const TimeAxis &axis, Index index)
{
    if (const Index start = axis.segmentStart(index); start == index)
        moment = {.window = {}, .segmentStart = start};
    const auto time = axis.monotonic(index) - axis.monotonic(moment.segmentStart);
    moment.window.add(std::chrono::duration<double>(time).count());
}

GrowthSchedule::Moment GrowthSchedule::at(const TimeAxis &axis, Index index)
{
    const size_t step = index / StepLength;
    while (m_steps.size() <= step) {
        Moment moment = m_steps.back();
        const auto from = static_cast<Index>((m_steps.size() - 1) * StepLength);
        for (Index at = from; at < from + StepLength; ++at)
            add(moment, axis, at);
        m_steps.push_back(std::move(moment));
    }
    Moment moment = m_steps[step];
    for (auto at = static_cast<Index>(step * StepLength); at <= index; ++at)
        add(moment, axis, at);
    return moment;
}

} // namespace poolscope
