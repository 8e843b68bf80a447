// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"

#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace poolscope {

/// What waits for a thread to answer it: the newest of each asker, who is told by a SeriesRequest's token.
/// Any thread.
template <typename T>
class NewestByAsker
{
public:
    /// True when nothing waited: the caller then wakes the thread that answers.
    [[nodiscard]] bool put(quint64 token, T value)
    {
        const std::lock_guard lock(m_mutex);
        const bool wasEmpty = m_byAsker.empty();
        m_byAsker.insert_or_assign(askerOf(token), std::move(value));
        return wasEmpty;
    }

    [[nodiscard]] std::vector<T> takeAll()
    {
        std::map<quint8, T> all;
        {
            const std::lock_guard lock(m_mutex);
            all.swap(m_byAsker);
        }
        std::vector<T> values;
        values.reserve(all.size());
        for (auto &[asker, value] : all)
            values.push_back(std::move(value));
        return values;
    }

private:
    std::mutex m_mutex;
    std::map<quint8, T> m_byAsker;
};

} // namespace poolscope
