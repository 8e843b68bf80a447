// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/snapshot.h"

#include <QRandomGenerator>

#include <initializer_list>

namespace poolscope::test {

/// One row of a sample made for a test.
struct Row
{
    QByteArray tag;
    PoolType type = PoolType::Nonpaged;
    Reading reading;
    QByteArray driver;
};

/// Reading of a slab cache: bytes and outstanding known, allocs and frees not.
[[nodiscard]] inline Reading held(qint64 outstanding, qint64 bytes)
{
    return {{}, {}, Counter(outstanding), Counter(bytes)};
}

/// A sample `seconds` after 2026-11-22T18:00:00Z.
[[nodiscard]] inline std::shared_ptr<Sample> makeSample(const std::vector<Row> &rows, qint64 seconds = 0)
{
    auto sample = std::make_shared<Sample>();
    auto tags = std::make_shared<TagList>();
    for (const Row &row : rows) {
        tags->push_back({{row.tag, row.type}, row.driver});
        sample->readings.push_back(row.reading);
    }
    sample->tags = std::move(tags);
    sample->wall = WallTime(std::chrono::seconds(1'795'370'400 + seconds));
    sample->monotonic = std::chrono::seconds(1000 + seconds);
    Origin origin;
    origin.uri = QStringLiteral("slab:");
    origin.host = QStringLiteral("host");
    origin.bootId = QStringLiteral("boot");
    origin.system = QStringLiteral("Debian GNU/Linux 12, kernel 6.1.0-13-amd64");
    sample->origin = std::make_shared<Origin>(origin);
    return sample;
}

[[nodiscard]] inline Snapshot makeSnapshot(
    const QString &label, const std::vector<Row> &rows, qint64 seconds = 0)
{
    return {QUuid::createUuid(), label, {}, false, makeSample(rows, seconds)};
}

/// Any 64-bit value, with unknown and the extremes more often than chance gives.
[[nodiscard]] inline Counter randomCounter(QRandomGenerator &random)
{
    switch (random.bounded(8)) {
    case 0:
        return {};
    case 1:
        return Counter(std::numeric_limits<qint64>::max());
    case 2:
        return Counter(std::numeric_limits<qint64>::min() + 1);
    case 3:
        return Counter((qint64(1) << 53) + 1); // what a double cannot hold
    case 4:
        return Counter(0);
    default:
        return Counter(static_cast<qint64>(random.generate64() >> random.bounded(1, 63)));
    }
}

/// A tag of `length` bytes of any value.
[[nodiscard]] inline QByteArray randomTag(QRandomGenerator &random, int length)
{
    QByteArray tag;
    for (int i = 0; i < length; ++i)
        tag += static_cast<char>(random.bounded(256));
    return tag;
}

} // namespace poolscope::test
