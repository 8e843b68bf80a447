// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/sampleexport.h"
#include "model/exchange/samplereader.h"
#include "tests/support/samplemaker.h"

#include <QBuffer>

namespace poolscope::test {

/// All that a format's reader gives.
struct ReadAll
{
    std::vector<ReadSample> samples;
    std::vector<SkippedLine> skipped;
    std::vector<SkippedLine> doubts;
    qint64 rows = 0;
    QByteArray format; ///< as it was recognised; empty: not
    std::optional<Error> error;
};

[[nodiscard]] inline ReadAll readAll(QByteArray bytes, std::optional<WallTime> start = {})
{
    ReadAll all;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    const ImportFormat *format = recognisedFormat(buffer);
    if (!format)
        return all;
    all.format = format->word.toByteArray();
    const auto reader = format->create(buffer, QStringLiteral("input"));
    reader->setStart(start);
    for (;;) {
        auto read = reader->next();
        if (!read) {
            all.error = read.error();
            break;
        }
        if (!read.value())
            break;
        all.samples.push_back(*std::move(read).value());
    }
    all.skipped = reader->skipped();
    all.doubts = reader->doubts();
    all.rows = reader->rows();
    return all;
}

/// Samples as a recorder takes them: tags that come and go, counters that mostly stay, any byte in tags.
[[nodiscard]] inline std::vector<SamplePtr> randomSamples(
    QRandomGenerator &random, int count, SourceKind kind, bool withDriver)
{
    auto origin = std::make_shared<Origin>();
    origin->uri = kind == SourceKind::Pool ? QStringLiteral("pool:") : QStringLiteral("slab:");
    origin->kind = kind;
    origin->host = QStringLiteral("h\u00f6st \"q\" \\ b");
    origin->bootId = QStringLiteral("boot-1");
    origin->counterBits = kind == SourceKind::Pool ? 32 : 64;
    std::vector<Row> rows;
    const auto newRow = [&](int number) {
        QByteArray tag = randomTag(random, kind == SourceKind::Pool ? 2 : 6);
        if (kind == SourceKind::Pool)
            tag.append(static_cast<char>('A' + number / 64)).append(static_cast<char>('0' + number % 64));
        else
            tag += QByteArray::number(number) + " x";
        return Row{tag, static_cast<PoolType>(random.bounded(3)), {},
            withDriver && random.bounded(2) ? QByteArray("drv \"\u00e4\", ") + QByteArray::number(number)
                                            : QByteArray()};
    };
    for (int i = 0; i < 12; ++i)
        rows.push_back(newRow(i));
    std::vector<SamplePtr> samples;
    WallTime wall(std::chrono::seconds(1'795'370'400));
    for (int n = 0; n < count; ++n) {
        if (random.bounded(5) == 0)
            rows.erase(rows.begin() + random.bounded(static_cast<int>(rows.size() - 1)));
        if (random.bounded(5) == 0)
            rows.push_back(newRow(100 + n));
        for (Row &row : rows) {
            if (n > 0 && random.bounded(4) != 0)
                continue;
            row.reading = {
                randomCounter(random), randomCounter(random), randomCounter(random), randomCounter(random)};
        }
        auto sample = makeSample(rows);
        wall += std::chrono::nanoseconds(1 + random.bounded(2'000'000'000));
        sample->wall = wall;
        sample->monotonic =
            std::chrono::seconds(77) + (wall.time_since_epoch() - std::chrono::seconds(1'795'370'400));
        sample->origin = origin;
        for (const SystemFieldInfo &info : systemFields())
            sample->system[info.field] = randomCounter(random);
        samples.push_back(sample);
    }
    return samples;
}

/// What an export writes of them; `afterGap` for every third.
[[nodiscard]] inline QByteArray exported(ExportFormat format, const std::vector<SamplePtr> &samples)
{
    auto tags = std::make_shared<TagList>();
    QHash<Tag, bool> seen;
    ExportCatalogue catalogue;
    for (const SamplePtr &sample : samples) {
        for (const TagEntry &entry : *sample->tags) {
            catalogue.hasDrivers = catalogue.hasDrivers || !entry.driver.isEmpty();
            if (!std::exchange(seen[entry.tag], true))
                tags->push_back(entry);
        }
        if (!catalogue.hosts.contains(sample->origin->host))
            catalogue.hosts += sample->origin->host;
    }
    catalogue.tags = tags;
    QByteArray out;
    const auto writer = createSampleExport(
        format,
        [&](QByteArrayView bytes) {
            out += bytes;
            return true;
        },
        catalogue);
    do {
        for (size_t i = 0; i < samples.size(); ++i) {
            if (!writer->write(*samples[i], samples[i]->wall, i % 3 == 2))
                return {};
        }
    } while (writer->end() == SampleExport::Next::Again);
    return out;
}

} // namespace poolscope::test
