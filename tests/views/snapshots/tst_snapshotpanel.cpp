// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplefile.h"
#include "model/snapshots/snapshotstore.h"
#include "model/tables/snapshotlistmodel.h"
#include "tests/support/samplemaker.h"
#include "views/snapshots/plaintable.h"
#include "views/snapshots/snapshotpanel.h"
#include "views/snapshots/undobar.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;
using M = SnapshotListModel;

class TestSnapshotPanel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void emptyStateSaysWhatToDo();
    void takeButtonAsks();
    void automaticPeriod();
    void enterAndDoubleClickOpen();
    void f2EditsTheLabel();
    void noteIsKept();
    void noteFollowsTheSelection();
    void deleteAndUndo();
    void comparesTheSelectedOldestFirst();
    void comparesTheLastTwoWithoutSelection();
    void exportsWhatIsSelected_data();
    void exportsWhatIsSelected();
    void exportToAFullDevice();
    void copies();
    void headerClickSorts();
    void filterHides();
    void namedForScreenReaders();

private:
    void take(const QString &label, qint64 seconds, bool automatic = false);
    void select(const QStringList &labels);
    [[nodiscard]] QStringList labels() const;
    [[nodiscard]] QToolButton *button(const QString &name) const;
    void clickRow(int row, Qt::KeyboardModifiers modifiers = {});

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SnapshotStore> m_store;
    std::unique_ptr<SnapshotPanel> m_panel;
    PlainTable *m_view = nullptr;
};

void TestSnapshotPanel::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<SnapshotStore>(m_folder->filePath(u"kept"_s));
    m_panel = std::make_unique<SnapshotPanel>(m_store.get());
    m_view = m_panel->findChild<PlainTable *>();
    m_panel->resize(900, 500);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestSnapshotPanel::cleanup()
{
    m_panel.reset();
    m_store.reset();
    m_folder.reset();
}

void TestSnapshotPanel::take(const QString &label, qint64 seconds, bool automatic)
{
    QSignalSpy added(m_store.get(), &SnapshotStore::added);
    m_store->take(
        makeSample({{"dentry", PoolType::Paged, held(5, 960 + seconds), {}}}, seconds), label, automatic);
    QVERIFY(added.wait());
}

QStringList TestSnapshotPanel::labels() const
{
    QStringList out;
    for (int row = 0; row < m_view->model()->rowCount(); ++row)
        out += m_view->model()->index(row, M::Label).data().toString();
    return out;
}

