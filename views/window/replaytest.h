// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testrun.h"
#include "model/core/mark.h"
#include "model/core/result.h"
#include "model/sampling/background.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace poolscope {

class BannerStack;
class ReplaySession;
class SessionSwitch;
class TestPanel;
class WindowActions;
struct TestState;

/// The test of a recording: its marks, placed at the moment shown, and what they make of it. In the same
/// panel and with the same commands as the live one while a recording is in front. Window thread.
class ReplayTest : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        SessionSwitch &session; ///< the one in front
        ReplaySession &replay;
        WindowActions &actions;
        BannerStack &banners;
        TestPanel &panel;
    };
    ReplayTest(const Parts &parts, QObject *parent);

signals:
    /// The panel has something to say.
    void panelWanted();

private:
    void place(MarkKind kind);
    void sayPlaced(const Mark &mark, const std::optional<Error> &error);
    void show();
    void showActions(const TestState &state);
    void takeRun(const TestRun &run);
    [[nodiscard]] bool isInFront() const;
    [[nodiscard]] std::optional<MarkedTest> test() const;
    [[nodiscard]] TestState state() const;

    Parts m_parts;
    Background m_background;
    QTimer m_calm; ///< the slider is dragged over moments that nobody wants to know of
    std::optional<TestRun> m_run; ///< as read last
    quint64 m_question = 0; ///< numbers what is computed
};

} // namespace poolscope
