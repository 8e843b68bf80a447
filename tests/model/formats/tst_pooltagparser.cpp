// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/pooltagparser.h"

#include "tests/model/formats/poolbufferbuilder.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

using Class = PoolTagFormat::Class;
using Word = PoolTagFormat::Word;

Q_DECLARE_METATYPE(poolscope::PoolTagFormat)

class TestPoolTagParser : public QObject
{
    Q_OBJECT

private slots:
    void layoutAsDocumented_data();
    void layoutAsDocumented();
    void allLayouts_data() { formats(); }
    void allLayouts();
    void paddingIsNotRead_data() { formats(); }
    void paddingIsNotRead();
    void truncatedAtEveryLength_data() { formats(); }
    void truncatedAtEveryLength();
    void lyingCounts_data();
    void lyingCounts();
    void spareBytesAreIgnored_data() { formats(); }
    void spareBytesAreIgnored();
    void rowsOnlyForUsedPools();
    void countersWrapAt32Bits();
    void counters64();
    void hugeCountersAreUnknown();
    void unusualTagsStayBytes();
    void sameTagTwiceIsSummed();
    void summedBytesThatDoNotFit();
    void tagListIsKeptWhileRowsStay();
    void tagListChangesWithTheRows_data();
    void tagListChangesWithTheRows();
    void fiftyThousandTags_data() { formats(); }
    void fiftyThousandTags();

private:
    static void formats();
    static PoolTagTable parsed(PoolTagParser &parser, const QByteArray &buffer);
};

