// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

/// Logs of other programs, as people send them around.
class TestLogs : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void samples_data();
    void samples();
    void cutAnywhere_data();
    void cutAnywhere();
    void everyReaderHasAnInputToFuzz();
    void everyReaderSurvivesEveryLog();
    void tellsWhatItSkips();
    void poolused();
    void poolusedVerbose();
    void poolCsv();
    void poolCsvWithBrokenNumbers();
};

namespace {

const QDir Corpus(QDir::cleanPath(QStringLiteral(POOLSCOPE_TEST_DATA "/../fuzz/corpus/fuzz_logs")));

/// A file of the corpus without its first byte, which tells the fuzzer the reader.
QByteArray corpusText(const QString &name)
{
    QFile file(Corpus.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().sliced(1) : QByteArray();
}

/// "type name outstanding bytes driver" of each tag, by sample.
QByteArrayList told(const ReadAll &read)
{
    QByteArrayList lines;
    for (const ReadSample &sample : read.samples) {
        for (size_t i = 0; i < sample.sample->readings.size(); ++i) {
            const TagEntry &entry = (*sample.sample->tags)[i];
            const Reading &reading = sample.sample->readings[i];
            const auto number = [](Counter counter) {
                return counter.isKnown() ? QByteArray::number(counter.value()) : QByteArray("-");
            };
            lines += QByteArray::number(static_cast<int>(entry.tag.type)) + '|' + entry.tag.bytes + '|'
                + number(reading.outstanding) + '|' + number(reading.bytes) + '|' + entry.driver;
        }
    }
    return lines;
}

} // namespace

void TestLogs::rows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArray none = QByteArray::number(static_cast<int>(PoolType::None)) + '|';
    QTest::newRow("slabinfo 2.1")
        << "slabinfo - version: 2.1\n# name <active_objs>\nzspage 22225  24382     56   73    1 : tunables\n"_ba
        << "slabinfo"_ba << QByteArrayList{none + "zspage|22225|1244600|"};
    QTest::newRow("slabinfo, equal names are added up")
        << "slabinfo - version: 2.1\nzs 2 3 10 7 1 : tunables\nzs 3 3 10 7 1 : tunables\n"_ba
        << "slabinfo"_ba << QByteArrayList{none + "zs|5|50|"};
    QTest::newRow("slabinfo, name with blanks and a number")
        << "fasync cache 2 1 1 16 203 1 : tunables\n"_ba
        << "slabinfo"_ba << QByteArrayList{none + "fasync cache 2|1|16|"};
    QTest::newRow("slabinfo 1.1, wrapped by mail")
        << "> slabinfo - version: 1.1\n> kmem_cache 64 84 136 3\n> 3 1 : 64\n> 64 3 0 0\n"_ba
        << "slabinfo"_ba << QByteArrayList{none + "kmem_cache|64|8704|"};
    QTest::newRow("slabinfo, a row over two lines before its size")
        << "slabinfo - version: 2.1\nthree 1 2\n3 4 5 : tunables..\n"_ba
        << "slabinfo"_ba << QByteArrayList{none + "three|1|3|"};
    QTest::newRow("allocinfo") << "  5939200  2900 /usr/src/l/l.c:30 [leakmod] func:lose \n"_ba
                               << "allocinfo"_ba
                               << QByteArrayList{
                                      none + "/usr/src/l/l.c:30 [leakmod] func:lose|2900|5939200|leakmod"};
    QTest::newRow("allocinfo 2.0, shortened sizes")
        << "allocinfo - version: 2.0\n 2.5M  10 mm/a.c:3 func:f accurate:no \n1.5 KiB 2 b.c:4 func:g\n"_ba
        << "allocinfo"_ba
        << QByteArrayList{none + "mm/a.c:3 func:f|10|2621440|", none + "b.c:4 func:g|2|1536|"};
    QTest::newRow("allocinfo, quoted-printable")
        << "> 115 2 fs/e.c:1 [ext4] func:ext4_all=\n> oc\n"_ba.replace("=\n> ", "=\n") << "allocinfo"_ba
        << QByteArrayList{none + "fs/e.c:1 [ext4] func:ext4_alloc|2|115|ext4"};
    QTest::newRow("slabtop") << " Active / Total Objects (% used)    : 1 / 2 (99%)\n"
                                "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME\n"
                                "295152 295000  99%    0.10K   7568       39     30272K buffer_head   \n"_ba
                             << "slabtop"_ba << QByteArrayList{none + "buffer_head|295000|30998528|"};
    QTest::newRow("slabinfo tool")
        << "Name    Objects Objsize    Space Slabs/Part/Cpu  O/S O %Fr %Ef Flg\n"
           ":t-48   4533   48   241.6K 18446744073709551583/9/92   85 0  15  90 *\n"_ba
        << "slab-tool"_ba << QByteArrayList{none + ":t-48|4533|217584|"};
    QTest::newRow("out-of-memory report")
        << "Nov 22 h kernel: [ 244.335645] Unreclaimable slab info:\n"
           "Nov 22 h kernel: [ 244.335672] Name  Used   Total\n"
           "Nov 22 h kernel: [ 244.335760] 9p-fcall-cache    32KB   40KB\n"_ba
        << "oom"_ba << QByteArrayList{none + "9p-fcall-cache|-|32768|"};
    QTest::newRow("vmstat -m, two samples glued")
        << "Cache  Num  Total   Size  Pages\none 448 448 72 56Cache   Num  Total Size  Pages\none 2 3 72 56\n"_ba
        << "vmstat"_ba << QByteArrayList{none + "one|448|32256|", none + "one|2|144|"};
}

