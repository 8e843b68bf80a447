// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/recordingcontroller.h"

#include "model/recording/recordingreader.h"
#include "model/snapshots/snapshotstore.h"
#include "tests/model/sampling/fakesink.h"
#include "tests/support/samplemaker.h"
#include "tests/views/support/desk.h"
#include "views/snapshots/snapshotpanel.h"
#include "views/table/tagtableview.h"
#include "views/window/bannerstack.h"

#include <QAbstractItemView>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
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
    void lostSnapshotsAreOffered();
    void secondWindowOnTheSameFileIsRefused();
    void realFileHoldsSamplesMarksAndSnapshots();
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
    QTRY_VERIFY(desk.statusText().contains(u"recording run.poolscope 4"_s)); // about 4 KiB
    QVERIFY(record->isChecked());
    QCOMPARE(record->iconText(), u"Recording"_s);

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

void TestRecordWindow::lostSnapshotsAreOffered()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    const QTemporaryDir elsewhere;
    for (const QString &name : {u"a"_s, u"b"_s}) {
        // As it is found after a kill: a copy of what is being written.
        SnapshotStore store(elsewhere.filePath(name));
        QSignalSpy added(&store, &SnapshotStore::added);
        store.take(test::makeSample({{"dentry", PoolType::Paged, {}, {}}}), name);
        QVERIFY(added.wait());
        QVERIFY(QDir().mkpath(desk.snapshotFolder));
        const QDir from(elsewhere.filePath(name));
        for (const QString &file : from.entryList({u"*.poolscope"_s, u"*-wal"_s}, QDir::Files))
            QVERIFY(QFile::copy(from.filePath(file), desk.snapshotFolder + u'/' + name + file));
    }
    desk.open();
    const auto offers = [&] {
        QList<Banner *> found;
        for (Banner *banner : desk.window->findChildren<Banner *>()) {
            if (banner->text().contains(u"did not end well"_s))
                found << banner;
        }
        return found;
    };
    const auto click = [](Banner *banner, const QString &text) {
        for (auto *button : banner->findChildren<QAbstractButton *>()) {
            if (button->text() == text)
                QTest::mouseClick(button, Qt::LeftButton);
        }
    };
    QTRY_COMPARE(offers().size(), 2);
    QVERIFY(offers()[0]->text().startsWith(u"1 snapshot of the session of "_s));
    auto *panel = desk.part<SnapshotPanel>();
    auto *list = panel->findChild<QAbstractItemView *>();
    QCOMPARE(list->model()->rowCount(), 0);
    click(offers()[0], u"Open"_s);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTRY_COMPARE(offers().size(), 1);
    click(offers()[0], u"Discard"_s);
    QTRY_COMPARE(offers().size(), 0);
    QCOMPARE(list->model()->rowCount(), 1);
    QTRY_COMPARE(QDir(desk.snapshotFolder).entryList({u"*.poolscope"_s}, QDir::Files).size(), 1);
}

void TestRecordWindow::secondWindowOnTheSameFileIsRefused()
{
    const QTemporaryDir folder;
    const QTemporaryDir otherFolder;
    RecordingDesk first(folder);
    first.openRecording = openRecordingSink;
    first.openAndRecord();
    RecordingDesk second(otherFolder);
    second.openRecording = openRecordingSink;
    second.open();
    second.window->startRecording(first.path);
    QTRY_VERIFY(second.bannerText().startsWith(u"Not recording: "_s));
    QVERIFY2(second.bannerText().contains(first.path), qPrintable(second.bannerText()));
    QVERIFY(!second.action(u"record"_s)->isChecked());
    QVERIFY(first.action(u"record"_s)->isChecked());
}

void TestRecordWindow::realFileHoldsSamplesMarksAndSnapshots()
{
    const QTemporaryDir folder;
    RecordingDesk desk(folder);
    desk.openRecording = openRecordingSink;
    desk.openAndRecord();
    desk.action(u"takeSnapshot"_s)->trigger();
    auto *list = desk.part<SnapshotPanel>()->findChild<QAbstractItemView *>();
    QTRY_COMPARE(list->model()->rowCount(), 1);
    desk.action(u"record"_s)->trigger();
    QTRY_VERIFY(desk.bannerText().startsWith(u"Recorded: "_s));
    auto reader = RecordingReader::open(desk.path);
    QVERIFY(reader.ok());
    const RecordingInfo &info = reader.value()->info();
    QVERIFY(info.intact());
    QVERIFY(info.samples >= 1);
    QCOMPARE(info.snapshots.size(), size_t(1));
    QCOMPARE(info.hosts.size(), size_t(1));
    QCOMPARE(info.marks.back().kind, MarkKind::Snapshot);
    QVERIFY(!info.hasWriteAheadLog);
}

QTEST_MAIN(TestRecordWindow)
#include "tst_recordwindow.moc"
