// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/model/sampling/testsamples.h"

#include <random>
#include <vector>

namespace poolscope::fakes {

/// Samples of a machine with one leak of two tags: "Leak" and "Pair" rise in step, "Flat" never moves, "Busy"
/// goes up and down around its level.
class LeakRun
{
public:
    /// The tags' places in each sample, and so their ids.
    enum Place : TagId
    {
        Busy,
        Flat,
        Leak,
        Pair
    };

    SamplePtr next()
    {
        const qint64 held = 500 + 20 * m_count;
        const qint64 busy = 3000 + static_cast<qint64>(m_random() % 400);
        std::vector<Reading> readings{tag(busy, 64), tag(77, 4096), tag(held, 1024), tag(held, 192)};
        auto sample = sampleAt(m_count++ * std::chrono::seconds(1), m_tags, std::move(readings), m_origin);
        sample->system[SystemField::MemAvailable] = qint64(8) << 30;
        return sample;
    }

private:
    static Reading tag(qint64 outstanding, qint64 size)
    {
        return {.allocs = {}, .frees = {}, .outstanding = outstanding, .bytes = outstanding * size};
    }

    qint64 m_count = 0;
    std::mt19937 m_random{5};
    std::shared_ptr<const TagList> m_tags = tagList({"Busy", "Flat", "Leak", "Pair"});
    std::shared_ptr<const Origin> m_origin = origin();
};

} // namespace poolscope::fakes
