// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/pinlist.h"
#include "tests/model/tables/framemaker.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/table/totalsbar.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A shown panel of a size that leaves most rows out of sight.
class Fixture
{
public:
    explicit Fixture(int tags = 200, bool tested = false)
        : random(11)
    {
        if (tested) {
            tester = std::make_unique<QAbstractItemModelTester>(
                panel.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        }
        panel.setPins(&pins);
        panel.resize(1100, 500);
        panel.show();
        maker.addTags(tags, random);
        if (tags > 0)
            model()->setFrame(maker.frame());
        QCoreApplication::processEvents();
    }

    [[nodiscard]] TagTableModel *model() { return panel.model(); }
    [[nodiscard]] TagTableView *view() { return panel.view(); }
    template <typename Widget>
    [[nodiscard]] Widget *child(const QString &name)
    {
        return panel.findChild<Widget *>(name);
    }
    void tick(double share = 0.3)
    {
        maker.change(share, random);
        model()->setFrame(maker.frame());
        QCoreApplication::processEvents();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(view(), key, modifiers);
    }
    [[nodiscard]] QPoint headerPoint(TagColumn column)
    {
        QHeaderView *header = view()->horizontalHeader();
        const int section = static_cast<int>(column);
        return {header->sectionViewportPosition(section) + header->sectionSize(section) / 2,
            header->height() / 2};
    }
    void clickHeader(TagColumn column)
    {
        QTest::mouseClick(view()->horizontalHeader()->viewport(), Qt::LeftButton, {}, headerPoint(column));
    }
    void clickCell(int row, TagColumn column, Qt::KeyboardModifiers modifiers = {})
    {
        const QRect rect = view()->visualRect(model()->index(row, static_cast<int>(column)));
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, modifiers, rect.center());
    }

    std::mt19937 random;
    FrameMaker maker;
    PinList pins;
    TablePanel panel;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

QString displayed(Fixture &f, int row, TagColumn column)
{
    return f.model()->index(row, static_cast<int>(column)).data().toString();
}

} // namespace

class TestTagTableView : public QObject
{
    Q_OBJECT

private slots:
    void screenEqualsFullRepaint_data()
    {
        QTest::addColumn<double>("share");
        QTest::addColumn<QString>("selection"); // "first-last" rows separated by blanks
        QTest::addColumn<int>("scroll");
        QTest::newRow("10 % change") << 0.1 << QString() << 0;
        QTest::newRow("all change") << 1.0 << QString() << 0;
        QTest::newRow("scrolled") << 0.1 << QString() << 40;
        QTest::newRow("one row selected") << 0.3 << u"3-3"_s << 0;
        QTest::newRow("several rows selected") << 0.3 << u"2-8"_s << 0;
        QTest::newRow("several ranges selected") << 0.3 << u"1-1 4-9 12-12 90-120"_s << 0;
        QTest::newRow("single rows selected, scrolled") << 0.3 << u"41-41 43-43 48-48"_s << 40;
    }

    void screenEqualsFullRepaint()
    {
        QFETCH(const double, share);
        QFETCH(const QString, selection);
        QFETCH(const int, scroll);
        Fixture f;
        f.view()->setFocus();
        f.view()->verticalScrollBar()->setValue(scroll);
        select(f, selection);
        for (int tick = 0; tick < 25; ++tick) {
            if (tick % 8 == 3)
                f.maker.addTags(2, f.random);
            if (tick % 8 == 5)
                f.maker.row(f.model()->tagIdAt(scroll + 2)).present = false;
            if (tick % 8 == 6)
                f.pins.toggle(f.model()->entryAt(scroll + 4).tag, {});
            if (tick % 8 == 7)
                f.view()->verticalScrollBar()->setValue(scroll + tick % 5);
            f.tick(share);
            verifyScreen(f);
            if (QTest::currentTestFailed())
                return;
        }
        // The tints fade without a frame.
        QTRY_COMPARE_WITH_TIMEOUT(f.view()->isFading(), false, 5000);
        QCoreApplication::processEvents();
        verifyScreen(f);
    }

    void selectionCurrentAndScrollSurvive_data()
    {
        QTest::addColumn<QString>("selection");
        QTest::newRow("single") << u"5-5"_s;
        QTest::newRow("range") << u"5-12"_s;
        QTest::newRow("ranges") << u"1-3 8-8 20-40"_s;
        QTest::newRow("all") << u"0-199"_s;
    }

