// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/finding.h"
#include "model/core/systemreading.h"

#include <memory>
#include <vector>

namespace poolscope {

/// What the analysis said of every tag at one moment. Immutable and shared: it is made anew only now and
/// then, so the frames of many samples carry the same one.
class Findings
{
public:
    /// `ranked`: the most suspicious first, as Analysis::findings() gives them.
    Findings(WallTime wall, std::vector<Finding> ranked, const SystemReading &system);

    [[nodiscard]] WallTime wall() const { return m_wall; } ///< of the sample that was judged last
    [[nodiscard]] const std::vector<Finding> &ranked() const { return m_ranked; }
    [[nodiscard]] const SystemReading &system() const { return m_system; } ///< of the same sample
    /// Null for a tag that was not seen by then.
    [[nodiscard]] const Finding *of(TagId id) const;
    /// A number that rises with suspicion: 0 for all steady tags, greater for suspects, greatest for leaks,
    /// in rank order; unknown for a tag that was not seen by then.
    [[nodiscard]] Counter suspicion(TagId id) const;
    /// The other tags of its lockstep group in rank order, which is the byte-heaviest first.
    [[nodiscard]] std::vector<TagId> inStepWith(const Finding &finding) const;
    /// Whether it is the first of its lockstep group, or of none.
    [[nodiscard]] bool leadsItsGroup(const Finding &finding) const;

private:
    static constexpr quint32 NoPlace = ~quint32(0);
    WallTime m_wall;
    std::vector<Finding> m_ranked;
    std::vector<quint32> m_places; ///< in m_ranked, by TagId
    SystemReading m_system;
};

using FindingsPtr = std::shared_ptr<const Findings>;

} // namespace poolscope