namespace {

const PoolRecord Irp{"Irp ", {1000, 400, 90'000}, {7, 7, 0}};
const PoolRecord NtFC{"NtFC", {134'000'000, 484, 4'000'000'000}, {}};
const PoolRecord MmSt{"MmSt", {}, {2'269'405, 2'095'404, 156'097'152}};
const PoolRecord Unused{"Zzzz", {}, {}};

Reading reading(qint64 allocs, qint64 frees, qint64 outstanding, qint64 bytes)
{
    return {Counter(allocs), Counter(frees), Counter(outstanding), Counter(bytes)};
}

std::vector<PoolRecord> manyRecords(quint32 count)
{
    std::vector<PoolRecord> records;
    records.reserve(count);
    for (quint32 i = 0; i < count; ++i) {
        QByteArray tag;
        PoolBufferBuilder::number(tag, i * 2'654'435'761U, 4);
        PoolRecord record{tag, {i + 1, i / 2, i * 16ULL}, {}};
        if (i % 3 == 0)
            record.paged = {i + 5, i, 80};
        records.push_back(record);
    }
    return records;
}

} // namespace

void TestPoolTagParser::formats()
{
    QTest::addColumn<PoolTagFormat>("format");
    QTest::newRow("class 22, 64 bits") << PoolTagFormat{Class::PoolTag, Word::Bits64};
    QTest::newRow("class 22, 32 bits") << PoolTagFormat{Class::PoolTag, Word::Bits32};
    QTest::newRow("class 255, 64 bits") << PoolTagFormat{Class::PoolTag2, Word::Bits64};
    QTest::newRow("class 255, 32 bits") << PoolTagFormat{Class::PoolTag2, Word::Bits32};
}

PoolTagTable TestPoolTagParser::parsed(PoolTagParser &parser, const QByteArray &buffer)
{
    auto result = parser.parse(PoolBufferBuilder::bytes(buffer));
    if (!result) {
        QTest::qFail(qPrintable(result.error().text()), __FILE__, __LINE__);
        return {std::make_shared<TagList>(), {}};
    }
    return std::move(result).value();
}

void TestPoolTagParser::layoutAsDocumented_data()
{
    QTest::addColumn<PoolTagFormat>("format");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("class 22, 64 bits: tag +0, paged +4 +8 +10, nonpaged +18 +1C +20")
        << PoolTagFormat{Class::PoolTag, Word::Bits64}
        << QByteArray("01000000 EEEEEEEE 54616731 05000000 02000000 EEEEEEEE 3000000001000000 "
                      "09000000 04000000 5000000002000000");
    QTest::newRow("class 22, 32 bits: tag +0, paged +4 +8 +C, nonpaged +10 +14 +18")
        << PoolTagFormat{Class::PoolTag, Word::Bits32}
        << QByteArray("01000000 54616731 05000000 02000000 30000000 09000000 04000000 50000000");
    QTest::newRow("class 255, 64 bits: tag +0, paged +8 +10 +18, nonpaged +20 +28 +30")
        << PoolTagFormat{Class::PoolTag2, Word::Bits64}
        << QByteArray("01000000 EEEEEEEE 54616731 EEEEEEEE 0500000000000000 0200000000000000 "
                      "3000000001000000 0900000000000000 0400000000000000 5000000002000000");
}

void TestPoolTagParser::layoutAsDocumented()
{
    QFETCH(PoolTagFormat, format);
    QFETCH(QByteArray, hex);
    PoolTagParser parser(format);
    const PoolTagTable table = parsed(parser, QByteArray::fromHex(hex));
    const bool wide = format.word == Word::Bits64;
    const TagList tags{{{"Tag1", PoolType::Nonpaged}, {}}, {{"Tag1", PoolType::Paged}, {}}};
    QCOMPARE(*table.tags, tags);
    QCOMPARE(table.readings.at(0), reading(9, 4, 5, (wide ? 2LL << 32 : 0) + 0x50));
    QCOMPARE(table.readings.at(1), reading(5, 2, 3, (wide ? 1LL << 32 : 0) + 0x30));
}

void TestPoolTagParser::allLayouts()
{
    QFETCH(PoolTagFormat, format);
    PoolTagParser parser(format);
    const PoolTagTable table = parsed(parser, PoolBufferBuilder(format).table({Irp, NtFC, Unused, MmSt}));
    const TagList tags{{{"Irp ", PoolType::Nonpaged}, {}}, {{"Irp ", PoolType::Paged}, {}},
        {{"NtFC", PoolType::Nonpaged}, {}}, {{"MmSt", PoolType::Paged}, {}}};
    QCOMPARE(*table.tags, tags);
    QCOMPARE(table.readings.size(), tags.size());
    QCOMPARE(table.readings[0], reading(1000, 400, 600, 90'000));
    QCOMPARE(table.readings[1], reading(7, 7, 0, 0));
    QCOMPARE(table.readings[2], reading(134'000'000, 484, 133'999'516, 4'000'000'000));
    QCOMPARE(table.readings[3], reading(2'269'405, 2'095'404, 174'001, 156'097'152));
}

void TestPoolTagParser::paddingIsNotRead()
{
    QFETCH(PoolTagFormat, format);
    const std::vector<PoolRecord> records{Irp, Unused, MmSt};
    const QByteArray clean = PoolBufferBuilder(format, '\0').table(records);
    const QByteArray poisoned = PoolBufferBuilder(format, '\xFF').table(records);
    if (format.word == Word::Bits64)
        QVERIFY(clean != poisoned);
    PoolTagParser parser(format);
    const PoolTagTable one = parsed(parser, clean);
    const PoolTagTable two = parsed(parser, poisoned);
    QCOMPARE(two.tags, one.tags);
    QCOMPARE(two.readings, one.readings);
}

void TestPoolTagParser::truncatedAtEveryLength()
{
    QFETCH(PoolTagFormat, format);
    const QByteArray whole = PoolBufferBuilder(format).table({Irp, NtFC, MmSt});
    PoolTagParser parser(format);
    for (qsizetype length = 0; length < whole.size(); ++length) {
        // A copy of exactly that length, so that AddressSanitizer sees a read beyond it.
        const std::vector<char> part(whole.begin(), whole.begin() + length);
        const auto result = parser.parse(std::as_bytes(std::span(part)));
        QVERIFY2(!result, qPrintable(u"accepted %1 of %2 bytes"_s.arg(length).arg(whole.size())));
        QCOMPARE(result.error().kind, ErrorKind::BadInput);
        QVERIFY(!result.error().whatToDo.isEmpty());
        QVERIFY(result.error().where.contains(u"class %1"_s.arg(static_cast<int>(format.infoClass))));
    }
    QCOMPARE(parsed(parser, whole).readings.size(), 4U);
}

void TestPoolTagParser::lyingCounts_data()
{
    QTest::addColumn<PoolTagFormat>("format");
    QTest::addColumn<quint32>("count");
    QTest::addColumn<QString>("words");
    for (const PoolTagFormat format :
        {PoolTagFormat{Class::PoolTag, Word::Bits64}, PoolTagFormat{Class::PoolTag, Word::Bits32},
            PoolTagFormat{Class::PoolTag2, Word::Bits64}, PoolTagFormat{Class::PoolTag2, Word::Bits32}}) {
        // The last two times a record size are small modulo 2^32: a product in 32 bits would let them pass.
        for (const quint32 count : {4U, 5U, 0x7FFFFFFFU, 0xFFFFFFFFU, 0x20000000U, 0x0CCCCCCDU}) {
            QTest::addRow("class %d, %s, %u", static_cast<int>(format.infoClass),
                format.word == Word::Bits64 ? "64 bits" : "32 bits", count)
                << format << count << u"promises %1 tags, but holds only 3"_s.arg(count);
        }
    }
}

void TestPoolTagParser::lyingCounts()
{
    QFETCH(PoolTagFormat, format);
    QFETCH(quint32, count);
    QFETCH(QString, words);
    PoolTagParser parser(format);
    const QByteArray buffer = PoolBufferBuilder(format).table({Irp, NtFC, MmSt}, count);
    const auto result = parser.parse(PoolBufferBuilder::bytes(buffer));
    QVERIFY(!result);
    QVERIFY2(result.error().where.contains(words), qPrintable(result.error().text()));
}

void TestPoolTagParser::spareBytesAreIgnored()
{
    QFETCH(PoolTagFormat, format);
    PoolTagParser parser(format);
    const QByteArray buffer = PoolBufferBuilder(format).table({Irp, NtFC, MmSt}, 2) + QByteArray(13, '\xAB');
    const PoolTagTable table = parsed(parser, buffer);
    QCOMPARE(table.readings.size(), 3U);
    QCOMPARE(parsed(parser, PoolBufferBuilder(format).table({})).readings.size(), 0U);
}

void TestPoolTagParser::rowsOnlyForUsedPools()
{
    // Each single counter that is not zero is a sign of use, also bytes without an allocation.
    const std::vector<PoolRecord> records{{"aaaa", {1, 0, 0}, {0, 1, 0}}, {"bbbb", {0, 0, 1}, {}},
        {"cccc", {5, 5, 0}, {0, 0, 0}}, {"dddd", {}, {}}};
    PoolTagParser parser;
    const PoolTagTable table = parsed(parser, PoolBufferBuilder({}).table(records));
    const TagList tags{{{"aaaa", PoolType::Nonpaged}, {}}, {{"aaaa", PoolType::Paged}, {}},
        {{"bbbb", PoolType::Nonpaged}, {}}, {{"cccc", PoolType::Nonpaged}, {}}};
    QCOMPARE(*table.tags, tags);
    QCOMPARE(table.readings[1], reading(0, 1, -1, 0));
    QCOMPARE(table.readings[3], reading(5, 5, 0, 0));
}

void TestPoolTagParser::countersWrapAt32Bits()
{
    PoolTagParser parser({Class::PoolTag, Word::Bits64});
    QCOMPARE(parser.format().counterBits(), 32);
    const PoolTagTable before = parsed(
        parser, PoolBufferBuilder(parser.format()).table({{"SeAt", {0xFFFFFFF0U, 0xFFFFFF00U, 4096}, {}}}));
    const PoolTagTable after =
        parsed(parser, PoolBufferBuilder(parser.format()).table({{"SeAt", {0x20U, 0xFFFFFF80U, 4096}, {}}}));
    QCOMPARE(before.readings[0], reading(0xFFFFFFF0LL, 0xFFFFFF00LL, 0xF0, 4096));
    QCOMPARE(after.readings[0].outstanding, Counter(0xA0));
    const Reading step = change(after.readings[0], before.readings[0], parser.format().counterBits());
    QCOMPARE(step, reading(0x30, 0x80, 0xA0 - 0xF0, 0));
}

void TestPoolTagParser::counters64()
{
    PoolTagParser parser({Class::PoolTag2, Word::Bits64});
    QCOMPARE(parser.format().counterBits(), 64);
    const PoolTagTable table = parsed(parser,
        PoolBufferBuilder(parser.format()).table({{"SeAt", {10'000'000'000, 4'000'000'000, 1LL << 50}, {}}}));
    QCOMPARE(table.readings[0], reading(10'000'000'000, 4'000'000'000, 6'000'000'000, 1LL << 50));
    QCOMPARE((PoolTagFormat{Class::PoolTag2, Word::Bits32}).counterBits(), 32);
}

void TestPoolTagParser::hugeCountersAreUnknown()
{
    PoolTagParser parser({Class::PoolTag2, Word::Bits64});
    const PoolTagTable table = parsed(
        parser, PoolBufferBuilder(parser.format()).table({{"Huge", {~0ULL, ~0ULL - 7, 1ULL << 63}, {}}}));
    QVERIFY(!table.readings[0].allocs.isKnown());
    QVERIFY(!table.readings[0].frees.isKnown());
    QVERIFY(!table.readings[0].bytes.isKnown());
    QCOMPARE(table.readings[0].outstanding, Counter(7));
}

void TestPoolTagParser::unusualTagsStayBytes()
{
    const QList<QByteArray> odd{QByteArray("Pro\xE3"), QByteArray("Proc"), QByteArray("\0nul", 4),
        QByteArray("\0\0\0\0", 4), QByteArray("    "), QByteArray("\x01\x02z\x7F"), QByteArray("abcd"),
        QByteArray("aBcd"), QByteArray("*?\\|"), QByteArray("\xFF\xFF\xFF\xFF")};
    std::vector<PoolRecord> records;
    for (const QByteArray &tag : odd)
        records.push_back({tag, {1, 0, 16}, {}});
    PoolTagParser parser;
    const PoolTagTable table = parsed(parser, PoolBufferBuilder({}).table(records));
    QCOMPARE(table.tags->size(), static_cast<size_t>(odd.size()));
    for (size_t i = 0; i < table.tags->size(); ++i)
        QCOMPARE((*table.tags)[i].tag.bytes, odd[static_cast<qsizetype>(i)]);
}

void TestPoolTagParser::sameTagTwiceIsSummed()
{
    const PoolTagFormat format{Class::PoolTag, Word::Bits64};
    PoolTagParser parser(format);
    const std::vector<PoolRecord> records{{"Once", {3, 1, 32}, {}}, {"Dup ", {10, 4, 600}, {}},
        {"Last", {}, {8, 8, 0}}, {"Dup ", {5, 5, 0}, {2, 1, 48}}, {"Dup ", {0xFFFFFFFFU, 0, 100}, {}}};
    const TagList tags{{{"Once", PoolType::Nonpaged}, {}}, {{"Dup ", PoolType::Nonpaged}, {}},
        {{"Dup ", PoolType::Paged}, {}}, {{"Last", PoolType::Paged}, {}}};
    const PoolTagTable table = parsed(parser, PoolBufferBuilder(format).table(records));
    QCOMPARE(*table.tags, tags);
    QCOMPARE(table.readings[0], reading(3, 1, 2, 32));
    QCOMPARE(table.readings[1], reading(14, 9, 5, 700)); // allocs modulo 2^32
    QCOMPARE(table.readings[2], reading(2, 1, 1, 48));
    QCOMPARE(table.readings[3], reading(8, 8, 0, 0));

    const PoolTagTable again = parsed(parser, PoolBufferBuilder(format).table(records));
    QCOMPARE(again.tags, table.tags);
    QCOMPARE(again.readings, table.readings);

    // The second record of the tag goes: the rows stay the same, and so does the list.
    auto fewer = records;
    fewer.pop_back();
    const PoolTagTable shorter = parsed(parser, PoolBufferBuilder(format).table(fewer));
    QCOMPARE(shorter.tags, table.tags);
    QCOMPARE(shorter.readings[1], reading(15, 9, 6, 600));
}

void TestPoolTagParser::summedBytesThatDoNotFit()
{
    PoolTagParser parser;
    const PoolTagTable table = parsed(parser,
        PoolBufferBuilder({}).table(
            {{"Dup ", {1, 0, ~0ULL - 3}, {1, 0, 9}}, {"Dup ", {1, 0, 100}, {1, 0, 9}}}));
    QVERIFY(!table.readings[0].bytes.isKnown());
    QCOMPARE(table.readings[0].outstanding, Counter(2));
    QCOMPARE(table.readings[1], reading(2, 0, 2, 18));
}

void TestPoolTagParser::tagListIsKeptWhileRowsStay()
{
    const PoolTagFormat format{Class::PoolTag2, Word::Bits64};
    const PoolBufferBuilder builder(format);
    PoolTagParser parser(format);
    const PoolTagTable first = parsed(parser, builder.table({Irp, NtFC, Unused, MmSt}));
    PoolRecord changed = NtFC;
    changed.nonpaged.allocs += 50;
    changed.nonpaged.bytes += 51'200;
    const PoolTagTable second = parsed(parser, builder.table({Irp, changed, Unused, MmSt}));
    QCOMPARE(second.tags.get(), first.tags.get());
    QCOMPARE(second.readings[2].bytes, Counter(4'000'051'200));
    // An error in between loses nothing, and a record without rows may come and go.
    QVERIFY(!parser.parse(PoolBufferBuilder::bytes(builder.table({Irp}, 9))));
    const PoolTagTable third = parsed(parser, builder.table({Irp, NtFC, MmSt}));
    QCOMPARE(third.tags.get(), first.tags.get());
    QCOMPARE(third.readings, first.readings);
}

void TestPoolTagParser::tagListChangesWithTheRows_data()
{
    QTest::addColumn<QByteArrayList>("order");
    QTest::newRow("a tag is added") << QByteArrayList{"Irp ", "NtFC", "MmSt", "Tag1"};
    QTest::newRow("a tag goes") << QByteArrayList{"Irp ", "MmSt"};
    QTest::newRow("the order changes") << QByteArrayList{"MmSt", "NtFC", "Irp "};
    QTest::newRow("one takes another's place") << QByteArrayList{"Irp ", "Tag1", "MmSt"};
    QTest::newRow("none is left") << QByteArrayList{};
}

void TestPoolTagParser::tagListChangesWithTheRows()
{
    QFETCH(QByteArrayList, order);
    const PoolBufferBuilder builder({});
    PoolTagParser parser;
    const PoolTagTable first = parsed(parser, builder.table({Irp, NtFC, MmSt}));
    const TagList before = *first.tags;

    std::vector<PoolRecord> records;
    TagList expected;
    qint64 allocs = 1;
    for (const QByteArray &tag : order) {
        records.push_back({tag, {static_cast<quint64>(allocs), 0, 16}, {}});
        expected.push_back({{tag, PoolType::Nonpaged}, {}});
        ++allocs;
    }
    const PoolTagTable second = parsed(parser, builder.table(records));
    QCOMPARE(*second.tags, expected);
    QCOMPARE(*first.tags, before); // published lists never change
    for (size_t i = 0; i < second.readings.size(); ++i)
        QCOMPARE(second.readings[i].allocs, Counter(static_cast<qint64>(i) + 1));
}

void TestPoolTagParser::fiftyThousandTags()
{
    QFETCH(PoolTagFormat, format);
    constexpr quint32 Count = 50'000;
    const auto records = manyRecords(Count);
    const QByteArray buffer = PoolBufferBuilder(format).table(records);
    PoolTagParser parser(format);
    const PoolTagTable table = parsed(parser, buffer);
    QCOMPARE(table.readings.size(), static_cast<size_t>(Count + (Count + 2) / 3));
    size_t row = 0;
    for (const PoolRecord &record : records) {
        QCOMPARE((*table.tags)[row].tag, (Tag{record.tag, PoolType::Nonpaged}));
        QCOMPARE(table.readings[row].bytes, Counter(static_cast<qint64>(record.nonpaged.bytes)));
        ++row;
        if (record.paged.allocs == 0)
            continue;
        QCOMPARE((*table.tags)[row].tag, (Tag{record.tag, PoolType::Paged}));
        QCOMPARE(table.readings[row].outstanding, Counter(5));
        ++row;
    }
    QCOMPARE(parsed(parser, buffer).tags.get(), table.tags.get());
}

QTEST_GUILESS_MAIN(TestPoolTagParser)
#include "tst_pooltagparser.moc"
