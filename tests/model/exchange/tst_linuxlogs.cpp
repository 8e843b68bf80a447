// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/kernelline.h"
#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

/// Logs of Linux: which rows are one sample, and what stands around them.
class TestLinuxLogs : public QObject
{
    Q_OBJECT

private slots:
    void samples_data();
    void samples();
    void longTables();
    void kernelLines_data();
    void kernelLines();
    void outOfMemory_data();
    void outOfMemory();
    void leavesOut_data();
    void leavesOut();
    void foundBehindOtherText();
    void manyRepeatsTakeNoTime();
};

namespace {

/// "name bytes, name bytes" of each sample.
QByteArrayList told(const ReadAll &read)
{
    QByteArrayList samples;
    for (const ReadSample &one : read.samples) {
        QByteArrayList rows;
        for (size_t i = 0; i < one.sample->readings.size(); ++i) {
            const Counter bytes = one.sample->readings[i].bytes;
            rows += (*one.sample->tags)[i].tag.bytes + ' '
                + (bytes.isKnown() ? QByteArray::number(bytes.value()) : "-"_ba);
        }
        samples += rows.join(", ");
    }
    return samples;
}

constexpr const char *Version = "slabinfo - version: 2.1\n";

/// A row of slabinfo with objects of one byte.
QByteArray row(const QByteArray &name, int active)
{
    return name + ' ' + QByteArray::number(active) + " 99999 1 21 1 : tunables 0 0 0 : slabdata 10 10 0\n";
}

/// As `vmstat -m` prints it: with its heading above each 21 rows.
QByteArray vmstatTable(int rows, int active)
{
    QByteArray text;
    for (int i = 0; i < rows; ++i) {
        if (i % 21 == 0)
            text += "Cache                       Num  Total   Size  Pages\n";
        // procps sorts them by name, and two caches of one name stand on both sides of the second heading
        const int name = i == 42 ? 41 : i;
        text += "cache" + QByteArray::number(1000 + name) + "  " + QByteArray::number(active + i)
            + "  9999 1 21\n";
    }
    return text;
}

} // namespace

