// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/recording/bytecodec.h"

#include <array>

namespace poolscope {

constexpr size_t CounterCount = 4;

/// The counters of a reading in the order of the format: allocs, frees, outstanding, bytes.
constexpr std::array<Counter Reading::*, CounterCount> ReadingCounters = {
    &Reading::allocs, &Reading::frees, &Reading::outstanding, &Reading::bytes};

/// How a reading differs from what its tag's past predicts.
struct ReadingDelta
{
    /// Bit n: counter n has a residual other than 0. Bit 4+n: counter n changed between known and unknown.
    quint8 mask = 0;
    std::array<qint64, CounterCount> residuals{};

    [[nodiscard]] bool has(size_t counter) const { return (mask >> counter & 1) != 0; }
};

/// Predicts one tag's counters from each other: what was allocated is freed, outstanding is the difference,
/// and objects have a size. Both directions keep the same state, so that only what was not predicted needs
/// to be written. All arithmetic wraps at 64 bits: any values come back exactly.
class ReadingPredictor
{
public:
    [[nodiscard]] const Reading &reading() const { return m_reading; }

    /// The step to the next reading; mask 0: nothing changed.
    [[nodiscard]] ReadingDelta encode(const Reading &next);
    void decode(const ReadingDelta &delta);

private:
    void learnUnit(qint64 outstandingChange, qint64 bytesChange);

    Reading m_reading;
    std::array<qint64, CounterCount> m_last{}; ///< last known values; 0 before the first
    qint64 m_unit = 0; ///< bytes per object
};

} // namespace poolscope
