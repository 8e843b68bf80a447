// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/samplemaker.h"
#include "views/snapshots/comparisonview.h"
#include "views/snapshots/plaintable.h"

#include <QClipboard>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;
using F = ComparisonModel::Field;

class TestComparisonView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_view.reset(); }
    void emptyStateSaysWhatToDo();
    void sortedByChange();
    void headerClickSorts();
    void metricSwitches();
    void filterHides();
    void warningsAreShown();
    void copiesRows();
    void copiesMarkdown();
    void exports_data();
    void exports();
    void exportFails();
    void enterNamesTheTag();
    void newestSnapshotsWin();
    void tenThousandRows();

private:
    void show(std::vector<Snapshot> snapshots);
    [[nodiscard]] QStringList tags() const;
    [[nodiscard]] QToolButton *button(const QString &name) const;

    std::unique_ptr<ComparisonView> m_view;
    PlainTable *m_table = nullptr;
    ComparisonModel *m_model = nullptr;
};

namespace {

std::vector<Snapshot> example()
{
    return {makeSnapshot(u"one"_s,
                {{"up", PoolType::Nonpaged, held(1, 100), {}}, {"down", PoolType::Paged, held(9, 900), {}}}),
        makeSnapshot(u"two"_s,
            {{"up", PoolType::Nonpaged, held(3, 300), {}}, {"down", PoolType::Paged, held(20, 800), {}},
                {"new", PoolType::Paged, held(5, 50), {}}},
            3600)};
}

} // namespace

void TestComparisonView::init()
{
    m_view = std::make_unique<ComparisonView>();
    m_table = m_view->findChild<PlainTable *>();
    m_model = m_view->findChild<ComparisonModel *>();
    m_view->resize(1000, 500);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestComparisonView::show(std::vector<Snapshot> snapshots)
{
    QSignalSpy shown(m_view.get(), &ComparisonView::shown);
    m_view->setSnapshots(std::move(snapshots));
    QVERIFY(shown.wait());
}

QStringList TestComparisonView::tags() const
{
    QStringList out;
    for (int row = 0; row < m_model->rowCount(); ++row)
        out += m_model->index(row, 0).data().toString();
    return out;
}

QToolButton *TestComparisonView::button(const QString &name) const
{
    for (QToolButton *const candidate : m_view->findChildren<QToolButton *>()) {
        if (candidate->accessibleName() == name)
            return candidate;
    }
    qFatal("no such button");
}

void TestComparisonView::emptyStateSaysWhatToDo()
{
    QVERIFY(!m_table->isVisible());
    QVERIFY(!button(u"Export"_s)->isEnabled());
    const auto texts = m_view->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(texts,
        [](const QLabel *label) { return label->isVisible() && label->text().contains(u"two or more"); }));
}

void TestComparisonView::sortedByChange()
{
    show(example());
    QVERIFY(m_table->isVisible());
    QCOMPARE(tags(), (QStringList{u"up"_s, u"new"_s, u"down"_s}));
    QCOMPARE(m_view->title(), u"one ⇄ two"_s);
    QCOMPARE(m_table->horizontalHeader()->sortIndicatorSection(), m_model->columnOf(F::Change));
}

void TestComparisonView::headerClickSorts()
{
    show(example());
    QHeaderView *const header = m_table->horizontalHeader();
    const auto click = [&](int section) {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
            QPoint(header->sectionViewportPosition(section) + 10, header->height() / 2));
    };
    click(m_model->columnOf(F::Change));
    QCOMPARE(tags(), (QStringList{u"down"_s, u"new"_s, u"up"_s}));
    click(0);
    QCOMPARE(tags(), (QStringList{u"down"_s, u"new"_s, u"up"_s})); // names begin with the first
    click(3);
    QCOMPARE(tags(), (QStringList{u"down"_s, u"up"_s, u"new"_s})); // numbers with the largest
}

void TestComparisonView::metricSwitches()
{
    show(example());
    QTest::mouseClick(button(u"Outstanding"_s), Qt::LeftButton);
    QCOMPARE(tags(), (QStringList{u"down"_s, u"new"_s, u"up"_s}));
    QCOMPARE(m_model->index(0, m_model->columnOf(F::Change)).data().toString(), u"+11"_s);
    QTest::mouseClick(button(u"Bytes"_s), Qt::LeftButton);
    QCOMPARE(tags().first(), u"up"_s);
}

void TestComparisonView::filterHides()
{
    show(example());
    auto *filter = m_view->findChild<QLineEdit *>();
    QTest::keyClicks(filter, u"?ow*"_s);
    QCOMPARE(tags(), QStringList{u"down"_s});
    QTest::keyClicks(filter, u"zz"_s);
    QVERIFY(!m_table->isVisible());
    filter->clear();
    QVERIFY(m_table->isVisible());
}

