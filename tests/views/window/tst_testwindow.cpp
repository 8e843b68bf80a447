// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/testcontroller.h"

#include "model/recording/recordingreader.h"
#include "model/recording/recordingwriter.h"
#include "model/recording/writerlock.h"
#include "model/tables/testtablemodel.h"
#include "tests/support/recordedseries.h"
#include "tests/views/support/desk.h"
#include "views/chart/chartpanel.h"
#include "views/chart/chartview.h"
#include "views/snapshots/plaintable.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/test/testpanel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using test::Desk;

namespace {

/// A test is kept by a recorder that writes every few seconds, on a busy disk later.
constexpr int DiskPatienceMs = 30'000;

struct TestDesk : Desk
{
    explicit TestDesk(const QTemporaryDir &folder)
        : Desk(folder.filePath(u"window.ini"_s))
    {
        setPipes(64'000);
    }

    void setPipes(qint64 bytes) const
    {
        kernel->setRows({{"dentry", PoolType::Paged, 6400}, {"files", PoolType::Nonpaged, 640},
            {"pipes", PoolType::Nonpaged, bytes}});
    }
    void showPanel() const { part<QDockWidget>(u"test"_s)->show(); }
    void openAndStart()
    {
        open();
        QTRY_VERIFY(action(u"startTest"_s)->isEnabled());
        clickTool(u"startTest"_s);
        QTRY_VERIFY(action(u"stopTest"_s)->isEnabled());
    }
    [[nodiscard]] QString headline() const { return part<QLabel>(u"test.headline"_s)->text(); }
    [[nodiscard]] QString guide() const { return part<QLabel>(u"test.guide"_s)->text(); }
    [[nodiscard]] QDockWidget *dock() const { return part<QDockWidget>(u"test"_s); }
    [[nodiscard]] PlainTable *table() const { return part<PlainTable>(u"testTable"_s); }
    /// Of a tag; "no row" where it has none.
    [[nodiscard]] QString cell(const QString &tag, TestTableModel::Column column) const
    {
        const QAbstractItemModel *model = table()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, TestTableModel::TagColumn).data().toString() == tag)
                return model->index(row, column).data().toString();
        }
        return u"no row"_s;
    }
    [[nodiscard]] QStringList keptFiles() const
    {
        return QDir(snapshotFolder + u"/tests"_s).entryList({u"*.poolscope"_s}, QDir::Files);
    }
    /// What the analysis found at the moment shown; nothing: -1000.
    [[nodiscard]] double freedShare(const QString &tag) const
    {
        const FramePtr frame = part<TablePanel>()->model()->frame();
        if (!frame || !frame->findings)
            return -1000;
        for (size_t id = 0; id < frame->tags->size(); ++id) {
            if (QString::fromLatin1((*frame->tags)[id].tag.bytes) != tag)
                continue;
            const Finding *finding = frame->findings->of(static_cast<TagId>(id));
            return finding ? finding->freedFraction.value_or(-1000) : -1000;
        }
        return -1000;
    }
    void clickFinish() const { click(u"test.finish"_s); }
    void click(const QString &name) const
    {
        for (auto *button : part<TestPanel>()->findChildren<QToolButton *>()) {
            if (button->defaultAction() && button->defaultAction()->objectName() == name)
                QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    void clickBanner(const QString &key, const QString &text) const
    {
        for (auto *button : banner(key)->findChildren<QAbstractButton *>()) {
            if (button->text() == text) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL("no such button");
    }
};

} // namespace

class TestTestWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void buttonsLeadThroughTheTest();
    void keysLeadThroughTheTest();
    void takesSnapshotsAndMarks();
    void periodIsChosenAndRemembered();
    void onlyTheChosenPoolIsShown();
    void rowsAreCopied();
    void quitAsksWhileItRuns();
    void leftTestIsGoneOnWith_data();
    void leftTestIsGoneOnWith();
    void leftTestIsDiscarded();
    void testLeftBeforeARestartIsSaid();
    void damagedTestIsSaid();
    void anotherSourceEndsIt();
    void marksArePlacedInARecording_data();
    void marksArePlacedInARecording();
    void placedMarkIsTakenBack_data();
    void placedMarkIsTakenBack();
    void recordedLeakIsFreed_data();
    void recordedLeakIsFreed();
    void notesMarkTheMoment();
    void notesGoIntoARecording();
};

void TestTestWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestTestWindow::buttonsLeadThroughTheTest()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.open();
    QVERIFY(!desk.dock()->isVisible());
    QVERIFY(!desk.action(u"stopTest"_s)->isEnabled());
    QTRY_VERIFY(desk.action(u"startTest"_s)->isEnabled());
    desk.clickTool(u"startTest"_s);
    QTRY_VERIFY(desk.dock()->isVisible());
    QVERIFY2(desk.headline().startsWith(u"Test runs for "_s), qPrintable(desk.headline()));
    QVERIFY(desk.guide().contains(u"press Stop test"_s));
    QVERIFY(!desk.action(u"startTest"_s)->isEnabled());
    desk.setPipes(164'000);
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::GrewBy), u"+100,000"_s);
    QCOMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"–"_s);
    QCOMPARE(desk.table()->model()->index(0, 0).data().toString(), u"pipes"_s);

    desk.clickTool(u"stopTest"_s);
    QVERIFY(desk.headline().startsWith(u"Stopped after "_s));
    QVERIFY(desk.guide().contains(u"Wait"_s));
    QVERIFY(!desk.action(u"stopTest"_s)->isEnabled());
    desk.setPipes(89'000);
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"75.0 %"_s);
    QCOMPARE(desk.cell(u"pipes"_s, TestTableModel::Freed), u"75,000"_s);
    QCOMPARE(desk.cell(u"pipes"_s, TestTableModel::GrewBy), u"+100,000"_s);

    desk.clickFinish();
    QVERIFY2(desk.headline().startsWith(u"Test done"_s), qPrintable(desk.headline()));
    const int reads = desk.kernel->reads();
    desk.setPipes(1'000'000);
    QTRY_VERIFY(desk.kernel->reads() > reads + 2);
    QCOMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"75.0 %"_s);
    QVERIFY(desk.action(u"startTest"_s)->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(desk.keptFiles().isEmpty(), DiskPatienceMs);
}

void TestTestWindow::keysLeadThroughTheTest()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.open();
    QTRY_VERIFY(desk.action(u"startTest"_s)->isEnabled());
    QTest::keyClick(desk.window.get(), Qt::Key_T, Qt::ControlModifier);
    QTRY_VERIFY(desk.headline().startsWith(u"Test runs for "_s));
    QTest::keyClick(desk.window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(desk.headline().startsWith(u"Stopped after "_s));
    // The next test begins without finishing the one before.
    QTest::keyClick(desk.window.get(), Qt::Key_T, Qt::ControlModifier);
    QVERIFY(desk.headline().startsWith(u"Test runs for "_s));
    QTRY_COMPARE_WITH_TIMEOUT(desk.keptFiles().size(), 1, DiskPatienceMs);
}

void TestTestWindow::takesSnapshotsAndMarks()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.open();
    const QString path = folder.filePath(u"run.poolscope"_s);
    QTRY_VERIFY(desk.action(u"record"_s)->isEnabled());
    desk.window->startRecording(path);
    QTRY_VERIFY(desk.part<StatusLine>()->text().contains(u"recording run.poolscope"_s));
    desk.showPanel();
    desk.part<QComboBox>(u"test.pool"_s)->setCurrentIndex(static_cast<int>(TestPool::Nonpaged));
    QTRY_VERIFY(desk.action(u"startTest"_s)->isEnabled());
    desk.clickTool(u"startTest"_s);
    QTRY_VERIFY(desk.headline().contains(u"1 snapshot"_s));
    const int reads = desk.kernel->reads();
    QTRY_VERIFY(desk.kernel->reads() > reads + 2);
    desk.clickTool(u"stopTest"_s);
    desk.window.reset(); // ends the recording well

    const auto reader = RecordingReader::open(path);
    QVERIFY2(reader.ok(), qPrintable(reader.ok() ? QString() : reader.error().text()));
    const RecordingInfo &info = reader.value()->info();
    QStringList marks;
    for (const Mark &mark : info.marks)
        marks << QString::fromLatin1(markKindWord(mark.kind)) + u':' + mark.text;
    QCOMPARE(marks, (QStringList{u"test_start:nonpaged"_s, u"test_stop:"_s}));
    QCOMPARE(info.snapshots.size(), 2);
    QVERIFY(info.snapshots.front().label.startsWith(u"Test start "_s));
    QVERIFY(info.snapshots.back().label.startsWith(u"Test stop "_s));
    QCOMPARE(info.snapshots.front().wall, info.marks.front().wall);
    QCOMPARE(info.snapshots.back().wall, info.marks.back().wall);
}

