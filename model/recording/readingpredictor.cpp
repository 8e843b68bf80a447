// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/readingpredictor.h"

namespace poolscope {

namespace {

enum : size_t
{
    Allocs,
    Frees,
    Outstanding,
    Bytes,
};

/// Change of a counter that the changes of those before it predict.
qint64 predicted(size_t counter, const std::array<qint64, CounterCount> &changes, qint64 unit)
{
    switch (counter) {
    case Frees:
        return changes[Allocs];
    case Outstanding:
        return wrappingMinus(changes[Allocs], changes[Frees]);
    case Bytes:
        return wrappingTimes(unit, changes[Outstanding]);
    default:
        return 0;
    }
}

} // namespace

ReadingDelta ReadingPredictor::encode(const Reading &next)
{
    ReadingDelta delta;
    std::array<qint64, CounterCount> changes{};
    for (size_t i = 0; i < CounterCount; ++i) {
        const Counter now = next.*ReadingCounters[i];
        if (now.isKnown() != (m_reading.*ReadingCounters[i]).isKnown())
            delta.mask = static_cast<quint8>(delta.mask | 0x10 << i);
        if (!now.isKnown())
            continue;
        changes[i] = wrappingMinus(now.value(), m_last[i]);
        delta.residuals[i] = wrappingMinus(changes[i], predicted(i, changes, m_unit));
        if (delta.residuals[i] != 0)
            delta.mask = static_cast<quint8>(delta.mask | 1 << i);
        m_last[i] = now.value();
    }
    m_reading = next;
    learnUnit(changes[Outstanding], changes[Bytes]);
    return delta;
}

void ReadingPredictor::decode(const ReadingDelta &delta)
{
    std::array<qint64, CounterCount> changes{};
    for (size_t i = 0; i < CounterCount; ++i) {
        Counter &counter = m_reading.*ReadingCounters[i];
        const bool toggles = (delta.mask >> (4 + i) & 1) != 0;
        if (counter.isKnown() == toggles) {
            counter = Counter();
            continue;
        }
        changes[i] = wrappingPlus(predicted(i, changes, m_unit), delta.residuals[i]);
        m_last[i] = wrappingPlus(m_last[i], changes[i]);
        counter = Counter(m_last[i]);
    }
    learnUnit(changes[Outstanding], changes[Bytes]);
}

void ReadingPredictor::learnUnit(qint64 outstandingChange, qint64 bytesChange)
{
    if (outstandingChange < 0) {
        outstandingChange = wrappingMinus(0, outstandingChange);
        bytesChange = wrappingMinus(0, bytesChange);
    }
    if (outstandingChange > 0 && bytesChange > 0 && bytesChange % outstandingChange == 0)
        m_unit = bytesChange / outstandingChange;
}

} // namespace poolscope
