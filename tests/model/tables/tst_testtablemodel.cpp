// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/testtablemodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

TestRow rowOf(
    const QByteArray &tag, Counter grewBy, Counter freed = {}, TestCourse course = TestCourse::Unknown)
{
    TestRow row;
    row.tag = {tag, PoolType::Nonpaged};
    row.grewBy = grewBy;
    row.freed = freed;
    if (freed.isKnown() && grewBy.valueOr(0) > 0)
        row.shareFreed = static_cast<double>(freed.value()) / static_cast<double>(grewBy.value());
    row.course = course;
    return row;
}

QString order(const TestTableModel &model)
{
    QStringList tags;
    for (int row = 0; row < model.rowCount(); ++row)
        tags << model.index(row, TestTableModel::TagColumn).data().toString();
    return tags.join(u' ');
}

} // namespace

class TestTestTableModel : public QObject
{
    Q_OBJECT

private slots:
    void cellsReadAsMeant_data();
    void cellsReadAsMeant();
    void sortsWithUnknownLast_data();
    void sortsWithUnknownLast();
    void selectionFollowsItsTag();
    void anyResultsKeepTheModelSound();
};

void TestTestTableModel::cellsReadAsMeant_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("unknown");
    QTest::newRow("tag") << int(TestTableModel::TagColumn) << u"a\\x01"_s << u"b"_s;
    QTest::newRow("grew by") << int(TestTableModel::GrewBy) << u"+2,097,152"_s << u"–"_s;
    QTest::newRow("objects") << int(TestTableModel::Objects) << u"–"_s << u"–"_s;
    QTest::newRow("freed") << int(TestTableModel::Freed) << u"1,048,576"_s << u"–"_s;
    QTest::newRow("share") << int(TestTableModel::ShareFreed) << u"50.0 %"_s << u"–"_s;
    QTest::newRow("course") << int(TestTableModel::Course) << u"falling"_s << u"–"_s;
}

void TestTestTableModel::cellsReadAsMeant()
{
    QFETCH(int, column);
    QFETCH(QString, known);
    QFETCH(QString, unknown);
    TestTableModel model;
    model.setResult({{rowOf("a\x01", 2 << 20, 1 << 20, TestCourse::Falling), rowOf("b", {})}});
    QCOMPARE(model.index(0, column).data().toString(), known);
    QCOMPARE(model.index(1, column).data().toString(), unknown);
    model.setNumberStyle(NumberStyle::Scaled);
    QCOMPARE(model.plainText(0, column), known);
    QCOMPARE(model.index(0, TestTableModel::Freed).data().toString(), u"1.00 MiB"_s);
}

void TestTestTableModel::sortsWithUnknownLast_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("direction");
    QTest::addColumn<QString>("expected");
    const int grew = TestTableModel::GrewBy;
    const int course = TestTableModel::Course;
    QTest::newRow("as it comes") << -1 << Qt::AscendingOrder << u"c a b d"_s;
    QTest::newRow("grew, up") << grew << Qt::AscendingOrder << u"b a c d"_s;
    QTest::newRow("tag, down") << int(TestTableModel::TagColumn) << Qt::DescendingOrder << u"d c b a"_s;
    QTest::newRow("share, down") << int(TestTableModel::ShareFreed) << Qt::DescendingOrder << u"a c b d"_s;
    QTest::newRow("course, down") << course << Qt::DescendingOrder << u"c a b d"_s;
    QTest::newRow("course, up") << course << Qt::AscendingOrder << u"b a c d"_s;
}

void TestTestTableModel::sortsWithUnknownLast()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, direction);
    QFETCH(QString, expected);
    TestTableModel model;
    QAbstractItemModelTester tester(&model);
    model.sort(column, direction);
    model.setResult({{rowOf("a", 100, 100, TestCourse::Flat), rowOf("b", -5, 3, TestCourse::Falling),
        rowOf("c", 300, 0, TestCourse::Rising), rowOf("d", {})}});
    QCOMPARE(order(model), expected);
}

void TestTestTableModel::selectionFollowsItsTag()
{
    TestTableModel model;
    QAbstractItemModelTester tester(&model);
    model.setResult({{rowOf("a", 3), rowOf("b", 2), rowOf("c", 1)}});
    const QPersistentModelIndex chosen = model.index(1, TestTableModel::GrewBy);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setResult({{rowOf("new", 50), rowOf("b", 20), rowOf("c", 30)}});
    QCOMPARE(order(model), u"new c b"_s);
    QVERIFY(chosen.isValid());
    QCOMPARE(chosen.sibling(chosen.row(), TestTableModel::TagColumn).data().toString(), u"b"_s);
    QCOMPARE(chosen.data().toString(), u"+20"_s);
    QVERIFY(resets.isEmpty());
    model.setResult({{rowOf("c", 30)}});
    QVERIFY(!chosen.isValid());
}

void TestTestTableModel::anyResultsKeepTheModelSound()
{
    TestTableModel model;
    QAbstractItemModelTester tester(&model);
    QRandomGenerator random(3);
    for (int step = 0; step < 200; ++step) {
        TestResult result;
        for (char tag = 'a'; tag <= 'p'; ++tag) {
            if (random.bounded(3) > 0)
                result.rows.push_back(
                    rowOf(QByteArray(1, tag), random.bounded(4) ? Counter(random.bounded(50)) : Counter()));
        }
        model.setResult(result);
        QCOMPARE(model.rowCount(), static_cast<int>(result.rows.size()));
        if (random.bounded(4) == 0)
            model.sort(random.bounded(int(TestTableModel::ColumnCount)),
                random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
    }
}

QTEST_GUILESS_MAIN(TestTestTableModel)
#include "tst_testtablemodel.moc"