void TestTestWindow::periodIsChosenAndRemembered()
{
    const QTemporaryDir folder;
    {
        TestDesk desk(folder);
        desk.openAndStart();
        QVERIFY(desk.guide().contains(u"every 30 min"_s));
        auto *minutes = desk.part<TestPanel>()->findChild<QSpinBox *>();
        minutes->setFocus();
        minutes->selectAll();
        QTest::keyClicks(minutes, u"5"_s);
        QTest::keyClick(minutes, Qt::Key_Return);
        QTRY_VERIFY(desk.guide().contains(u"every 5 min"_s));
        desk.part<TestPanel>()->findChild<QCheckBox *>()->click();
        QVERIFY(!desk.guide().contains(u"every"_s));
        desk.part<TestPanel>()->findChild<QCheckBox *>()->click();
        desk.settings.save();
    }
    WindowSettings again(folder.filePath(u"window.ini"_s));
    QCOMPARE(again.testSnapshotPeriod(), std::optional<std::chrono::milliseconds>(5min));
}

void TestTestWindow::onlyTheChosenPoolIsShown()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.open();
    QTRY_VERIFY(desk.action(u"startTest"_s)->isEnabled());
    desk.showPanel();
    auto *pool = desk.part<QComboBox>(u"test.pool"_s);
    pool->setCurrentIndex(static_cast<int>(TestPool::Paged));
    desk.clickTool(u"startTest"_s);
    QTRY_COMPARE(desk.table()->model()->rowCount(), 1);
    QCOMPARE(desk.table()->model()->index(0, 0).data().toString(), u"dentry"_s);
    QVERIFY(!pool->isEnabled());
}

void TestTestWindow::rowsAreCopied()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.openAndStart();
    desk.setPipes(164'000);
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::GrewBy), u"+100,000"_s);
    desk.table()->setFocus();
    desk.table()->selectRow(0);
    QTest::keyClick(desk.table(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith(u"Tag\tGrew by\tFreed\tShare freed\tNow\t"_s));
    QVERIFY2(lines[1].startsWith(u"pipes\t+100,000\t–\t–\t"_s), qPrintable(lines[1]));
}

void TestTestWindow::quitAsksWhileItRuns()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.openAndStart();
    desk.part<TagTableView>()->setFocus();
    QTest::keyClick(desk.part<TagTableView>(), Qt::Key_Q);
    QPointer<QMessageBox> box = desk.part<QMessageBox>(u"quitTestDialog"_s);
    QVERIFY(box);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!box);
    QVERIFY(desk.window->isVisible());
    desk.window->close();
    box = desk.part<QMessageBox>(u"quitTestDialog"_s);
    QVERIFY(box);
    for (QPushButton *button : box->findChildren<QPushButton *>()) {
        if (button->text().contains(u"Quit"_s))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(!desk.window->isVisible());
}

void TestTestWindow::leftTestIsGoneOnWith_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("closed while it ran") << false << false;
    QTest::newRow("closed after the stop") << true << false;
    QTest::newRow("killed while it ran") << false << true;
}

void TestTestWindow::leftTestIsGoneOnWith()
{
    QFETCH(bool, isStopped);
    QFETCH(bool, isKilled);
    const QTemporaryDir folder;
    const QTemporaryDir copy;
    TestDesk desk(folder);
    desk.openAndStart();
    desk.setPipes(164'000);
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::GrewBy), u"+100,000"_s);
    if (isStopped)
        desk.clickTool(u"stopTest"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.keptFiles().size(), 1, DiskPatienceMs);
    const QString tests = desk.snapshotFolder + u"/tests"_s;
    if (isKilled) {
        // As it is found after a kill: a copy of what is being written.
        for (const QFileInfo &file : QDir(tests).entryInfoList(QDir::Files))
            QVERIFY(QFile::copy(file.filePath(), copy.filePath(file.fileName())));
    }
    desk.window.reset();
    if (isKilled) {
        QVERIFY(QDir(tests).removeRecursively());
        QVERIFY(QDir().mkpath(tests));
        for (const QFileInfo &file : QDir(copy.path()).entryInfoList(QDir::Files))
            QVERIFY(QFile::copy(file.filePath(), tests + u'/' + file.fileName()));
    }

    desk.open();
    QTRY_VERIFY(desk.banner(u"leftTest"_s));
    desk.clickBanner(u"leftTest"_s, u"Go on"_s);
    QTRY_VERIFY(desk.headline().startsWith(isStopped ? u"Stopped after "_s : u"Test runs for "_s));
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::GrewBy), u"+100,000"_s);
    if (!isStopped)
        desk.clickTool(u"stopTest"_s);
    desk.setPipes(64'000);
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"100.0 %"_s);
    desk.clickFinish();
    QTRY_VERIFY_WITH_TIMEOUT(desk.keptFiles().isEmpty(), DiskPatienceMs);
}

