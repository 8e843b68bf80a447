// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/gui/startoptions.h"
#include "app/gui/startplatform.h"
#include "app/process/processsignals.h"

#include "model/sources/sourcefactory.h"
#include "views/theme/desktopscheme.h"
#include "views/theme/theme.h"
#include "views/theme/themeicon.h"
#include "views/window/mainwindow.h"
#include "views/window/snapshotcontroller.h"
#include "views/window/windowsettings.h"

#include <QApplication>
#include <QTimer>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

int main(int argc, char *argv[])
{
    const Result<StartOptions> options = startOptionsFrom(commandLineArguments(argc, argv));
    if (!options) {
        tell(u"poolscope: %1\n"_s.arg(options.error().text()), Tone::Complaint);
        return exitCode(options.error().kind);
    }
    if (options.value().message) {
        tell(*options.value().message, Tone::Answer);
        return 0;
    }

    QCoreApplication::setApplicationName(u"poolscope"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(POOLSCOPE_VERSION));
    QCoreApplication::setOrganizationName(u"poolscope"_s);
    QGuiApplication::setApplicationDisplayName(u"PoolScope"_s);
    QGuiApplication::setDesktopFileName(u"poolscope"_s);
    QApplication application(argc, argv);
    QGuiApplication::setWindowIcon(applicationIcon());
    Theme theme;
    WindowSettings settings;
    MainWindow window(theme, settings, createNamedSource, defaultSnapshotFolder());
    if (options.value().interval)
        window.setInterval(*options.value().interval);
    window.show();
    // Without a window manager nobody else gives it the keyboard.
    window.activateWindow();
    const ProcessSignals processSignals(ProcessSignals::Output::Ignored);
    QObject::connect(&processSignals, &ProcessSignals::stopWanted, &window, &MainWindow::closeUnasked);
    // The desktop is about to end, and would wait for the answer to a question. It may still go on.
    QObject::connect(
        &application, &QGuiApplication::commitDataRequest, &window, [&window] { window.stopAsking(); });
    window.openSource(options.value().sourceUri);
    if (!options.value().recordTo.isEmpty())
        window.startRecording(options.value().recordTo);
    // After the first paint: nobody waits for the desktop's answer.
    DesktopScheme desktop;
    QObject::connect(&desktop, &DesktopScheme::darkWanted, &theme, &Theme::setDesktopDark);
    QTimer::singleShot(0, &desktop, &DesktopScheme::watch);
    return QApplication::exec();
}
