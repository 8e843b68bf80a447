// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/frontcontroller.h"

#include "model/archive/fileuri.h"
#include "model/replay/replaysession.h"
#include "model/sampling/livesession.h"
#include "model/sampling/sessionswitch.h"
#include "model/sources/sourcefactory.h"
#include "views/chart/chartpanel.h"
#include "views/details/detailspanel.h"
#include "views/system/systembar.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/window/findingcontroller.h"
#include "views/window/intervalbox.h"
#include "views/window/pinmemory.h"
#include "views/window/recordingcontroller.h"
#include "views/window/replaycontroller.h"
#include "views/window/snapshotcontroller.h"
#include "views/window/sourcecontroller.h"
#include "views/window/statusline.h"
#include "views/window/unavailablepanel.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"

#include <QStackedWidget>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

FrontController::FrontController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&m_parts.source, &SourceController::opened, this, &FrontController::startShowing);
    connect(&m_parts.source, &SourceController::dataAvailable, this, &FrontController::takeAvailability);
    connect(&m_parts.source, &SourceController::panelWanted, this, &FrontController::showUnavailable);
    connect(&m_parts.session, &SessionHandle::frameReady, this, &FrontController::showFrame);
    connect(&m_parts.recordings, &ReplayController::opened, this, &FrontController::showRecording);
    connect(&m_parts.recordings, &ReplayController::closed, this, &FrontController::showLive);
}

void FrontController::open(const QString &uri)
{
    const bool runsBehind = !m_parts.session.isInFront(m_parts.live) && uri == m_parts.live.sourceUri();
    if (isFileUri(uri))
        m_parts.recordings.open(uri);
    else if (runsBehind)
        m_parts.replay.close();
    else
        m_parts.source.open(uri);
}

void FrontController::startShowing(const QString &uri, const QString &title, bool keepsOwnPace)
{
    m_parts.session.putInFront(m_parts.live);
    if (m_parts.replay.status().state != ReplayState::Closed)
        m_parts.replay.close();
    m_parts.table.setWaitingText(tr("Waiting for the first sample…"));
    m_parts.interval.setPaceFixed(keepsOwnPace);
    m_parts.actions.showPaused(false);
    clearViews(uri, title);
    m_parts.statusLine.setSource(title);
}

void FrontController::showRecording(const QString &uri, const QString &title)
{
    m_parts.session.putInFront(m_parts.replay);
    m_parts.interval.setPaceFixed(true);
    m_parts.snapshots.setDataAvailable(true);
    m_parts.recorder.setDataAvailable(false);
    m_parts.liveView.setCurrentWidget(&m_parts.table);
    clearViews(uri, tr("%1 (recording)").arg(title));
}

/// What the live source, which went on behind the recording, shows now.
void FrontController::showLive()
{
    if (m_parts.session.isInFront(m_parts.live))
        return;
    if (m_parts.live.sourceUri().isEmpty()) {
        open(defaultSourceUri());
        return;
    }
    m_parts.interval.setPaceFixed(!m_parts.live.abilities().testFlag(SessionAbility::OwnInterval));
    m_parts.actions.showPaused(m_parts.live.isPaused());
    clearViews(m_parts.live.sourceUri(), m_parts.live.sourceTitle());
    m_parts.statusLine.setSource(m_parts.live.sourceTitle());
    m_parts.statusLine.setStatus(m_parts.live.status());
    m_parts.session.putInFront(m_parts.live);
    m_parts.actions.showSampling(true);
    const bool available = m_parts.live.frame() != nullptr;
    m_parts.snapshots.setDataAvailable(available);
    m_parts.recorder.setDataAvailable(available);
    m_parts.liveView.setCurrentWidget(
        available ? static_cast<QWidget *>(&m_parts.table) : &m_parts.unavailable);
}

void FrontController::clearViews(const QString &uri, const QString &title)
{
    m_parts.actions.setRecentSources(m_parts.settings.recentSources());
    m_parts.actions.showSampling(m_parts.session.abilities().testFlag(SessionAbility::Sampling));
    m_parts.table.model()->clear();
    m_parts.chart.clear();
    m_parts.details.clear();
    m_parts.findings.clear();
    m_parts.systemBar.clear();
    m_parts.pinMemory.startSource(uri);
    m_parts.window.setWindowTitle(tr("%1 – PoolScope").arg(title));
}

void FrontController::takeAvailability(bool available)
{
    if (!m_parts.session.isInFront(m_parts.live))
        return;
    m_parts.snapshots.setDataAvailable(available);
    m_parts.recorder.setDataAvailable(available);
    if (!available || m_parts.liveView.currentWidget() == &m_parts.table)
        return;
    // The keys of the table work from the first sample on, unless the user is busy elsewhere.
    const QWidget *focus = m_parts.window.focusWidget();
    const bool isIdle = !focus || focus == &m_parts.unavailable || m_parts.unavailable.isAncestorOf(focus);
    m_parts.liveView.setCurrentWidget(&m_parts.table);
    if (isIdle)
        m_parts.table.view()->setFocus();
}

void FrontController::showUnavailable()
{
    if (!m_parts.session.isInFront(m_parts.live))
        return;
    const QWidget *focus = m_parts.window.focusWidget();
    const bool isIdle = !focus || m_parts.table.isAncestorOf(focus);
    m_parts.liveView.setCurrentWidget(&m_parts.unavailable);
    if (isIdle)
        m_parts.unavailable.setFocus();
}

void FrontController::showFrame(const FramePtr &frame)
{
    m_parts.table.model()->setFrame(frame);
    m_parts.chart.setFrame(frame);
    m_parts.details.setFrame(frame);
    m_parts.systemBar.setFrame(frame);
    m_parts.statusLine.setFrame(frame);
    m_parts.pinMemory.setFrame(*frame);
    m_parts.findings.setFrame(frame);
}

} // namespace poolscope