    void selectionCurrentAndScrollSurvive()
    {
        QFETCH(const QString, selection);
        Fixture f(200, true);
        f.view()->verticalScrollBar()->setValue(4);
        select(f, selection);
        const std::vector<Tag> before = f.view()->selectedTags();
        const auto current = f.view()->currentTag();
        const int column = f.view()->currentIndex().column();
        const int scroll = f.view()->verticalScrollBar()->value();
        QVERIFY(!before.empty() && current.has_value());
        const auto verify = [&] {
            QCOMPARE(sorted(f.view()->selectedTags()), sorted(before));
            QCOMPARE(f.view()->currentTag(), current);
            QCOMPARE(f.view()->currentIndex().column(), column);
            QCOMPARE(f.view()->verticalScrollBar()->value(), scroll);
        };
        for (int tick = 0; tick < 6; ++tick) {
            f.tick(0.5);
            verify();
        }
        f.clickHeader(TagColumn::Tag);
        verify();
        f.key(Qt::Key_D);
        verify();
        f.tick(0.5);
        verify();
        f.maker.addTags(3, f.random);
        f.tick(0.5);
        verify();
    }

    void selectionFollowsThroughFilters()
    {
        Fixture f(200, true);
        f.clickCell(3, TagColumn::Tag);
        const Tag tag = *f.view()->currentTag();
        // Every second row goes: too many ranges for one signal each.
        f.panel.setTypeFilter(tag.type == PoolType::Nonpaged ? TypeFilter::Nonpaged : TypeFilter::Paged);
        QCOMPARE(f.model()->rowCount(), 100);
        QCOMPARE(f.view()->currentTag(), std::optional(tag));
        QCOMPARE(f.view()->selectedTags(), std::vector<Tag>{tag});
        f.panel.setTypeFilter(TypeFilter::All);
        QCOMPARE(f.view()->currentTag(), std::optional(tag));
        QCOMPARE(f.view()->selectedTags(), std::vector<Tag>{tag});
        f.panel.setFilterText(u"nothing like that"_s);
        QCOMPARE(f.model()->rowCount(), 0);
        QVERIFY(!f.view()->currentTag());
    }

