// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/replaytest.h"

#include "model/core/duration.h"
#include "model/replay/replaysession.h"
#include "model/sampling/sessionswitch.h"
#include "views/test/testpanel.h"
#include "views/window/bannerstack.h"
#include "views/window/windowactions.h"

#include <QAction>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView PlacedKey("testMark");
constexpr std::chrono::milliseconds Calm{200};

QString placedText(MarkKind kind)
{
    if (kind == MarkKind::TestStart)
        return ReplayTest::tr("Test start was marked at %1.");
    return kind == MarkKind::TestStop ? ReplayTest::tr("Test stop was marked at %1.")
                                      : ReplayTest::tr("A note was added at %1.");
}

} // namespace

ReplayTest::ReplayTest(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_calm.setSingleShot(true);
    m_calm.setInterval(Calm);
    connect(&m_calm, &QTimer::timeout, this, [this] {
        if (const auto marked = test(); marked && isInFront())
            m_parts.replay.requestTest(*marked);
    });
    connect(m_parts.actions.startTest, &QAction::triggered, this, [this] { place(MarkKind::TestStart); });
    connect(m_parts.actions.stopTest, &QAction::triggered, this, [this] { place(MarkKind::TestStop); });
    const ReplaySession *replay = &m_parts.replay;
    connect(replay, &ReplaySession::statusChanged, this, &ReplayTest::show);
    connect(replay, &ReplaySession::marksChanged, this, &ReplayTest::show);
    connect(replay, &ReplaySession::testReady, this, &ReplayTest::takeRun);
    connect(replay, &ReplaySession::markKept, this, &ReplayTest::sayPlaced);
    connect(replay, &SessionHandle::restarted, this, [this] {
        m_run.reset();
        m_parts.banners.dismiss(PlacedKey);
    });
    connect(&m_parts.session, &SessionHandle::restarted, this, &ReplayTest::show);
    connect(&m_parts.panel, &TestPanel::becameVisible, this, &ReplayTest::show);
}

bool ReplayTest::isInFront() const
{
    return m_parts.session.isInFront(m_parts.replay) && m_parts.replay.status().state == ReplayState::Ready;
}

void ReplayTest::place(MarkKind kind)
{
    if (!isInFront())
        return;
    const QString pool = QString::fromLatin1(testPoolWord(m_parts.panel.chosenPool()));
    (void)m_parts.replay.placeMark(kind, kind == MarkKind::TestStart ? pool : QString());
    emit panelWanted();
}

void ReplayTest::sayPlaced(const Mark &mark, const std::optional<Error> &error)
{
    const QString time = toDateTime(mark.wall).toString(u"yyyy-MM-dd HH:mm:ss"_s);
    QString text = placedText(mark.kind).arg(time);
    if (error) {
        text += u' ' + tr("The mark lasts only as long as the recording is open here: %1").arg(error->text());
    }
    m_parts.banners.postNotice(
        PlacedKey, text, {{tr("Undo"), [this, mark] { m_parts.replay.removeMark(mark); }}});
}

std::optional<MarkedTest> ReplayTest::test() const
{
    return markedTestAt(m_parts.replay.marks(), m_parts.replay.status().at);
}

TestState ReplayTest::state() const
{
    TestState state;
    state.isRecording = true;
    if (const FramePtr frame = m_parts.replay.frame())
        state.kind = frame->sample->origin->kind;
    const auto marked = test();
    if (!marked)
        return state;
    const WallTime at = m_parts.replay.status().at;
    state.stage = marked->stop ? TestStage::After : TestStage::Running;
    state.pool = marked->pool;
    state.start = marked->start;
    state.testTime = marked->stop.value_or(at) - marked->start;
    if (marked->stop)
        state.afterTime = at - *marked->stop;
    if (m_run && m_run->isInterrupted() && m_run->startSample()->wall == marked->start) {
        state.stage = TestStage::Done;
        state.interrupted = true;
        state.testTime = m_run->testTime();
    }
    return state;
}

void ReplayTest::show()
{
    if (!isInFront())
        return;
    const TestState now = state();
    showActions(now);
    if (!m_parts.panel.isVisible())
        return;
    m_parts.panel.setState(now);
    if (now.start) {
        m_calm.start();
    } else {
        ++m_question;
        m_parts.panel.setResult({});
    }
}

void ReplayTest::showActions(const TestState &state)
{
    const bool isRunning = state.stage == TestStage::Running;
    m_parts.actions.startTest->setEnabled(!isRunning);
    m_parts.actions.stopTest->setEnabled(isRunning && state.testTime.count() > 0);
}

void ReplayTest::takeRun(const TestRun &run)
{
    m_run = run;
    if (!isInFront())
        return;
    m_parts.panel.setState(state());
    m_background.run([run] { return run.result(); },
        [this, question = ++m_question](const TestResult &result) {
            if (question == m_question && isInFront())
                m_parts.panel.setResult(result);
        });
}

} // namespace poolscope
