// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/replaymoments.h"

#include <algorithm>

namespace poolscope {

void ReplayMoments::clear()
{
    const std::lock_guard lock(m_mutex);
    m_stride = 1;
    m_moments.clear();
}

bool ReplayMoments::wants(Index index) const
{
    const std::lock_guard lock(m_mutex);
    return index % m_stride == 0;
}

void ReplayMoments::add(Index index, FindingsPtr findings)
{
    const std::lock_guard lock(m_mutex);
    // What was said at the end of the file, as it then was, gives way to the moments on the stride.
    if (!m_moments.empty() && m_moments.back().first % m_stride != 0)
        m_moments.pop_back();
    m_moments.emplace_back(index, std::move(findings));
    while (m_moments.size() > Most) {
        m_stride *= 2;
        std::erase_if(m_moments, [this](const auto &moment) { return moment.first % m_stride != 0; });
    }
}

FindingsPtr ReplayMoments::at(Index index) const
{
    const std::lock_guard lock(m_mutex);
    const auto after = std::ranges::upper_bound(m_moments, index, {}, &std::pair<Index, FindingsPtr>::first);
    return after == m_moments.begin() ? nullptr : std::prev(after)->second;
}

} // namespace poolscope
