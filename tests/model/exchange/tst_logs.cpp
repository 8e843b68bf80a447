// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/formats/poolmontext.h"
#include "model/formats/samplecsv.h"
#include "model/screen/poolmonscreen.h"
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
    void cutSnapshots_data();
    void cutSnapshots();
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

QByteArray numberText(Counter counter)
{
    return counter.isKnown() ? QByteArray::number(counter.value()) : QByteArray("-");
}

/// "type|name|outstanding|bytes|driver" of each tag, by sample.
QByteArrayList told(const ReadAll &read)
{
    QByteArrayList lines;
    for (const ReadSample &sample : read.samples) {
        for (size_t i = 0; i < sample.sample->readings.size(); ++i) {
            const TagEntry &entry = (*sample.sample->tags)[i];
            const Reading &reading = sample.sample->readings[i];
            lines += QByteArray::number(static_cast<int>(entry.tag.type)) + '|' + entry.tag.bytes + '|'
                + numberText(reading.outstanding) + '|' + numberText(reading.bytes) + '|' + entry.driver;
        }
    }
    return lines;
}

/// All that is read, each with its sample's number and time in front.
QByteArrayList allFacts(const ReadAll &read)
{
    QByteArrayList facts;
    for (size_t number = 0; number < read.samples.size(); ++number) {
        const ReadSample &one = read.samples[number];
        const Sample &sample = *one.sample;
        const QByteArray start = QByteArray::number(number) + '|'
            + QByteArray::number(static_cast<int>(one.timeBase)) + '|'
            + QByteArray::number(qint64(sample.wall.time_since_epoch().count())) + '|';
        facts += start;
        for (size_t i = 0; i < sample.readings.size(); ++i) {
            const TagEntry &entry = (*sample.tags)[i];
            const Reading &reading = sample.readings[i];
            facts += start + QByteArray::number(static_cast<int>(entry.tag.type)) + '|' + entry.tag.bytes
                + '|' + numberText(reading.allocs) + '|' + numberText(reading.frees) + '|'
                + numberText(reading.outstanding) + '|' + numberText(reading.bytes) + '|' + entry.driver;
        }
        for (const SystemFieldInfo &info : systemFields()) {
            // What the tags leave of the pool is worked out of them: more where some are missing.
            if (sample.system[info.field].isKnown() && info.field != SystemField::Untagged)
                facts += start + info.key.toByteArray() + '=' + numberText(sample.system[info.field]);
        }
    }
    return facts;
}

/// An error without place or advice is told as a fact that nothing else tells.
QByteArrayList allFacts(const Result<std::vector<SamplePtr>> &read)
{
    if (!read) {
        const bool isComplete = read.error().where.startsWith(u"input") && !read.error().whatToDo.isEmpty();
        return isComplete ? QByteArrayList() : QByteArrayList{read.error().text().toUtf8()};
    }
    ReadAll all;
    for (const SamplePtr &sample : read.value()) {
        ReadSample one;
        one.sample = std::make_shared<Sample>(*sample);
        all.samples.push_back(std::move(one));
    }
    return allFacts(all);
}

/// The first of `facts` that is not among `all`; empty: none. A driver that is not told is nothing invented.
QByteArray firstMissing(const QByteArrayList &facts, const QByteArrayList &all)
{
    const auto isAmong = [&all](const QByteArray &fact) {
        const auto begins = [&fact](const QByteArray &one) { return one.startsWith(fact); };
        return all.contains(fact) || (fact.endsWith('|') && std::ranges::any_of(all, begins));
    };
    const auto found = std::ranges::find_if_not(facts, isAmong);
    return found == facts.end() ? QByteArray() : *found;
}

