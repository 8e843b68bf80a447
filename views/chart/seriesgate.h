// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"
#include "model/sampling/frame.h"

namespace poolscope {

/// Decides whether asking the history again can change the picture. Pure.
class SeriesGate
{
public:
    /// False when the answer to `request` would draw the same pixels as the one to the last passed
    /// request: same question and its window lies in the past, or no new column and no wished tag moved.
    [[nodiscard]] bool isNeeded(const SeriesRequest &request, const Frame &frame) const
    {
        return isNeeded(request, frame, frame.sample->wall);
    }
    /// `newest`: time of the newest sample, where the frame shows an earlier one.
    [[nodiscard]] bool isNeeded(const SeriesRequest &request, const Frame &frame, WallTime newest) const;
    /// Remembers a request that was sent.
    void sent(const SeriesRequest &request, const Frame &frame) { sent(request, frame, frame.sample->wall); }
    void sent(const SeriesRequest &request, const Frame &frame, WallTime newest);
    /// The next request is needed, whatever it is.
    void reset();

private:
    SeriesRequest m_request;
    WallTime m_newest{}; ///< newest sample when it was sent
    std::vector<Reading> m_readings; ///< of the wished tags then
    bool m_valid = false;
};

} // namespace poolscope
