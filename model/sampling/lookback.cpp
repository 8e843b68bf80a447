// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/lookback.h"

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

LookBack::LookBack(Answered answered)
    : m_answered(std::move(answered))
{
    m_thread.setObjectName(u"look back"_s);
    m_queue.moveToThread(&m_thread);
}

void LookBack::startThread()
{
    std::call_once(m_starting, [this] {
        m_thread.start();
        m_isStarted = true;
    });
}

/// The file is closed on the thread that opened it. Of the semaphore, see LiveSession.
LookBack::~LookBack()
{
    if (!m_isStarted)
        return;
    m_queue.post([this] {
        m_past.close();
        QThread::currentThread()->quit();
        m_done.release();
    });
    m_done.acquire();
    m_thread.wait();
}

void LookBack::ask(RunNumber run, PastRange range)
{
    startThread();
    const quint64 token = range.request.token;
    if (m_questions.put(token, {run, std::move(range)}))
        m_queue.post([this] { answerAll(); });
}

void LookBack::close()
{
    if (m_isStarted)
        m_queue.post([this] { m_past.close(); });
}

void LookBack::answerAll()
{
    for (const Question &question : m_questions.takeAll())
        m_answered(question.run, m_past.complete(question.range));
}

} // namespace poolscope
