// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/recording/recordingstep.h"

#include <QHash>

#include <memory>
#include <span>
#include <vector>

namespace poolscope {

/// Numbers the tags and driver texts of a recording for its writer: dense, append-only. Tags of different
/// source kinds are different tags. One thread.
class TagCatalogue
{
public:
    struct NewTag
    {
        TagId id = 0;
        SourceKind kind = SourceKind::Slab;
        Tag tag;
    };
    struct NewDriver
    {
        DriverId id = 0;
        QByteArray text;
    };

    TagCatalogue();

    /// What the file holds already. False: the id is not the next one.
    [[nodiscard]] bool know(TagId id, SourceKind kind, const Tag &tag);
    [[nodiscard]] bool know(DriverId id, const QByteArray &text);

    /// Makes the sample's rows the current ones. Nothing to do when it shares its list with the one before.
    void match(const Sample &sample);
    [[nodiscard]] std::span<const TagId> ids() const { return m_ids; } ///< of each row
    [[nodiscard]] std::span<const DriverId> drivers() const { return m_drivers; } ///< of each row
    /// Rises with every new list of rows.
    [[nodiscard]] quint64 generation() const { return m_generation; }

    /// Those that know() and forgetNew() have not seen.
    [[nodiscard]] const std::vector<NewTag> &newTags() const { return m_newTags; }
    [[nodiscard]] const std::vector<NewDriver> &newDrivers() const { return m_newDrivers; }
    void forgetNew();

private:
    using Key = std::pair<Tag, quint8>;

    QHash<Key, TagId> m_byTag;
    QHash<QByteArray, DriverId> m_byDriver;
    std::shared_ptr<const TagList> m_current;
    SourceKind m_currentKind = SourceKind::Slab;
    std::vector<TagId> m_ids;
    std::vector<DriverId> m_drivers;
    quint64 m_generation = 0;
    std::vector<NewTag> m_newTags;
    std::vector<NewDriver> m_newDrivers;
};

} // namespace poolscope
