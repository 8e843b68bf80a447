// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/growthwindow.h"
#include "model/history/timeaxis.h"

#include <vector>

namespace poolscope {

/// Over which samples a live run would have taken the growth rates at any sample of a recording: a
/// GrowthWindow run along the time axis, kept every StepLength samples so that any place is near one. One
/// thread.
class GrowthSchedule
{
public:
    using Index = TimeAxis::Index;
    static constexpr Index StepLength = 1024;

    struct Moment
    {
        GrowthWindow window; ///< after sample `index`
        Index segmentStart = 0; ///< the window's sample numbers count from here
    };
    /// `axis` holds `index`, and what it held at earlier calls.
    [[nodiscard]] Moment at(const TimeAxis &axis, Index index);

private:
    static void add(Moment &moment, const TimeAxis &axis, Index index);

    std::vector<Moment> m_steps{Moment()}; ///< [k]: before sample k * StepLength
};

} // namespace poolscope
