// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/findings.h"
#include "model/history/timeaxis.h"

#include <mutex>
#include <utility>
#include <vector>

namespace poolscope {

/// Findings at moments of a recording, evenly spread whatever its length: when there are too many, every
/// second one goes. Any thread.
class ReplayMoments
{
public:
    using Index = TimeAxis::Index;
    static constexpr size_t Most = 128;

    void clear();
    /// Whether findings are wanted as of this sample.
    [[nodiscard]] bool wants(Index index) const;
    /// By rising index.
    void add(Index index, FindingsPtr findings);
    /// Of the last moment at or before `index`; null before the first.
    [[nodiscard]] FindingsPtr at(Index index) const;

private:
    mutable std::mutex m_mutex;
    Index m_stride = 1;
    std::vector<std::pair<Index, FindingsPtr>> m_moments;
};

} // namespace poolscope
