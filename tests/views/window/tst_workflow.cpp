// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person does with the window, by clicks and keys.

#include "tests/views/support/desk.h"
#include "views/chart/chartlegend.h"
#include "views/chart/chartpanel.h"
#include "views/details/detailspanel.h"
#include "views/snapshots/comparisonview.h"
#include "views/snapshots/snapshotpanel.h"
#include "views/system/systembar.h"
#include "views/system/systemcell.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/window/snapshotview.h"

#include <QClipboard>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::Desk;

class TestWorkflow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void firstSightPinsTheThreeBiggest();
    void headerClickSorts();
    void typeKeyCycles();
    void spacePinsIntoTheChart();
    void clearedPinsComeBack();
    void unknownSystemFieldsReadAsDash();
    void enterShowsTheDetails();
    void filterKeyGoesToTheFilter();
    void tableSettingsAreRestored();
    void markdownKeyCopiesRows();
    void deletedSnapshotComesBack();
    void saveKeyTakesASnapshot();
    void snapshotOpensReadOnly();
    void twoSnapshotsCompare();
    void exportWritesTheFile();
    void exportIntoNowhereSaysSo();
    void questionMarkShowsTheKeys();
    void quitKeyClosesTheWindow();
    void anotherSourceStartsAfresh();

private:
    void openWithData(Desk &desk) const;
    static QStringList shownTags(const Desk &desk);
    static void clickHeader(const Desk &desk, TagColumn column);
    static void takeSnapshots(Desk &desk, int count);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_settings;
};

namespace {

TagTableView *table(const Desk &desk)
{
    return desk.part<TablePanel>()->view();
}

QByteArrayList pinnedNames(const Desk &desk)
{
    QByteArrayList names;
    const TagTableModel *model = table(desk)->tagModel();
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 0).data(TagTableModel::PinSlotRole).toInt() >= 0)
            names << model->entryAt(row).tag.bytes;
    }
    return names;
}

QAbstractItemView *snapshotList(const Desk &desk)
{
    return desk.part<QAbstractItemView>(u"snapshotList"_s);
}

int legendRows(const Desk &desk)
{
    return desk.part<ChartPanel>()->legend()->count();
}

} // namespace

void TestWorkflow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestWorkflow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = m_folder->filePath(u"window.ini"_s);
}

void TestWorkflow::openWithData(Desk &desk) const
{
    desk.open();
    QTRY_COMPARE(table(desk)->tagModel()->rowCount(), 4);
    QVERIFY(table(desk)->isVisible());
    QVERIFY(table(desk)->hasFocus());
}

QStringList TestWorkflow::shownTags(const Desk &desk)
{
    QStringList tags;
    const TagTableModel *model = table(desk)->tagModel();
    for (int row = 0; row < model->rowCount(); ++row)
        tags << QString::fromLatin1(model->entryAt(row).tag.bytes);
    return tags;
}

void TestWorkflow::clickHeader(const Desk &desk, TagColumn column)
{
    QHeaderView *header = table(desk)->horizontalHeader();
    const int section = static_cast<int>(column);
    const QPoint at(
        header->sectionViewportPosition(section) + header->sectionSize(section) / 2, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, at);
}