void TestLinuxLogs::samples_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArray one = row("dentry", 1);
    const QByteArray two = row("dentry", 2);
    const QByteArray three = row("dentry", 3);
    QTest::newRow("grep in a loop below one heading")
        << QByteArray(Version + one + two + three) << QByteArrayList{"dentry 1", "dentry 2", "dentry 3"};
    QTest::newRow("below its command")
        << QByteArray("# while :; do grep dentry /proc/slabinfo; sleep 60; done\n" + one + two + three)
        << QByteArrayList{"dentry 1", "dentry 2", "dentry 3"};
    QTest::newRow("two caches, in any order")
        << QByteArray(Version + one + row("filp", 7) + row("filp", 8) + two + three + row("filp", 9))
        << QByteArrayList{"dentry 1, filp 7", "filp 8, dentry 2", "dentry 3, filp 9"};
    QTest::newRow("the same numbers again")
        << QByteArray(Version + one + row("filp", 7) + one + row("filp", 7))
        << QByteArrayList{"dentry 1, filp 7", "dentry 1, filp 7"};
    QTest::newRow("the last one cut off")
        << QByteArray(Version + one + row("b", 7) + row("c", 7) + row("d", 7) + two)
        << QByteArrayList{"dentry 1, b 7, c 7, d 7", "dentry 2"};
    QTest::newRow("caches of one name among others") << QByteArray(
        Version + row("zspage", 1) + row("zspage", 2) + row("b", 7) + row("zspage", 4) + row("c", 8))
                                                     << QByteArrayList{"zspage 7, b 7, c 8"};
    QTest::newRow("two names that alternate before others")
        << QByteArray(Version + row("zs", 1) + row("h", 2) + row("zs", 3) + row("h", 4) + row("b", 7))
        << QByteArrayList{"zs 4, h 6, b 7"};
    QTest::newRow("without heading") << QByteArray(one + row("b", 7) + two + row("b", 8))
                                     << QByteArrayList{"dentry 1, b 7", "dentry 2, b 8"};
    QTest::newRow("files of grep -H")
        << QByteArray("/tmp/s1.txt:" + one + "/tmp/s2.txt:" + two) << QByteArrayList{"dentry 1", "dentry 2"};
    QTest::newRow("cat -n") << QByteArray("     1\t"_ba + Version + "     2\t" + one)
                            << QByteArrayList{"dentry 1"};
    QTest::newRow("grep -n") << QByteArray("3:" + one + "4:" + row("filp", 7))
                             << QByteArrayList{"dentry 1, filp 7"};
    QTest::newRow("grep -Hn") << QByteArray("/proc/slabinfo:3:" + one) << QByteArrayList{"dentry 1"};
    QTest::newRow("names escaped for Markdown")
        << QByteArray(Version + row("ext4\\_inode\\_cache", 5)) << QByteArrayList{"ext4_inode_cache 5"};
    QTest::newRow("Markdown table")
        << "| name | active_objs | num_objs | objsize | objperslab | pagesperslab "
           "|\n|---|---|---|---|---|---|\n"
           "| dentry | 100 | 200 | 2 | 21 | 1 |\n| filp | 11 | 22 | 3 | 16 | 1 |\n"_ba
        << QByteArrayList{"dentry 200, filp 33"};
    QTest::newRow("vmstat, one heading")
        << "Cache Num Total Size Pages\nd 1 200 1 21\nd 2 210 1 21\nd 3 220 1 21\n"_ba
        << QByteArrayList{"d 1", "d 2", "d 3"};
    QTest::newRow("vmstat, a heading each")
        << "Cache Num Total Size Pages\na 1 2 1 2\nb 1 2 1 2\nCache Num Total Size Pages\na 2 2 1 2\nb 3 2 1 2\n"_ba
        << QByteArrayList{"a 1, b 1", "a 2, b 3"};
    QTest::newRow("vmstat, a cache comes first that is new")
        << "Cache Num Total Size Pages\na 1 2 1 2\nb 1 2 1 2\n"
           "Cache Num Total Size Pages\nz 9 9 1 9\na 2 2 1 2\nb 3 2 1 2\n"_ba
        << QByteArrayList{"a 1, b 1", "z 9, a 2, b 3"};
    QTest::newRow("slabtop -o in a loop")
        << "$ slabtop -o | grep dentry\n356937 356937 100%     0.19K  16997       21     10K dentry\n"
           "366937 366937 100%     0.19K  16998       21     11K dentry  \n"_ba
        << QByteArrayList{"dentry 10240", "dentry 11264"};
    QTest::newRow("slabtop with decimal commas")
        << "  OBJS ACTIVE  USE OBJ SIZE  SLABS OBJ/SLAB CACHE SIZE NAME\n"
           "356937 356937 100%     0,19K  16997       21     10K dentry\n"_ba
        << QByteArrayList{"dentry 10240"};
    QTest::newRow("out of memory, wrapped by mail")
        << "> [ 12.5] Unreclaimable slab info:\n> [ 12.5] Name                      Used\n> Total\n"
           "> [ 12.5] kmalloc-64                 128KB\n> 256KB\n> [ 12.5] task_struct   1KB   2KB\n"_ba
        << QByteArrayList{"kmalloc-64 131072, task_struct 1024"};
    QTest::newRow("allocinfo in a loop")
        << "# while :; do grep ice_ /proc/allocinfo; sleep 60; done\n"
           "4096 1 a/b.c:1 [ice] func:z \n8192 2 a/b.c:1 [ice] func:z \n"_ba
        << QByteArrayList{"a/b.c:1 [ice] func:z 4096", "a/b.c:1 [ice] func:z 8192"};
    QTest::newRow("allocinfo, a function in a header")
        << "allocinfo - version: 1.0\n10 1 a.c:1 func:a\n20 2 h.h:1 func:h\n20 2 h.h:1 func:h\n30 3 b.c:1 func:b\n"_ba
        << QByteArrayList{"a.c:1 func:a 10, h.h:1 func:h 40, b.c:1 func:b 30"};
    QTest::newRow("allocinfo, the same sorted")
        << QByteArray("$ sort -g /proc/allocinfo\n10 1 a.c:1 func:a\n10 1 b.c:1 func:b\n10 1 c.c:1 func:c\n"
               + "20 2 h.h:1 func:h\n"_ba.repeated(40) + "30 3 d.c:1 func:d\n")
        << QByteArrayList{
               "a.c:1 func:a 10, b.c:1 func:b 10, c.c:1 func:c 10, h.h:1 func:h 800, d.c:1 func:d 30"};
    QTest::newRow("allocinfo in the kernel's log")
        << "Nov 22 18:00:05 h kernel: Memory allocations:\n"
           "Nov 22 18:00:05 h kernel:      12.0 KiB     3000 mm/slub.c:2320 func:alloc_slab_page\n"_ba
        << QByteArrayList{"mm/slub.c:2320 func:alloc_slab_page 12288"};
}