void TestTestWindow::leftTestIsDiscarded()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.openAndStart();
    QTRY_COMPARE_WITH_TIMEOUT(desk.keptFiles().size(), 1, DiskPatienceMs);
    desk.window.reset();
    desk.open();
    QTRY_VERIFY(desk.banner(u"leftTest"_s));
    desk.clickBanner(u"leftTest"_s, u"Discard"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.keptFiles().isEmpty(), DiskPatienceMs);
    QVERIFY(!desk.action(u"stopTest"_s)->isEnabled());
}

void TestTestWindow::testLeftBeforeARestartIsSaid()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.open();
    // The clock of the fake kernel goes on by a second with each read.
    for (int i = 0; i < 100; ++i)
        desk.action(u"sampleNow"_s)->trigger();
    const TagTableModel *model = desk.part<TablePanel>()->model();
    QTRY_VERIFY_WITH_TIMEOUT(model->frame() && model->frame()->number > 100, 20'000);
    desk.clickTool(u"startTest"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.keptFiles().size(), 1, DiskPatienceMs);
    desk.window.reset();
    // A new kernel: its clock begins anew.
    desk.kernel = std::make_shared<test::FakeKernel>();
    desk.setPipes(64'000);
    desk.open();
    QTRY_VERIFY(desk.banner(u"leftTest"_s));
    QVERIFY(desk.banner(u"leftTest"_s)->text().contains(u"restarted"_s));
    QTRY_VERIFY_WITH_TIMEOUT(desk.keptFiles().isEmpty(), DiskPatienceMs);
    QVERIFY(desk.action(u"startTest"_s)->isEnabled());
}

void TestTestWindow::damagedTestIsSaid()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    const QString tests = desk.snapshotFolder + u"/tests"_s;
    QVERIFY(QDir().mkpath(tests));
    QFile file(tests + u"/2026-11-22T180000Z-1.poolscope"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("not a recording") > 0);
    file.close();
    desk.open();
    QTRY_VERIFY(desk.banner(u"test"_s));
    QVERIFY(desk.banner(u"test"_s)->text().contains(u"2026-11-22T180000Z-1.poolscope"_s));
    QVERIFY(file.exists());
}

void TestTestWindow::anotherSourceEndsIt()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.openAndStart();
    desk.window->openSource(u"other:"_s);
    QTRY_VERIFY(desk.headline().startsWith(u"Test ended by itself"_s));
    QVERIFY(!desk.action(u"stopTest"_s)->isEnabled());
    desk.window->close();
    QVERIFY(!desk.window->isVisible());
}

namespace {

/// "pipes" rises by 1000 bytes a second up to 40 s, stays, and is freed at 60 s; 101 samples a second apart.
void recordLeak(const QString &path)
{
    auto opened = RecordingWriter::open(path);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().text()));
    const auto writer = std::move(opened).value();
    for (int second = 0; second <= 100; ++second) {
        const qint64 pipes = 10'000 + (second < 60 ? 1000 * std::min(second, 40) : 0);
        writer->append(test::makeSample(
                           second, {{"dentry", PoolType::Paged, 6400}, {"pipes", PoolType::Nonpaged, pipes}}),
            false);
    }
    if (const auto closed = writer->close(); !closed)
        qFatal("%s", qPrintable(closed.error().text()));
}

WallTime second(int number)
{
    return test::makeSample(number)->wall;
}

/// The marks of a test in the file.
QStringList marksIn(const QString &path)
{
    QStringList found;
    if (const auto reader = RecordingReader::open(path)) {
        for (const Mark &mark : reader.value()->info().marks) {
            found << QString::fromLatin1(markKindWord(mark.kind)) + u'@'
                    + QString::number((mark.wall - second(0)) / 1s);
        }
    }
    return found;
}

} // namespace

