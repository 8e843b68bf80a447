// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/recordingcontroller.h"

#include "tests/model/sampling/fakesink.h"
#include "tests/views/support/desk.h"
#include "views/table/tagtableview.h"
#include "views/window/bannerstack.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::Desk;

namespace {

/// A window that records to a disk of the test's own.
struct RecordingDesk : Desk
{
    explicit RecordingDesk(const QTemporaryDir &folder)
        : Desk(folder.filePath(u"window.ini"_s))
        , path(folder.filePath(u"run.poolscope"_s))
    {
        openRecording = fakes::openerOf(disk);
        settings.setRecordingFolder(folder.path());
    }

    void openAndRecord()
    {
        open();
        QTRY_VERIFY(action(u"record"_s)->isEnabled());
        window->startRecording(path);
        QTRY_VERIFY(statusText().contains(u"recording run.poolscope"_s));
    }
    [[nodiscard]] QString statusText() const { return part<StatusLine>()->text(); }
    [[nodiscard]] QString bannerText() const
    {
        const Banner *shown = banner(u"recording"_s);
        return shown ? shown->text() : QString();
    }

    std::shared_ptr<fakes::Disk> disk = std::make_shared<fakes::Disk>();
    QString path;
};

} // namespace

class TestRecordWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void suggestsAName();
    void toolRecordsToTheChosenFileAndStops();
    void keyOpensTheDialog();
    void marksGoIntoTheFile();
    void quitAsksOnce();
    void quitWithoutRecordingDoesNotAsk();
    void fullDiskIsSaidAndMends();
    void refusedFileIsSaid();
    void anotherSourceEndsTheRecording();
    void historyMemoryIsChosenAndRemembered();
};

void TestRecordWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestRecordWindow::suggestsAName()
{
    const QTemporaryDir folder;
    const WallTime wall = WallTime(1'800'000'000s);
    const QString path = suggestedRecordingPath(u"build host/3"_s, wall, folder.path());
    QVERIFY(path.startsWith(folder.path() + u"/build-host-3-2027-01-15-"_s));
    QVERIFY(path.endsWith(u".poolscope"_s));
    QVERIFY(suggestedRecordingPath({}, wall, {}).contains(u"/poolscope-2027-"_s));
    QVERIFY(QFileInfo(QFileInfo(suggestedRecordingPath({}, wall, u"/no/such/folder"_s)).path()).isDir());
}

void TestRecordWindow::toolRecordsToTheChosenFileAndStops()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.open();
    QAction *record = desk.action(u"record"_s);
    QTRY_VERIFY(record->isEnabled());
    QCOMPARE(record->iconText(), u"Record"_s);
    desk.clickTool(u"record"_s);
    auto *dialog = desk.part<QFileDialog>(u"recordDialog"_s);
    QVERIFY(dialog);
    QVERIFY(!record->isChecked()); // nothing is recorded yet
    QCOMPARE(dialog->directory().path(), folder.path());
    dialog->selectFile(desk.path);
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    QTRY_VERIFY(desk.statusText().contains(u"recording run.poolscope 1"_s)); // about 1 KiB
    QVERIFY(record->isChecked());
    QCOMPARE(record->iconText(), u"Stop"_s);

    desk.clickTool(u"record"_s);
    QTRY_COMPARE(desk.disk->get(&fakes::Disk::closed), 1);
    QTRY_VERIFY(!desk.statusText().contains(u"run.poolscope"_s));
    QVERIFY(!record->isChecked());
    QVERIFY(!desk.disk->get(&fakes::Disk::samples).empty());
    QTRY_VERIFY(desk.bannerText().startsWith(u"Recorded: "_s));
}

void TestRecordWindow::keyOpensTheDialog()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.open();
    QTRY_VERIFY(desk.action(u"record"_s)->isEnabled());
    QTest::keyClick(desk.window.get(), Qt::Key_R, Qt::ControlModifier);
    QPointer<QFileDialog> dialog = desk.part<QFileDialog>(u"recordDialog"_s);
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QVERIFY(!desk.action(u"record"_s)->isChecked());
}