void TestLogs::rows()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, format);
    QFETCH(QByteArrayList, expected);
    for (const QByteArray &variant : {text, QByteArray(text).replace("\n", "\r\n")}) {
        const ReadAll read = readAll(variant);
        QCOMPARE(read.format, format);
        QVERIFY(!read.error);
        QCOMPARE(told(read), expected);
        QVERIFY(read.skipped.empty());
    }
}

void TestLogs::samples_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("samples");
    QTest::newRow("a heading each")
        << "slabinfo - version: 2.1\na 1 2 3 4 5 :\nslabinfo - version: 2.1\na 1 2 3 4 5 :\n"_ba << 2;
    QTest::newRow("a prompt each")
        << "$ cat /proc/slabinfo\na 1 2 3 4 5 :\n$ cat /proc/slabinfo\na 1 2 3 4 5 :\n"_ba << 2;
    QTest::newRow("nothing but the tag again") << "a 1 2 3 4 5 :\nb 1 2 3 4 5 :\na 1 2 3 4 5 :\n"_ba << 2;
    QTest::newRow("a time each") << "=== 1795370405\na 1 2 3 4 5 :\n=== 1795370465\nb 1 2 3 4 5 :\n"_ba << 2;
}

void TestLogs::samples()
{
    QFETCH(QByteArray, text);
    QFETCH(int, samples);
    const ReadAll read = readAll(text);
    QCOMPARE(read.samples.size(), size_t(samples));
    if (text.startsWith("===")) {
        QCOMPARE(read.samples[0].timeBase, TimeBase::Own);
        QCOMPARE(read.samples[1].sample->wall - read.samples[0].sample->wall, std::chrono::seconds(60));
    } else {
        QCOMPARE(read.samples[0].timeBase, TimeBase::Unknown);
    }
}

void TestLogs::cutAnywhere_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files = Corpus.entryList(QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file;
}

/// What is read of a log that is cut off is what the whole log says.
void TestLogs::cutAnywhere()
{
    QFETCH(QString, file);
    const QByteArray whole = corpusText(file);
    const QByteArrayList all = told(readAll(whole, wallTimeFromIso(u"2026-04-03T00:00:00Z")));
    QVERIFY(!all.isEmpty());
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const ReadAll read = readAll(whole.first(size), wallTimeFromIso(u"2026-04-03T00:00:00Z"));
        if (read.error)
            QVERIFY(read.samples.empty());
        for (const QByteArray &line : told(read))
            QVERIFY2(all.contains(line),
                QByteArray(line + " after " + QByteArray::number(size) + " bytes").constData());
    }
}

void TestLogs::everyReaderHasAnInputToFuzz()
{
    QByteArrayList words;
    for (const QString &name : Corpus.entryList(QDir::Files))
        words += readAll(corpusText(name), wallTimeFromIso(u"2026-04-03T00:00:00Z")).format;
    for (const ImportFormat &format : importFormats())
        QVERIFY2(words.contains(format.word), format.word.toByteArray().constData());
}

/// A user may name the wrong format.
void TestLogs::everyReaderSurvivesEveryLog()
{
    for (const QString &name : Corpus.entryList(QDir::Files)) {
        for (const ImportFormat &format : importFormats()) {
            QByteArray text = corpusText(name);
            QBuffer buffer(&text);
            QVERIFY(buffer.open(QIODevice::ReadOnly));
            const auto reader = format.create(buffer, u"input"_s);
            auto read = reader->next();
            while (read && read.value())
                read = reader->next();
            QVERIFY2(read || (read.error().where.startsWith(u"input") && !read.error().whatToDo.isEmpty()),
                qPrintable(name));
        }
    }
}

