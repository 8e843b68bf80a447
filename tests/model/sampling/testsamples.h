// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <initializer_list>
#include <utility>

namespace poolscope::fakes {

inline std::shared_ptr<const Origin> origin(const QString &bootId = QStringLiteral("boot-1"), int bits = 64)
{
    Origin result;
    result.uri = QStringLiteral("fake:");
    result.bootId = bootId;
    result.counterBits = bits;
    return std::make_shared<const Origin>(result);
}

inline std::shared_ptr<const TagList> tagList(std::initializer_list<const char *> names)
{
    TagList tags;
    for (const char *name : names)
        tags.push_back({{QByteArray(name), PoolType::Nonpaged}, {}});
    return std::make_shared<const TagList>(std::move(tags));
}

constexpr WallTime FirstWall{std::chrono::seconds(1'800'000'000)};

/// A sample `at` after the first one, on both clocks.
inline std::shared_ptr<Sample> sampleAt(std::chrono::nanoseconds at, std::shared_ptr<const TagList> tags,
    std::vector<Reading> readings, std::shared_ptr<const Origin> of = origin())
{
    auto sample = std::make_shared<Sample>();
    sample->wall = FirstWall + at;
    sample->monotonic = std::chrono::hours(1) + at;
    sample->origin = std::move(of);
    sample->tags = std::move(tags);
    sample->readings = std::move(readings);
    return sample;
}

/// A reading that knows bytes and, if given, the cumulative counters.
inline Reading reading(Counter bytes, Counter allocs = {}, Counter frees = {})
{
    return {allocs, frees, difference(allocs, frees), bytes};
}

} // namespace poolscope::fakes
