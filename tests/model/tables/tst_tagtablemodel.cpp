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

[[maybe_unused]] QStringList names(const TagTableModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += model.index(row, static_cast<int>(TagColumn::Tag)).data().toString();
    return result;
}

[[maybe_unused]] TagFilter filterOf(const QString &expression)
{
    return TagFilter::fromExpression(expression).filter;
}

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
        maker.addTags(60, random);
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
        QVERIFY(f.model.rowCount() > 50);
    }
};

QTEST_GUILESS_MAIN(TestTagTableModel)
#include "tst_tagtablemodel.moc"
