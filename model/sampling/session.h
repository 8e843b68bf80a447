// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/growthrate.h"
#include "model/core/mark.h"
#include "model/history/history.h"
#include "model/history/roster.h"
#include "model/sampling/frame.h"
#include "model/sampling/sessionanalysis.h"

#include <optional>
#include <vector>

namespace poolscope {

/// What a run of samples adds up to: tags numbered, changes, growth rates, findings, history, frames. Takes
/// every sample; knows no thread, no clock and no source. One thread.
class Session
{
public:
    explicit Session(qint64 historyBudget = DefaultHistoryBudget)
        : m_history(historyBudget)
    {
    }

    void setHistoryBudget(qint64 bytes) { m_history.setBudget(bytes); }

    /// Takes in the next sample and builds its frame. `afterGap`: samples are missing before it. Returns
    /// null for the same sample once more, which is left out. A new boot id, or a monotonic clock that went
    /// back (a replay that starts over), begins anew: no change is known and the baseline is this sample.
    [[nodiscard]] FramePtr add(const SamplePtr &sample, bool afterGap = false);

    /// Counts changes from the newest sample on, leaves a Baseline mark and returns the newest frame built
    /// anew; null before the first sample.
    [[nodiscard]] FramePtr resetBaseline();
    /// A test starts, or stops, between the newest sample and the next: for the analysis. The mark is made by
    /// who knows of the test.
    void markTest(bool isStart);

    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) const
    {
        return m_history.answer(request);
    }
    [[nodiscard]] const History &history() const { return m_history; }
    [[nodiscard]] const FramePtr &frame() const { return m_frame; }
    /// Time of the newest sample on the history's axis, which rises strictly.
    [[nodiscard]] std::optional<WallTime> now() const { return m_now; }

    /// Marks made since the last call: Reboot, Baseline, and Gap where a source started over.
    [[nodiscard]] std::vector<Mark> takeMarks();

private:
    [[nodiscard]] Mark boundary(const Sample &sample) const;
    [[nodiscard]] TimeAxis::Joint jointTo(const Sample &sample, bool afterGap) const;
    [[nodiscard]] std::shared_ptr<Frame> build(const SamplePtr &sample, bool runsOn);
    void fillPresent(Frame &frame, bool runsOn);
    void fillAbsent(Frame &frame) const;

    Roster m_roster;
    GrowthRate m_growth;
    SessionAnalysis m_analysis;
    History m_history;
    FramePtr m_frame;
    std::vector<Reading> m_baseline; ///< by TagId: the baseline sample, or the tag's first one after it
    WallTime m_baselineWall{};
    std::optional<WallTime> m_now;
    std::vector<Mark> m_marks;
};

} // namespace poolscope