Sample poolSample(qint64 seconds)
{
    auto sample =
        makeSample({{"Irp ", PoolType::Nonpaged, {6394 + seconds, 4056, 2338 + seconds, 1'634'183}, {}},
                       {"Dh 1", PoolType::Paged, {22, 20, 2, 1560}, "Contoso filter"},
                       {"Pro\xE3", PoolType::Nonpaged, {17, 5, 12, 2048 + seconds}, "ntoskrnl.exe"}},
            seconds);
    auto origin = std::make_shared<Origin>(*sample->origin);
    origin->kind = SourceKind::Pool;
    sample->origin = origin;
    for (const SystemFieldInfo &info : systemFields())
        sample->system[info.field] = Counter(1024 * (12'345 + seconds));
    return *sample;
}

/// What PoolMon's screen shows, as a redirection keeps it.
QByteArray screenText(qint64 seconds, bool withDrivers)
{
    const auto sample = std::make_shared<Sample>(poolSample(seconds));
    Frame frame;
    frame.number = 2;
    frame.sample = sample;
    frame.tags = sample->tags;
    for (const Reading &reading : sample->readings) {
        FrameRow row;
        row.reading = reading;
        row.sinceLast = {25, 30, -5, -2080};
        frame.rows.push_back(row);
    }
    PoolMonScreenStyle style;
    style.totals = style.drivers = withDrivers;
    return poolMonScreen(frame, answer(frame, TopQuery()), style);
}

QByteArray csvText(bool withDrivers)
{
    QByteArray text = sampleCsvHeader(withDrivers);
    for (const qint64 seconds : {0, 60})
        appendSampleCsv(text, poolSample(seconds), poolSample(seconds).wall, 3, withDrivers);
    return text;
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
        << "slabinfo - version: 2.1\nzs 2 3 10 7 1 : tunables\nzs 3 3 10 7 1 : tunables\nb 1 3 10 7 1 :\n"_ba
        << "slabinfo"_ba << QByteArrayList{none + "zs|5|50|", none + "b|1|10|"};
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
    QTest::addColumn<QByteArray>("whole");
    const QStringList files = Corpus.entryList(QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << corpusText(file);
    QTest::newRow("poolmon -n, twice")
        << sampleToPoolMonText(poolSample(0)) + "=== 1795370405\r\n" + sampleToPoolMonText(poolSample(60));
    QTest::newRow("screen") << screenText(0, false) + screenText(60, false);
    QTest::newRow("screen with drivers and totals") << screenText(0, true) + screenText(60, true);
    QTest::newRow("csv, bytes last") << csvText(false);
    QTest::newRow("csv, driver last") << csvText(true);
    QTest::newRow("csv, time last")
        << "tag,bytes,time\na,1,2026-11-22T18:00:00Z\na,2,2026-11-22T18:00:01.25Z\n"_ba;
    const QByteArray table = "slabinfo - version: 2.1\n# name <active_objs>\n"
                             "dentry 22225 24382 192 21 1 : tunables 0 0 0 : slabdata 334 334 0\n"
                             "kmalloc-64 1024 2048 64 64 1 : tunables 0 0 0 : slabdata 32 32 0\n";
    QTest::newRow("slabinfo, twice") << "=== 1795370405\n" + table + "=== 1795370465\n"
            + QByteArray(table).replace("22225", "22301");
    QTest::newRow("slabinfo, names that end with a number")
        << "slabinfo - version: 2.1\nfasync cache 2 11 12 16 203 14 : tunables 0 0 0\n"
           "other 3 21 22 26 303 24 : tunables 0 0 0\n"_ba;
    QTest::newRow("vmstat, names that end with a number")
        << "Cache Num Total Size Pages\nfasync 2 448 449 72 56\nother 3 548 549 82 66\n"_ba;
    QTest::newRow("allocinfo, a row over two lines")
        << "115 2 fs/e.c:1 [ext4]\nfunc:ext4_alloc\n116 3 fs/e.c:2\nfunc:ext4_free\n"_ba;
    QTest::newRow("allocinfo, quoted-printable")
        << "115 2 fs/e.c:1 func:ext4_all=\noc\n116 3 fs/e.c:2 func:ext4_f=\n\nree\n"_ba;
    QTest::newRow("slabtop, a row over two lines")
        << "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME\n"
           "295152 295000  99%    0.10K   7568       39\n     30272K buffer_head\n"_ba;
    QTest::newRow("slab tool, a row over two lines")
        << "Name    Objects Objsize    Space Slabs/Part/Cpu  O/S O %Fr %Ef Flg\n"
           ":t-48   4533   48\n   241.6K 20/9/92   85 0  15  90 *\n"_ba;
    QTest::newRow("slabinfo, short rows")
        << "slabinfo - version: 2.1\none 10 20 30 40 50\ntwo 11 21 31 41 51\n"_ba;
}

/// What is read of a file that is cut off is what the whole file says, and all of its whole lines.
void TestLogs::cutAnywhere()
{
    QFETCH(QByteArray, whole);
    const auto start = wallTimeFromIso(u"2026-04-03T00:00:00Z");
    const QByteArrayList all = allFacts(readAll(whole, start));
    QVERIFY(!all.isEmpty());
    qsizetype lineStart = 0;
    QByteArrayList ofWholeLines;
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const bool isBroken = whole.first(size).endsWith("=\n"); // the row goes on
        if (size > 0 && whole[size - 1] == '\n' && !isBroken) {
            lineStart = size;
            ofWholeLines = allFacts(readAll(whole.first(size), start));
        }
        const QByteArray cut = whole.first(size);
        const ReadAll read = readAll(cut, start);
        const QByteArrayList facts = allFacts(read);
        const auto about = [&](const QByteArray &fact) {
            return QByteArray(fact + " after … " + cut.sliced(lineStart));
        };
        const QByteArray invented = firstMissing(facts, all);
        QVERIFY2(invented.isEmpty(), about("invented: " + invented).constData());
        if (read.error) {
            QVERIFY2(read.error->where.startsWith(u"input, line ") && !read.error->whatToDo.isEmpty(),
                qPrintable(read.error->text()));
            continue;
        }
        const QByteArray lost = firstMissing(ofWholeLines, facts);
        QVERIFY2(lost.isEmpty(), about("lost: " + lost).constData());
    }
}

void TestLogs::cutSnapshots_data()
{
    QTest::addColumn<QByteArray>("whole");
    QTest::addColumn<bool>("isCsv");
    QTest::newRow("poolmon -n, twice")
        << sampleToPoolMonText(poolSample(0)) + sampleToPoolMonText(poolSample(60)) << false;
    QTest::newRow("screen") << screenText(0, false) + screenText(60, false) << false;
    QTest::newRow("screen with drivers and totals") << screenText(0, true) + screenText(60, true) << false;
    QTest::newRow("csv, bytes last") << csvText(false) << true;
    QTest::newRow("csv, driver last") << csvText(true) << true;
}

/// The readers of snapshots refuse what they cannot read whole. They invent nothing, either.
void TestLogs::cutSnapshots()
{
    QFETCH(QByteArray, whole);
    QFETCH(bool, isCsv);
    const auto facts = [isCsv](const QByteArray &text) {
        return allFacts(isCsv ? samplesFromCsv(text, u"input"_s) : samplesFromPoolMonText(text, u"input"_s));
    };
    const QByteArrayList all = facts(whole);
    QVERIFY(all.size() > 6);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QByteArray invented = firstMissing(facts(whole.first(size)), all);
        QVERIFY2(invented.isEmpty(),
            QByteArray("of " + QByteArray::number(size) + " bytes: " + invented).constData());
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
