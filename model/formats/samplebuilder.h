// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QHash>

#include <optional>

namespace poolscope {

/// Collects the rows of one sample while a text file is read. Not thread-safe.
class SampleBuilder
{
public:
    /// False, and nothing added, when the tag is there already.
    bool add(TagEntry entry, const Reading &reading);
    /// Adds to the reading of a tag that is there already, counter by counter; else like add().
    void addUp(TagEntry entry, const Reading &reading);
    [[nodiscard]] bool contains(const Tag &tag) const { return m_rows.contains(tag); }
    /// What was added for the tag; null: nothing. Valid until more is added.
    [[nodiscard]] const Reading *find(const Tag &tag) const;
    [[nodiscard]] bool isEmpty() const { return m_readings.empty(); }
    [[nodiscard]] const TagList &tags() const { return m_tags; }

    SystemReading system;

    /// The finished sample; the builder is empty afterwards. When `previous` holds the same rows, their tag
    /// list is shared.
    [[nodiscard]] std::shared_ptr<Sample> take(
        std::shared_ptr<const Origin> origin, WallTime wall, const SamplePtr &previous);

private:
    TagList m_tags;
    std::vector<Reading> m_readings;
    QHash<Tag, size_t> m_rows;
};

/// What kind the tags of a file are that does not say it: its source's scheme decides, else pool tags, which
/// are all four bytes long, are told from slab caches by that.
[[nodiscard]] SourceKind guessedSourceKind(QStringView uri, const TagList &tags);

/// Facts about samples read from a file.
[[nodiscard]] std::shared_ptr<const Origin> originOfFile(const QString &fileName, SourceKind kind);

} // namespace poolscope
