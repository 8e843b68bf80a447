// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/taskqueue.h"

#include <QObject>
#include <QRunnable>
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
        auto job = std::make_unique<Job<Work, Then>>(m_door, std::move(work), std::move(then));
        const std::lock_guard lock(handOver());
        QThreadPool::globalInstance()->start(job.release()); // the pool deletes it
    }

private:
    /// Outlives the object for as long as work is under way.
    struct Door
    {
        std::mutex mutex;
        TaskQueue *queue = nullptr;
    };

    /// Both sides of the hand-over to the pool take it: Qt's own synchronisation is built without
    /// ThreadSanitizer, which would otherwise not see that a job is complete before it starts.
    static std::mutex &handOver()
    {
        static std::mutex mutex;
        return mutex;
    }

    template <typename Work, typename Then>
    class Job : public QRunnable
    {
    public:
        Job(std::shared_ptr<Door> door, Work &&work, Then &&then)
            : m_door(std::move(door))
            , m_work(std::move(work))
            , m_then(std::move(then))
        {
        }

        void run() override
        {
            {
                const std::lock_guard lock(handOver());
            }
            auto result = m_work();
            const std::lock_guard lock(m_door->mutex);
            if (m_door->queue == nullptr)
                return;
            m_door->queue->post([result = std::move(result), then = std::move(m_then)]() mutable {
                then(std::move(result));
            });
        }

    private:
        std::shared_ptr<Door> m_door;
        Work m_work;
        Then m_then;
    };

    TaskQueue m_queue;
    std::shared_ptr<Door> m_door;
};

} // namespace poolscope
