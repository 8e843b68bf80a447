// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"

#include <QList>
#include <QString>

#include <vector>

namespace poolscope {

/// What is known of a tag beyond its driver: that many share it, that it is a cache, a leak that was found
/// behind it. In our own words.
struct TagCard
{
    QList<QByteArray> tags; ///< with the wildcards * and ?
    bool isWindows = false; ///< pool tags; else Linux caches
    QString title;
    QString text;
    QString source; ///< where the case was reported; may be empty

    friend bool operator==(const TagCard &, const TagCard &) = default;
};

/// All that the program brings. Reads a resource of some 10 kB.
[[nodiscard]] std::vector<TagCard> tagCards();
/// Those that fit, the closest first.
[[nodiscard]] std::vector<TagCard> cardsOf(
    const std::vector<TagCard> &cards, const TagEntry &entry, SourceKind kind);

} // namespace poolscope
