// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <mutex>

namespace poolscope {

/// std::binary_semaphore, without what GCC makes of it where there are no futexes: on Windows its release()
/// does not lock what acquire() waits with, so a thread that is just about to wait is never woken. Any
/// thread.
class BinarySemaphore
{
public:
    explicit BinarySemaphore(bool isFree)
        : m_isFree(isFree)
    {
    }

    void release()
    {
        const std::lock_guard lock(m_mutex);
        m_isFree = true;
        m_changed.notify_one();
    }

    void acquire()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isFree; });
        m_isFree = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isFree;
};

} // namespace poolscope