void TestRecordWindow::marksGoIntoTheFile()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.openAndRecord();
    desk.action(u"resetBaseline"_s)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!desk.disk->get(&fakes::Disk::marks).empty(), 15'000); // with the next flush
    QCOMPARE(desk.disk->get(&fakes::Disk::marks).back().kind, MarkKind::Baseline);
}

void TestRecordWindow::quitAsksOnce()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.openAndRecord();
    desk.part<TagTableView>()->setFocus();
    QTest::keyClick(desk.part<TagTableView>(), Qt::Key_Q);
    QPointer<QMessageBox> box = desk.part<QMessageBox>(u"quitDialog"_s);
    QVERIFY(box);
    QVERIFY(desk.window->isVisible());
    desk.window->close(); // does not ask twice
    QCOMPARE(desk.window->findChildren<QMessageBox *>(u"quitDialog"_s).size(), 1);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
    QVERIFY(desk.window->isVisible());

    desk.window->close();
    box = desk.part<QMessageBox>(u"quitDialog"_s);
    QVERIFY(box);
    for (QPushButton *button : box->findChildren<QPushButton *>()) {
        if (button->text().contains(u"quit"_s))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(!desk.window->isVisible());
    desk.window.reset();
    QCOMPARE(desk.disk->closed, 1);
}

void TestRecordWindow::quitWithoutRecordingDoesNotAsk()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.open();
    desk.window->close();
    QVERIFY(!desk.part<QMessageBox>(u"quitDialog"_s));
    QVERIFY(!desk.window->isVisible());
}

void TestRecordWindow::fullDiskIsSaidAndMends()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.openAndRecord();
    desk.disk->setFull(true);
    QTRY_VERIFY_WITH_TIMEOUT(desk.bannerText().contains(u"the disk is full"_s), 15'000);
    QVERIFY(desk.statusText().contains(u"run.poolscope waits"_s));
    const size_t before = desk.disk->get(&fakes::Disk::samples).size();
    QVERIFY(desk.state().endsWith(u"live"_s)); // sampling goes on
    desk.disk->setFull(false);
    QTRY_VERIFY_WITH_TIMEOUT(desk.bannerText().startsWith(u"The recording goes on"_s), 15'000);
    QTRY_VERIFY(desk.disk->get(&fakes::Disk::samples).size() > before);
    QTRY_VERIFY(desk.statusText().contains(u"recording run.poolscope"_s));
}

void TestRecordWindow::refusedFileIsSaid()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.open();
    desk.window->startRecording(folder.filePath(u"refused.poolscope"_s));
    QTRY_VERIFY(desk.bannerText().startsWith(u"Not recording: somebody else records to it"_s));
    QVERIFY(!desk.action(u"record"_s)->isChecked());
    QVERIFY(!desk.statusText().contains(u"refused"_s));
}

void TestRecordWindow::anotherSourceEndsTheRecording()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.openAndRecord();
    desk.window->openSource(u"fake:other"_s);
    QTRY_COMPARE(desk.disk->get(&fakes::Disk::closed), 1);
    QTRY_VERIFY(!desk.action(u"record"_s)->isChecked());
    QTRY_VERIFY(desk.bannerText().startsWith(u"Recorded: "_s));
}

void TestRecordWindow::historyMemoryIsChosenAndRemembered()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.open();
    QCOMPARE(desk.settings.historyBudget(), DefaultHistoryBudget);
    desk.action(u"historyMemory"_s)->trigger();
    QPointer<QInputDialog> dialog = desk.part<QInputDialog>(u"historyMemoryDialog"_s);
    QVERIFY(dialog);
    QCOMPARE(dialog->intValue(), 256);
    auto *box = dialog->findChild<QSpinBox *>();
    QVERIFY(box);
    box->selectAll();
    QTest::keyClicks(box, u"512"_s);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(!dialog);
    QCOMPARE(desk.settings.historyBudget(), qint64(512) << 20);
}

QTEST_MAIN(TestRecordWindow)
#include "tst_recordwindow.moc"
