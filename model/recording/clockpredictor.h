// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/recording/bytecodec.h"

namespace poolscope {

/// The two clocks of a sample as differences from what their past predicts: the monotonic one goes on by the
/// usual interval, the wall clock by what the monotonic one did.
struct ClockDelta
{
    qint64 monotonic = 0;
    qint64 wall = 0;
};

class ClockPredictor
{
public:
    [[nodiscard]] WallTime wall() const { return WallTime(std::chrono::nanoseconds(m_wall)); }
    [[nodiscard]] MonotonicTime monotonic() const { return MonotonicTime(m_monotonic); }

    [[nodiscard]] ClockDelta encode(WallTime wall, MonotonicTime monotonic)
    {
        const qint64 step = wrappingMinus(monotonic.count(), m_monotonic);
        const qint64 wallStep = wrappingMinus(wall.time_since_epoch().count(), m_wall);
        const ClockDelta delta{wrappingMinus(step, m_interval), wrappingMinus(wallStep, step)};
        move(step, wallStep);
        return delta;
    }
    void decode(const ClockDelta &delta)
    {
        const qint64 step = wrappingPlus(m_interval, delta.monotonic);
        move(step, wrappingPlus(step, delta.wall));
    }

private:
    void move(qint64 step, qint64 wallStep)
    {
        m_monotonic = wrappingPlus(m_monotonic, step);
        m_wall = wrappingPlus(m_wall, wallStep);
        // The interval follows slowly, so that one late sample does not spoil the next prediction; the first
        // step is the clock itself and no interval.
        const qint64 change = wrappingMinus(step, m_interval);
        if (m_steps == 1)
            m_interval = step;
        else if (m_steps > 1)
            m_interval = wrappingPlus(m_interval, change / 8);
        m_steps += m_steps < 2 ? 1 : 0;
    }

    qint64 m_wall = 0;
    qint64 m_monotonic = 0;
    qint64 m_interval = 0;
    int m_steps = 0;
};

} // namespace poolscope
