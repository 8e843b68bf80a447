// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/snapshotcontroller.h"

#include "model/core/duration.h"
#include "model/sampling/livesession.h"
#include "model/snapshots/snapshotstore.h"
#include "views/snapshots/comparisonview.h"
#include "views/snapshots/snapshotpanel.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/theme/themeicon.h"
#include "views/window/bannerstack.h"
#include "views/window/snapshotview.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"
#include "views/window/workspace.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView BannerKey("snapshots");
constexpr size_t LeastToCompare = 2;

} // namespace

QString defaultSnapshotFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/poolscope/snapshots"_s;
}

SnapshotController::SnapshotController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connectPanel();
    connectStore();
    connect(m_parts.actions.takeSnapshot, &QAction::triggered, this, &SnapshotController::take);
    connect(m_parts.actions.compare, &QAction::triggered, &m_parts.panel, &SnapshotPanel::compare);
    connect(&m_parts.live, &LiveSession::snapshotDue, this,
        [this](const SamplePtr &sample) { keep(sample, true, m_parts.live); });
    connect(&m_parts.live, &LiveSession::restarted, this, &SnapshotController::startAutoSnapshots);
    m_parts.panel.setAutoPeriod(m_parts.settings.autoSnapshotPeriod());
    setDataAvailable(false);
    showCompareAction();
}

void SnapshotController::connectPanel()
{
    SnapshotPanel *panel = &m_parts.panel;
    connect(panel, &SnapshotPanel::takeRequested, this, &SnapshotController::take);
    connect(panel, &SnapshotPanel::autoPeriodChanged, this,
        [this](std::optional<std::chrono::milliseconds> period) {
            m_parts.settings.setAutoSnapshotPeriod(period);
            startAutoSnapshots();
        });
    connect(panel, &SnapshotPanel::openRequested, this, &SnapshotController::open);
    connect(panel, &SnapshotPanel::compareRequested, this, &SnapshotController::compare);
    connect(panel, &SnapshotPanel::failed, this, &SnapshotController::showFailure);
    connect(panel, &SnapshotPanel::exported, this, &SnapshotController::showExported);
    connect(panel, &SnapshotPanel::copied, this, [this] { emit said(tr("Copied")); });
}

void SnapshotController::connectStore()
{
    SnapshotStore *store = &m_parts.store;
    connect(store, &SnapshotStore::failed, this, &SnapshotController::showFailure);
    connect(store, &SnapshotStore::loaded, this, &SnapshotController::showCompareAction);
    connect(store, &SnapshotStore::added, this, &SnapshotController::showCompareAction);
    connect(store, &SnapshotStore::lostChanged, this, &SnapshotController::showLost);
    connect(&m_parts.live, &LiveSession::recordingChanged, this, &SnapshotController::followRecording);
    connect(store, &SnapshotStore::removed, this, &SnapshotController::showCompareAction);
}

void SnapshotController::setDataAvailable(bool available)
{
    m_parts.actions.takeSnapshot->setEnabled(available);
    m_parts.panel.setTakeEnabled(available);
}

void SnapshotController::setNumberStyle(NumberStyle style)
{
    m_style = style;
    m_parts.panel.setNumberStyle(style);
    for (auto *view : m_parts.workspace.findChildren<SnapshotView *>())
        view->setNumberStyle(style);
    for (auto *view : m_parts.workspace.findChildren<ComparisonView *>())
        view->setNumberStyle(style);
}

void SnapshotController::take()
{
    if (const FramePtr frame = m_parts.session.frame())
        keep(frame->sample, false, m_parts.session);
}

void SnapshotController::keep(const SamplePtr &sample, bool automatic, SessionHandle &session)
{
    const QString label = defaultSnapshotLabel(sample->wall, automatic);
    if (m_parts.store.snapshots().empty() && !automatic)
        emit firstTaken();
    m_parts.store.take(sample, label, automatic);
    session.addMark(MarkKind::Snapshot, label);
    emit said(tr("Snapshot %1 taken").arg(label));
}

