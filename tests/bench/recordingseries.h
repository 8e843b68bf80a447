// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <random>

namespace poolscope::bench {

/// Kernel counters as a busy machine has them: each tag has its own chance to change in a second (few change
/// always, most hardly ever; about 8 % of them change per sample), allocates and frees, and holds objects of
/// one size, or of any size for one tag in five.
class KernelSeries
{
public:
    explicit KernelSeries(int tags, quint32 seed = 20261122)
        : m_random(seed)
    {
        std::uniform_real_distribution<double> chance(0, 1);
        auto list = std::make_shared<TagList>();
        for (int i = 0; i < tags; ++i) {
            const QByteArray name = QByteArray::number(i, 36).rightJustified(4, '0');
            list->push_back({{name, i % 2 == 0 ? PoolType::Nonpaged : PoolType::Paged}, {}});
            const double u = chance(m_random);
            TagState state;
            state.probability = u * u * u * u * u * u * u * u * u * u * u;
            state.size = 16 << m_random() % 8;
            state.isOneSize = m_random() % 5 != 0;
            state.rate = qint64(1) << m_random() % 8;
            m_states.push_back(state);
            const auto held = static_cast<qint64>(m_random() % 5000);
            m_readings.push_back(
                {Counter(held * 10), Counter(held * 9), Counter(held), Counter(held * state.size)});
        }
        m_tags = std::move(list);
        Origin origin;
        origin.uri = QStringLiteral("pool:");
        origin.kind = SourceKind::Pool;
        origin.bootId = QStringLiteral("boot");
        m_origin = std::make_shared<const Origin>(origin);
    }

    [[nodiscard]] SamplePtr next()
    {
        std::uniform_real_distribution<double> chance(0, 1);
        changedTags = changedValues = 0;
        for (size_t i = 0; i < m_states.size(); ++i) {
            if (chance(m_random) < m_states[i].probability)
                change(m_states[i], m_readings[i]);
        }
        auto sample = std::make_shared<Sample>();
        const std::chrono::nanoseconds jitter(m_random() % 200'000);
        sample->wall = WallTime(std::chrono::seconds(1'795'370'400 + m_seconds)) + jitter;
        sample->monotonic = std::chrono::seconds(1000 + m_seconds) + jitter;
        ++m_seconds;
        sample->origin = m_origin;
        sample->tags = m_tags;
        sample->readings = m_readings;
        sample->system[SystemField::MemTotal] = Counter(qint64(16) << 30);
        m_available += static_cast<qint64>(m_random() % 2'000'000) - 1'000'000;
        sample->system[SystemField::MemAvailable] = Counter(m_available / 4096 * 4096);
        m_faults += static_cast<qint64>(m_random() % 20'000);
        sample->system[SystemField::PageFaults] = Counter(m_faults);
        return sample;
    }

    int changedTags = 0; ///< in the newest sample
    int changedValues = 0;

private:
    struct TagState
    {
        double probability = 0;
        qint64 size = 16;
        bool isOneSize = true;
        qint64 rate = 1;
    };
    void change(const TagState &state, Reading &reading)
    {
        const auto count = [&] {
            return static_cast<qint64>(m_random() % static_cast<quint64>(state.rate + 1));
        };
        const qint64 allocated = 1 + count();
        const qint64 held = reading.outstanding.value();
        const qint64 freed = std::min(held + allocated, count() + (m_random() % 3 == 0 ? 0 : 1));
        const Reading before = reading;
        reading.allocs = Counter(reading.allocs.value() + allocated);
        reading.frees = Counter(reading.frees.value() + freed);
        reading.outstanding = Counter(held + allocated - freed);
        const qint64 bytes = state.isOneSize
            ? (allocated - freed) * state.size
            : (allocated - freed) * state.size + static_cast<qint64>(m_random() % 256) * 16;
        reading.bytes = Counter(std::max<qint64>(reading.bytes.value() + bytes, 0));
        ++changedTags;
        changedValues += (reading.allocs != before.allocs) + (reading.frees != before.frees)
            + (reading.outstanding != before.outstanding) + (reading.bytes != before.bytes);
    }

    std::mt19937_64 m_random;
    std::vector<TagState> m_states;
    std::vector<Reading> m_readings;
    std::shared_ptr<const TagList> m_tags;
    std::shared_ptr<const Origin> m_origin;
    qint64 m_seconds = 0;
    qint64 m_available = qint64(8) << 30;
    qint64 m_faults = 0;
};

} // namespace poolscope::bench