void TestTestWindow::marksArePlacedInARecording_data()
{
    QTest::addColumn<bool>("isLocked");
    QTest::newRow("kept in the file") << false;
    QTest::newRow("another writes to the file") << true;
}

void TestTestWindow::marksArePlacedInARecording()
{
    QFETCH(bool, isLocked);
    const QTemporaryDir folder;
    TestDesk desk(folder);
    const QString path = folder.filePath(u"leak.poolscope"_s);
    recordLeak(path);
    std::unique_ptr<WriterLock> lock;
    if (isLocked)
        lock = WriterLock::acquire(path).value();
    desk.open(path);
    const auto shows = [&](const QString &seconds) {
        return desk.part<TablePanel>()->model()->frame()
            && desk.part<TablePanel>()->model()->frame()->number == seconds.toULongLong() + 1;
    };
    QTRY_VERIFY(shows(u"100"_s));
    auto *chart = desk.part<ChartPanel>();
    emit chart->momentWanted(second(5));
    QTRY_VERIFY(shows(u"5"_s));
    QVERIFY(desk.action(u"startTest"_s)->isEnabled());
    QVERIFY(!desk.action(u"stopTest"_s)->isEnabled());
    desk.clickTool(u"startTest"_s);
    QTRY_VERIFY(desk.banner(u"testMark"_s));
    QCOMPARE(desk.banner(u"testMark"_s)->text().contains(u"lasts only"_s), isLocked);
    QVERIFY(desk.dock()->isVisible());
    emit chart->momentWanted(second(45));
    QTRY_VERIFY(shows(u"45"_s));
    QVERIFY2(desk.headline().startsWith(u"Test runs for 40 s"_s), qPrintable(desk.headline()));
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::GrewBy), u"+35,000"_s);
    desk.clickTool(u"stopTest"_s);
    QTRY_VERIFY(desk.headline().startsWith(u"Stopped after 40 s"_s));
    emit chart->momentWanted(second(55));
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"0.0 %"_s);
    emit chart->momentWanted(second(100));
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"114.3 %"_s);
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::Course), u"flat"_s);
    emit chart->momentWanted(second(2));
    QTRY_VERIFY(desk.headline().startsWith(u"No test"_s));
    QCOMPARE(desk.table()->model()->rowCount(), 0);

    emit chart->momentWanted(second(100));
    QTRY_VERIFY(desk.headline().startsWith(u"Stopped"_s));
    desk.click(u"saveReport"_s);
    QTRY_VERIFY(desk.part<QFileDialog>(u"reportDialog"_s));
    desk.part<QFileDialog>(u"reportDialog"_s)->reject();

    lock.reset();
    desk.window.reset();
    QCOMPARE(marksIn(path), isLocked ? QStringList() : (QStringList{u"test_start@5"_s, u"test_stop@45"_s}));
    if (isLocked)
        return;
    desk.open(path);
    QTRY_VERIFY(shows(u"100"_s));
    desk.dock()->show();
    QTRY_COMPARE(desk.cell(u"pipes"_s, TestTableModel::ShareFreed), u"114.3 %"_s);
}

void TestTestWindow::placedMarkIsTakenBack_data()
{
    marksArePlacedInARecording_data();
}

void TestTestWindow::placedMarkIsTakenBack()
{
    QFETCH(bool, isLocked);
    const QTemporaryDir folder;
    TestDesk desk(folder);
    const QString path = folder.filePath(u"leak.poolscope"_s);
    recordLeak(path);
    std::unique_ptr<WriterLock> lock;
    if (isLocked)
        lock = WriterLock::acquire(path).value();
    desk.open(path);
    QTRY_VERIFY(desk.action(u"startTest"_s)->isEnabled());
    QTest::keyClick(desk.window.get(), Qt::Key_T, Qt::ControlModifier);
    QTRY_VERIFY(desk.banner(u"testMark"_s));
    QCOMPARE(marksIn(path).size(), isLocked ? 0 : 1);
    QTRY_COMPARE(desk.part<ChartPanel>()->view()->picture().marks.size(), size_t(1));
    desk.clickBanner(u"testMark"_s, u"Undo"_s);
    QTRY_VERIFY(desk.headline().startsWith(u"No test"_s));
    QTRY_VERIFY(desk.part<ChartPanel>()->view()->picture().marks.empty());
    QTRY_COMPARE(marksIn(path), QStringList());
    QVERIFY(!desk.banner(u"moment"_s));
}

