// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/mainwindow.h"

#include "tests/views/support/desk.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/window/bannerstack.h"
#include "views/window/intervalbox.h"
#include "views/window/statusline.h"
#include "views/window/unavailablepanel.h"
#include "views/window/windowsettings.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using test::Desk;
using test::NoRights;

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void showsASample();
    void silentSourceIsSaidToBeWaitedFor();
    void everyToolHasAnActionAndAName();
    void failingSourceShowsWhyAndRetryMends();
    void laterFailureKeepsTheDataAndSaysSo();
    void endedSourceOffersReplay();
    void unknownSourceLeavesWhatRuns();
    void pauseStopsSamplingAndF5StillSamples();
    void intervalIsPickedAndRemembered();
    void themeIsChosenAndRemembered();
    void windowPlaceIsRemembered();
    void settingsSurviveAWindowThatIsNotClosed();
    void damagedSettingsDoNotStopTheStart();
    void unusableLayoutsAreSaid();
    void commandDialogOpensASource();
    void keysAndAboutOpen();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_settings;
};

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = m_folder->filePath(u"window.ini"_s);
}

void TestMainWindow::showsASample()
{
    Desk desk(m_settings);
    desk.open();
    QTRY_VERIFY(desk.part<StatusLine>()->text().startsWith(u"fake kernel · 4 tags"_s));
    QVERIFY(desk.part<TagTableView>()->isVisible());
    QVERIFY(!desk.part<UnavailablePanel>()->isVisible());
    QTRY_VERIFY(desk.state().endsWith(u"live"_s));
    QCOMPARE(desk.window->windowTitle(), u"fake kernel – PoolScope"_s);
}

void TestMainWindow::silentSourceIsSaidToBeWaitedFor()
{
    Desk desk(m_settings);
    desk.open(u"silent:"_s);
    auto *panel = desk.part<UnavailablePanel>();
    QTRY_VERIFY(panel->isVisible());
    QVERIFY(!desk.part<TagTableView>()->isVisible());
    QCOMPARE(panel->reason(), u"silent source"_s);

    desk.window->openSource(u"fake:"_s);
    QTRY_VERIFY(desk.part<TagTableView>()->isVisible());
    QVERIFY(desk.part<TagTableView>()->hasFocus());
}

void TestMainWindow::everyToolHasAnActionAndAName()
{
    Desk desk(m_settings);
    desk.open();
    const auto buttons = desk.part<QToolBar>(u"tools"_s)->findChildren<QToolButton *>();
    int shown = 0;
    for (const QToolButton *button : buttons) {
        if (!button->isVisible())
            continue;
        ++shown;
        QVERIFY(!button->text().isEmpty());
        QVERIFY(!button->icon().isNull());
        QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->text()));
    }
    QVERIFY(shown >= 5);
}

void TestMainWindow::failingSourceShowsWhyAndRetryMends()
{
    Desk desk(m_settings);
    desk.kernel->setError(NoRights);
    desk.open();
    auto *panel = desk.part<UnavailablePanel>();
    QTRY_COMPARE(panel->reason(), u"Cannot read: /proc/x\nbe root"_s);
    QVERIFY(panel->isVisible());
    QVERIFY(!desk.banner(u"source"_s));
    QTRY_VERIFY(desk.state().contains(u"failing"_s));

    desk.kernel->setError({});
    QTest::mouseClick(desk.part<QPushButton>(u"unavailable.retry"_s), Qt::LeftButton);
    QTRY_VERIFY(desk.part<StatusLine>()->text().contains(u"4 tags"_s));
    QTRY_VERIFY(desk.state().endsWith(u"live"_s));
}

