// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/snapshotlistmodel.h"
#include "tests/support/samplemaker.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;
using M = SnapshotListModel;

class TestSnapshotListModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void rowsFollowTheStore();
    void sorts_data();
    void sorts();
    void selectionSurvivesSorting();
    void filters();
    void editsInPlace();
    void showsTotals();

private:
    void take(const QString &label, qint64 seconds, qint64 nonpaged, size_t tags);
    [[nodiscard]] QStringList labels() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SnapshotStore> m_store;
    std::unique_ptr<M> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSnapshotListModel::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<SnapshotStore>(m_folder->path());
    m_model = std::make_unique<M>(m_store.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestSnapshotListModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_store.reset();
    m_folder.reset();
}

void TestSnapshotListModel::take(const QString &label, qint64 seconds, qint64 nonpaged, size_t tags)
{
    std::vector<Row> rows;
    for (size_t i = 0; i < tags; ++i)
        rows.push_back({"tag" + QByteArray::number(i), PoolType::Paged, {}, {}});
    auto sample = makeSample(rows, seconds);
    if (nonpaged >= 0)
        sample->system[SystemField::PoolNonpaged] = Counter(nonpaged);
    QSignalSpy added(m_store.get(), &SnapshotStore::added);
    m_store->take(sample, label);
    QVERIFY(added.wait());
}

QStringList TestSnapshotListModel::labels() const
{
    QStringList out;
    for (int row = 0; row < m_model->rowCount(); ++row)
        out += m_model->index(row, M::Label).data().toString();
    return out;
}

void TestSnapshotListModel::rowsFollowTheStore()
{
    take(u"a"_s, 0, 1, 1);
    take(u"b"_s, 20, 1, 1);
    take(u"c"_s, 10, 1, 1);
    QCOMPARE(labels(), (QStringList{u"b"_s, u"c"_s, u"a"_s})); // newest first
    m_store->remove({m_model->idAt(0), m_model->idAt(2)});
    QCOMPARE(labels(), QStringList{u"c"_s});
    m_store->undoRemove();
    QTRY_COMPARE(labels(), (QStringList{u"b"_s, u"c"_s, u"a"_s}));

    // The next session; what one that still runs keeps is its own.
    m_model.reset();
    m_store.reset();
    SnapshotStore other(m_folder->path());
    M second(&other);
    QAbstractItemModelTester tester(&second, QAbstractItemModelTester::FailureReportingMode::QtTest);
    other.load();
    QTRY_COMPARE(second.rowCount(), 3);
}

void TestSnapshotListModel::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("label") << int(M::Label) << Qt::AscendingOrder << QStringList{u"a"_s, u"B"_s, u"c"_s};
    QTest::newRow("time") << int(M::Time) << Qt::AscendingOrder << QStringList{u"c"_s, u"a"_s, u"B"_s};
    QTest::newRow("total") << int(M::Nonpaged) << Qt::DescendingOrder << QStringList{u"a"_s, u"B"_s, u"c"_s};
    QTest::newRow("tags, not as text")
        << int(M::Tags) << Qt::AscendingOrder << QStringList{u"B"_s, u"a"_s, u"c"_s};
}

void TestSnapshotListModel::sorts()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(QStringList, expected);
    take(u"c"_s, 0, -1, 10);
    take(u"a"_s, 10, 1000, 9);
    take(u"B"_s, 20, 999, 2);
    m_model->sort(column, order);
    QCOMPARE(labels(), expected);
}

void TestSnapshotListModel::selectionSurvivesSorting()
{
    take(u"a"_s, 0, 1, 1);
    take(u"b"_s, 10, 1, 2);
    const QPersistentModelIndex a = m_model->index(1, M::Note);
    m_model->sort(M::Label, Qt::AscendingOrder);
    QCOMPARE(a.row(), 0);
    QCOMPARE(a.column(), int(M::Note));
    take(u"0"_s, 20, 1, 1);
    QCOMPARE(a.row(), 1);
}

void TestSnapshotListModel::filters()
{
    take(u"before"_s, 0, 1, 1);
    take(u"After"_s, 10, 1, 1);
    m_store->setNote(m_model->idAt(0), u"the BEFORE of it"_s);
    take(u"other"_s, 20, 1, 1);
    m_model->setFilter(u"before"_s);
    QCOMPARE(labels(), (QStringList{u"After"_s, u"before"_s}));
    take(u"not"_s, 30, 1, 1);
    QCOMPARE(m_model->rowCount(), 2);
    take(u"before too"_s, 40, 1, 1);
    QCOMPARE(m_model->rowCount(), 3);
    m_model->setFilter({});
    QCOMPARE(m_model->rowCount(), 5);
}

void TestSnapshotListModel::editsInPlace()
{
    take(u"a"_s, 0, 1, 1);
    QSignalSpy changed(m_model.get(), &M::dataChanged);
    QVERIFY(m_model->setData(m_model->index(0, M::Label), u" new "_s));
    QCOMPARE(m_store->snapshots().front().label, u"new"_s);
    QCOMPARE(changed.size(), 1);
    QVERIFY(!m_model->setData(m_model->index(0, M::Label), u"  "_s)); // a label is never empty
    QVERIFY(m_model->setData(m_model->index(0, M::Note), QString()));
    QVERIFY(!m_model->setData(m_model->index(0, M::Time), u"x"_s));
    QVERIFY(m_model->flags(m_model->index(0, M::Label)).testFlag(Qt::ItemIsEditable));
    QVERIFY(!m_model->flags(m_model->index(0, M::Time)).testFlag(Qt::ItemIsEditable));
}

void TestSnapshotListModel::showsTotals()
{
    take(u"a"_s, 0, 12'345'678, 1);
    take(u"b"_s, 10, -1, 1);
    const auto text = [&](int row, int column, int role = Qt::DisplayRole) {
        return m_model->index(row, column).data(role).toString();
    };
    QCOMPARE(text(1, M::Nonpaged), u"11.8 MiB"_s);
    QCOMPARE(text(1, M::Nonpaged, Qt::ToolTipRole), u"12,345,678 bytes"_s);
    QCOMPARE(text(0, M::Nonpaged), u"–"_s);
    m_model->setNumberStyle(NumberStyle::Grouped);
    QCOMPARE(text(1, M::Nonpaged), u"12,345,678"_s);
}

QTEST_GUILESS_MAIN(TestSnapshotListModel)
#include "tst_snapshotlistmodel.moc"
