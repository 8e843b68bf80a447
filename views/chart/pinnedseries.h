// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"
#include "model/tables/pinlist.h"
#include "views/chart/chartpicture.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace poolscope {

/// The pinned tags as a chart sees them: their ids in the session, the points that arrived for them, and
/// which the user hid or highlighted. Value type.
class PinnedSeries
{
public:
    void setPins(const std::vector<Pin> &pins);
    /// True when a pinned tag became known. A list only grows until forgetSession().
    bool setTags(const std::shared_ptr<const TagList> &tags);
    /// Ids and points are of a session; what is hidden or highlighted stays.
    void forgetSession();

    void setPoints(const Tag &tag, std::vector<SeriesPoint> points);
    void forgetPoints() { m_points.clear(); }
    void setShown(const Tag &tag, bool shown);
    void toggleHighlight(const Tag &tag);

    /// Of the pinned tags that the session knows, in the order of the pins.
    [[nodiscard]] std::vector<TagId> ids() const;
    /// nullopt: the session does not know the tag, or it is not pinned.
    [[nodiscard]] std::optional<TagId> id(const Tag &tag) const;
    [[nodiscard]] std::vector<SeriesWish> wishes(ChangeBase base, WallTime baseline) const;
    /// Of all pinned tags, in the order of the pins.
    [[nodiscard]] std::vector<ChartSeries> series(SourceKind kind) const;

private:
    [[nodiscard]] bool resolve();
    [[nodiscard]] QString labelOf(const Tag &tag, SourceKind kind) const;

    std::vector<Pin> m_pins;
    std::shared_ptr<const TagList> m_tags;
    size_t m_resolved = 0; ///< so many entries of m_tags were looked through for these pins
    QHash<Tag, TagId> m_ids;
    QHash<Tag, SeriesPoints> m_points;
    QSet<Tag> m_hidden;
    std::optional<Tag> m_highlighted;
};

} // namespace poolscope
