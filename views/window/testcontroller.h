// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testrun.h"
#include "model/sampling/background.h"
#include "model/sampling/frame.h"
#include "model/snapshots/testkeeper.h"

#include <QObject>

#include <optional>

namespace poolscope {

class BannerStack;
class LiveSession;
class SessionSwitch;
class SnapshotController;
class SnapshotStore;
class TestPanel;
struct TestState;
class WindowActions;
class WindowSettings;

/// Runs the guided test of the live source: start, automatic snapshots, stop, what is given back; keeps it so
/// that it can be gone on with, and asks before a window in which one runs is closed. Window thread.
class TestController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        SessionSwitch &session; ///< the one in front
        LiveSession &live;
        WindowActions &actions;
        BannerStack &banners;
        TestPanel &panel;
        SnapshotController &snapshots;
        SnapshotStore &store;
        WindowSettings &settings;
        QWidget &window; ///< parent of dialogs
    };
    /// Tests that are left are kept in `folder`.
    TestController(const Parts &parts, const QString &folder, QObject *parent);

    /// Whether the window may close now. If not, the user is asked, and closeConfirmed() may follow.
    [[nodiscard]] bool mayClose();

signals:
    void closeConfirmed();
    /// The panel has something to say.
    void panelWanted();

private:
    [[nodiscard]] bool isInFront() const;
    void start();
    void stop();
    void finish();
    void takeFrame(const FramePtr &frame);
    void restart();
    void offerLeft(const Sample &newest);
    void resume();
    void discardLeft();
    void show();
    void showActions();
    void computeResult();
    [[nodiscard]] TestState state() const;
    [[nodiscard]] qsizetype snapshotsTaken() const;

    Parts m_parts;
    TestKeeper m_keeper;
    Background m_background;
    TestRun m_run; ///< of the live source
    std::optional<KeptTest> m_left; ///< found, not offered yet or offered
    bool m_isOffered = false;
    bool m_computes = false;
    bool m_computeAgain = false;
};

} // namespace poolscope
