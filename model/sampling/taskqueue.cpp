// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/taskqueue.h"

#include <QCoreApplication>
#include <QEvent>

namespace poolscope {

namespace {

constexpr auto WakeEvent = static_cast<QEvent::Type>(QEvent::User + 1);

} // namespace

bool TaskQueue::event(QEvent *event)
{
    if (event->type() != WakeEvent)
        return QObject::event(event);
    runNext();
    return true;
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
        wake();
}

void TaskQueue::wake()
{
    QCoreApplication::postEvent(this, new QEvent(WakeEvent));
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
        wake();
    task->run();
}

} // namespace poolscope