void TestLinuxLogs::samples()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    const ReadAll read = readAll(text);
    QVERIFY(!read.error);
    QCOMPARE(told(read), expected);
    QVERIFY(read.skipped.empty());
}

/// procps repeats the heading within one sample.
void TestLinuxLogs::longTables()
{
    const ReadAll one = readAll(vmstatTable(235, 10));
    QCOMPARE(one.samples.size(), size_t(1));
    QCOMPARE(one.samples[0].sample->readings.size(), size_t(234));
    QCOMPARE(one.samples[0].sample->readings[41].bytes, Counter(51 + 52));

    const ReadAll three = readAll(vmstatTable(235, 10) + vmstatTable(235, 20) + vmstatTable(235, 30));
    QCOMPARE(three.samples.size(), size_t(3));
    for (size_t i = 0; i < 3; ++i) {
        QCOMPARE(three.samples[i].sample->readings.size(), size_t(234));
        QCOMPARE(three.samples[i].sample->readings[0].bytes, Counter(10 * static_cast<qint64>(i + 1)));
    }
}

void TestLinuxLogs::kernelLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<int>("seconds"); // -1: none
    const auto add = [](const char *name, const QByteArray &prefix, const QByteArray &date, int seconds) {
        QTest::newRow(name) << prefix + "dentry  32KB   40KB" << date << seconds;
    };
    add("nothing", "", "", -1);
    add("dmesg", "[ 4321.000001] ", "", 4321);
    add("dmesg -r", "<4>[ 4321.000001] ", "", 4321);
    add("dmesg -x", "kern  :warn  : [ 4321.000001] ", "", 4321);
    add("dmesg -d", "[ 4321.000001 <    0.000012>] ", "", 4321);
    add("with caller", "[ 4321.000000][ T1234] ", "", 4321);
    add("with processor", "[ 4321.000000][    C3] ", "", 4321);
    add("dmesg -T", "[Sun Nov 22 18:00:00 2026] ", "Sun Nov 22 18:00:00 2026", -1);
    add("dmesg --time-format iso", "2026-11-22T18:00:02,123456+01:00 ", "2026-11-22T18:00:02,123456+01:00",
        -1);
    add("journalctl -k", "Nov 22 18:00:02 myhost kernel: ", "Nov 22 18:00:02", -1);
    add("journalctl -o short-precise", "Nov 22 18:00:02.123456 h kernel: ", "Nov 22 18:00:02.123456", -1);
    add("journalctl -o short-full", "Sun 2026-11-22 18:00:02 UTC h kernel: ", "Sun 2026-11-22 18:00:02 UTC",
        -1);
    add("journalctl -o short-iso", "2026-11-22T18:00:00+0100 h kernel: ", "2026-11-22T18:00:00+0100", -1);
    add("journalctl -o short-monotonic", "[ 4321.000002] myhost kernel: ", "", 4321);
    add("with process", "Nov 22 18:00:02 myhost kernel[1]: ", "Nov 22 18:00:02", -1);
    add("syslog", "Nov  2 18:00:02 myhost kernel: [ 4321.000002] ", "Nov  2 18:00:02", 4321);
    add("rsyslog", "2026-11-22T18:00:00.123456+01:00 h kernel: [ 4321.5] ",
        "2026-11-22T18:00:00.123456+01:00", 4321);
}

