// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/notecontroller.h"

#include "model/core/duration.h"
#include "model/replay/replaysession.h"
#include "model/sampling/livesession.h"
#include "model/sampling/sessionswitch.h"
#include "views/window/noteline.h"
#include "views/window/windowactions.h"

#include <QAction>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

NoteController::NoteController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(m_parts.actions.addNote, &QAction::triggered, this, &NoteController::ask);
    connect(&m_parts.line, &NoteLine::noteGiven, this, &NoteController::add);
    connect(&m_parts.session, &SessionHandle::frameReady, this, &NoteController::showAction);
    connect(&m_parts.session, &SessionHandle::restarted, this, [this] {
        m_parts.line.leave();
        showAction();
    });
    showAction();
}

bool NoteController::isReplay() const
{
    return m_parts.session.isInFront(m_parts.replay);
}

void NoteController::showAction()
{
    m_parts.actions.addNote->setEnabled(m_parts.session.frame() != nullptr);
}

void NoteController::ask()
{
    const FramePtr frame = m_parts.session.frame();
    if (!frame)
        return;
    m_parts.line.ask(
        isReplay() ? toDateTime(frame->sample->wall).toString(u"yyyy-MM-dd HH:mm:ss"_s) : tr("this moment"));
}

void NoteController::add(const QString &text)
{
    if (isReplay())
        (void)m_parts.replay.placeMark(MarkKind::Note, text);
    else
        m_parts.live.addMark(MarkKind::Note, text);
}

} // namespace poolscope
