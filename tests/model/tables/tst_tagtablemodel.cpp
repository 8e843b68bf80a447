// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/pinlist.h"
#include "model/tables/tagtablemodel.h"
#include "tests/model/tables/framemaker.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <numeric>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a row sorts by, written down independently of TagOrder: optional values compared one by one.
std::optional<qint64> sortValue(TagColumn column, const TagTableModel &model, int row, bool byChange)
{
    const FrameRow &frame = model.frameRowAt(row);
    const TagEntry &entry = model.entryAt(row);
    const Reading &reading = byChange ? frame.sinceLast : frame.reading;
    const auto known = [](Counter counter) {
        return counter.isKnown() ? std::optional(counter.value()) : std::nullopt;
    };
    switch (column) {
    case TagColumn::Pin: {
        const int slot = model.index(row, 0).data(TagTableModel::PinSlotRole).toInt();
        return slot < 0 ? std::nullopt : std::optional<qint64>(slot);
    }
    case TagColumn::Type:
        return entry.tag.type == PoolType::None ? std::nullopt
                                                : std::optional<qint64>(static_cast<int>(entry.tag.type));
    case TagColumn::Allocs:
        return known(reading.allocs);
    case TagColumn::Frees:
        return known(reading.frees);
    case TagColumn::Diff:
        return known(reading.outstanding);
    case TagColumn::Bytes:
        return known(reading.bytes);
    case TagColumn::PerAlloc: {
        const Counter now = frame.reading.perAlloc();
        if (!byChange)
            return known(now);
        Reading before;
        before.outstanding = difference(frame.reading.outstanding, frame.sinceLast.outstanding);
        before.bytes = difference(frame.reading.bytes, frame.sinceLast.bytes);
        return known(difference(now, before.perAlloc()));
    }
    case TagColumn::Trend:
    case TagColumn::Rate:
        return std::isnan(frame.bytesPerHour) ? std::nullopt
                                              : std::optional<qint64>(std::llround(frame.bytesPerHour));
    case TagColumn::Verdict:
        return known(frame.suspicion);
    case TagColumn::Tag:
    case TagColumn::Driver:
    case TagColumn::Count:
        break;
    }
    return std::nullopt;
}

/// -1, 0, 1 for two rows by one column; unknown last in both orders.
int compared(TagColumn column, Qt::SortOrder order, const TagTableModel &model, int a, int b, bool byChange)
{
    int result = 0;
    if (column == TagColumn::Tag || column == TagColumn::Driver) {
        const auto text = [&](int row) {
            return column == TagColumn::Driver ? model.entryAt(row).driver : model.entryAt(row).tag.bytes;
        };
        const QByteArray left = text(a);
        const QByteArray right = text(b);
        if (column == TagColumn::Driver && left.isEmpty() != right.isEmpty())
            return left.isEmpty() ? 1 : -1;
        result = left < right ? -1 : (right < left ? 1 : 0);
        if (result == 0 && column == TagColumn::Tag) {
            const auto type = [&](int row) { return static_cast<int>(model.entryAt(row).tag.type); };
            result = type(a) - type(b);
        }
    } else {
        const auto left = sortValue(column, model, a, byChange);
        const auto right = sortValue(column, model, b, byChange);
        if (left.has_value() != right.has_value())
            return left ? -1 : 1;
        if (left && *left != *right)
            result = *left < *right ? -1 : 1;
    }
    return order == Qt::AscendingOrder ? result : -result;
}

/// The tags in the order of a full stable sort of the model's rows by its spec.
std::vector<TagId> stableSorted(const TagTableModel &model)
{
    const SortSpec &spec = model.sortSpec();
    std::vector<int> rows(static_cast<size_t>(model.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) {
        if (const int first = compared(spec.column, spec.order, model, a, b, spec.byChange); first != 0)
            return first < 0;
        if (const int second = compared(spec.previousColumn, spec.previousOrder, model, a, b, spec.byChange);
            second != 0)
            return second < 0;
        return compared(TagColumn::Tag, Qt::AscendingOrder, model, a, b, false) < 0;
    });
    std::vector<TagId> ids;
    for (const int row : rows)
        ids.push_back(model.tagIdAt(row));
    return ids;
}

