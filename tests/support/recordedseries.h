// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/formats/slabinfo.h"

#include <QProcess>
#include <QString>

#include <vector>

namespace poolscope::test {

/// The samples of a recorded series: NAME.slabinfo.zst holds the kernel's texts one after another, each after
/// a line "=== NANOSECONDS SINCE 1970". Empty where the file, or the program zstd, is missing.
[[nodiscard]] inline std::vector<SamplePtr> samplesOfSeries(const QString &name)
{
    QProcess zstd;
    zstd.start(QStringLiteral("zstd"), {QStringLiteral("-dcq"), name + QStringLiteral(".slabinfo.zst")});
    if (!zstd.waitForFinished() || zstd.exitCode() != 0)
        return {};
    auto origin = std::make_shared<Origin>();
    origin->uri = QStringLiteral("slab:");
    origin->bootId = QStringLiteral("boot");
    SlabinfoParser parser;
    std::vector<SamplePtr> samples;
    WallTime wall{};
    QByteArray text;
    const auto take = [&] {
        if (text.isEmpty())
            return;
        auto rows = parser.parse(text, QStringLiteral("slabinfo"));
        if (!rows)
            qFatal("%s", qPrintable(rows.error().text()));
        auto sample = std::make_shared<Sample>();
        sample->wall = wall;
        sample->monotonic = samples.empty() ? MonotonicTime(0) : wall - samples.front()->wall;
        sample->origin = origin;
        sample->tags = rows.value().tags;
        sample->readings = std::move(rows).value().readings;
        samples.push_back(std::move(sample));
        text.clear();
    };
    for (const QByteArray &line : zstd.readAllStandardOutput().split('\n')) {
        if (line.startsWith("=== ")) {
            take();
            wall = WallTime(std::chrono::nanoseconds(line.sliced(4).trimmed().toLongLong()));
        } else {
            text += line + '\n';
        }
    }
    take();
    return samples;
}

} // namespace poolscope::test
