// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "tests/model/sampling/testsamples.h"

#include <algorithm>
#include <random>
#include <vector>

namespace poolscope::test {

/// A sample and how it follows the one before.
struct RunSample
{
    SamplePtr sample;
    bool afterGap = false;
};

/// What a run of samples is made like.
struct RunShape
{
    size_t samples = 300;
    size_t tags = 12;
    double comeOrGo = 0.01; ///< chance a tag and sample
    double gap = 0.02;
    double reboot = 0.005;
    std::chrono::milliseconds interval{2000};
};

/// Samples of tags that come, go, grow, stay level and jump, across gaps and reboots. Deterministic.
[[nodiscard]] inline std::vector<RunSample> randomRun(unsigned seed, const RunShape &shape = {})
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> chance(0, 1);
    const auto upTo = [&](qint64 most) { return static_cast<qint64>(random() % static_cast<quint64>(most)); };
    struct State
    {
        bool present = false;
        bool knowsBytes = true;
        qint64 growth = 0;
        Reading reading;
    };
    std::vector<State> states(shape.tags);
    const auto begin = [&](State &state) {
        const qint64 held = upTo(10'000);
        state.reading = {held + 1000, 1000, held, state.knowsBytes ? Counter(held * 64) : Counter()};
    };
    for (State &state : states) {
        state.present = chance(random) < 0.7;
        state.knowsBytes = chance(random) < 0.9;
        state.growth = upTo(3) * upTo(50);
        begin(state);
    }

    std::vector<RunSample> run;
    int boot = 1;
    const int bits = seed % 2 == 0 ? 64 : 32;
    auto origin = fakes::origin(QStringLiteral("boot-1"), bits);
    std::shared_ptr<const TagList> list;
    std::chrono::nanoseconds wall{0};
    std::chrono::nanoseconds monotonic{std::chrono::hours(1)};
    for (size_t n = 0; n < shape.samples; ++n) {
        const bool isReboot = n > 0 && chance(random) < shape.reboot;
        const bool afterGap = n > 0 && chance(random) < shape.gap;
        const auto step = shape.interval + std::chrono::milliseconds(upTo(shape.interval.count() / 8))
            + (afterGap ? std::chrono::seconds(upTo(900)) : std::chrono::seconds(0));
        wall += step;
        monotonic += step;
        if (isReboot) {
            monotonic = std::chrono::seconds(30);
            origin = fakes::origin(QStringLiteral("boot-%1").arg(++boot), bits);
            std::ranges::for_each(states, begin);
        }
        bool otherRows = list == nullptr;
        for (State &state : states) {
            if (chance(random) < shape.comeOrGo) {
                state.present = !state.present;
                otherRows = true;
                begin(state);
            }
            if (chance(random) < 0.5)
                continue;
            const qint64 made = state.growth + upTo(5);
            const qint64 gone = upTo(5);
            state.reading.allocs = state.reading.allocs.value() + made;
            state.reading.frees = state.reading.frees.value() + gone;
            state.reading.outstanding = state.reading.outstanding.value() + made - gone;
            if (state.knowsBytes)
                state.reading.bytes = state.reading.outstanding.value() * 64;
        }
        if (otherRows) {
            TagList tags;
            for (size_t id = 0; id < states.size(); ++id) {
                if (states[id].present)
                    tags.push_back({{QByteArray("tag") + QByteArray::number(static_cast<qint64>(id)),
                                        id % 2 == 0 ? PoolType::Paged : PoolType::Nonpaged},
                        {}});
            }
            list = std::make_shared<const TagList>(std::move(tags));
        }
        std::vector<Reading> readings;
        for (const State &state : states) {
            if (state.present)
                readings.push_back(state.reading);
        }
        const auto sample = fakes::sampleAt(wall, list, std::move(readings), origin);
        sample->monotonic = monotonic;
        sample->system[SystemField::PageFaults] = Counter(static_cast<qint64>(n) * 100);
        sample->system[SystemField::MemAvailable] = Counter(upTo(1'000'000));
        run.push_back({sample, afterGap});
    }
    return run;
}

} // namespace poolscope::test
