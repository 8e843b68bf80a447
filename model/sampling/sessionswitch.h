// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/sessionhandle.h"

namespace poolscope {

/// The session in front: hands everything on to one of several sessions, so that the window's parts are
/// connected once. What the others signal is not passed on; they go on behind. Window thread.
class SessionSwitch : public SessionHandle
{
    Q_OBJECT

public:
    /// `front` must outlive the switch, as must all that are put in front later.
    explicit SessionSwitch(SessionHandle &front, QObject *parent = nullptr);

    /// Emits restarted(), then what `session` shows already.
    void putInFront(SessionHandle &session);
    [[nodiscard]] bool isInFront(const SessionHandle &session) const { return m_front == &session; }

    [[nodiscard]] SessionAbilities abilities() const override { return m_front->abilities(); }
    [[nodiscard]] QString sourceUri() const override { return m_front->sourceUri(); }
    [[nodiscard]] QString sourceTitle() const override { return m_front->sourceTitle(); }
    [[nodiscard]] FramePtr frame() const override { return m_front->frame(); }
    [[nodiscard]] const std::vector<Mark> &marks() const override { return m_front->marks(); }
    void resetBaseline() override { m_front->resetBaseline(); }
    void addMark(MarkKind kind, const QString &text) override { m_front->addMark(kind, text); }
    void requestSeries(const SeriesRequest &request) override { m_front->requestSeries(request); }

private:
    void listen();

    SessionHandle *m_front;
};

} // namespace poolscope
