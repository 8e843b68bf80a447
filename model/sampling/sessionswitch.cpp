// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/sessionswitch.h"

namespace poolscope {

SessionSwitch::SessionSwitch(SessionHandle &front, QObject *parent)
    : SessionHandle(parent)
    , m_front(&front)
{
    listen();
}

void SessionSwitch::putInFront(SessionHandle &session)
{
    if (isInFront(session))
        return;
    disconnect(m_front, nullptr, this, nullptr);
    m_front = &session;
    listen();
    emit restarted();
    if (!marks().empty())
        emit marksChanged();
    if (const FramePtr shown = frame())
        emit frameReady(shown);
}

void SessionSwitch::listen()
{
    connect(m_front, &SessionHandle::restarted, this, &SessionHandle::restarted);
    connect(m_front, &SessionHandle::frameReady, this, &SessionHandle::frameReady);
    connect(m_front, &SessionHandle::marksChanged, this, &SessionHandle::marksChanged);
    connect(m_front, &SessionHandle::seriesReady, this, &SessionHandle::seriesReady);
}

} // namespace poolscope
