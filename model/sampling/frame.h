// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/findings.h"
#include "model/core/sample.h"
#include "model/core/tag.h"

#include <limits>
#include <memory>
#include <vector>

namespace poolscope {

/// What the screen needs of one tag at one time.
struct FrameRow
{
    Reading reading; ///< the newest; of a vanished tag the last one it had
    Reading sinceLast; ///< signed change since the previous sample; unknown in the tag's first one
    /// Signed change since the baseline sample; of a tag that came later, or came back, since its first.
    Reading sinceBaseline;
    double bytesPerHour = std::numeric_limits<double>::quiet_NaN(); ///< growth rate; NaN while unknown
    WallTime lastSeen{}; ///< time of the newest sample that held the tag
    WallTime firstSeen{}; ///< time of the first sample of this session that held the tag
    /// What findings say of it, see Findings::suspicion(); unknown while nothing was judged.
    Counter suspicion{};
    Verdict verdict = Verdict::Steady; ///< only where suspicion is known
    bool present = true; ///< false: vanished, not in the newest sample

    friend bool operator==(const FrameRow &a, const FrameRow &b)
    {
        const auto same = [](double x, double y) { return x == y || (x != x && y != y); };
        return a.reading == b.reading && a.sinceLast == b.sinceLast && a.sinceBaseline == b.sinceBaseline
            && same(a.bytesPerHour, b.bytesPerHour) && a.present == b.present && a.lastSeen == b.lastSeen
            && a.firstSeen == b.firstSeen && a.suspicion == b.suspicion && a.verdict == b.verdict;
    }
};

/// Everything the screen shows of one sample. Built completely on the session thread, immutable
/// afterwards; goes to the window through a one-place mailbox (a slow window skips frames).
struct Frame
{
    quint64 number = 0; ///< counts the samples of the session from 1
    SamplePtr sample; ///< never null
    WallTime firstWall{}; ///< time of the session's first sample
    WallTime baselineWall{}; ///< when the baseline was taken
    /// Measured time since the previous sample; 0 where nothing runs on from it.
    std::chrono::nanoseconds step{0};
    SystemReading systemChange; ///< change since the previous sample; page faults modulo 2^counterBits
    /// Every tag seen in this session, by TagId; append-only, shared while nothing new comes. A replay knows
    /// tags that come later than the sample: their rows are not present and have no times.
    std::shared_ptr<const TagList> tags;
    std::vector<FrameRow> rows; ///< one per entry of *tags, indexed by TagId
    /// What the analysis says, as of this sample or a few before; null while nothing was judged.
    FindingsPtr findings;
};
using FramePtr = std::shared_ptr<const Frame>;

/// Gives the frame `findings`, and its rows what these say of them.
void setFindings(Frame &frame, FindingsPtr findings);

} // namespace poolscope
