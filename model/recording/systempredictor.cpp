// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/systempredictor.h"

namespace poolscope {

SystemDelta SystemPredictor::encode(const SystemReading &next)
{
    SystemDelta delta;
    for (size_t i = 0; i < SystemFieldCount; ++i) {
        const Counter now = next[static_cast<SystemField>(i)];
        if (now.isKnown() != m_reading[static_cast<SystemField>(i)].isKnown())
            delta.mask |= quint64(2) << (2 * i);
        if (!now.isKnown() || now.value() == m_last[i])
            continue;
        delta.mask |= quint64(1) << (2 * i);
        delta.residuals[i] = wrappingMinus(now.value(), m_last[i]);
        m_last[i] = now.value();
    }
    m_reading = next;
    return delta;
}

void SystemPredictor::decode(const SystemDelta &delta)
{
    for (size_t i = 0; i < SystemFieldCount; ++i) {
        Counter &counter = m_reading[static_cast<SystemField>(i)];
        const bool toggles = (delta.mask >> (2 * i + 1) & 1) != 0;
        m_last[i] = wrappingPlus(m_last[i], delta.residuals[i]);
        counter = counter.isKnown() == toggles ? Counter() : Counter(m_last[i]);
    }
}

} // namespace poolscope
