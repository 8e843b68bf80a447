// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"

#include <QHash>

#include <memory>
#include <span>
#include <vector>

namespace poolscope {

/// Numbers the tags of a session: dense, append-only, never reused. A sample that shares its tag list with
/// the previous one costs nothing; otherwise rows are matched by position first and looked up only where
/// they differ. One thread.
class Roster
{
public:
    /// Makes `tags` the current list: ids() and vanished() speak of it afterwards.
    void match(const std::shared_ptr<const TagList> &tags);

    /// TagId of each row of the current list.
    [[nodiscard]] std::span<const TagId> ids() const { return m_ids; }
    /// Tags that the list before had and the current one lacks.
    [[nodiscard]] std::span<const TagId> vanished() const { return m_vanished; }
    /// Whether the current list holds the tag.
    [[nodiscard]] bool holds(TagId id) const { return m_seen[id] == m_matches; }
    /// Every tag ever matched, by TagId, with its newest driver; never null. The same pointer as long as
    /// nothing new comes.
    [[nodiscard]] const std::shared_ptr<const TagList> &tags() const { return m_tags; }

private:
    void find(const TagEntry &entry, std::vector<TagEntry> &added);
    void publish(const std::vector<TagEntry> &added, const TagList &current);

    std::shared_ptr<const TagList> m_current = std::make_shared<const TagList>();
    std::shared_ptr<const TagList> m_tags = std::make_shared<const TagList>();
    QHash<Tag, TagId> m_byTag;
    std::vector<TagId> m_ids;
    std::vector<TagId> m_previousIds;
    std::vector<TagId> m_vanished;
    std::vector<quint64> m_seen; ///< by TagId: the last match that held it
    quint64 m_matches = 0;
};

} // namespace poolscope
