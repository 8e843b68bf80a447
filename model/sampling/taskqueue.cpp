// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/taskqueue.h"

namespace poolscope {

// A queued signal without arguments leaves no object behind that two threads touch outside of Qt.
TaskQueue::TaskQueue(QObject *parent)
    : QObject(parent)
{
    connect(this, &TaskQueue::pending, this, &TaskQueue::runNext, Qt::QueuedConnection);
}

void TaskQueue::push(std::unique_ptr<Task> task)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_tasks.empty();
        m_tasks.push_back(std::move(task));
    }
    if (wasEmpty)
        emit pending({});
}

void TaskQueue::runNext()
{
    std::unique_ptr<Task> task;
    bool more = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_tasks.empty())
            return;
        task = std::move(m_tasks.front());
        m_tasks.pop_front();
        more = !m_tasks.empty();
    }
    // Before the task runs, because it may enter an event loop of its own (a dialog).
    if (more)
        emit pending({});
    task->run();
}

} // namespace poolscope
