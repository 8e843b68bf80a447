// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/testcontroller.h"

#include "model/core/duration.h"
#include "model/sampling/livesession.h"
#include "model/sampling/sessionswitch.h"
#include "model/snapshots/snapshotstore.h"
#include "views/test/testpanel.h"
#include "views/window/bannerstack.h"
#include "views/window/snapshotcontroller.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"

#include <QAction>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView LeftKey("leftTest");
constexpr QLatin1StringView TestKey("test");

bool isOn(const TestRun &run)
{
    return run.stage() == TestStage::Running || run.stage() == TestStage::After;
}

QString clockText(WallTime time)
{
    return toDateTime(time).toString(u"HH:mm:ss"_s);
}

} // namespace

TestController::TestController(const Parts &parts, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_keeper(folder)
{
    connect(m_parts.actions.startTest, &QAction::triggered, this, &TestController::start);
    connect(m_parts.actions.stopTest, &QAction::triggered, this, &TestController::stop);
    connect(&m_parts.live, &SessionHandle::frameReady, this, &TestController::takeFrame);
    connect(&m_parts.live, &SessionHandle::restarted, this, &TestController::restart);
    connect(&m_parts.session, &SessionHandle::restarted, this, &TestController::show);
    TestPanel *panel = &m_parts.panel;
    connect(panel, &TestPanel::finishWanted, this, &TestController::finish);
    connect(panel, &TestPanel::becameVisible, this, &TestController::show);
    connect(panel, &TestPanel::periodChanged, this, [this](std::optional<std::chrono::milliseconds> period) {
        m_parts.settings.setTestSnapshotPeriod(period);
        if (m_run.stage() == TestStage::Running)
            m_parts.snapshots.setTestPeriod(period);
        show();
    });
    connect(&m_keeper, &TestKeeper::found, this, [this](const KeptTest &test) {
        m_left = test;
        if (const FramePtr frame = m_parts.live.frame())
            offerLeft(*frame->sample);
    });
    connect(&m_keeper, &TestKeeper::failed, this, [this](const Error &error) {
        m_parts.banners.postError(TestKey,
            isOn(m_run) ? tr("The test goes on, but cannot be kept: %1").arg(error.text()) : error.text());
    });
    panel->setPeriod(m_parts.settings.testSnapshotPeriod());
    m_keeper.load();
    show();
}

bool TestController::isInFront() const
{
    return m_parts.session.isInFront(m_parts.live);
}

void TestController::start()
{
    const FramePtr frame = m_parts.live.frame();
    if (!isInFront() || !frame || m_run.stage() == TestStage::Running)
        return;
    m_parts.banners.dismiss(LeftKey);
    const TestPool pool = m_parts.panel.chosenPool();
    m_run.start(pool, frame->sample);
    m_keeper.keep(m_run);
    m_parts.live.addMark(MarkKind::TestStart, QString::fromLatin1(testPoolWord(pool)));
    m_parts.snapshots.keepNamed(frame->sample, tr("Test start %1").arg(clockText(frame->sample->wall)));
    m_parts.snapshots.setTestPeriod(m_parts.panel.period());
    emit panelWanted();
    show();
}

void TestController::stop()
{
    if (!isInFront() || m_run.stage() != TestStage::Running)
        return;
    m_run.stop();
    m_keeper.keep(m_run);
    const SamplePtr &sample = m_run.stopSample();
    m_parts.live.addMark(MarkKind::TestStop, {});
    m_parts.snapshots.keepNamed(sample, tr("Test stop %1").arg(clockText(sample->wall)));
    m_parts.snapshots.setTestPeriod(std::nullopt);
    emit panelWanted();
    show();
}

void TestController::finish()
{
    m_run.finish();
    m_keeper.keep(m_run);
    show();
}

void TestController::takeFrame(const FramePtr &frame)
{
    if (m_left && !m_isOffered)
        offerLeft(*frame->sample);
    const bool wasOn = isOn(m_run);
    m_run.add(frame->sample);
    if (wasOn && !isOn(m_run)) {
        m_keeper.keep(m_run);
        m_parts.snapshots.setTestPeriod(std::nullopt);
    }
    show();
}

/// Another source: its samples have nothing to do with the test. The file stays, so that the test is offered
/// when the program starts anew on the old one.
void TestController::restart()
{
    m_run.interrupt();
    m_parts.snapshots.setTestPeriod(std::nullopt);
    show();
}

void TestController::offerLeft(const Sample &newest)
{
    const Sample &last = m_left->stop ? *m_left->stop : *m_left->start;
    if (m_isOffered || isOn(m_run) || last.origin->uri != newest.origin->uri)
        return;
    m_isOffered = true;
    const QDateTime time = toDateTime(m_left->start->wall);
    const QString when =
        time.toString(time.date() == QDate::currentDate() ? u"HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
    if (!countersRunOn(last, newest)) {
        discardLeft();
        m_parts.banners.postNotice(LeftKey,
            tr("The test that began at %1 was left and cannot be gone on with: the machine was restarted "
               "since. Its snapshots are in the list of snapshots.")
                .arg(when));
        return;
    }
    m_parts.banners.postNotice(LeftKey,
        m_left->stop ? tr("A test that began at %1 was stopped and then left.").arg(when)
                     : tr("A test that began at %1 was left while it ran.").arg(when),
        {{tr("Go on"), [this] { resume(); }}, {tr("Discard"), [this] { discardLeft(); }}});
}

void TestController::resume()
{
    if (!m_left || isOn(m_run))
        return;
    const KeptTest test = *std::exchange(m_left, std::nullopt);
    m_keeper.adopt(test);
    m_run = TestRun::restored(test.pool, test.start, test.stop);
    if (m_run.stage() == TestStage::Running)
        m_parts.snapshots.setTestPeriod(m_parts.panel.period());
    if (const FramePtr frame = m_parts.live.frame())
        takeFrame(frame);
    emit panelWanted();
    show();
}

void TestController::discardLeft()
{
    if (const auto test = std::exchange(m_left, std::nullopt))
        m_keeper.discard(test->path);
}

qsizetype TestController::snapshotsTaken() const
{
    const SamplePtr &start = m_run.startSample();
    if (!start)
        return 0;
    return std::ranges::count_if(m_parts.store.snapshots(), [&](const SnapshotMeta &meta) {
        return meta.wall >= start->wall && meta.origin->uri == start->origin->uri;
    });
}

TestState TestController::state() const
{
    TestState state;
    state.stage = m_run.stage();
    state.pool = m_run.pool();
    state.interrupted = m_run.isInterrupted();
    state.testTime = m_run.testTime();
    state.afterTime = m_run.afterTime();
    state.snapshots = snapshotsTaken();
    state.period = m_parts.panel.period();
    if (m_run.startSample())
        state.start = m_run.startSample()->wall;
    if (const FramePtr frame = m_parts.live.frame())
        state.kind = frame->sample->origin->kind;
    return state;
}

void TestController::show()
{
    if (!isInFront())
        return;
    showActions();
    if (!m_parts.panel.isVisible())
        return;
    m_parts.panel.setState(state());
    computeResult();
}

void TestController::showActions()
{
    const bool isRunning = m_run.stage() == TestStage::Running;
    m_parts.actions.startTest->setEnabled(m_parts.live.frame() && !isRunning);
    m_parts.actions.stopTest->setEnabled(isRunning);
}

/// One at a time, and the last state of the run in the end.
void TestController::computeResult()
{
    if (m_computes) {
        m_computeAgain = true;
        return;
    }
    m_computes = true;
    m_background.run([run = m_run] { return run.result(); },
        [this](const TestResult &result) {
            m_computes = false;
            if (isInFront())
                m_parts.panel.setResult(result);
            if (std::exchange(m_computeAgain, false))
                computeResult();
        });
}

bool TestController::mayClose()
{
    if (m_run.stage() != TestStage::Running)
        return true;
    if (m_parts.window.findChild<QMessageBox *>(u"quitTestDialog"_s) != nullptr)
        return false;
    auto *box = new QMessageBox(QMessageBox::Question, tr("A test runs"),
        tr("The test has run for %1. Quit?").arg(elapsedText(m_run.testTime())), QMessageBox::NoButton,
        &m_parts.window);
    box->setObjectName(u"quitTestDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("Its start is kept: as long as the machine is not restarted, PoolScope offers to go "
           "on with the test when it is started again."));
    auto *quit = box->addButton(tr("&Quit"), QMessageBox::AcceptRole);
    auto *stay = box->addButton(tr("&Keep testing"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(quit, &QPushButton::clicked, this, &TestController::closeConfirmed);
    box->open();
    return false;
}

} // namespace poolscope