void TestComparisonView::warningsAreShown()
{
    auto snapshots = example();
    auto sample = std::make_shared<Sample>(*snapshots[1].sample);
    Origin origin = *sample->origin;
    origin.bootId = u"other"_s;
    sample->origin = std::make_shared<Origin>(origin);
    snapshots[1].sample = sample;
    show(snapshots);
    const auto texts = m_view->findChildren<QLabel *>();
    const auto restarted = [](const QLabel *label) {
        return label->isVisible() && label->text().contains(u"restarted");
    };
    QVERIFY(std::ranges::any_of(texts, restarted));
    show(example());
    QVERIFY(std::ranges::none_of(texts, restarted));
}

void TestComparisonView::copiesRows()
{
    show(example());
    m_table->selectAll();
    QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines[0], u"Tag\tType\tone\ttwo\tChange\tChange/h\tShare\tRemark"_s);
    QCOMPARE(lines[1], u"up\tunreclaimable\t100\t300\t+200\t+200\t80.0 %\trose"_s);
    QCOMPARE(lines.size(), 5);
}

void TestComparisonView::copiesMarkdown()
{
    show(example());
    QSignalSpy copied(m_view.get(), &ComparisonView::copied);
    QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(copied.wait());
    const QString all = QApplication::clipboard()->text();
    for (const QString &tag : tags())
        QVERIFY(all.contains(u"| %1 |"_s.arg(tag)));
    m_table->selectRow(0);
    m_table->selectionModel()->select(
        m_model->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(copied.wait());
    QVERIFY(QApplication::clipboard()->text().contains(u"| new |"));
    QVERIFY(!QApplication::clipboard()->text().contains(u"| down |"));
}

void TestComparisonView::exports_data()
{
    QTest::addColumn<ComparisonView::ExportFormat>("format");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("CSV") << ComparisonView::ExportFormat::Csv << "tag,type,bytes one"_ba;
    QTest::newRow("JSON") << ComparisonView::ExportFormat::Json
                          << "{\n  \"schema\": \"poolscope.comparison/1\""_ba;
    QTest::newRow("Markdown") << ComparisonView::ExportFormat::Markdown << "- **one**"_ba;
    QTest::newRow("text") << ComparisonView::ExportFormat::Text << "one: 2026"_ba;
}

void TestComparisonView::exports()
{
    QFETCH(ComparisonView::ExportFormat, format);
    QFETCH(QByteArray, begins);
    show(example());
    QTemporaryDir folder;
    QSignalSpy exported(m_view.get(), &ComparisonView::exported);
    m_view->exportTo(folder.filePath(u"out"_s), format);
    QVERIFY(exported.wait());
    QFile file(folder.filePath(u"out"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().left(begins.size()), begins);
}

void TestComparisonView::exportFails()
{
    show(example());
    QSignalSpy failed(m_view.get(), &ComparisonView::failed);
    m_view->exportTo(u"/nowhere/at/all.csv"_s, ComparisonView::ExportFormat::Csv);
    QVERIFY(failed.wait());
    QCOMPARE(failed.front().front().value<Error>().kind, ErrorKind::WriteFailed);
}

void TestComparisonView::enterNamesTheTag()
{
    show(example());
    QSignalSpy activated(m_view.get(), &ComparisonView::tagActivated);
    QTest::keyClick(m_table, Qt::Key_Down);
    QTest::keyClick(m_table, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.front().front().value<Tag>().bytes, "new"_ba);
}

void TestComparisonView::newestSnapshotsWin()
{
    QSignalSpy shown(m_view.get(), &ComparisonView::shown);
    for (int i = 0; i < 20; ++i) {
        auto snapshots = example();
        snapshots[0].label = QString::number(i);
        m_view->setSnapshots(snapshots);
    }
    QTRY_VERIFY(m_view->title().startsWith(u"19"));
    QCOMPARE(shown.size(), 1);
}

void TestComparisonView::tenThousandRows()
{
    std::vector<Row> rows;
    for (int i = 0; i < 10'000; ++i)
        rows.push_back({"tag-" + QByteArray::number(i), PoolType::Paged, held(i, i * 64), {}});
    std::vector<Row> later = rows;
    for (size_t i = 0; i < later.size(); i += 3)
        later[i].reading.bytes = Counter(later[i].reading.bytes.value() + static_cast<qint64>(i));
    show({makeSnapshot(u"a"_s, rows), makeSnapshot(u"b"_s, later, 60)});
    QCOMPARE(m_model->rowCount(), 10'000);
    QCOMPARE(tags().first(), u"tag-9999"_s);
    m_table->scrollToBottom();
    QVERIFY(m_table->rowAt(m_table->viewport()->height() - 4) >= 9'990);
}

QTEST_MAIN(TestComparisonView)
#include "tst_comparisonview.moc"
