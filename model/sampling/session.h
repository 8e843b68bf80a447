// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/growthrate.h"
#include "model/core/mark.h"
#include "model/history/history.h"
#include "model/sampling/frame.h"
#include "model/sampling/roster.h"

#include <optional>
#include <vector>

namespace poolscope {

/// What a run of samples adds up to: tags numbered, changes, growth rates, history, frames. Takes every
/// sample; knows no thread, no clock and no source. One thread.
class Session
{
public:
    /// Takes in the next sample and builds its frame. `afterGap`: samples are missing before it. Returns
    /// null for a sample that is not newer than the one before it: that one is left out.
    [[nodiscard]] FramePtr add(const SamplePtr &sample, bool afterGap = false);

    /// Counts changes from the newest sample on, leaves a Baseline mark and returns the newest frame built
    /// anew; null before the first sample.
    [[nodiscard]] FramePtr resetBaseline();

    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) const
    {
        return m_history.answer(request);
    }
    [[nodiscard]] const History &history() const { return m_history; }
    [[nodiscard]] const FramePtr &frame() const { return m_frame; }
    /// Time of the newest sample on the history's axis, which rises strictly.
    [[nodiscard]] std::optional<WallTime> now() const { return m_now; }

    /// Marks made since the last call: Reboot, Baseline.
    [[nodiscard]] std::vector<Mark> takeMarks();

private:
    [[nodiscard]] TimeAxis::Joint jointTo(const Sample &sample, bool afterGap) const;
    [[nodiscard]] std::shared_ptr<Frame> build(const SamplePtr &sample, bool runsOn);
    void fillPresent(Frame &frame, bool runsOn);
    void fillAbsent(Frame &frame) const;

    Roster m_roster;
    GrowthRate m_growth;
    History m_history;
    FramePtr m_frame;
    std::vector<Reading> m_baseline; ///< by TagId: the baseline sample, or the tag's first one after it
    WallTime m_baselineWall{};
    std::optional<WallTime> m_now;
    size_t m_presentCount = 0; ///< tags in the newest sample
    std::vector<Mark> m_marks;
};

} // namespace poolscope