void TestLogs::tellsWhatItSkips()
{
    const ReadAll read =
        readAll("hello\nslabinfo - version: 2.1\na 1 2 3 4 5 :\n...\nb 1 2\n\nc 1 2 3 4 5 :\n"_ba);
    QCOMPARE(read.rows, 2);
    QCOMPARE(read.skipped.size(), size_t(3));
    QCOMPARE(read.skipped[0].line, 1);
    QCOMPARE(read.skipped[1].line, 4);
    QCOMPARE(read.skipped[2].line, 5);
    QCOMPARE(read.skipped[2].why, u"this row is cut short"_s);
}

void TestLogs::poolused()
{
    const ReadAll read = readAll("0: kd> !poolused 2\n Sorting by NonPaged Pool Consumed\n\n"
                                 "               NonPaged                  Paged\n"
                                 " Tag     Allocs         Used     Allocs         Used\n\n"
                                 " amda   5768754   1938325232         32         9360\tUNKNOWN pooltag\n"
                                 " AGP          1          344          0            0UNKNOWN 'AGP '\n"
                                 "TOTAL         1          344          0            0\n"_ba);
    const QByteArray nonpaged = QByteArray::number(static_cast<int>(PoolType::Nonpaged)) + '|';
    const QByteArray paged = QByteArray::number(static_cast<int>(PoolType::Paged)) + '|';
    QCOMPARE(read.format, "poolused"_ba);
    QCOMPARE(told(read),
        (QByteArrayList{
            nonpaged + "amda|5768754|1938325232|", paged + "amda|32|9360|", nonpaged + "AGP |1|344|"}));
    QCOMPARE(read.samples[0].kind, SourceKind::Pool);
    QVERIFY(read.skipped.empty());
}

void TestLogs::poolusedVerbose()
{
    const ReadAll read = readAll("       NonPaged          Paged\n"
                                 " Tag  Allocs Frees Diff Used Allocs Frees Diff Used\n\n"
                                 " -UMD 5 2 3 48 0 0 0 0\tUNKNOWN\n"_ba);
    QCOMPARE(read.samples.size(), size_t(1));
    const Reading expected{5, 2, 3, 48};
    QCOMPARE(read.samples[0].sample->readings.size(), size_t(1));
    QVERIFY(read.samples[0].sample->readings[0] == expected);
}

void TestLogs::poolCsv()
{
    const QByteArray heading = "DateTime,DateTimeUTC,Tag,PagedAllocs,PagedFrees,PagedDiff,PagedUsedBytes,"
                               "NonPagedAllocs,NonPagedFrees,NonPagedDiff,NonPagedUsedBytes,Binary\n";
    const ReadAll read = readAll(heading
        + "x,2026-11-22T17:00:00Z,Lk01,5,4,1,100,6,2,4,1600,leak.sys\n"
          "x,2026-11-22T17:00:00Z,Irp,0,0,0,0,6,2,4,900,\n"
          "x,2026-11-22T17:30:00Z,Lk01,5,4,1,100,9,2,7,2800,leak.sys\n");
    const QByteArray nonpaged = QByteArray::number(static_cast<int>(PoolType::Nonpaged)) + '|';
    const QByteArray paged = QByteArray::number(static_cast<int>(PoolType::Paged)) + '|';
    QCOMPARE(read.format, "pool-csv"_ba);
    QCOMPARE(read.samples.size(), size_t(2));
    QCOMPARE(read.samples[1].sample->wall - read.samples[0].sample->wall, std::chrono::minutes(30));
    QCOMPARE(told(read),
        (QByteArrayList{nonpaged + "Lk01|4|1600|leak.sys", paged + "Lk01|1|100|leak.sys",
            nonpaged + "Irp |4|900|", nonpaged + "Lk01|7|2800|leak.sys", paged + "Lk01|1|100|leak.sys"}));
}

void TestLogs::poolCsvWithBrokenNumbers()
{
    const ReadAll read =
        readAll("Tag,Type,Allocs,Frees,Diff,Bytes,KBytes,B/Alloc,Source,Source Description,\n"
                "Irp ,Nonp,10,4,6,600,1,100,nt,I/O,\n"
                "Lk01,Paged,1,234,4,6,600,1,100,nt,I/O,\n"_ba);
    QCOMPARE(read.rows, 1);
    QCOMPARE(read.skipped.size(), size_t(1));
    QCOMPARE(read.skipped[0].line, 3);
}

QTEST_GUILESS_MAIN(TestLogs)
#include "tst_logs.moc"
