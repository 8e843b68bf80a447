// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"
#include "model/replay/growthschedule.h"
#include "model/replay/tagpresence.h"
#include "model/sampling/frame.h"

#include <QHash>

#include <map>
#include <optional>
#include <vector>

namespace poolscope {

/// The frame of any sample of an archive: the same as a Session's that took all samples up to it, without
/// reading them. It needs the sample, the one before, the baseline, and those few that the growth rate is
/// taken over; readings at which a tag came or went are remembered. Where it differs from the live frame:
/// it knows tags that come later (not present, without times), before the baseline it counts changes back
/// from it, and it carries no findings: those come from ReplayAnalysis. One thread.
class ReplayFrames
{
public:
    using Index = TimeAxis::Index;

    /// The archive must outlive this.
    explicit ReplayFrames(SampleArchive &archive);

    /// Changes are counted from sample `baseline`, if it is of the same boot; else, and where none is given,
    /// from the first sample of the boot.
    [[nodiscard]] Result<FramePtr> frame(Index index, std::optional<Index> baseline);
    /// The archive's samples were numbered anew.
    void forget();

private:
    /// Readings by TagId; unknown where the sample does not hold the tag.
    using Readings = std::shared_ptr<const std::vector<Reading>>;
    using Bytes = std::shared_ptr<const std::vector<qint64>>;

    void readAhead(Index index, std::optional<Index> baseline, const GrowthSchedule::Moment &growth);
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index);
    [[nodiscard]] const std::vector<TagId> &idsAt(Index index) const;
    /// The archive's tags with the drivers that were known at the sample.
    [[nodiscard]] std::shared_ptr<const TagList> tagsAt(const Sample &sample, Index index);
    [[nodiscard]] Readings readingsAt(Index index);
    [[nodiscard]] Reading readingAt(TagId id, Index index);
    [[nodiscard]] Bytes bytesAt(Index index);
    [[nodiscard]] Index baseIndex(Index at, Index runFrom, std::optional<Index> baseline) const;
    void fillPresent(Frame &frame, Index index, std::optional<Index> baseline);
    void fillAbsent(Frame &frame, Index index, std::optional<Index> baseline);
    void fillGrowth(Frame &frame, Index index, const GrowthSchedule::Moment &moment);

    SampleArchive &m_archive;
    TagPresence m_presence;
    GrowthSchedule m_growth;
    std::shared_ptr<const TagList> m_archiveTags; ///< that m_tags was made of
    std::shared_ptr<const TagList> m_tags; ///< of the last frame
    std::shared_ptr<const TagList> m_describedBy; ///< rows of the sample that m_tags has its drivers from
    Index m_lastIndex = 0; ///< of the frame before
    std::map<Index, SamplePtr> m_samples; ///< around the last frame
    std::map<Index, Readings> m_readings; ///< of the last samples that were needed whole
    std::map<Index, Bytes> m_bytes; ///< of samples that growth rates were taken over
    QHash<quint64, Reading> m_edges; ///< by TagId and index: where a tag came or went
};

} // namespace poolscope
