// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <utility>
#include <vector>

namespace poolscope::test {

struct SampleRow
{
    QByteArray name;
    PoolType type = PoolType::Nonpaged;
    qint64 bytes = 0;
};

/// A sample `seconds` after a fixed start, with outstanding = bytes / 64 and no allocs or frees, as slabinfo
/// has none.
[[nodiscard]] inline std::shared_ptr<Sample> makeSample(int seconds, const std::vector<SampleRow> &rows = {})
{
    using namespace std::chrono_literals;
    auto origin = std::make_shared<Origin>();
    origin->uri = QStringLiteral("fake:");
    origin->bootId = QStringLiteral("boot");
    auto tags = std::make_shared<TagList>();
    auto sample = std::make_shared<Sample>();
    for (const SampleRow &row : rows) {
        tags->push_back({{row.name, row.type}, {}});
        sample->readings.push_back({{}, {}, row.bytes / 64, row.bytes});
    }
    sample->wall = WallTime(std::chrono::hours(24 * 365 * 50) + std::chrono::seconds(seconds));
    sample->monotonic = 100s + std::chrono::seconds(seconds);
    sample->readCost = 400us;
    sample->origin = std::move(origin);
    sample->tags = std::move(tags);
    return sample;
}

/// The frame a session would make of a sample that is its first.
[[nodiscard]] inline FramePtr makeFrame(SamplePtr sample, quint64 number = 1)
{
    auto frame = std::make_shared<Frame>();
    frame->number = number;
    frame->firstWall = frame->baselineWall = sample->wall;
    frame->tags = sample->tags;
    for (const Reading &reading : sample->readings) {
        FrameRow row;
        row.reading = reading;
        row.lastSeen = row.firstSeen = sample->wall;
        frame->rows.push_back(row);
    }
    frame->sample = std::move(sample);
    return frame;
}

} // namespace poolscope::test