std::vector<TagId> shownIds(const TagTableModel &model)
{
    std::vector<TagId> ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.push_back(model.tagIdAt(row));
    return ids;
}

QStringList names(const TagTableModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += model.index(row, static_cast<int>(TagColumn::Tag)).data().toString();
    return result;
}

TagFilter filterOf(const QString &expression)
{
    return TagFilter::fromExpression(expression).filter;
}

/// Counts every signal that makes a view work.
class Signals
{
public:
    explicit Signals(const TagTableModel &model)
        : m_changed(&model, &TagTableModel::dataChanged)
        , m_layout(&model, &TagTableModel::layoutChanged)
        , m_inserted(&model, &TagTableModel::rowsInserted)
        , m_removed(&model, &TagTableModel::rowsRemoved)
        , m_reset(&model, &TagTableModel::modelReset)
        , m_moved(&model, &TagTableModel::rowsMovedQuietly)
    {
    }
    [[nodiscard]] qsizetype count() const
    {
        return m_changed.count() + m_layout.count() + m_inserted.count() + m_removed.count() + m_reset.count()
            + m_moved.count();
    }

private:
    QSignalSpy m_changed;
    QSignalSpy m_layout;
    QSignalSpy m_inserted;
    QSignalSpy m_removed;
    QSignalSpy m_reset;
    QSignalSpy m_moved;
};

/// A model under the tester from before its first change.
struct Fixture
{
    TagTableModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class TestTagTableModel : public QObject
{
    Q_OBJECT

private slots:
    void startsEmpty()
    {
        const Fixture f;
        QCOMPARE(f.model.rowCount(), 0);
        QCOMPARE(f.model.columnCount(), TagColumnCount);
    }

    void orderEqualsFullStableSort_data()
    {
        QTest::addColumn<TagColumn>("column");
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::addColumn<bool>("byChange");
        for (const TagColumnInfo &info : tagColumns()) {
            for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
                for (const bool byChange : {false, true}) {
                    const QByteArray name = info.key.toByteArray()
                        + (order == Qt::AscendingOrder ? " ascending" : " descending")
                        + (byChange ? " by change" : "");
                    QTest::newRow(name.constData()) << info.column << order << byChange;
                }
            }
        }
    }

    void orderEqualsFullStableSort()
    {
        QFETCH(const TagColumn, column);
        QFETCH(const Qt::SortOrder, order);
        QFETCH(const bool, byChange);
        std::mt19937 random(7);
        FrameMaker maker;
        maker.addTags(40, random);
        PinList pins;
        Fixture f;
        f.model.setPins(&pins);
        f.model.setVisibleRows(0, 40);
        f.model.setQuietMoves(random() % 2 == 0);
        f.model.sort(static_cast<int>(TagColumn::Diff), Qt::DescendingOrder);
        f.model.sort(static_cast<int>(column), order);
        f.model.setSortByChange(byChange);
        for (int tick = 0; tick < 20; ++tick) {
            if (tick % 7 == 3)
                maker.addTags(3, random);
            if (tick % 5 == 2) {
                const auto id = static_cast<TagId>(random() % maker.size());
                maker.row(id).present = !maker.row(id).present;
            }
            if (tick % 6 == 1) {
                // Unknown counters and equal values, so that the tie-breakers have work.
                for (int i = 0; i < 8; ++i)
                    maker.row(static_cast<TagId>(random() % maker.size())).reading = {
                        {}, {}, Counter(5), Counter(640)};
            }
            if (tick % 9 == 4)
                pins.toggle(maker.tags()[random() % maker.size()].tag, {});
            maker.change(tick % 10 == 9 ? 1.0 : 0.1, random);
            f.model.setFrame(maker.frame(2s));
            QCOMPARE(shownIds(f.model), stableSorted(f.model));
        }
        QVERIFY(f.model.rowCount() > 30);
    }

