// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/comparisonmodel.h"
#include "tests/support/samplemaker.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;
using M = ComparisonModel;
using F = ComparisonModel::Field;

class TestComparisonModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void columns();
    void cells();
    void metricSwitches();
    void sortsTyped_data();
    void sortsTyped();
    void sortEqualsAFullSort();
    void selectionSurvivesSorting();
    void filters_data();
    void filters();
    void emptyAndReplaced();

private:
    [[nodiscard]] QStringList tags() const;
    [[nodiscard]] QString cell(int row, F field, int role = Qt::DisplayRole) const
    {
        return m_model->index(row, m_model->columnOf(field)).data(role).toString();
    }

    std::unique_ptr<M> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

std::shared_ptr<const Comparison> example()
{
    const std::vector<Snapshot> snapshots{
        makeSnapshot(u"one"_s,
            {{"up", PoolType::Nonpaged, held(1, 100), "net.sys"},
                {"down", PoolType::Paged, held(90, 900), {}}, {"nine", PoolType::Paged, held(9, 9), {}},
                {"old", PoolType::None, held(1, 10), {}}}),
        makeSnapshot(u"two"_s,
            {{"up", PoolType::Nonpaged, held(2, 200), {}}, {"down", PoolType::Paged, held(80, 800), {}},
                {"nine", PoolType::Paged, held(9, 9), {}}},
            1800),
        makeSnapshot(u"three"_s,
            {{"up", PoolType::Nonpaged, held(3, 2000), {}}, {"down", PoolType::Paged, held(200, 700), {}},
                {"nine", PoolType::Paged, held(9, 9), {}}, {"new", PoolType::Paged, held(5, 100), {}},
                {"dark", PoolType::Paged, {}, {}}},
            3600)};
    return std::make_shared<Comparison>(compareSnapshots(snapshots));
}

} // namespace

void TestComparisonModel::init()
{
    m_tester.reset();
    m_model = std::make_unique<M>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setComparison(example());
}

QStringList TestComparisonModel::tags() const
{
    QStringList out;
    for (int row = 0; row < m_model->rowCount(); ++row)
        out += cell(row, F::Tag);
    return out;
}

void TestComparisonModel::columns()
{
    QStringList titles;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        titles += m_model->headerData(column, Qt::Horizontal).toString();
        QVERIFY(!m_model->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
    QCOMPARE(titles,
        (QStringList{u"Tag"_s, u"Type"_s, u"one"_s, u"two"_s, u"three"_s, u"Change"_s, u"Change/h"_s,
            u"Share"_s, u"Remark"_s}));
    QCOMPARE(m_model->fieldOf(4), F::Value);
    QCOMPARE(m_model->columnOf(F::Remark), 8);
}

void TestComparisonModel::cells()
{
    QCOMPARE(tags(), (QStringList{u"up"_s, u"new"_s, u"nine"_s, u"old"_s, u"down"_s, u"dark"_s}));
    QCOMPARE(cell(0, F::Value), u"100"_s);
    QCOMPARE(cell(0, F::Change), u"+1,900"_s);
    QCOMPARE(cell(0, F::PerHour), u"+1,900"_s);
    QCOMPARE(cell(0, F::Share), u"95.0 %"_s);
    QCOMPARE(cell(0, F::Remark), u"rose in every step"_s);
    QCOMPARE(cell(1, F::Value), u"–"_s);
    QCOMPARE(cell(1, F::Remark), u"new"_s);
    QCOMPARE(cell(3, F::Remark), u"gone"_s);
    QCOMPARE(cell(5, F::Change), u"–"_s);
    QCOMPARE(cell(5, F::Share), u"–"_s);
    QVERIFY(cell(0, F::Tag, Qt::ToolTipRole).contains(u"net.sys"));
    m_model->setNumberStyle(NumberStyle::Scaled);
    QCOMPARE(cell(0, F::Change), u"+1.86 KiB"_s);
    QCOMPARE(m_model->plainText(0, m_model->columnOf(F::Change)), u"+1,900"_s);
}

void TestComparisonModel::metricSwitches()
{
    QSignalSpy changed(m_model.get(), &M::dataChanged);
    m_model->setMetric(M::Metric::Outstanding);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(cell(0, F::Tag), u"up"_s);
    QCOMPARE(cell(0, F::Value), u"1"_s);
    QCOMPARE(cell(0, F::Change), u"+2"_s);
    m_model->sort(m_model->columnOf(F::Change), Qt::DescendingOrder);
    QCOMPARE(tags().first(), u"down"_s); // 90 objects became 200 while its bytes fell
}

void TestComparisonModel::sortsTyped_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("tag") << 0 << Qt::AscendingOrder
                         << QStringList{u"dark"_s, u"down"_s, u"new"_s, u"nine"_s, u"old"_s, u"up"_s};
    // 9 < 10 < 100 < 900, not as text; unknown is last both ways.
    QTest::newRow("first, up") << 2 << Qt::AscendingOrder
                               << QStringList{u"nine"_s, u"old"_s, u"up"_s, u"down"_s, u"new"_s, u"dark"_s};
    QTest::newRow("first, down") << 2 << Qt::DescendingOrder
                                 << QStringList{u"down"_s, u"up"_s, u"old"_s, u"nine"_s, u"new"_s, u"dark"_s};
    QTest::newRow("change, up") << 5 << Qt::AscendingOrder
                                << QStringList{u"down"_s, u"old"_s, u"nine"_s, u"new"_s, u"up"_s, u"dark"_s};
    QTest::newRow("share") << 7 << Qt::DescendingOrder
                           << QStringList{u"up"_s, u"new"_s, u"nine"_s, u"old"_s, u"down"_s, u"dark"_s};
    QTest::newRow("remark") << 8 << Qt::DescendingOrder
                            << QStringList{u"up"_s, u"new"_s, u"dark"_s, u"nine"_s, u"down"_s, u"old"_s};
}

