// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/findings.h"

#include <algorithm>
#include <utility>

namespace poolscope {

Findings::Findings(WallTime wall, std::vector<Finding> ranked, const SystemReading &system)
    : m_wall(wall)
    , m_ranked(std::move(ranked))
    , m_system(system)
{
    for (size_t place = 0; place < m_ranked.size(); ++place) {
        const TagId id = m_ranked[place].id;
        if (id >= m_places.size())
            m_places.resize(id + 1, NoPlace);
        m_places[id] = static_cast<quint32>(place);
    }
}

const Finding *Findings::of(TagId id) const
{
    const bool isThere = id < m_places.size() && m_places[id] != NoPlace;
    return isThere ? &m_ranked[m_places[id]] : nullptr;
}

Counter Findings::suspicion(TagId id) const
{
    constexpr qint64 Step = qint64(1) << 32; // more than there are places
    const Finding *finding = of(id);
    if (!finding)
        return {};
    if (finding->verdict == Verdict::Steady)
        return 0;
    return Step * static_cast<int>(finding->verdict) - m_places[id];
}

std::vector<TagId> Findings::inStepWith(const Finding &finding) const
{
    std::vector<TagId> others;
    for (const Finding &other : m_ranked) {
        if (finding.group && other.group == finding.group && other.id != finding.id)
            others.push_back(other.id);
    }
    return others;
}

bool Findings::leadsItsGroup(const Finding &finding) const
{
    if (!finding.group)
        return true;
    const auto first = std::ranges::find(m_ranked, finding.group, &Finding::group);
    return first != m_ranked.end() && first->id == finding.id;
}

} // namespace poolscope