    void keysSort_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<TagColumn>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::newRow("B") << Qt::Key_B << TagColumn::Bytes << Qt::DescendingOrder;
        QTest::newRow("M") << Qt::Key_M << TagColumn::PerAlloc << Qt::DescendingOrder;
        QTest::newRow("T") << Qt::Key_T << TagColumn::Tag << Qt::AscendingOrder;
        QTest::newRow("A") << Qt::Key_A << TagColumn::Allocs << Qt::DescendingOrder;
        QTest::newRow("F") << Qt::Key_F << TagColumn::Frees << Qt::DescendingOrder;
        QTest::newRow("S") << Qt::Key_S << TagColumn::Diff << Qt::DescendingOrder;
        QTest::newRow("D") << Qt::Key_D << TagColumn::Diff << Qt::DescendingOrder;
    }

    void keysSort()
    {
        QFETCH(const Qt::Key, key);
        QFETCH(const TagColumn, column);
        QFETCH(const Qt::SortOrder, order);
        Fixture f;
        f.clickHeader(column == TagColumn::Type ? TagColumn::Tag : TagColumn::Type);
        f.key(key);
        QCOMPARE(f.model()->sortSpec().column, column);
        QCOMPARE(f.model()->sortSpec().order, order);
        QCOMPARE(f.view()->horizontalHeader()->sortIndicatorSection(), static_cast<int>(column));
        QCOMPARE(f.view()->horizontalHeader()->sortIndicatorOrder(), order);
    }

    void headerClicksSort()
    {
        Fixture f;
        QCOMPARE(f.model()->sortSpec().column, TagColumn::Bytes);
        f.clickHeader(TagColumn::Diff);
        QCOMPARE(f.model()->sortSpec().column, TagColumn::Diff);
        QCOMPARE(f.model()->sortSpec().order, Qt::DescendingOrder);
        QCOMPARE(f.model()->sortSpec().previousColumn, TagColumn::Bytes);
        f.clickHeader(TagColumn::Diff);
        QCOMPARE(f.model()->sortSpec().order, Qt::AscendingOrder);
        QCOMPARE(f.model()->sortSpec().previousColumn, TagColumn::Bytes);
        f.clickHeader(TagColumn::Tag);
        QCOMPARE(f.model()->sortSpec().order, Qt::AscendingOrder);
        QCOMPARE(displayed(f, 0, TagColumn::Tag), u"tag00000"_s);
        f.clickHeader(TagColumn::Tag);
        QCOMPARE(displayed(f, 0, TagColumn::Tag), u"tag00199"_s);
    }

    void keysOfPoolMon()
    {
        Fixture f;
        QSignalSpy quit(f.view(), &TagTableView::quitRequested);
        QSignalSpy help(f.view(), &TagTableView::keysHelpRequested);
        f.key(Qt::Key_P);
        QCOMPARE(f.panel.typeFilter(), TypeFilter::Nonpaged);
        QVERIFY(f.child<QAbstractButton>(u"typeNonpaged"_s)->isChecked());
        QCOMPARE(f.model()->rowCount(), 100);
        f.key(Qt::Key_P);
        QCOMPARE(f.panel.typeFilter(), TypeFilter::Paged);
        f.key(Qt::Key_P);
        QCOMPARE(f.panel.typeFilter(), TypeFilter::All);
        QCOMPARE(f.model()->rowCount(), 200);

        QVERIFY(f.child<TotalsBar>(u"totalsBar"_s)->isVisible());
        f.key(Qt::Key_E);
        QVERIFY(!f.child<TotalsBar>(u"totalsBar"_s)->isVisible());
        f.key(Qt::Key_E);
        QVERIFY(f.child<TotalsBar>(u"totalsBar"_s)->isVisible());

        QTest::keyClicks(f.view(), u"("_s);
        QVERIFY(f.model()->sortSpec().byChange);
        QVERIFY(f.child<QAbstractButton>(u"sortByChange"_s)->isChecked());
        QTest::keyClicks(f.view(), u"("_s);
        QVERIFY(!f.model()->sortSpec().byChange);

        QVERIFY(f.view()->isHighlighting());
        f.key(Qt::Key_L);
        QVERIFY(!f.view()->isHighlighting());

        f.key(Qt::Key_Q);
        QCOMPARE(quit.count(), 1);
        QTest::keyClicks(f.view(), u"?"_s);
        QCOMPARE(help.count(), 1);
    }

    void spacePins()
    {
        Fixture f;
        f.clickCell(2, TagColumn::Tag);
        const Tag tag = f.model()->entryAt(2).tag;
        f.key(Qt::Key_Space);
        QVERIFY(f.pins.contains(tag));
        f.key(Qt::Key_Space);
        QVERIFY(!f.pins.contains(tag));
        f.clickCell(4, TagColumn::Tag, Qt::ShiftModifier);
        f.key(Qt::Key_Space);
        QCOMPARE(f.pins.pins().size(), size_t(3));
        f.clickCell(3, TagColumn::Pin);
        QCOMPARE(f.pins.pins().size(), size_t(2));
    }

    void enterAsksForDetails()
    {
        Fixture f;
        QSignalSpy details(f.view(), &TagTableView::detailsRequested);
        f.clickCell(1, TagColumn::Tag);
        f.key(Qt::Key_Return);
        f.key(Qt::Key_Enter);
        QCOMPARE(details.count(), 2);
        QCOMPARE(details[0][0].value<Tag>(), f.model()->entryAt(1).tag);
    }

    void shiftHoldsTheOrder()
    {
        Fixture f;
        const QString first = displayed(f, 0, TagColumn::Tag);
        QTest::keyPress(f.view(), Qt::Key_Shift);
        QVERIFY(f.model()->holdsOrder());
        f.maker.setBytes(f.model()->tagIdAt(150), 1'000'000'000'000);
        f.model()->setFrame(f.maker.frame());
        QCOMPARE(displayed(f, 0, TagColumn::Tag), first);
        QTest::keyRelease(f.view(), Qt::Key_Shift);
        QVERIFY(!f.model()->holdsOrder());
        QVERIFY(displayed(f, 0, TagColumn::Tag) != first);

        f.view()->setFocus();
        QTest::keyPress(f.view(), Qt::Key_Shift);
        f.child<QLineEdit>(u"filterEdit"_s)->setFocus();
        QVERIFY(!f.model()->holdsOrder());

        QTest::mouseClick(f.child<QAbstractButton>(u"holdOrder"_s), Qt::LeftButton);
        QVERIFY(f.model()->holdsOrder());
        QTest::mouseClick(f.child<QAbstractButton>(u"holdOrder"_s), Qt::LeftButton);
        QVERIFY(!f.model()->holdsOrder());
    }

    void copiesExactNumbers()
    {
        Fixture f;
        f.panel.setNumberStyle(NumberStyle::Scaled);
        f.tick();
        f.clickCell(0, TagColumn::Tag);
        f.clickCell(1, TagColumn::Tag, Qt::ShiftModifier);
        f.key(Qt::Key_C, Qt::ControlModifier);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        const QStringList lines = data->text().split(u'\n');
        QCOMPARE(lines.size(), 4); // header, two rows, the end
        QVERIFY(lines[0].startsWith(u"Tag\tType\tAllocs\tAllocs Δ"_s));
        QCOMPARE(lines[1].section(u'\t', 0, 0), displayed(f, 0, TagColumn::Tag));
        QVERIFY(lines[1].contains(QString::number(f.model()->frameRowAt(0).reading.bytes.value())));
        QVERIFY(data->hasHtml());
        QVERIFY(data->html().contains(u"<table>"_s));
        f.view()->copySelectionAsMarkdown();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"| Tag | Type |"_s));
    }

    void filterRow()
    {
        Fixture f;
        auto *edit = f.child<QLineEdit>(u"filterEdit"_s);
        auto *error = f.child<QLabel>(u"filterError"_s);
        QTest::keyClicks(edit, u"tag0001*"_s);
        QCOMPARE(f.model()->rowCount(), 10);
        QVERIFY(!error->isVisible());
        QTest::keyClicks(edit, u" /("_s);
        QVERIFY(error->isVisible());
        QVERIFY2(error->text().contains(u"character 10"_s), qPrintable(error->text()));
        QCOMPARE(f.model()->rowCount(), 10); // the last valid one stays in force
        edit->clear();
        QVERIFY(!error->isVisible());
        QCOMPARE(f.model()->rowCount(), 200);
        auto *paged = f.child<QAbstractButton>(u"typePaged"_s);
        QCOMPARE(paged->text(), u"Reclaimable"_s); // as the type column of a Linux machine says
        QTest::mouseClick(paged, Qt::LeftButton);
        QCOMPARE(f.model()->rowCount(), 100);
        QTest::mouseClick(f.child<QAbstractButton>(u"typeAll"_s), Qt::LeftButton);
        auto *growing = f.child<QCheckBox>(u"growingOnly"_s);
        growing->setChecked(true);
        QCOMPARE(f.model()->rowCount(), 0);
        f.tick();
        QVERIFY(f.model()->rowCount() > 0);
    }

    void emptyTexts()
    {
        Fixture f(0);
        QVERIFY(f.view()->accessibleDescription().contains(u"Nothing is open"_s));
        f.panel.setWaitingText(u"Reading is not allowed."_s);
        QCOMPARE(f.view()->accessibleDescription(), u"Reading is not allowed."_s);
        f.maker.addTags(3, f.random);
        f.model()->setFrame(f.maker.frame());
        f.panel.setFilterText(u"nothing like that"_s);
        QVERIFY(f.view()->accessibleDescription().contains(u"No tag matches"_s));
        const QImage withText = f.view()->viewport()->grab().toImage();
        f.view()->setEmptyText(QString());
        QVERIFY(withText != f.view()->viewport()->grab().toImage());
    }

    void contextMenuFilters()
    {
        Fixture f;
        f.clickCell(1, TagColumn::Tag);
        const QString name = displayed(f, 1, TagColumn::Tag);
        const auto trigger = [&](const QString &text) {
            bool found = false;
            QTimer::singleShot(0, &f.panel, [&] {
                auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
                if (menu == nullptr)
                    return;
                for (QAction *action : menu->actions()) {
                    if (action->text().remove(u'&') == text) {
                        found = true;
                        action->trigger();
                    }
                }
                menu->close();
            });
            QContextMenuEvent event(
                QContextMenuEvent::Keyboard, QPoint(50, 50), f.view()->mapToGlobal(QPoint(50, 50)));
            QApplication::sendEvent(f.view(), &event);
            return found;
        };
        QVERIFY(trigger(u"Exclude"_s));
        QCOMPARE(f.panel.filterText(), QString(u"!\""_s + name + u'"'));
        QCOMPARE(f.model()->rowCount(), 199);
        f.panel.setFilterText(QString());
        f.clickCell(1, TagColumn::Tag);
        QVERIFY(trigger(u"Add to filter"_s));
        QCOMPARE(f.model()->rowCount(), 1);
    }

    void layoutIsSavedAndRestored()
    {
        Fixture f;
        f.view()->setColumnHidden(static_cast<int>(TagColumn::Type), true);
        f.view()->setColumnWidth(static_cast<int>(TagColumn::Tag), 321);
        f.view()->horizontalHeader()->moveSection(1, 4);
        f.clickHeader(TagColumn::Diff);
        f.clickHeader(TagColumn::Frees);
        const QByteArray layout = f.view()->saveLayout();
        Fixture other;
        QVERIFY(other.view()->restoreLayout(layout));
        QVERIFY(other.view()->isColumnHidden(static_cast<int>(TagColumn::Type)));
        QCOMPARE(other.view()->columnWidth(static_cast<int>(TagColumn::Tag)), 321);
        QCOMPARE(other.view()->horizontalHeader()->visualIndex(1), 4);
        QCOMPARE(other.model()->sortSpec(), f.model()->sortSpec());
        QCOMPARE(
            other.view()->horizontalHeader()->sortIndicatorSection(), static_cast<int>(TagColumn::Frees));

        QByteArray newer = layout;
        newer[7] = char(99);
        QVERIFY(!other.view()->restoreLayout(newer));
        QVERIFY(!other.view()->restoreLayout(QByteArray("garbage")));
        QVERIFY(!other.view()->restoreLayout({}));
        QVERIFY(!other.view()->restoreLayout(layout.left(20)));
        QCOMPARE(other.view()->columnWidth(static_cast<int>(TagColumn::Tag)), 321);
        other.view()->resetLayout();
        QVERIFY(!other.view()->isColumnHidden(static_cast<int>(TagColumn::Type)));
        QCOMPARE(other.view()->horizontalHeader()->visualIndex(1), 1);
    }

    void trendsAreAskedForVisibleRows()
    {
        Fixture f;
        QSignalSpy wanted(f.view(), &TagTableView::trendsWanted);
        f.view()->verticalScrollBar()->setValue(100);
        QTRY_VERIFY(wanted.count() > 0);
        const auto ids = wanted.last()[0].value<std::vector<TagId>>();
        QVERIFY(!ids.empty());
        QVERIFY(ids.size() < 60);
        for (const TagId id : ids) {
            QVERIFY(f.model()->rowOf(id) >= 100);
            f.model()->setTrend(id, {{WallTime(1s), 1}, {WallTime(2s), 2}});
        }
        QCoreApplication::processEvents();
        verifyScreen(f);
    }

    void unknownCountersNarrowTheirColumns()
    {
        Fixture pool;
        Fixture slab(0);
        slab.maker.setBytes(slab.maker.addTag("dentry"), 10, 1);
        slab.model()->setFrame(slab.maker.frame());
        const int allocs = static_cast<int>(TagColumn::Allocs);
        QVERIFY(slab.view()->columnWidth(allocs) < pool.view()->columnWidth(allocs));
    }

    void allocationSitesHaveRoom()
    {
        Fixture slab;
        Fixture site(0);
        site.maker = FrameMaker(SourceKind::Site);
        site.maker.setBytes(
            site.maker.addTag("mm/slab_common.c:1311 func:kmalloc_order", PoolType::None), 10, 1);
        site.model()->setFrame(site.maker.frame());
        const int tag = static_cast<int>(TagColumn::Tag);
        const int type = static_cast<int>(TagColumn::Type);
        QVERIFY(site.view()->columnWidth(tag) > slab.view()->columnWidth(tag));
        QVERIFY(site.view()->columnWidth(type) < slab.view()->columnWidth(type));
        const QString name = displayed(site, 0, TagColumn::Tag);
        QVERIFY(site.view()->columnWidth(tag) > site.view()->fontMetrics().horizontalAdvance(name));
    }

    void totalsBarSums()
    {
        Fixture f(0);
        f.maker.setBytes(f.maker.addTag("a"), 1000, 10);
        f.maker.setBytes(f.maker.addTag("b", PoolType::Paged), 500, 5);
        f.maker.setUntagged(77);
        f.model()->setFrame(f.maker.frame());
        auto *bar = f.child<TotalsBar>(u"totalsBar"_s);
        QCOMPARE(bar->sum(TagColumn::Bytes).value, u"1,500"_s);
        QCOMPARE(bar->sum(TagColumn::Allocs).value, u"–"_s);
        QCOMPARE(bar->sum(TagColumn::Tag).value, u"2 shown"_s);
        QVERIFY(bar->poolText().contains(u"unreclaimable 1,000"_s));
        QVERIFY(bar->poolText().contains(u"reclaimable 500"_s));
        QVERIFY(bar->poolText().contains(u"not in tag table 77"_s));

        // What is too wide is rounded rather than cut.
        f.maker.setBytes(f.maker.addTag("huge"), qint64(1) << 40, 1);
        f.model()->setFrame(f.maker.frame());
        QCOMPARE(bar->sumWithin(TagColumn::Bytes, 1000).value, u"1,099,511,629,276"_s);
        QCOMPARE(bar->sumWithin(TagColumn::Bytes, 60).value, u"1.00 TiB"_s);
    }

    void everythingHasAnAccessibleName()
    {
        Fixture f;
        QVERIFY(!f.view()->accessibleName().isEmpty());
        QVERIFY(!f.child<QLineEdit>(u"filterEdit"_s)->accessibleName().isEmpty());
        QVERIFY(!f.child<TotalsBar>(u"totalsBar"_s)->accessibleName().isEmpty());
        QVERIFY(!f.child<TotalsBar>(u"totalsBar"_s)->accessibleDescription().isEmpty());
    }

    void manyRowsAreShown()
    {
        Fixture f(10'000);
        f.view()->scrollToBottom();
        f.tick(0.3);
        verifyScreen(f);
        f.view()->selectAll();
        f.tick(0.3);
        QCOMPARE(f.view()->selectedTags().size(), size_t(10'000));
    }

private:
    static void select(Fixture &f, const QString &ranges)
    {
        QItemSelection selection;
        for (const QString &range : ranges.split(u' ', Qt::SkipEmptyParts)) {
            const int first = range.section(u'-', 0, 0).toInt();
            const int last = range.section(u'-', 1, 1).toInt();
            f.view()->selectionModel()->setCurrentIndex(
                f.model()->index(first, 1), QItemSelectionModel::NoUpdate);
            selection.select(f.model()->index(first, 0), f.model()->index(last, TagColumnCount - 1));
        }
        f.view()->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
        QCoreApplication::processEvents();
    }

    static std::vector<QByteArray> sorted(const std::vector<Tag> &tags)
    {
        std::vector<QByteArray> names;
        for (const Tag &tag : tags)
            names.push_back(tag.bytes + char('0' + static_cast<int>(tag.type)));
        std::sort(names.begin(), names.end());
        return names;
    }

    /// What stands on the screen, put there bit by bit, must be what a repaint of everything gives.
    static void verifyScreen(Fixture &f)
    {
        QWidget *viewport = f.view()->viewport();
        const QRect area(viewport->mapTo(&f.panel, QPoint()), viewport->size());
        const QImage before = screen(f.panel).copy(area);
        viewport->update();
        QCoreApplication::processEvents();
        const QImage after = screen(f.panel).copy(area);
        QVERIFY(before == after);
    }

    /// The window as it was flushed; QWidget::grab() would paint it anew.
    static QImage screen(QWidget &window);
};

QImage TestTagTableView::screen(QWidget &window)
{
    return window.screen()->grabWindow(window.winId()).toImage().convertToFormat(QImage::Format_RGB32);
}

QTEST_MAIN(TestTagTableView)
#include "tst_tagtableview.moc"
