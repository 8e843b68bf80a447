// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace poolscope {

/// A one-place mailbox between threads: the newest value wins, nothing queues up, the writer never waits
/// for the reader. Any thread.
template <typename T>
class Mailbox
{
public:
    /// Stores `value`, replacing one that was not taken. True when the box was empty: the caller then
    /// wakes the reader, exactly once per take.
    [[nodiscard]] bool put(T value)
    {
        const std::lock_guard lock(m_mutex);
        const bool wasEmpty = !m_value.has_value();
        m_value = std::move(value);
        return wasEmpty;
    }

    /// The newest value, or nothing when it was taken already.
    [[nodiscard]] std::optional<T> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::optional<T> m_value;
};

} // namespace poolscope
