// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/taskqueue.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <mutex>
#include <utility>

namespace poolscope {

/// Takes work off the window's thread: `work` runs on the global thread pool, `then` gets its result on the
/// thread that this object lives on. When this object is gone by then, the result is dropped; work that
/// began is always finished. Results may come in any order: who asks again numbers the questions.
class Background : public QObject
{
public:
    explicit Background(QObject *parent = nullptr)
        : QObject(parent)
        , m_door(std::make_shared<Door>())
    {
        m_door->queue = &m_queue;
    }

    ~Background() override
    {
        const std::lock_guard lock(m_door->mutex);
        m_door->queue = nullptr;
    }

    Background(const Background &) = delete;
    Background &operator=(const Background &) = delete;

    template <typename Work, typename Then>
    void run(Work work, Then then)
    {
        QThreadPool::globalInstance()->start(
            [door = m_door, work = std::move(work), then = std::move(then)]() mutable {
                auto result = work();
                const std::lock_guard lock(door->mutex);
                if (door->queue == nullptr)
                    return;
                door->queue->post([result = std::move(result), then = std::move(then)]() mutable {
                    then(std::move(result));
                });
            });
    }

private:
    /// Outlives the object for as long as work is under way.
    struct Door
    {
        std::mutex mutex;
        TaskQueue *queue = nullptr;
    };
    TaskQueue m_queue;
    std::shared_ptr<Door> m_door;
};

} // namespace poolscope