void TestMainWindow::laterFailureKeepsTheDataAndSaysSo()
{
    Desk desk(m_settings);
    desk.open();
    QTRY_VERIFY(desk.part<StatusLine>()->text().contains(u"4 tags"_s));
    desk.kernel->setError(NoRights);
    QTRY_VERIFY(desk.banner(u"source"_s));
    QCOMPARE(desk.banner(u"source"_s)->kind(), BannerKind::Error);
    QVERIFY(desk.banner(u"source"_s)->text().contains(NoRights.text()));
    QVERIFY(desk.part<StatusLine>()->text().contains(u"4 tags"_s));

    desk.kernel->setError({});
    QTest::mouseClick(desk.banner(u"source"_s)->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_VERIFY(desk.state().endsWith(u"live"_s));
    QVERIFY(!desk.banner(u"source"_s));
}

void TestMainWindow::endedSourceOffersReplay()
{
    Desk desk(m_settings);
    desk.open(u"ending:"_s);
    QTRY_VERIFY(desk.banner(u"source"_s));
    QCOMPARE(desk.banner(u"source"_s)->kind(), BannerKind::Notice);
    QTRY_VERIFY(desk.state().endsWith(u"ended"_s));
    QVERIFY(!desk.part<IntervalBox>()->isEnabled());
    auto *replay = desk.banner(u"source"_s)->findChild<QPushButton *>();
    QCOMPARE(replay->text(), u"Replay"_s);
    QTest::mouseClick(replay, Qt::LeftButton);
    QCOMPARE(desk.asked, QStringList({u"ending:"_s, u"ending:"_s}));
    QTRY_VERIFY(desk.banner(u"source"_s));
}

void TestMainWindow::unknownSourceLeavesWhatRuns()
{
    Desk desk(m_settings);
    desk.open();
    QTRY_VERIFY(desk.part<StatusLine>()->text().contains(u"4 tags"_s));
    desk.window->openSource(u"unknown:"_s);
    QVERIFY(desk.banner(u"open"_s));
    QVERIFY(desk.banner(u"open"_s)->text().contains(u"not a source"_s));
    QVERIFY(desk.part<StatusLine>()->text().contains(u"4 tags"_s));
    desk.window->openSource(u"fake:again"_s);
    QVERIFY(!desk.banner(u"open"_s));
    QCOMPARE(desk.settings.recentSources().first(), u"fake:again"_s);
}

void TestMainWindow::pauseStopsSamplingAndF5StillSamples()
{
    Desk desk(m_settings);
    desk.open();
    QTRY_VERIFY(desk.kernel->reads() > 0);
    desk.clickTool(u"pause"_s);
    QTRY_VERIFY(desk.state().endsWith(u"paused"_s));
    QVERIFY(desk.action(u"pause"_s)->isChecked());
    const int reads = desk.kernel->reads();
    QTest::keyClick(desk.window.get(), Qt::Key_F5);
    QTRY_COMPARE(desk.kernel->reads(), reads + 1);
    desk.clickTool(u"pause"_s);
    QTRY_VERIFY(desk.state().endsWith(u"live"_s));
    QTRY_VERIFY(desk.kernel->reads() > reads + 1);
}

void TestMainWindow::intervalIsPickedAndRemembered()
{
    {
        Desk desk(m_settings);
        desk.open();
        auto *box = desk.part<IntervalBox>();
        QCOMPARE(box->interval(), milliseconds(250)); // for this run only
        QCOMPARE(desk.settings.interval(), milliseconds(2s));
        box->lineEdit()->selectAll();
        QTest::keyClicks(box, u"750ms"_s);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(desk.settings.interval(), milliseconds(750));
        box->lineEdit()->selectAll();
        QTest::keyClicks(box, u"sometimes"_s);
        QTest::keyClick(box, Qt::Key_Return);
        QVERIFY(desk.banner(u"interval"_s)->text().contains(u"sometimes"_s));
        QCOMPARE(desk.settings.interval(), milliseconds(750));
        desk.window->close();
    }
    Desk desk(m_settings);
    desk.make();
    QCOMPARE(desk.part<IntervalBox>()->interval(), milliseconds(750));
}

void TestMainWindow::themeIsChosenAndRemembered()
{
    {
        Desk desk(m_settings);
        desk.open();
        desk.action(u"theme.dark"_s)->trigger();
        QVERIFY(desk.theme.isDark());
        desk.window->close();
    }
    Desk desk(m_settings);
    desk.open();
    QVERIFY(desk.theme.isDark());
    QVERIFY(desk.action(u"theme.dark"_s)->isChecked());
    desk.action(u"theme.light"_s)->trigger();
    QVERIFY(!desk.theme.isDark());
}

void TestMainWindow::windowPlaceIsRemembered()
{
    {
        Desk desk(m_settings);
        desk.open();
        desk.window->resize(1250, 600);
        desk.window->close();
    }
    Desk desk(m_settings);
    desk.open();
    QCOMPARE(desk.window->size(), QSize(1250, 600));
}

void TestMainWindow::settingsSurviveAWindowThatIsNotClosed()
{
    Desk desk(m_settings);
    desk.open();
    desk.window->resize(1230, 610);
    QTest::keyClick(desk.part<TagTableView>(), Qt::Key_P);
    QSignalSpy saved(desk.part<QTimer>(u"keepSettingsSaved"_s), &QTimer::timeout);
    desk.part<QTimer>(u"keepSettingsSaved"_s)->setInterval(0);
    QTRY_VERIFY(!saved.isEmpty());

    Desk next(m_settings);
    next.open();
    QCOMPARE(next.window->size(), QSize(1230, 610));
    QCOMPARE(next.part<TablePanel>()->typeFilter(), desk.part<TablePanel>()->typeFilter());
    QVERIFY(next.part<TablePanel>()->typeFilter() != TypeFilter::All);
}

void TestMainWindow::damagedSettingsDoNotStopTheStart()
{
    QFile file(m_settings);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no settings\n\x01\x02 here\n");
    file.close();
    Desk desk(m_settings);
    desk.open();
    QVERIFY(desk.banner(u"settings"_s));
    QVERIFY(desk.banner(u"settings"_s)->text().contains(u".damaged"_s));
    QTRY_VERIFY(desk.state().endsWith(u"live"_s));
}

void TestMainWindow::unusableLayoutsAreSaid()
{
    {
        WindowSettings settings(m_settings);
        settings.setState(u"window"_s, "rubbish");
        settings.setState(u"panels"_s, "rubbish");
        settings.save();
    }
    Desk desk(m_settings);
    desk.open();
    QVERIFY(desk.banner(u"settings"_s)->text().contains(u"window"_s));
    QVERIFY(desk.banner(u"settings"_s)->text().contains(u"panels"_s));
    QTRY_VERIFY(desk.state().endsWith(u"live"_s));
}

void TestMainWindow::commandDialogOpensASource()
{
    Desk desk(m_settings);
    desk.open();
    desk.action(u"openCommand"_s)->trigger();
    auto *dialog = desk.part<QDialog>(u"commandDialog"_s);
    QVERIFY(dialog->isVisible());
    QVERIFY(!dialog->isModal());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u" ssh host stream "_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QCOMPARE(desk.asked.last(), u"command:ssh host stream"_s);
    QVERIFY(!dialog->isVisible());
}

void TestMainWindow::keysAndAboutOpen()
{
    Desk desk(m_settings);
    desk.open();
    QTest::keyClick(desk.window.get(), Qt::Key_F1);
    QTRY_VERIFY(desk.part<QDialog>(u"keysDialog"_s));
    desk.action(u"keys"_s)->trigger();
    QCOMPARE(desk.window->findChildren<QDialog *>(u"keysDialog"_s).size(), 1);
    desk.action(u"about"_s)->trigger();
    QVERIFY(desk.part<QDialog>(u"aboutDialog"_s)->isVisible());
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
