// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/throttle.h"

namespace poolscope {

Throttle::Throttle(std::chrono::milliseconds interval, QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    // A coarse timer may be 5 % early: the interval is a promise.
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &Throttle::onTimeout);
}

void Throttle::call()
{
    if (m_timer.isActive()) {
        m_waiting = true;
        return;
    }
    m_timer.start();
    emit due();
}

void Throttle::onTimeout()
{
    if (!m_waiting)
        return;
    m_waiting = false;
    m_timer.start();
    emit due();
}

} // namespace poolscope