void TestComparisonModel::sortsTyped()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(QStringList, expected);
    m_model->sort(column, order);
    if (column == 8)
        QCOMPARE(tags().first(2), expected.first(2));
    else
        QCOMPARE(tags(), expected);
}

void TestComparisonModel::sortEqualsAFullSort()
{
    QRandomGenerator random(3);
    std::vector<Row> first;
    std::vector<Row> last;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray tag = "t" + QByteArray::number(i);
        first.push_back({tag, PoolType::Paged, {{}, {}, {}, Counter(random.bounded(50))}, {}});
        if (random.bounded(10) > 0)
            last.push_back({tag, PoolType::Paged,
                random.bounded(10) == 0 ? Reading{} : held(1, random.bounded(50)), {}});
    }
    const auto comparison = std::make_shared<Comparison>(
        compareSnapshots(std::vector{makeSnapshot(u"a"_s, first), makeSnapshot(u"b"_s, last, 60)}));
    m_model->setComparison(comparison);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const int column = m_model->columnOf(F::Change);
        m_model->sort(column, order);
        QCOMPARE(m_model->rowCount(), 1000);
        for (int row = 1; row < m_model->rowCount(); ++row) {
            const QVariant above = m_model->index(row - 1, 0).data(M::ChangeRole);
            const QVariant here = m_model->index(row, 0).data(M::ChangeRole);
            if (!above.isValid()) {
                QVERIFY(!here.isValid());
            } else if (here.isValid()) {
                const bool ok = order == Qt::AscendingOrder ? above.toLongLong() <= here.toLongLong()
                                                            : above.toLongLong() >= here.toLongLong();
                QVERIFY(ok);
            }
        }
    }
}

void TestComparisonModel::selectionSurvivesSorting()
{
    const QPersistentModelIndex down = m_model->index(4, 3);
    QCOMPARE(down.sibling(down.row(), 0).data().toString(), u"down"_s);
    m_model->sort(2, Qt::DescendingOrder);
    QCOMPARE(down.row(), 0);
    QCOMPARE(down.column(), 3);
}

void TestComparisonModel::filters_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("part, any case") << u"N"_s << QStringList{u"up"_s, u"new"_s, u"nine"_s, u"down"_s};
    QTest::newRow("driver") << u"net.sys"_s << QStringList{u"up"_s};
    QTest::newRow("wildcard") << u"n*"_s << QStringList{u"new"_s, u"nine"_s};
    QTest::newRow("one letter") << u"?ld"_s << QStringList{u"old"_s};
    QTest::newRow("none") << u"zzz"_s << QStringList();
}

void TestComparisonModel::filters()
{
    QFETCH(QString, filter);
    QFETCH(QStringList, expected);
    m_model->setFilter(filter);
    QCOMPARE(tags(), expected);
    m_model->setFilter({});
    QCOMPARE(m_model->rowCount(), 6);
}

void TestComparisonModel::emptyAndReplaced()
{
    m_model->sort(8, Qt::DescendingOrder);
    m_model->setComparison(std::make_shared<Comparison>());
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->columnCount(), 0);
    m_model->sort(3);
    m_model->setMetric(M::Metric::Outstanding);
    m_model->setComparison(example());
    QCOMPARE(m_model->rowCount(), 6);
}

QTEST_GUILESS_MAIN(TestComparisonModel)
#include "tst_comparisonmodel.moc"
