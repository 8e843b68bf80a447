// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/sampling/frame.h"

#include <QByteArray>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

namespace poolscope {

/// Makes frames for tests and benchmarks as the session would: an append-only roster, changes since the last
/// frame, first and last seen. Deterministic.
class FrameMaker
{
public:
    explicit FrameMaker(SourceKind kind = SourceKind::Slab)
    {
        auto origin = std::make_shared<Origin>();
        origin->kind = kind;
        origin->uri = QStringLiteral("test:");
        m_origin = origin;
    }

    TagId addTag(const QByteArray &name, PoolType type = PoolType::Nonpaged, const QByteArray &driver = {})
    {
        auto tags = std::make_shared<TagList>(*m_tags);
        tags->push_back({{name, type}, driver});
        m_tags = tags;
        m_rows.push_back({.reading = {}, .sinceLast = {}, .sinceBaseline = {}, .firstSeen = m_wall});
        return static_cast<TagId>(m_rows.size() - 1);
    }

    /// `count` tags named tag0000…, alternately nonpaged and paged, with random readings.
    void addTags(int count, std::mt19937 &random)
    {
        auto tags = std::make_shared<TagList>(*m_tags);
        tags->reserve(tags->size() + static_cast<size_t>(count));
        for (int i = 0; i < count; ++i) {
            const QByteArray name =
                "tag" + QByteArray::number(static_cast<qint64>(tags->size())).rightJustified(5, '0');
            tags->push_back({{name, i % 2 == 0 ? PoolType::Nonpaged : PoolType::Paged},
                i % 3 == 0 ? QByteArray() : QByteArray("driver" + QByteArray::number(i % 17) + ".sys")});
            FrameRow row{.reading = {}, .sinceLast = {}, .sinceBaseline = {}, .firstSeen = m_wall};
            const auto allocs = static_cast<qint64>(random() % 1'000'000);
            row.reading = {allocs, allocs / 2, allocs - allocs / 2, (allocs - allocs / 2) * 64};
            m_rows.push_back(row);
        }
        m_tags = tags;
    }

    [[nodiscard]] FrameRow &row(TagId id) { return m_rows[id]; }
    [[nodiscard]] size_t size() const { return m_rows.size(); }
    [[nodiscard]] const TagList &tags() const { return *m_tags; }
    void setUntagged(Counter bytes) { m_system[SystemField::Untagged] = bytes; }

    void setBytes(TagId id, Counter bytes, Counter outstanding = {})
    {
        m_rows[id].reading.bytes = bytes;
        if (outstanding.isKnown())
            m_rows[id].reading.outstanding = outstanding;
    }

    /// Moves `share` of the readings by a random step.
    void change(double share, std::mt19937 &random)
    {
        std::uniform_real_distribution<double> chance(0, 1);
        for (FrameRow &row : m_rows) {
            if (chance(random) >= share)
                continue;
            const auto step = static_cast<qint64>(random() % 20'000) - 9'000;
            row.reading.allocs = Counter(row.reading.allocs.valueOr(0) + static_cast<qint64>(random() % 500));
            row.reading.frees = Counter(row.reading.frees.valueOr(0) + static_cast<qint64>(random() % 500));
            row.reading.outstanding = Counter(std::max<qint64>(row.reading.outstanding.valueOr(0) + step, 0));
            row.reading.bytes = Counter(std::max<qint64>(row.reading.bytes.valueOr(0) + step * 64, 0));
            row.bytesPerHour = static_cast<double>(step) * 100;
        }
    }

    /// Gives every reading a size between 64 B and 1 GiB, evenly on a logarithmic scale, as in a real kernel:
    /// a few large tags, far apart, and many small ones.
    void spreadSizes(std::mt19937 &random)
    {
        std::uniform_real_distribution<double> magnitude(6, 30);
        for (FrameRow &row : m_rows) {
            const auto bytes = static_cast<qint64>(std::exp2(magnitude(random)));
            const auto outstanding = std::max<qint64>(bytes / 192, 1);
            row.reading = {
                Counter(outstanding * 3), Counter(outstanding * 2), Counter(outstanding), Counter(bytes)};
        }
    }

    /// Moves `share` of the readings by up to a fiftieth of themselves.
    void drift(double share, std::mt19937 &random)
    {
        std::uniform_real_distribution<double> chance(0, 1);
        for (FrameRow &row : m_rows) {
            if (chance(random) >= share)
                continue;
            const qint64 held = row.reading.outstanding.valueOr(0);
            const auto step =
                static_cast<qint64>((chance(random) - 0.45) * static_cast<double>(held) / 25) + 1;
            row.reading.allocs = Counter(row.reading.allocs.valueOr(0) + std::max<qint64>(step, 0) + 10);
            row.reading.frees = Counter(row.reading.frees.valueOr(0) + std::max<qint64>(-step, 0) + 10);
            row.reading.outstanding = Counter(std::max<qint64>(held + step, 0));
            row.reading.bytes = Counter(std::max<qint64>(row.reading.bytes.valueOr(0) + step * 192, 0));
            row.bytesPerHour = static_cast<double>(step) * 192 * 100;
        }
    }

    /// The next frame, `after` the previous one.
    FramePtr frame(std::chrono::nanoseconds after = std::chrono::seconds(2))
    {
        m_wall += after;
        auto sample = std::make_shared<Sample>();
        sample->wall = m_wall;
        sample->monotonic = m_wall.time_since_epoch();
        sample->origin = m_origin;
        sample->system = m_system;
        auto frame = std::make_shared<Frame>();
        auto present = std::make_shared<TagList>();
        frame->number = ++m_number;
        if (m_number == 1)
            m_firstWall = m_wall;
        frame->firstWall = m_firstWall;
        frame->tags = m_tags;
        for (size_t i = 0; i < m_rows.size(); ++i) {
            FrameRow &row = m_rows[i];
            const bool isFirst = i >= m_before.size();
            if (isFirst)
                row.firstSeen = m_wall;
            if (row.present) {
                row.lastSeen = m_wall;
                present->push_back((*m_tags)[i]);
                sample->readings.push_back(row.reading);
            }
            row.sinceLast =
                isFirst || !row.present ? Reading() : poolscope::change(row.reading, m_before[i], 64);
        }
        m_before.clear();
        for (const FrameRow &row : m_rows)
            m_before.push_back(row.reading);
        sample->tags = present;
        frame->sample = sample;
        frame->rows = m_rows;
        return frame;
    }

private:
    std::shared_ptr<const Origin> m_origin;
    std::shared_ptr<const TagList> m_tags = std::make_shared<TagList>();
    std::vector<FrameRow> m_rows;
    std::vector<Reading> m_before;
    SystemReading m_system;
    WallTime m_wall{std::chrono::hours(24 * 365 * 56)};
    WallTime m_firstWall{};
    quint64 m_number = 0;
};

} // namespace poolscope
