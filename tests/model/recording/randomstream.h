// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/samplemaker.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <random>
#include <vector>

namespace poolscope::test {

/// Samples as no kernel would give them: everything that a recording has to bring back changes at random.
class RandomStream
{
public:
    /// Without a kind, each boot has another one.
    explicit RandomStream(quint32 seed, int tags = 12, std::optional<SourceKind> kind = {})
        : m_random(seed)
        , m_kind(kind)
    {
        QRandomGenerator bytes(seed);
        for (int i = 0; i < tags; ++i) {
            const auto type = static_cast<PoolType>(i % 3);
            m_all.push_back(
                {{randomTag(bytes, static_cast<int>(m_random() % 40)) + QByteArray::number(i), type}, {}});
            m_readings.push_back({});
        }
        m_origin = newOrigin();
        m_current = std::make_shared<TagList>();
    }

    struct Item
    {
        SamplePtr sample;
        bool afterGap = false;
    };

    [[nodiscard]] Item next()
    {
        if (chance(0.01)) {
            m_origin = newOrigin();
            m_monotonic = std::chrono::seconds(m_random() % 100);
        }
        m_monotonic += std::chrono::nanoseconds(1 + m_random() % 2'000'000'000);
        m_wall += std::chrono::nanoseconds(m_random() % 2'000'000'000);
        if (chance(0.01))
            m_wall -= std::chrono::hours(m_random() % 100);
        if (m_rows.empty() || chance(0.08))
            changeRows();

        auto sample = std::make_shared<Sample>();
        sample->wall = m_wall;
        sample->monotonic = m_monotonic;
        sample->origin = m_origin;
        sample->tags = m_current;
        for (size_t i = 0; i < static_cast<size_t>(SystemField::Count); ++i) {
            if (chance(0.3))
                m_system[static_cast<SystemField>(i)] = anyCounter();
        }
        sample->system = m_system;
        for (const size_t row : m_rows)
            sample->readings.push_back(nextReading(m_readings[row]));
        return {sample, chance(0.05)};
    }

private:
    [[nodiscard]] bool chance(double probability)
    {
        return std::uniform_real_distribution<double>(0, 1)(m_random) < probability;
    }
    [[nodiscard]] Counter anyCounter()
    {
        QRandomGenerator random(static_cast<quint32>(m_random()));
        return randomCounter(random);
    }
    [[nodiscard]] std::shared_ptr<const Origin> newOrigin()
    {
        Origin origin;
        origin.uri = chance(0.5) ? QStringLiteral("pool:") : QStringLiteral("slab:");
        origin.kind = m_kind.value_or(static_cast<SourceKind>(m_random() % 3));
        origin.host = QStringLiteral("höst");
        origin.bootId = QString::number(m_random());
        origin.system = chance(0.5) ? QString() : QStringLiteral("Windows 11, build 22631");
        origin.counterBits = chance(0.5) ? 32 : 64;
        return std::make_shared<const Origin>(origin);
    }
    void changeRows()
    {
        m_rows.clear();
        for (size_t i = 0; i < m_all.size(); ++i) {
            if (chance(0.8))
                m_rows.push_back(i);
        }
        if (chance(0.3))
            std::shuffle(m_rows.begin(), m_rows.end(), m_random);
        auto list = std::make_shared<TagList>();
        for (const size_t row : m_rows) {
            if (chance(0.1))
                m_all[row].driver = chance(0.3) ? QByteArray() : QByteArray("driver") + char(m_random());
            list->push_back(m_all[row]);
        }
        m_current = std::move(list);
    }
    Reading nextReading(Reading &reading)
    {
        if (chance(0.5))
            return reading;
        if (chance(0.1)) {
            reading = {anyCounter(), anyCounter(), anyCounter(), anyCounter()};
        } else if (chance(0.3)) {
            reading.allocs = Counter(static_cast<quint32>(
                static_cast<quint64>(reading.allocs.valueOr(0)) + m_random() % (1U << 30)));
        } else {
            const qint64 objects = qint64(m_random() % 50) - 25;
            reading.outstanding = Counter(static_cast<qint64>(
                static_cast<quint64>(reading.outstanding.valueOr(0)) + static_cast<quint64>(objects)));
            reading.bytes = Counter(static_cast<qint64>(
                static_cast<quint64>(reading.bytes.valueOr(0)) + static_cast<quint64>(objects) * 192));
        }
        return reading;
    }

    std::mt19937 m_random;
    std::optional<SourceKind> m_kind;
    std::vector<TagEntry> m_all;
    std::vector<Reading> m_readings;
    std::vector<size_t> m_rows;
    std::shared_ptr<const TagList> m_current;
    std::shared_ptr<const Origin> m_origin;
    SystemReading m_system;
    WallTime m_wall{std::chrono::seconds(1'795'370'400)};
    MonotonicTime m_monotonic{};
};

/// Whether a recorded sample is the one that was appended, bit by bit.
[[nodiscard]] inline bool sameSample(const Sample &a, const Sample &b)
{
    return a.wall == b.wall && a.monotonic == b.monotonic && *a.origin == *b.origin && a.system == b.system
        && *a.tags == *b.tags && a.readings == b.readings;
}

} // namespace poolscope::test