void TestWorkflow::takeSnapshots(Desk &desk, int count)
{
    const int before = snapshotList(desk)->model()->rowCount();
    for (int i = 0; i < count; ++i) {
        QTest::keyClick(desk.window.get(), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(snapshotList(desk)->model()->rowCount(), before + i + 1);
    }
}

void TestWorkflow::firstSightPinsTheThreeBiggest()
{
    Desk desk(m_settings);
    openWithData(desk);
    QCOMPARE(shownTags(desk), QStringList({u"pipes"_s, u"dentry"_s, u"files"_s, u"small"_s}));
    QCOMPARE(pinnedNames(desk), QByteArrayList({"pipes", "dentry", "files"}));
}

void TestWorkflow::headerClickSorts()
{
    Desk desk(m_settings);
    openWithData(desk);
    clickHeader(desk, TagColumn::Tag);
    QCOMPARE(shownTags(desk), QStringList({u"dentry"_s, u"files"_s, u"pipes"_s, u"small"_s}));
    clickHeader(desk, TagColumn::Tag);
    QCOMPARE(shownTags(desk), QStringList({u"small"_s, u"pipes"_s, u"files"_s, u"dentry"_s}));
    QTest::keyClick(table(desk), Qt::Key_B);
    QCOMPARE(shownTags(desk).first(), u"pipes"_s);
}

void TestWorkflow::typeKeyCycles()
{
    Desk desk(m_settings);
    openWithData(desk);
    QTest::keyClick(table(desk), Qt::Key_P);
    QCOMPARE(shownTags(desk), QStringList({u"pipes"_s, u"files"_s}));
    QTest::keyClick(table(desk), Qt::Key_P);
    QCOMPARE(shownTags(desk), QStringList({u"dentry"_s, u"small"_s}));
    QTest::keyClick(table(desk), Qt::Key_P);
    QCOMPARE(shownTags(desk).size(), 4);
}

void TestWorkflow::spacePinsIntoTheChart()
{
    Desk desk(m_settings);
    openWithData(desk);
    QVERIFY(table(desk)->selectTag({"small", PoolType::Paged}));
    QTest::keyClick(table(desk), Qt::Key_Space);
    QCOMPARE(pinnedNames(desk).size(), 4);
    QTRY_COMPARE(legendRows(desk), 4);
    QTest::keyClick(table(desk), Qt::Key_Space);
    QTRY_COMPARE(legendRows(desk), 3);
}

void TestWorkflow::clearedPinsComeBack()
{
    Desk desk(m_settings);
    openWithData(desk);
    QVERIFY(!desk.action(u"undo"_s)->isEnabled());
    desk.action(u"clearPins"_s)->trigger();
    QVERIFY(pinnedNames(desk).isEmpty());
    QVERIFY(!desk.action(u"clearPins"_s)->isEnabled());
    QTest::mouseClick(desk.banner(u"pins"_s)->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(pinnedNames(desk).size(), 3);
    desk.action(u"clearPins"_s)->trigger();
    QTest::keyClick(desk.window.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(pinnedNames(desk).size(), 3);
    QVERIFY(!desk.banner(u"pins"_s));
}

void TestWorkflow::unknownSystemFieldsReadAsDash()
{
    Desk desk(m_settings);
    openWithData(desk);
    for (const SystemFieldInfo &info : systemFields())
        QCOMPARE(desk.part<SystemBar>()->cell(info.field)->value(), u"–"_s);
}

void TestWorkflow::enterShowsTheDetails()
{
    Desk desk(m_settings);
    openWithData(desk);
    auto *details = desk.part<DetailsPanel>();
    QVERIFY(!details->isVisible());
    QVERIFY(table(desk)->selectTag({"small", PoolType::Paged}));
    QTest::keyClick(table(desk), Qt::Key_Return);
    QVERIFY(details->isVisible());
    QCOMPARE(details->tag(), (Tag{"small", PoolType::Paged}));
    QVERIFY(table(desk)->hasFocus());
}

void TestWorkflow::filterKeyGoesToTheFilter()
{
    Desk desk(m_settings);
    openWithData(desk);
    QTest::keyClick(desk.window.get(), Qt::Key_F, Qt::ControlModifier);
    auto *edit = desk.part<QLineEdit>(u"filterEdit"_s);
    QTRY_VERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"pip*"_s);
    QTRY_COMPARE(shownTags(desk), QStringList({u"pipes"_s}));
}

void TestWorkflow::tableSettingsAreRestored()
{
    {
        Desk desk(m_settings);
        openWithData(desk);
        clickHeader(desk, TagColumn::Tag);
        desk.part<TablePanel>()->setFilterText(u"!small"_s);
        desk.part<TablePanel>()->setTypeFilter(TypeFilter::Paged);
        desk.action(u"totals"_s)->trigger();
        desk.action(u"numbers.scaled"_s)->trigger();
        desk.part<ChartPanel>()->setSettings(
            {.metric = Metric::Outstanding, .base = ChangeBase::Pin, .range = {}});
        desk.part<QDockWidget>(u"chart"_s)->hide();
        desk.window->close();
    }
    Desk desk(m_settings);
    desk.open();
    QTRY_COMPARE(shownTags(desk), QStringList({u"dentry"_s}));
    QCOMPARE(table(desk)->tagModel()->sortSpec().column, TagColumn::Tag);
    QVERIFY(!desk.part<TablePanel>()->areTotalsVisible());
    QVERIFY(!desk.action(u"totals"_s)->isChecked());
    QVERIFY(desk.action(u"numbers.scaled"_s)->isChecked());
    QCOMPARE(table(desk)->tagModel()->numberStyle(), NumberStyle::Scaled);
    QCOMPARE(desk.part<ChartPanel>()->settings().metric, Metric::Outstanding);
    QVERIFY(desk.part<QDockWidget>(u"chart"_s)->isHidden());
    QVERIFY(desk.settings.problems().isEmpty());
}

void TestWorkflow::markdownKeyCopiesRows()
{
    Desk desk(m_settings);
    openWithData(desk);
    QVERIFY(table(desk)->selectTag({"pipes", PoolType::Nonpaged}));
    QTest::keyClick(table(desk), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString markdown = QGuiApplication::clipboard()->text();
    QVERIFY2(markdown.startsWith(u'|') && markdown.contains(u"pipes"_s), qPrintable(markdown));
    QTest::keyClick(table(desk), Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(!text.startsWith(u'|') && text.contains(u"64000"_s), qPrintable(text));
}

void TestWorkflow::deletedSnapshotComesBack()
{
    Desk desk(m_settings);
    openWithData(desk);
    takeSnapshots(desk, 1);
    QAbstractItemView *list = snapshotList(desk);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(list->model()->rowCount(), 0);
    QCOMPARE(desk.action(u"undo"_s)->text().remove(u'&'), u"Undo delete snapshot"_s);
    desk.action(u"clearPins"_s)->trigger();
    QCOMPARE(desk.action(u"undo"_s)->text().remove(u'&'), u"Undo clear pins"_s);
    QTest::keyClick(desk.window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(desk.window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QVERIFY(!desk.action(u"undo"_s)->isEnabled());
}

void TestWorkflow::saveKeyTakesASnapshot()
{
    Desk desk(m_settings);
    desk.open();
    QVERIFY(!desk.action(u"takeSnapshot"_s)->isEnabled());
    QTRY_VERIFY(desk.action(u"takeSnapshot"_s)->isEnabled());
    QVERIFY(!desk.action(u"compare"_s)->isEnabled());
    takeSnapshots(desk, 1);
    auto *list = snapshotList(desk);
    QCOMPARE(list->model()->rowCount(), 1);
    QVERIFY(list->isVisible());
    QVERIFY(!desk.action(u"compare"_s)->isEnabled());
}

void TestWorkflow::snapshotOpensReadOnly()
{
    Desk desk(m_settings);
    openWithData(desk);
    takeSnapshots(desk, 1);
    auto *list = snapshotList(desk);
    QCOMPARE(list->model()->rowCount(), 1);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QSignalSpy opened(desk.part<SnapshotPanel>(), &SnapshotPanel::openRequested);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY(desk.part<SnapshotView>());
    const auto *view = desk.part<SnapshotView>();
    QCOMPARE(view->table()->model()->rowCount(), 4);
    QVERIFY(view->isVisible());
    const QString headline = view->findChild<Banner *>(u"snapshotHeadline"_s)->text();
    QVERIFY2(headline.contains(u"Read-only"_s) && headline.contains(u"fake:"_s), qPrintable(headline));

    // The same snapshot again: the same tab.
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(opened.count(), 2);
    QCOMPARE(desk.window->findChildren<SnapshotView *>().size(), 1);
    QTest::keyClick(desk.window.get(), Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!desk.part<SnapshotView>());
    QVERIFY(table(desk)->isVisible());
}

void TestWorkflow::twoSnapshotsCompare()
{
    Desk desk(m_settings);
    openWithData(desk);
    takeSnapshots(desk, 1);
    desk.kernel->setRows({{"dentry", PoolType::Paged, 6400}, {"pipes", PoolType::Nonpaged, 128'000}});
    QTRY_VERIFY(!table(desk)
                     ->tagModel()
                     ->frameRowAt(table(desk)->tagModel()->rowOf(Tag{"small", PoolType::Paged}))
                     .present);
    takeSnapshots(desk, 1);
    QVERIFY(desk.action(u"compare"_s)->isEnabled());
    desk.clickTool(u"compare"_s);
    QTRY_VERIFY(desk.part<ComparisonView>());
    auto *view = desk.part<ComparisonView>();
    QTRY_COMPARE(view->comparison().rows.size(), size_t(4));
    QCOMPARE(view->comparison().rows.front().tag.bytes, QByteArray("pipes"));
    QVERIFY(view->isVisible());
    const auto *tabs = desk.part<QTabWidget>(u"tabs"_s);
    QTRY_COMPARE(tabs->tabText(1), view->title());
    QVERIFY(!view->title().isEmpty());
    auto *close = qobject_cast<QToolButton *>(tabs->tabBar()->tabButton(1, QTabBar::RightSide));
    QTest::mouseClick(close, Qt::LeftButton);
    QTRY_VERIFY(!desk.part<ComparisonView>());
}

void TestWorkflow::exportWritesTheFile()
{
    Desk desk(m_settings);
    openWithData(desk);
    takeSnapshots(desk, 1);
    const QString path = m_folder->filePath(u"out.csv"_s);
    desk.part<SnapshotPanel>()->exportTo(path, SampleFormat::Csv);
    QTRY_VERIFY(desk.banner(u"snapshots"_s));
    QCOMPARE(desk.banner(u"snapshots"_s)->kind(), BannerKind::Notice);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.startsWith("time,tag,type,allocs,frees,outstanding,bytes"));
    QVERIFY(text.contains(",pipes,nonpaged,,,1000,64000"));
}

void TestWorkflow::exportIntoNowhereSaysSo()
{
    Desk desk(m_settings);
    openWithData(desk);
    takeSnapshots(desk, 1);
    const QString path = m_folder->filePath(u"no/such/folder/out.csv"_s);
    desk.part<SnapshotPanel>()->exportTo(path, SampleFormat::Csv);
    QTRY_VERIFY(desk.banner(u"snapshots"_s));
    QCOMPARE(desk.banner(u"snapshots"_s)->kind(), BannerKind::Error);
    QVERIFY(desk.banner(u"snapshots"_s)->text().contains(QDir::toNativeSeparators(path)));
    QVERIFY(table(desk)->isVisible());
}

void TestWorkflow::questionMarkShowsTheKeys()
{
    Desk desk(m_settings);
    openWithData(desk);
    QTest::keyClick(table(desk), '?');
    QTRY_VERIFY(desk.part<QDialog>(u"keysDialog"_s));
}

void TestWorkflow::quitKeyClosesTheWindow()
{
    Desk desk(m_settings);
    openWithData(desk);
    QTest::keyClick(table(desk), Qt::Key_Q);
    QTRY_VERIFY(desk.window->isHidden());
}

void TestWorkflow::anotherSourceStartsAfresh()
{
    Desk desk(m_settings);
    openWithData(desk);
    desk.action(u"clearPins"_s)->trigger();
    desk.kernel->setRows({{"other", PoolType::Nonpaged, 64}});
    desk.window->openSource(u"fake:two"_s);
    QTRY_COMPARE(shownTags(desk), QStringList({u"other"_s}));
    QCOMPARE(pinnedNames(desk), QByteArrayList({"other"}));
    QVERIFY(!desk.action(u"undo"_s)->isEnabled());
}

QTEST_MAIN(TestWorkflow)
#include "tst_workflow.moc"
