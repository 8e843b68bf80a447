// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/test/testguide.h"

#include "model/core/duration.h"

#include <QCoreApplication>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("poolscope::TestPanel", text);
}

QString clockText(WallTime time)
{
    return toDateTime(time).toString(u"HH:mm:ss"_s);
}

/// ", since 18:25:03 · 2 snapshots"
QString sinceText(const TestState &state)
{
    if (!state.start)
        return {};
    const QString since = tr(", since %1").arg(clockText(*state.start));
    if (state.isRecording)
        return since;
    return since + (state.snapshots == 1 ? tr(" · 1 snapshot") : tr(" · %1 snapshots").arg(state.snapshots));
}

QString runningGuide(const TestState &state)
{
    if (state.isRecording) {
        return tr("Go to the moment at which what you suspect ended, and press Stop test there. The table "
                  "shows what grew up to the moment shown.");
    }
    QString text =
        tr("Let what you suspect go on, the longer the better: a slow leak shows only over hours.");
    if (state.period) {
        text += u' ' + tr("A snapshot is taken every %1.").arg(elapsedText(*state.period));
    }
    return text + u' ' + tr("Next: end what you suspect, then press Stop test.");
}

QString afterGuide(const TestState &state)
{
    if (state.isRecording) {
        return tr("Go on in the recording: what a leak took stays, everything else is given back. "
                  "“Share freed” is as of the moment shown.");
    }
    return tr(
        "Wait at least as long as the test ran: caches give back what they took, a leak keeps it. Next: "
        "press Finish when nothing falls any more, or start the next test.");
}

} // namespace

QString testPoolTitle(TestPool pool, SourceKind kind)
{
    const bool isPool = kind == SourceKind::Pool;
    switch (pool) {
    case TestPool::Both:
        return isPool ? tr("Both pools") : tr("All caches");
    case TestPool::Nonpaged:
        return isPool ? tr("Nonpaged pool") : tr("Unreclaimable");
    case TestPool::Paged:
        return isPool ? tr("Paged pool") : tr("Reclaimable");
    }
    return {};
}

QString testHeadline(const TestState &state)
{
    switch (state.stage) {
    case TestStage::Idle:
        return tr("No test yet");
    case TestStage::Running:
        return tr("Test runs for %1").arg(elapsedText(state.testTime)) + sinceText(state);
    case TestStage::After:
        if (state.isRecording) {
            return tr("Stopped after %1; %2 later")
                .arg(elapsedText(state.testTime), elapsedText(state.afterTime));
        }
        return tr("Stopped after %1; waiting for %2")
            .arg(elapsedText(state.testTime), elapsedText(state.afterTime));
    case TestStage::Done:
        return state.interrupted ? tr("Test ended by itself after %1").arg(elapsedText(state.testTime))
                                 : tr("Test done: %1, then watched for %2")
                                       .arg(elapsedText(state.testTime), elapsedText(state.afterTime));
    }
    return {};
}

QString testGuide(const TestState &state)
{
    switch (state.stage) {
    case TestStage::Idle:
        if (state.isRecording) {
            return tr(
                "Go to the moment at which what you suspect began, and press Start test there: a mark is "
                "placed in the recording.");
        }
        return tr(
            "Choose the pool that grows, bring the machine to the state from which you suspect a leak, and "
            "press Start test. The sample of that moment is kept as the baseline.");
    case TestStage::Running:
        return runningGuide(state);
    case TestStage::After:
        return afterGuide(state);
    case TestStage::Done:
        if (state.interrupted) {
            return tr("The machine was restarted, or another source was opened: counters do not run across "
                      "that. The table shows what was known until then.");
        }
        return tr("The table stays as it was at the end. A tag that grew and has 0 % freed keeps its memory: "
                  "test again for longer to be sure, then look at its details.");
    }
    return {};
}

} // namespace poolscope