void TestLinuxLogs::kernelLines()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, date);
    QFETCH(int, seconds);
    const KernelLine parted = kernelLine(line);
    QCOMPARE(parted.text.toByteArray(), "dentry  32KB   40KB"_ba);
    QCOMPARE(parted.date.toByteArray(), date);
    QCOMPARE(parted.sinceBoot.has_value(), seconds >= 0);
    if (seconds >= 0)
        QCOMPARE(std::chrono::floor<std::chrono::seconds>(*parted.sinceBoot).count(), seconds);
}

void TestLinuxLogs::outOfMemory_data()
{
    kernelLines_data();
}

/// With each of those in front.
void TestLinuxLogs::outOfMemory()
{
    QFETCH(QByteArray, line);
    const QByteArray prefix = line.first(line.indexOf("dentry"));
    const ReadAll read = readAll(prefix + "Unreclaimable slab info:\n" + prefix
        + "Name                      Used          Total\n" + line + '\n' + prefix + "fasync cache 1KB 2KB\n"
        + prefix + "[    421]     0   421     7196      342    90112 systemd\n");
    QCOMPARE(read.format, "oom"_ba);
    QCOMPARE(told(read), (QByteArrayList{"dentry 32768, fasync cache 1024"}));
    QCOMPARE(read.skipped.size(), size_t(1));
}

void TestLinuxLogs::leavesOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::addColumn<int>("line");
    QTest::newRow("a row that stands twice with its numbers")
        << QByteArray(Version + row("a", 1) + row("b", 2) + row("b", 2) + row("c", 3))
        << QByteArrayList{"a 1, b 2, c 3"} << 4;
    QTest::newRow("thousands that somebody parted")
        << "slabinfo - version: 1.1\nd 1,234 987 500 100 123 1 : 124 62\ni 10 20 30 4 5 1\n"_ba
        << QByteArrayList{"i 300"} << 2;
    QTest::newRow("thousands in vmstat")
        << "Cache Num Total Size Pages\nd 1,234 5 6 7 8\ni 1 2 3 4\n"_ba << QByteArrayList{"i 3"} << 2;
    QTest::newRow("diff") << QByteArray(" " + row("a", 1) + "-" + row("d", 100)) << QByteArrayList{"a 1"}
                          << 2;
    QTest::newRow("a screen that was redrawn")
        << "1 1 100% 0.19K 1 21 1K a\n\x1B[8d2 2 100% 0.19K 1\x1B[42G21 1K b\n"_ba << QByteArrayList{"a 1024"}
        << 2;
    QTest::newRow("the same of slabinfo")
        << QByteArray(row("a", 1) + "\x1B[8d" + row("b", 2)) << QByteArrayList{"a 1"} << 2;
    QTest::newRow("out of memory, cut short")
        << "Unreclaimable slab info:\na 1KB 2KB\nb 1KB\nOut of memory\n"_ba << QByteArrayList{"a 1024"} << 3;
}

void TestLinuxLogs::leavesOut()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    QFETCH(int, line);
    const ReadAll read = readAll(text);
    QCOMPARE(told(read), expected);
    QVERIFY(!read.skipped.empty());
    QCOMPARE(read.skipped[0].line, qint64(line));
    QVERIFY(!read.skipped[0].why.isEmpty());
}

void TestLinuxLogs::foundBehindOtherText()
{
    const QByteArray other = "[ 4321.000000] usb 1-1: new device number 0 using xhci\n";
    const QByteArray table = "[ 12.5] Unreclaimable slab info:\n[ 12.5] a 1KB 2KB\n";
    QCOMPARE(readAll(other.repeated(200'000 / int(other.size())) + table).format, "oom"_ba);
    QCOMPARE(readAll(other.repeated(2'000'000 / int(other.size())) + table).format, ""_ba);
}

/// Rows that wait cost no more than others.
void TestLinuxLogs::manyRepeatsTakeNoTime()
{
    QByteArray text = Version;
    for (int i = 0; i < 20'000; ++i)
        text += row("c" + QByteArray::number(i), 1);
    for (int i = 0; i < 20'000; ++i)
        text += row("c" + QByteArray::number(i * 7919 % 20'000), 2) + (i % 3 ? row("d", i) : QByteArray());
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!readAll(text).samples.empty());
    QVERIFY(timer.elapsed() < 5000);
}

QTEST_GUILESS_MAIN(TestLinuxLogs)
#include "tst_linuxlogs.moc"
