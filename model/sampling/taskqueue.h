// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <deque>
#include <memory>
#include <mutex>
#include <utility>

namespace poolscope {

/// Runs tasks on the thread this object lives in, in the order in which they were posted, one per turn of
/// that thread's event loop. Nothing is lost or merged. Tasks, and with them all values that go from one
/// thread to another, pass through a std::mutex of our own, so that ThreadSanitizer sees the hand-over even
/// with a Qt that was built without it; Qt only wakes the thread up. Tasks that are left when the queue is
/// destroyed are dropped without being run.
class TaskQueue : public QObject
{
    Q_OBJECT

public:
    explicit TaskQueue(QObject *parent = nullptr);

    /// Any thread; returns at once. `task` may be move-only.
    template <typename F>
    void post(F task)
    {
        push(std::make_unique<Holder<F>>(std::move(task)));
    }

signals:
    /// Private: queued to this very object.
    void pending(QPrivateSignal);

private:
    struct Task
    {
        Task() = default;
        Task(const Task &) = delete;
        Task &operator=(const Task &) = delete;
        virtual ~Task() = default;
        virtual void run() = 0;
    };
    template <typename F>
    struct Holder final : Task
    {
        explicit Holder(F &&f)
            : work(std::move(f))
        {
        }
        void run() override { work(); }
        F work;
    };

    void push(std::unique_ptr<Task> task);
    void runNext();

    std::mutex m_mutex;
    std::deque<std::unique_ptr<Task>> m_tasks;
};

} // namespace poolscope
