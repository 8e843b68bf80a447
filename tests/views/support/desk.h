// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/views/support/fakesource.h"
#include "views/theme/theme.h"
#include "views/window/bannerstack.h"
#include "views/window/mainwindow.h"
#include "views/window/statusline.h"
#include "views/window/windowsettings.h"

#include <QAction>
#include <QFileInfo>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

namespace poolscope::test {

using namespace Qt::Literals::StringLiterals;

inline const Error NoRights{ErrorKind::SourceUnavailable, QStringLiteral("cannot read"),
    QStringLiteral("/proc/x"), QStringLiteral("be root")};

/// A window on a fake kernel, with a profile of its own.
class Desk
{
public:
    explicit Desk(const QString &settingsPath)
        : settings(settingsPath)
        , snapshotFolder(QFileInfo(settingsPath).path() + u"/snapshots"_s)
        , kernel(std::make_shared<FakeKernel>())
    {
        kernel->setRows({{"dentry", PoolType::Paged, 6400}, {"files", PoolType::Nonpaged, 640},
            {"pipes", PoolType::Nonpaged, 64'000}, {"small", PoolType::Paged, 64}});
    }

    /// A window that was not shown yet and has no source.
    void make()
    {
        auto maker = [this](const QString &wanted) -> Result<std::unique_ptr<Source>> {
            asked << wanted;
            if (wanted == u"ending:")
                return std::unique_ptr<Source>(std::make_unique<EndingSource>(std::vector<SampleRow>{{"a"}}));
            if (wanted == u"silent:")
                return std::unique_ptr<Source>(std::make_unique<SilentSource>());
            if (wanted == u"unknown:")
                return Error{ErrorKind::Usage, u"not a source"_s, wanted, u"use another"_s};
            return std::unique_ptr<Source>(std::make_unique<FakeSource>(kernel, wanted));
        };
        window = std::make_unique<MainWindow>(
            theme, settings, maker, snapshotFolder, openRecording ? openRecording : openRecordingSink);
    }

    void open(const QString &uri = u"fake:"_s)
    {
        make();
        window->setInterval(LiveSession::MinInterval);
        window->show();
        window->openSource(uri);
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window did not become active");
    }

    template <typename T>
    T *part(const QString &name = {}) const
    {
        return window->findChild<T *>(name);
    }
    [[nodiscard]] QAction *action(const QString &name) const { return part<QAction>(name); }
    [[nodiscard]] Banner *banner(const QString &key) const { return part<BannerStack>()->banner(key); }
    [[nodiscard]] QString state() const { return part<StatusLine>()->state(); }
    /// Clicks the tool bar's button of an action.
    void clickTool(const QString &name) const
    {
        auto *button = qobject_cast<QToolButton *>(part<QToolBar>(u"tools"_s)->widgetForAction(action(name)));
        QTest::mouseClick(button, Qt::LeftButton);
    }

    Theme theme;
    WindowSettings settings;
    QString snapshotFolder;
    std::shared_ptr<FakeKernel> kernel;
    QStringList asked;
    RecordingOpener openRecording; ///< a test's own disk; set it before make()
    std::unique_ptr<MainWindow> window;
};

} // namespace poolscope::test