void TestTestWindow::recordedLeakIsFreed_data()
{
    QTest::addColumn<QString>("series");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<int>("start"); // seconds after the first sample
    QTest::addColumn<int>("stop");
    QTest::newRow("pipes") << u"live-pipe"_s << u"kmalloc-cg-1k"_s << 10 << 50;
    QTest::newRow("sockets") << u"live-tcp"_s << u"TCP"_s << 10 << 50;
    QTest::newRow("keys") << u"live-key"_s << u"key_jar"_s << 10 << 50;
}

void TestTestWindow::recordedLeakIsFreed()
{
    QFETCH(QString, series);
    QFETCH(QString, tag);
    QFETCH(int, start);
    QFETCH(int, stop);
    const QString data = QStringLiteral(POOLSCOPE_SHARED_DATA "/series/") + series;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"leak.poolscope"_s);
    const std::vector<SamplePtr> samples = test::samplesOfSeries(data);
    if (samples.empty())
        QSKIP("the recorded series, or the program zstd, is not there");
    QVERIFY(samples.size() > 60);
    {
        auto writer = RecordingWriter::open(path);
        QVERIFY(writer.ok());
        for (const SamplePtr &sample : samples)
            writer.value()->append(sample, false);
        const auto at = [&](int seconds) { return samples.front()->wall + std::chrono::seconds(seconds); };
        writer.value()->addMark({at(start), MarkKind::TestStart, u"both"_s});
        writer.value()->addMark({at(stop), MarkKind::TestStop, {}});
        QVERIFY(writer.value()->close().ok());
    }
    TestDesk desk(folder);
    desk.open(path);
    desk.dock()->show();
    QTRY_VERIFY(desk.cell(tag, TestTableModel::ShareFreed).endsWith(u" %"_s));
    const double share = desk.cell(tag, TestTableModel::ShareFreed).chopped(2).toDouble();
    QVERIFY2(share > 90, qPrintable(QString::number(share)));
    // The analysis says so too, in the details of the tag.
    QTRY_VERIFY(desk.freedShare(tag) > .9);
}

void TestTestWindow::notesMarkTheMoment()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    desk.open();
    QTRY_VERIFY(desk.action(u"addNote"_s)->isEnabled());
    auto *table = desk.part<TagTableView>();
    table->setFocus();
    QTest::keyClick(desk.window.get(), Qt::Key_N, Qt::ControlModifier);
    auto *text = desk.part<QLineEdit>(u"noteText"_s);
    QTRY_VERIFY(text->hasFocus());
    QTest::keyClicks(text, u"  backup started "_s);
    QTest::keyClick(text, Qt::Key_Return);
    QVERIFY(!text->isVisible());
    QVERIFY(table->hasFocus());
    QTRY_COMPARE(desk.part<ChartPanel>()->view()->picture().marks.size(), size_t(1));
    QCOMPARE(desk.part<ChartPanel>()->view()->picture().marks[0].text, u"backup started"_s);

    QTest::keyClick(desk.window.get(), Qt::Key_N, Qt::ControlModifier);
    QTest::keyClicks(text, u"no"_s);
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(!text->isVisible());
    QVERIFY(text->text().isEmpty());
    QCOMPARE(desk.part<ChartPanel>()->view()->picture().marks.size(), size_t(1));
}

void TestTestWindow::notesGoIntoARecording()
{
    const QTemporaryDir folder;
    TestDesk desk(folder);
    const QString path = folder.filePath(u"leak.poolscope"_s);
    recordLeak(path);
    desk.open(path);
    QTRY_VERIFY(desk.part<TablePanel>()->model()->frame());
    emit desk.part<ChartPanel>()->momentWanted(second(30));
    QTRY_VERIFY(desk.part<TablePanel>()->model()->frame()->number == 31);
    desk.action(u"addNote"_s)->trigger();
    auto *text = desk.part<QLineEdit>(u"noteText"_s);
    QTest::keyClicks(text, u"here"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_VERIFY(desk.banner(u"testMark"_s));
    QCOMPARE(marksIn(path), QStringList{u"note@30"_s});
    desk.clickBanner(u"testMark"_s, u"Undo"_s);
    QTRY_COMPARE(marksIn(path), QStringList());
}

QTEST_MAIN(TestTestWindow)
#include "tst_testwindow.moc"