    void unchangedFrameIsSilent()
    {
        std::mt19937 random(1);
        FrameMaker maker;
        maker.addTags(200, random);
        Fixture f;
        f.model.setVisibleRows(0, 40);
        f.model.setFrame(maker.frame());
        f.model.setFrame(maker.frame()); // changes become 0
        Signals announced(f.model);
        f.model.setFrame(maker.frame());
        QCOMPARE(announced.count(), 0);
        f.model.setFrame(f.model.frame());
        QCOMPARE(announced.count(), 0);
    }

    void changesOffScreenAreSilent()
    {
        std::mt19937 random(1);
        FrameMaker maker;
        maker.addTags(200, random);
        Fixture f;
        f.model.setVisibleRows(0, 40);
        f.model.setFrame(maker.frame());
        f.model.setFrame(maker.frame());
        const TagId last = f.model.tagIdAt(199);
        Signals announced(f.model);
        maker.row(last).reading.frees = Counter(maker.row(last).reading.frees.value() + 1);
        f.model.setFrame(maker.frame());
        QCOMPARE(announced.count(), 0);
    }

    void changedCellsAreNamedExactly()
    {
        FrameMaker maker;
        for (int i = 0; i < 50; ++i)
            maker.setBytes(maker.addTag("tag" + QByteArray::number(i)), 100'000 - i * 1000, 10);
        Fixture f;
        f.model.setVisibleRows(0, 30);
        f.model.setFrame(maker.frame());
        f.model.setFrame(maker.frame());
        maker.setBytes(7, 93'001);
        QSignalSpy changed(&f.model, &TagTableModel::dataChanged);
        f.model.setFrame(maker.frame());
        QCOMPARE(changed.count(), 1);
        const auto topLeft = changed[0][0].toModelIndex();
        const auto bottomRight = changed[0][1].toModelIndex();
        QCOMPARE(topLeft.row(), 7);
        QCOMPARE(bottomRight.row(), 7);
        // Bytes 93,000 -> 93,001 leaves "per alloc" at 9,300.
        QCOMPARE(topLeft.column(), static_cast<int>(TagColumn::Bytes));
        QCOMPARE(bottomRight.column(), static_cast<int>(TagColumn::Bytes));
    }

    void notificationsAreBounded()
    {
        std::mt19937 random(5);
        FrameMaker maker;
        maker.addTags(1000, random);
        TagTableModel model; // the tester would look at every row for each signal
        model.setQuietMoves(true);
        model.setVisibleRows(100, 160);
        model.setFrame(maker.frame());
        for (int tick = 0; tick < 20; ++tick) {
            maker.change(0.3, random);
            QSignalSpy changed(&model, &TagTableModel::dataChanged);
            QSignalSpy layout(&model, &TagTableModel::layoutChanged);
            QSignalSpy reset(&model, &TagTableModel::modelReset);
            model.setFrame(maker.frame());
            QVERIFY(changed.count() > 0);
            QVERIFY2(
                changed.count() <= VisibleCells::MaxRanges, QByteArray::number(changed.count()).constData());
            QCOMPARE(layout.count(), 0);
            QCOMPARE(reset.count(), 0);
            for (const QList<QVariant> &arguments : changed) {
                QVERIFY(arguments[0].toModelIndex().row() >= 100);
                QVERIFY(arguments[1].toModelIndex().row() <= 160);
            }
        }
    }

    void announcedCellsAreAllThatChanged()
    {
        // A mirror that follows the signals alone must read the same as the model.
        std::mt19937 random(9);
        FrameMaker maker;
        maker.addTags(300, random);
        TagTableModel model;
        model.setQuietMoves(true);
        constexpr int First = 20;
        constexpr int Last = 60;
        model.setVisibleRows(First, Last);
        model.setFrame(maker.frame());
        std::map<std::pair<int, int>, QString> mirror;
        const auto look = [&](int row, int column) {
            const QModelIndex index = model.index(row, column);
            // Only the name is marked as new.
            const int newRole = column == static_cast<int>(TagColumn::Tag) ? TagTableModel::IsNewRole
                                                                           : TagTableModel::PresentRole;
            return QString(index.data().toString() + u'|' + index.data(TagTableModel::ChangeRole).toString()
                + u'|' + index.data(TagTableModel::PresentRole).toString() + u'|'
                + index.data(newRole).toString());
        };
        const auto take = [&](int firstRow, int lastRow, int firstColumn, int lastColumn) {
            for (int row = std::max(firstRow, First); row <= std::min(lastRow, Last); ++row) {
                for (int column = firstColumn; column <= lastColumn; ++column)
                    mirror[{row, column}] = look(row, column);
            }
        };
        take(First, Last, 0, TagColumnCount - 1);
        connect(&model, &TagTableModel::dataChanged, this,
            [&](const QModelIndex &topLeft, const QModelIndex &bottomRight) {
                take(topLeft.row(), bottomRight.row(), topLeft.column(), bottomRight.column());
            });
        for (int tick = 0; tick < 60; ++tick) {
            if (tick % 10 == 5)
                maker.addTags(2, random);
            if (tick % 10 == 7)
                maker.row(model.tagIdAt(30)).present = !maker.row(model.tagIdAt(30)).present;
            maker.change(tick % 2 == 0 ? 0.1 : 0.01, random);
            model.setFrame(maker.frame());
            for (int row = First; row <= Last; ++row) {
                for (int column = 0; column < TagColumnCount; ++column)
                    QCOMPARE((mirror[{row, column}]), look(row, column));
            }
        }
    }

    void persistentIndexesFollowTheTag_data()
    {
        QTest::addColumn<bool>("quiet");
        QTest::newRow("quiet moves") << true;
        QTest::newRow("layout changes") << false;
    }

    void persistentIndexesFollowTheTag()
    {
        QFETCH(const bool, quiet);
        std::mt19937 random(3);
        FrameMaker maker;
        maker.addTags(100, random);
        Fixture f;
        f.model.setVisibleRows(0, 30);
        f.model.setQuietMoves(quiet);
        f.model.setFrame(maker.frame());
        std::map<TagId, QPersistentModelIndex> held;
        for (const int row : {0, 1, 2, 50, 99})
            held[f.model.tagIdAt(row)] = f.model.index(row, 4);
        bool hasMoved = false;
        for (int tick = 0; tick < 20; ++tick) {
            maker.change(0.5, random);
            f.model.setFrame(maker.frame());
            for (const auto &[id, index] : held) {
                QVERIFY(index.isValid());
                QCOMPARE(f.model.tagIdAt(index.row()), id);
                QCOMPARE(index.column(), 4);
            }
            hasMoved |= f.model.tagIdAt(0) != held.begin()->first;
        }
        QVERIFY(hasMoved);
    }

    void rowsComeAndGoAsRanges()
    {
        FrameMaker maker;
        for (int i = 0; i < 10; ++i)
            maker.setBytes(maker.addTag("tag" + QByteArray::number(i)), 1000 - i, 1);
        Fixture f;
        QSignalSpy inserted(&f.model, &TagTableModel::rowsInserted);
        QSignalSpy removed(&f.model, &TagTableModel::rowsRemoved);
        QSignalSpy reset(&f.model, &TagTableModel::modelReset);
        f.model.setFrame(maker.frame());
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted[0][2].toInt(), 9);

        f.model.setFilter(filterOf(u"!tag3|tag4|tag8"_s));
        QCOMPARE(removed.count(), 2); // 8, then 3 and 4
        QCOMPARE(removed[0][1].toInt(), 8);
        QCOMPARE(removed[1][1].toInt(), 3);
        QCOMPARE(removed[1][2].toInt(), 4);
        f.model.setFilter({});
        QCOMPARE(inserted.count(), 3);
        QCOMPARE(f.model.rowCount(), 10);

        maker.setBytes(maker.addTag("fresh"), 2000, 1);
        f.model.setFrame(maker.frame());
        QCOMPARE(inserted.count(), 4);
        QCOMPARE(inserted[3][1].toInt(), 0);
        QCOMPARE(names(f.model).first(), u"fresh"_s);
        QCOMPARE(reset.count(), 0);
    }

    void manyRangesBecomeOneLayoutChange()
    {
        FrameMaker maker;
        for (int i = 0; i < 100; ++i)
            maker.setBytes(maker.addTag((i % 2 == 0 ? "even" : "odd") + QByteArray::number(i)), 1000 - i, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        const QPersistentModelIndex stays = f.model.index(10, 2);
        const QPersistentModelIndex goes = f.model.index(11, 2);
        QSignalSpy removed(&f.model, &TagTableModel::rowsRemoved);
        QSignalSpy layout(&f.model, &TagTableModel::layoutChanged);
        QSignalSpy reset(&f.model, &TagTableModel::modelReset);
        f.model.setFilter(filterOf(u"even"_s));
        QCOMPARE(f.model.rowCount(), 50);
        QCOMPARE(removed.count(), 0);
        QCOMPARE(layout.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(stays.row(), 5);
        QVERIFY(!goes.isValid());
        f.model.setFilter({});
        QCOMPARE(f.model.rowCount(), 100);
        QCOMPARE(stays.row(), 10);
    }

    void growingOnlyFollowsTheRate()
    {
        FrameMaker maker;
        const TagId a = maker.addTag("a");
        const TagId b = maker.addTag("b");
        maker.setBytes(a, 10, 1);
        maker.setBytes(b, 20, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        TagFilter filter;
        filter.setGrowingOnly(true);
        f.model.setFilter(filter);
        QCOMPARE(f.model.rowCount(), 0); // rates are unknown
        maker.row(a).bytesPerHour = 5;
        maker.row(b).bytesPerHour = -5;
        f.model.setFrame(maker.frame());
        QCOMPARE(names(f.model), QStringList{u"a"_s});
        maker.row(b).bytesPerHour = 5;
        maker.row(a).bytesPerHour = 0;
        f.model.setFrame(maker.frame());
        QCOMPARE(names(f.model), QStringList{u"b"_s});
    }

    void vanishedTagsStayForAMinute()
    {
        FrameMaker maker;
        maker.setBytes(maker.addTag("stays"), 10, 1);
        const TagId id = maker.addTag("goes");
        maker.setBytes(id, 20, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        maker.row(id).present = false;
        f.model.setFrame(maker.frame(10s));
        QCOMPARE(names(f.model), (QStringList{u"goes"_s, u"stays"_s}));
        const QModelIndex index = f.model.index(0, static_cast<int>(TagColumn::Tag));
        QCOMPARE(index.data(TagTableModel::PresentRole).toBool(), false);
        QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"last seen"_s));
        QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(u"vanished"_s));
        QCOMPARE(f.model.totals().shown.bytes, Counter(10));
        f.model.setFrame(maker.frame(49s));
        QCOMPARE(f.model.rowCount(), 2);
        f.model.setFrame(maker.frame(1s));
        QCOMPARE(names(f.model), QStringList{u"stays"_s});

        maker.row(id).present = true;
        f.model.setFrame(maker.frame());
        QCOMPARE(names(f.model), (QStringList{u"goes"_s, u"stays"_s}));
    }

    void newTagsAreMarkedForAMinute()
    {
        FrameMaker maker;
        maker.setBytes(maker.addTag("old"), 10, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        QVERIFY(!f.model.index(0, 0).data(TagTableModel::IsNewRole).toBool());
        maker.setBytes(maker.addTag("new"), 20, 1);
        f.model.setFrame(maker.frame());
        QVERIFY(f.model.index(0, 0).data(TagTableModel::IsNewRole).toBool());
        QVERIFY(!f.model.index(1, 0).data(TagTableModel::IsNewRole).toBool());
        f.model.setFrame(maker.frame(59s));
        QVERIFY(f.model.index(0, 0).data(TagTableModel::IsNewRole).toBool());
        f.model.setFrame(maker.frame(1s));
        QVERIFY(!f.model.index(0, 0).data(TagTableModel::IsNewRole).toBool());
    }

    void holdKeepsOrderAndRows()
    {
        FrameMaker maker;
        for (int i = 0; i < 5; ++i)
            maker.setBytes(maker.addTag("tag" + QByteArray::number(i)), 100 - i, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        const QStringList before = names(f.model);
        f.model.setHoldOrder(true);
        maker.setBytes(4, 1000);
        maker.row(1).present = false;
        f.model.setFrame(maker.frame(70s));
        QCOMPARE(names(f.model), before);
        maker.setBytes(maker.addTag("fresh"), 5000, 1);
        f.model.setFrame(maker.frame(70s));
        QCOMPARE(names(f.model), before + QStringList{u"fresh"_s});
        f.model.setHoldOrder(false);
        QCOMPARE(names(f.model), (QStringList{u"fresh"_s, u"tag4"_s, u"tag0"_s, u"tag2"_s, u"tag3"_s}));
    }

    void sortIsObeyedOnceWhileHeld()
    {
        FrameMaker maker;
        for (int i = 0; i < 3; ++i)
            maker.setBytes(maker.addTag("tag" + QByteArray::number(i)), 100 - i, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        f.model.setHoldOrder(true);
        f.model.sort(static_cast<int>(TagColumn::Bytes), Qt::AscendingOrder);
        const QStringList ascending{u"tag2"_s, u"tag1"_s, u"tag0"_s};
        QCOMPARE(names(f.model), ascending);
        maker.setBytes(2, 1000);
        f.model.setFrame(maker.frame());
        QCOMPARE(names(f.model), ascending);
    }

    void previousColumnBreaksTies()
    {
        FrameMaker maker;
        const auto add = [&](const QByteArray &name, qint64 bytes, qint64 outstanding) {
            maker.setBytes(maker.addTag(name), bytes, outstanding);
        };
        add("b", 100, 1);
        add("a", 100, 2);
        add("c", 200, 1);
        Fixture f;
        f.model.setFrame(maker.frame());
        QCOMPARE(names(f.model), (QStringList{u"c"_s, u"a"_s, u"b"_s})); // by bytes, then tag
        f.model.sort(static_cast<int>(TagColumn::Diff), Qt::DescendingOrder);
        f.model.sort(static_cast<int>(TagColumn::Bytes), Qt::AscendingOrder);
        QCOMPARE(names(f.model), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        f.model.sort(static_cast<int>(TagColumn::Diff), Qt::AscendingOrder);
        QCOMPARE(names(f.model), (QStringList{u"b"_s, u"c"_s, u"a"_s}));
    }

    void anotherSessionStartsAnew()
    {
        std::mt19937 random(1);
        FrameMaker maker;
        maker.addTags(20, random);
        Fixture f;
        f.model.setFrame(maker.frame());
        f.model.setFrame(maker.frame());
        QSignalSpy reset(&f.model, &TagTableModel::modelReset);
        FrameMaker other;
        other.setBytes(other.addTag("other"), 5, 1);
        f.model.setFrame(other.frame());
        QCOMPARE(reset.count(), 1);
        QCOMPARE(names(f.model), QStringList{u"other"_s});
        f.model.clear();
        QCOMPARE(f.model.rowCount(), 0);
        QCOMPARE(f.model.totals(), TagTotals());
    }

    void totals()
    {
        FrameMaker maker;
        const TagId a = maker.addTag("a", PoolType::Nonpaged);
        maker.setBytes(a, 100, 10);
        maker.setBytes(maker.addTag("b", PoolType::Paged), 30, 3);
        maker.setBytes(maker.addTag("c", PoolType::Paged), 7, 1);
        maker.setUntagged(5000);
        Fixture f;
        f.model.setFrame(maker.frame());
        QSignalSpy changed(&f.model, &TagTableModel::totalsChanged);
        f.model.setFilter(filterOf(u"!c"_s));
        QCOMPARE(changed.count(), 1);
        TagTotals totals = f.model.totals();
        QCOMPARE(totals.tags, 2);
        QCOMPARE(totals.shown.bytes, Counter(130));
        QCOMPARE(totals.shown.outstanding, Counter(13));
        QVERIFY(!totals.shown.allocs.isKnown());
        QVERIFY(!totals.shownBytesPerHour.isKnown());
        QCOMPARE(totals.nonpaged, Counter(100));
        QCOMPARE(totals.paged, Counter(37));
        QCOMPARE(totals.untagged, Counter(5000));
        maker.setBytes(a, 150);
        maker.row(a).bytesPerHour = 12.6;
        f.model.setFrame(maker.frame());
        totals = f.model.totals();
        QCOMPARE(totals.shownChange.bytes, Counter(50));
        QCOMPARE(totals.shownBytesPerHour, Counter(13));
    }

    void pinsShowTheirSlot()
    {
        FrameMaker maker;
        for (int i = 0; i < 5; ++i)
            maker.setBytes(maker.addTag("tag" + QByteArray::number(i)), 100 - i, 1);
        PinList pins;
        Fixture f;
        f.model.setPins(&pins);
        f.model.setVisibleRows(0, 10);
        f.model.setFrame(maker.frame());
        QSignalSpy changed(&f.model, &TagTableModel::dataChanged);
        pins.pin(maker.tags()[3].tag, {});
        QCOMPARE(changed.count(), 2); // star and sparkline
        QCOMPARE(f.model.index(3, 0).data(TagTableModel::PinSlotRole).toInt(), 0);
        pins.pin(maker.tags()[4].tag, {});
        f.model.sort(static_cast<int>(TagColumn::Pin), Qt::AscendingOrder);
        QCOMPARE(names(f.model).mid(0, 2), (QStringList{u"tag3"_s, u"tag4"_s}));
        pins.unpin(maker.tags()[3].tag);
        QCOMPARE(names(f.model).first(), u"tag4"_s);
        // A pin made before its tag is known counts from the first frame that has it.
        pins.pin({"later", PoolType::Nonpaged}, {});
        maker.setBytes(maker.addTag("later"), 1, 1);
        f.model.setFrame(maker.frame());
        QCOMPARE(names(f.model).first(), u"later"_s);
    }

    void trendsReachTheirCell()
    {
        FrameMaker maker;
        maker.setBytes(maker.addTag("a"), 10, 1);
        maker.setBytes(maker.addTag("b"), 5, 1);
        Fixture f;
        f.model.setVisibleRows(0, 10);
        f.model.setFrame(maker.frame());
        QSignalSpy changed(&f.model, &TagTableModel::dataChanged);
        const std::vector<SeriesPoint> points{{WallTime(1s), 1}, {WallTime(2s), 3}};
        f.model.setTrend(1, points);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex(), f.model.index(1, static_cast<int>(TagColumn::Trend)));
        f.model.setTrend(1, points);
        QCOMPARE(changed.count(), 1);
        const auto trend = f.model.index(1, 0).data(TagTableModel::TrendRole).value<TrendPtr>();
        QVERIFY(trend != nullptr);
        QCOMPARE(*trend, points);
        f.model.setTrend(77, points); // a tag of a session that is over
    }

    void textsOfCells()
    {
        FrameMaker maker(SourceKind::Pool);
        const TagId id = maker.addTag(QByteArray("Nt\x01\\", 4), PoolType::Paged, "ntfs.sys");
        maker.row(id).reading = {
            Counter(1'234'567), Counter(1'000'000), Counter(234'567), Counter(24'630'000)};
        Fixture f;
        f.model.setFrame(maker.frame());
        maker.row(id).reading.allocs = Counter(1'234'667);
        maker.row(id).reading.bytes = Counter(24'625'904);
        maker.row(id).bytesPerHour = 4096;
        f.model.setFrame(maker.frame());
        const auto text = [&](TagColumn column, int role = Qt::DisplayRole) {
            return f.model.index(0, static_cast<int>(column)).data(role).toString();
        };
        QCOMPARE(text(TagColumn::Tag), u"Nt\\x01\\\\"_s);
        QCOMPARE(text(TagColumn::Type), u"Paged"_s);
        QCOMPARE(text(TagColumn::Allocs), u"1,234,667 (+100 ▲)"_s);
        QCOMPARE(text(TagColumn::Frees), u"1,000,000 (0)"_s);
        QCOMPARE(text(TagColumn::Diff), u"234,567"_s);
        QCOMPARE(text(TagColumn::Bytes), u"24,625,904 (-4,096 ▼)"_s);
        QCOMPARE(text(TagColumn::PerAlloc), u"104"_s);
        QCOMPARE(text(TagColumn::Rate), u"+4,096"_s);
        QCOMPARE(text(TagColumn::Driver), u"ntfs.sys"_s);
        QCOMPARE(text(TagColumn::Bytes, TagTableModel::ChangeRole), u"2"_s);
        QCOMPARE(text(TagColumn::Bytes, TagTableModel::SortRole), u"24625904"_s);
        QVERIFY(text(TagColumn::Tag, Qt::ToolTipRole).contains(u"4e 74 01 5c"_s));
        f.model.setNumberStyle(NumberStyle::Scaled);
        QCOMPARE(text(TagColumn::Bytes), u"23.5 MiB (-4.00 KiB ▼)"_s);
        QCOMPARE(text(TagColumn::Allocs), u"1,234,667 (+100 ▲)"_s);
        QVERIFY(text(TagColumn::Bytes, Qt::ToolTipRole).contains(u"24,625,904 bytes"_s));
        QVERIFY(text(TagColumn::Bytes, Qt::AccessibleTextRole).contains(u"falling"_s));
    }

    void unknownIsADash()
    {
        FrameMaker maker;
        maker.setBytes(maker.addTag("a"), {}, {});
        Fixture f;
        f.model.setFrame(maker.frame());
        for (const TagColumnInfo &info : tagColumns()) {
            const QModelIndex index = f.model.index(0, static_cast<int>(info.column));
            if (info.unit != ColumnUnit::None) {
                QCOMPARE(index.data().toString(), unknownText());
                QVERIFY(!index.data(TagTableModel::SortRole).isValid());
            }
        }
    }

    void headers()
    {
        const Fixture f;
        const auto header = [&](TagColumn column, int role) {
            return f.model.headerData(static_cast<int>(column), Qt::Horizontal, role);
        };
        QCOMPARE(header(TagColumn::Bytes, Qt::DisplayRole).toString(), u"Bytes (Δ)"_s);
        QCOMPARE(
            header(TagColumn::Bytes, Qt::InitialSortOrderRole).value<Qt::SortOrder>(), Qt::DescendingOrder);
        QCOMPARE(header(TagColumn::Tag, Qt::InitialSortOrderRole).value<Qt::SortOrder>(), Qt::AscendingOrder);
        QVERIFY(!header(TagColumn::Rate, Qt::ToolTipRole).toString().isEmpty());
    }

    void snapshotFramesHaveNoChanges()
    {
        FrameMaker maker;
        maker.setBytes(maker.addTag("a"), 10, 2);
        maker.setBytes(maker.addTag("b"), 20, 2);
        Fixture f;
        f.model.setFrame(snapshotFrame(maker.frame()->sample));
        QCOMPARE(names(f.model), (QStringList{u"b"_s, u"a"_s}));
        QCOMPARE(f.model.index(0, static_cast<int>(TagColumn::Bytes)).data().toString(), u"20"_s);
        QCOMPARE(f.model.index(0, static_cast<int>(TagColumn::Rate)).data().toString(), unknownText());
    }
};

QTEST_GUILESS_MAIN(TestTagTableModel)
#include "tst_tagtablemodel.moc"
