// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace poolscope {

/// Lets calls through at most once per interval; the last call of a burst always gets through. The first
/// one after a quiet interval gets through at once.
class Throttle : public QObject
{
    Q_OBJECT

public:
    explicit Throttle(std::chrono::milliseconds interval, QObject *parent = nullptr);

    void call();
    /// Forgets a call that waits.
    void cancel() { m_waiting = false; }

signals:
    void due();

private:
    void onTimeout();

    QTimer m_timer;
    bool m_waiting = false;
};

} // namespace poolscope