void TestSnapshotPanel::select(const QStringList &wanted)
{
    m_view->selectionModel()->clear();
    for (int row = 0; row < m_view->model()->rowCount(); ++row) {
        const QModelIndex index = m_view->model()->index(row, M::Label);
        if (wanted.contains(index.data().toString()))
            m_view->selectionModel()->setCurrentIndex(
                index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

QToolButton *TestSnapshotPanel::button(const QString &name) const
{
    for (QToolButton *const candidate : m_panel->findChildren<QToolButton *>()) {
        if (candidate->accessibleName() == name)
            return candidate;
    }
    qFatal("no such button");
}

void TestSnapshotPanel::clickRow(int row, Qt::KeyboardModifiers modifiers)
{
    const QRect cell = m_view->visualRect(m_view->model()->index(row, M::Time));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, cell.center());
}

void TestSnapshotPanel::emptyStateSaysWhatToDo()
{
    QVERIFY(!m_view->isVisible());
    const auto texts = m_panel->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(texts, [](const QLabel *label) {
        return label->isVisible() && label->text() == u"No snapshots yet. Ctrl+S takes one.";
    }));
    take(u"a"_s, 0);
    QVERIFY(m_view->isVisible());
    QVERIFY(!button(u"Compare"_s)->isEnabled());
}

void TestSnapshotPanel::takeButtonAsks()
{
    QSignalSpy asked(m_panel.get(), &SnapshotPanel::takeRequested);
    QTest::mouseClick(button(u"Take"_s), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    m_panel->setTakeEnabled(false);
    QTest::mouseClick(button(u"Take"_s), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
}

void TestSnapshotPanel::automaticPeriod()
{
    using Period = std::optional<std::chrono::milliseconds>;
    QList<Period> periods;
    connect(
        m_panel.get(), &SnapshotPanel::autoPeriodChanged, this, [&](const Period &p) { periods.append(p); });
    m_panel->setAutoPeriod(std::chrono::minutes(5));
    QCOMPARE(m_panel->autoPeriod(), Period(std::chrono::minutes(5)));
    m_panel->setAutoPeriod(std::nullopt);
    QVERIFY(periods.isEmpty()); // the window knows already

    auto *check = m_panel->findChild<QCheckBox *>();
    auto *minutes = m_panel->findChild<QSpinBox *>();
    QCOMPARE(minutes->value(), 5);
    QTest::keyClick(check, Qt::Key_Space);
    QCOMPARE(periods, QList<Period>{std::chrono::minutes(5)});
    minutes->selectAll();
    QTest::keyClicks(minutes, u"12"_s);
    QTest::keyClick(minutes, Qt::Key_Return);
    QCOMPARE(periods.size(), 2); // once, not for every digit
    QCOMPARE(periods.last(), Period(std::chrono::minutes(12)));
    QTest::keyClick(check, Qt::Key_Space);
    QCOMPARE(periods.last(), Period());
    m_panel->setAutoPeriod(std::chrono::milliseconds(1));
    QCOMPARE(m_panel->autoPeriod(), Period(std::chrono::minutes(1)));
}

void TestSnapshotPanel::enterAndDoubleClickOpen()
{
    take(u"a"_s, 0);
    take(u"b"_s, 10);
    QSignalSpy opened(m_panel.get(), &SnapshotPanel::openRequested);
    clickRow(1);
    QTest::keyClick(m_view, Qt::Key_Return);
    QVERIFY(opened.wait());
    QCOMPARE(opened.takeFirst().front().value<Snapshot>().label, u"a"_s);
    const QPoint place = m_view->visualRect(m_view->model()->index(0, M::Label)).center();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, place);
    QVERIFY(opened.wait());
    const auto snapshot = opened.takeFirst().front().value<Snapshot>();
    QCOMPARE(snapshot.label, u"b"_s);
    QCOMPARE(snapshot.sample->readings.front().bytes.value(), 970);
    QTest::mouseClick(button(u"Open"_s), Qt::LeftButton);
    QVERIFY(opened.wait());
}

void TestSnapshotPanel::f2EditsTheLabel()
{
    take(u"old"_s, 0);
    clickRow(0);
    QTest::keyClick(m_view, Qt::Key_F2);
    auto *editor = m_view->findChild<QLineEdit *>();
    QVERIFY(editor != nullptr);
    QTest::keyClicks(editor, u"before the test"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(m_store->snapshots().front().label, u"before the test"_s);
}

void TestSnapshotPanel::noteIsKept()
{
    take(u"a"_s, 0);
    clickRow(0);
    auto *note = m_panel->findChild<QPlainTextEdit *>();
    QVERIFY(note->isEnabled());
    QTest::keyClicks(note, u"it began here"_s);
    QTRY_COMPARE(m_store->snapshots().front().note, u"it began here"_s);
    QTest::keyClicks(note, u"!"_s);
    m_panel.reset(); // closing in the middle of it loses nothing
    QCOMPARE(m_store->snapshots().front().note, u"it began here!"_s);
}

void TestSnapshotPanel::noteFollowsTheSelection()
{
    take(u"a"_s, 0);
    take(u"b"_s, 10);
    auto *note = m_panel->findChild<QPlainTextEdit *>();
    clickRow(0);
    QTest::keyClicks(note, u"of b"_s);
    clickRow(1);
    QCOMPARE(note->toPlainText(), QString());
    QTest::keyClicks(note, u"of a"_s);
    clickRow(0);
    QCOMPARE(note->toPlainText(), u"of b"_s);
    QCOMPARE(m_store->snapshots()[0].note, u"of a"_s);
    QCOMPARE(m_store->snapshots()[1].note, u"of b"_s);
}

void TestSnapshotPanel::deleteAndUndo()
{
    take(u"a"_s, 0);
    take(u"b"_s, 10);
    auto *bar = m_panel->findChild<UndoBar *>();
    QVERIFY(!bar->isVisible());
    clickRow(0);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(labels(), QStringList{u"a"_s});
    QVERIFY(bar->isVisible());
    QTest::mouseClick(bar->findChild<QPushButton *>(u"undo"_s), Qt::LeftButton);
    QTRY_COMPARE(labels(), (QStringList{u"b"_s, u"a"_s}));
    QVERIFY(!bar->isVisible());

    clickRow(0);
    clickRow(1, Qt::ControlModifier);
    QTest::mouseClick(button(u"Delete"_s), Qt::LeftButton);
    QVERIFY(labels().isEmpty());
    QTest::mouseClick(bar->findChild<QToolButton *>(u"forget"_s), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
    // The session's own file goes with the session.
    m_panel.reset();
    m_store.reset();
    QCOMPARE(QDir(m_folder->filePath(u"kept"_s)).entryList(QDir::Files), QStringList());
}

void TestSnapshotPanel::comparesTheSelectedOldestFirst()
{
    for (const qint64 seconds : {0, 10, 20})
        take(QString::number(seconds), seconds);
    select({u"0"_s, u"20"_s});
    QSignalSpy asked(m_panel.get(), &SnapshotPanel::compareRequested);
    QTest::mouseClick(button(u"Compare"_s), Qt::LeftButton);
    QVERIFY(asked.wait());
    const auto snapshots = asked.front().front().value<std::vector<Snapshot>>();
    QCOMPARE(snapshots.size(), 2u);
    QCOMPARE(snapshots[0].label, u"0"_s);
    QCOMPARE(snapshots[1].label, u"20"_s);
}

void TestSnapshotPanel::comparesTheLastTwoWithoutSelection()
{
    QSignalSpy asked(m_panel.get(), &SnapshotPanel::compareRequested);
    take(u"0"_s, 0);
    m_panel->compare();
    take(u"10"_s, 10);
    take(u"20"_s, 20);
    m_view->clearSelection();
    m_panel->compare();
    QVERIFY(asked.wait());
    QCOMPARE(asked.size(), 1);
    const auto snapshots = asked.front().front().value<std::vector<Snapshot>>();
    QCOMPARE(snapshots.size(), 2u);
    QCOMPARE(snapshots[0].label, u"10"_s);
}

void TestSnapshotPanel::exportsWhatIsSelected_data()
{
    QTest::addColumn<SampleFormat>("format");
    QTest::addColumn<QStringList>("selected");
    QTest::addColumn<int>("expected");
    QTest::newRow("one as JSON") << SampleFormat::Json << QStringList{u"b"_s} << 1;
    QTest::newRow("two as CSV") << SampleFormat::Csv << QStringList{u"a"_s, u"c"_s} << 2;
    QTest::newRow("all as PoolMon text") << SampleFormat::PoolMonText << QStringList{} << 3;
}

void TestSnapshotPanel::exportsWhatIsSelected()
{
    QFETCH(SampleFormat, format);
    QFETCH(QStringList, selected);
    QFETCH(int, expected);
    take(u"a"_s, 0);
    take(u"b"_s, 10);
    take(u"c"_s, 20);
    select(selected);
    const QString path = m_folder->filePath(u"out"_s);
    QSignalSpy exported(m_panel.get(), &SnapshotPanel::exported);
    m_panel->exportTo(path, format);
    QVERIFY(exported.wait());
    const auto read = readSampleFile(path);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QCOMPARE(read.value().size(), size_t(expected));
}

void TestSnapshotPanel::exportToAFullDevice()
{
    if (!QFileInfo::exists(u"/dev/full"_s))
        QSKIP("this system has no /dev/full");
    take(u"a"_s, 0);
    QSignalSpy failed(m_panel.get(), &SnapshotPanel::failed);
    m_panel->exportTo(u"/dev/full"_s, SampleFormat::Json);
    QVERIFY(failed.wait());
    const auto error = failed.front().front().value<Error>();
    QCOMPARE(error.kind, ErrorKind::WriteFailed);
    QCOMPARE(error.where, u"/dev/full"_s);
    QVERIFY(error.whatToDo.contains(u"free space"));
    QVERIFY(m_panel->isVisible());
}

void TestSnapshotPanel::copies()
{
    take(u"a"_s, 0);
    clickRow(0);
    QSignalSpy copied(m_panel.get(), &SnapshotPanel::copied);
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(copied.wait());
    QVERIFY(QApplication::clipboard()->text().contains(u"Snapshot: a\n"));
    QVERIFY(QApplication::clipboard()->text().contains(u"dentry"));
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(copied.wait());
    QVERIFY(QApplication::clipboard()->text().contains(u"| dentry | reclaimable | 5 | 960 | 192 |"));
}

void TestSnapshotPanel::headerClickSorts()
{
    take(u"x"_s, 0);
    take(u"a"_s, 10);
    QCOMPARE(labels(), (QStringList{u"a"_s, u"x"_s}));
    QHeaderView *const header = m_view->horizontalHeader();
    const auto click = [&](int section) {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
            QPoint(header->sectionViewportPosition(section) + 10, header->height() / 2));
    };
    click(M::Time);
    QCOMPARE(labels(), (QStringList{u"x"_s, u"a"_s}));
    click(M::Label);
    QCOMPARE(labels(), (QStringList{u"a"_s, u"x"_s}));
    click(M::Label);
    QCOMPARE(labels(), (QStringList{u"x"_s, u"a"_s}));
}

void TestSnapshotPanel::filterHides()
{
    take(u"before"_s, 0);
    take(u"after"_s, 10);
    QLineEdit *filter = nullptr;
    for (QLineEdit *const edit : m_panel->findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == u"Filter snapshots")
            filter = edit;
    }
    QVERIFY(filter != nullptr);
    QTest::keyClicks(filter, u"bef"_s);
    QCOMPARE(labels(), QStringList{u"before"_s});
    QTest::keyClicks(filter, u"x"_s);
    QVERIFY(!m_view->isVisible());
    filter->clear();
    QVERIFY(m_view->isVisible());
    QCOMPARE(labels().size(), 2);
}

void TestSnapshotPanel::namedForScreenReaders()
{
    for (const QToolButton *const tool : m_panel->findChildren<QToolButton *>()) {
        if (tool->parent() != m_panel.get())
            continue;
        QVERIFY2(!tool->accessibleName().isEmpty(), qPrintable(tool->text()));
        QVERIFY2(!tool->toolTip().isEmpty(), qPrintable(tool->text()));
        QVERIFY((tool->focusPolicy() & Qt::TabFocus) != 0);
    }
    QVERIFY(!m_view->accessibleName().isEmpty());
}

QTEST_MAIN(TestSnapshotPanel)
#include "tst_snapshotpanel.moc"
