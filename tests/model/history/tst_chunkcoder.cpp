// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/chunkcoder.h"

#include <QtTest>

#include <functional>
#include <limits>
#include <random>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

/// Rows in a chunk come back as they were, whatever rules the coder finds in them.
class TestChunkCoder : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void whatBytesAreMultiplesOfCostsNothing();
};

namespace {

constexpr qint64 Least = std::numeric_limits<qint64>::min();
constexpr qint64 Most = std::numeric_limits<qint64>::max();

using NextRow = std::function<Counters(std::mt19937 &, const Counters &)>;

std::vector<ChangeRow> rowsOf(const NextRow &next, int count)
{
    std::mt19937 random(7);
    std::vector<ChangeRow> rows;
    Counters values;
    TimeAxis::Index index = 1000;
    for (int i = 0; i < count; ++i) {
        values = next(random, values);
        rows.push_back({index, values});
        index += 1 + static_cast<TimeAxis::Index>(random() % 5);
    }
    return rows;
}

/// The changes of one counter among `rows`, by their definition.
std::vector<std::pair<TimeAxis::Index, Counter>> changesOf(
    const Counters &before, const std::vector<ChangeRow> &rows, size_t counter)
{
    std::vector<std::pair<TimeAxis::Index, Counter>> changes;
    Counter value = before[counter];
    for (const ChangeRow &row : rows) {
        if (row.values[counter] == value)
            continue;
        value = row.values[counter];
        changes.emplace_back(row.index, value);
    }
    return changes;
}

Counters onlyBytes(qint64 bytes)
{
    return {Counter(), Counter(), Counter(), Counter(bytes)};
}

} // namespace

Q_DECLARE_METATYPE(NextRow)
Q_DECLARE_METATYPE(Counters)

void TestChunkCoder::roundTrip_data()
{
    QTest::addColumn<NextRow>("next");
    QTest::addColumn<Counters>("before");

    QTest::newRow("pages, nothing else known") << NextRow([](std::mt19937 &random, const Counters &) {
        return onlyBytes(static_cast<qint64>(random() % 900) * 4096);
    }) << Counters();
    QTest::newRow("pages after an odd number") << NextRow([](std::mt19937 &random, const Counters &) {
        return onlyBytes(static_cast<qint64>(random() % 900) * 4096);
    }) << onlyBytes(4095);
    QTest::newRow("bytes follow outstanding, with a page now and then") << NextRow(
        [](std::mt19937 &random, const Counters &) {
            const auto outstanding = static_cast<qint64>(random() % 1000);
            const qint64 pages = random() % 20 == 0 ? 4096 : 0;
            return Counters{Counter(), Counter(), Counter(outstanding), Counter(outstanding * 192 + pages)};
        }) << Counters();
    QTest::newRow("the ends of the range") << NextRow([](std::mt19937 &random, const Counters &) {
        const std::array<qint64, 5> ends{Least, Most, 0, -1, Least + 1};
        Counters values;
        for (Counter &value : values)
            value = ends[random() % ends.size()];
        return values;
    }) << Counters();
    QTest::newRow("half the range, again and again") << NextRow([](std::mt19937 &, const Counters &last) {
        return onlyBytes(last[3].valueOr(0) == 0 ? Least : 0);
    }) << onlyBytes(0);
    QTest::newRow("bytes stand still") << NextRow([](std::mt19937 &random, const Counters &) {
        return Counters{Counter(static_cast<qint64>(random() % 99)), Counter(), Counter(), Counter(64)};
    }) << onlyBytes(64);
    QTest::newRow("anything, often unknown") << NextRow([](std::mt19937 &random, const Counters &) {
        Counters values;
        for (Counter &value : values)
            value = random() % 3 == 0 ? Counter() : Counter(static_cast<qint64>(random()) << random() % 32);
        return values;
    }) << Counters();
}

void TestChunkCoder::roundTrip()
{
    QFETCH(NextRow, next);
    QFETCH(Counters, before);
    ChunkCoder coder;
    for (const int count : {1, 2, 300}) {
        const std::vector<ChangeRow> rows = rowsOf(next, count);
        const Chunk chunk = coder.encode(before, rows);
        QCOMPARE(chunk.first, rows.front().index);
        QCOMPARE(chunk.last, rows.back().index);
        for (size_t counter = 0; counter < CountersPerSeries; ++counter) {
            Counter wasInForce;
            std::vector<Change> changes;
            coder.decode(chunk, counter, wasInForce, changes);
            QCOMPARE(wasInForce, before[counter]);
            std::vector<std::pair<TimeAxis::Index, Counter>> found;
            for (const Change &change : changes)
                found.emplace_back(change.index, change.value);
            QCOMPARE(found, changesOf(before, rows, counter));
        }
    }
}

void TestChunkCoder::whatBytesAreMultiplesOfCostsNothing()
{
    const auto sizeFor = [](qint64 unit) {
        const NextRow next = [unit](std::mt19937 &random, const Counters &last) {
            return onlyBytes(last[3].valueOr(0) + static_cast<qint64>(random() % 64) * unit);
        };
        const std::vector<ChangeRow> rows = rowsOf(next, 2000);
        return ChunkCoder().encode({}, rows).bytes.size();
    };
    QVERIFY2(sizeFor(4096) < sizeFor(1) + 8, qPrintable(u"%1, %2"_s.arg(sizeFor(4096)).arg(sizeFor(1))));
}

QTEST_APPLESS_MAIN(TestChunkCoder)
#include "tst_chunkcoder.moc"
