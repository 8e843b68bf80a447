// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <chrono>

/// Frames built by hand, for tests of what is made of them.
namespace poolscope::testing {

struct Row
{
    QByteArray tag;
    PoolType type = PoolType::Nonpaged;
    Reading now;
    Reading sinceLast = {};
    double bytesPerHour = std::numeric_limits<double>::quiet_NaN();
    QByteArray driver = {};
    bool present = true;
};

inline Reading held(qint64 outstanding, qint64 bytes)
{
    return {{}, {}, outstanding, bytes};
}

inline Frame makeFrame(const std::vector<Row> &rows, const SystemReading &system = {}, quint64 number = 2)
{
    auto origin = std::make_shared<Origin>();
    origin->uri = QStringLiteral("slab:");
    origin->host = QStringLiteral("testhost");
    auto all = std::make_shared<TagList>();
    auto present = std::make_shared<TagList>();
    auto sample = std::make_shared<Sample>();
    Frame frame;
    for (const Row &row : rows) {
        all->push_back({{row.tag, row.type}, row.driver});
        FrameRow out;
        out.reading = row.now;
        out.sinceLast = row.sinceLast;
        out.bytesPerHour = row.bytesPerHour;
        out.present = row.present;
        frame.rows.push_back(out);
        if (row.present) {
            present->push_back(all->back());
            sample->readings.push_back(row.now);
        }
    }
    sample->wall = WallTime(std::chrono::seconds(1'764'000'000));
    sample->origin = origin;
    sample->system = system;
    sample->tags = present;
    frame.number = number;
    frame.sample = sample;
    frame.tags = all;
    return frame;
}

} // namespace poolscope::testing