void SnapshotController::startAutoSnapshots()
{
    m_parts.live.setAutoSnapshotPeriod(m_testPeriod ? m_testPeriod : m_parts.panel.autoPeriod());
}

void SnapshotController::setTestPeriod(std::optional<std::chrono::milliseconds> period)
{
    if (period == m_testPeriod)
        return;
    m_testPeriod = period;
    startAutoSnapshots();
}

void SnapshotController::keepNamed(const SamplePtr &sample, const QString &label)
{
    m_parts.store.take(sample, label);
    emit said(tr("Snapshot %1 taken").arg(label));
}

void SnapshotController::open(const Snapshot &snapshot)
{
    for (auto *view : m_parts.workspace.findChildren<SnapshotView *>()) {
        if (view->snapshotId() == snapshot.id && m_parts.workspace.showPage(view))
            return;
    }
    auto *view = new SnapshotView(snapshot);
    view->setNumberStyle(m_style);
    view->table()->addAction(m_parts.actions.copyMarkdown);
    m_parts.workspace.openTab(view, themeIcon(u"snapshot"_s), snapshot.label, snapshotHeadline(snapshot));
}

void SnapshotController::compare(const std::vector<Snapshot> &snapshots)
{
    auto *view = new ComparisonView;
    view->setNumberStyle(m_style);
    connect(view, &ComparisonView::failed, this, &SnapshotController::showFailure);
    connect(view, &ComparisonView::exported, this, &SnapshotController::showExported);
    connect(view, &ComparisonView::copied, this, [this] { emit said(tr("Copied")); });
    connect(view, &ComparisonView::tagActivated, this, [this](const Tag &tag) {
        m_parts.workspace.showLive();
        if (!m_parts.liveTable.view()->selectTag(tag))
            emit said(tr("The live table does not show this tag"));
    });
    connect(view, &ComparisonView::shown, this,
        [this, view] { m_parts.workspace.setTabTitle(view, view->title()); });
    view->setSnapshots(snapshots);
    m_parts.workspace.openTab(view, themeIcon(u"compare"_s), tr("Comparison"), tr("Snapshots side by side"));
}

void SnapshotController::showFailure(const Error &error)
{
    m_parts.banners.postError(BannerKey, error.text());
}

void SnapshotController::showExported(const QString &path)
{
    m_parts.banners.postNotice(BannerKey, tr("Written: %1").arg(QDir::toNativeSeparators(path)));
}

void SnapshotController::showCompareAction()
{
    m_parts.actions.compare->setEnabled(m_parts.store.snapshots().size() >= LeastToCompare);
}

void SnapshotController::followRecording(const RecordingStatus &status)
{
    if (!status.isOn())
        m_recordedTo.clear();
    if (status.state != RecordingState::Recording || status.path == m_recordedTo)
        return;
    m_recordedTo = status.path;
    m_parts.store.followRecording(status.path);
}

void SnapshotController::showLost()
{
    for (const QString &key : std::as_const(m_lostBanners))
        m_parts.banners.dismiss(key);
    m_lostBanners.clear();
    for (const LostSnapshots &lost : m_parts.store.lost()) {
        const QDateTime time = toDateTime(lost.first);
        const bool isToday = time.date() == QDate::currentDate();
        const QString when = time.toString(isToday ? u"HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
        const QString text = lost.count == 1
            ? tr("1 snapshot of the session of %1 that did not end well.").arg(when)
            : tr("%1 snapshots of the session of %2 that did not end well.").arg(lost.count).arg(when);
        const QString key = u"lost:"_s + lost.path;
        m_lostBanners << key;
        m_parts.banners.postNotice(key, text,
            {{tr("Open"), [this, path = lost.path] { m_parts.store.adoptLost(path); }},
                {tr("Discard"), [this, path = lost.path] { m_parts.store.discardLost(path); }}});
    }
}

} // namespace poolscope
