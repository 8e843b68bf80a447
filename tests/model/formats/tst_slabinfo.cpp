// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/meminfo.h"
#include "model/formats/slabinfo.h"
#include "model/formats/vmstat.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Head = "slabinfo - version: 2.1\n"
                        "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : "
                        "tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> "
                        "<sharedavail>\n"_ba;

QByteArray row(const QByteArray &name, const QByteArray &active, const QByteArray &size)
{
    return name.leftJustified(17) + " " + active.rightJustified(6) + " 999999 " + size.rightJustified(6)
        + "   21    2 : tunables    0    0    0 : slabdata     13     13      0\n";
}

QList<QByteArray> names(const TagList &tags)
{
    QList<QByteArray> out;
    for (const TagEntry &entry : tags)
        out += entry.tag.bytes;
    return out;
}

/// "name=active/bytes …", "error: …" when it did not parse.
QString parsedText(const QByteArray &text)
{
    SlabinfoParser parser;
    const Result<SlabinfoRows> rows = parser.parse(text, u"FILE"_s);
    if (!rows)
        return u"error: "_s + rows.error().text();
    QStringList out;
    for (size_t i = 0; i < rows.value().tags->size(); ++i) {
        const Reading &reading = rows.value().readings[i];
        out += u"%1=%2/%3"_s.arg(QString::fromLatin1((*rows.value().tags)[i].tag.bytes))
                   .arg(reading.outstanding.value())
                   .arg(reading.bytes.value());
    }
    return out.join(u' ');
}

Result<SlabinfoRows> parseWith(SlabinfoParser &parser, const QByteArray &text)
{
    return parser.parse(text, u"FILE"_s);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestSlabinfo : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void errors_data();
    void errors();
    void everyCutOfARow();
    void sameListWhileNamesStay();
    void rowsComeGoAndMove();
    void goesOnAfterAnError();
    void liveKernelAgainstSimpleParse();
    void pastedTexts_data();
    void pastedTexts();
    void meminfo();
    void meminfoErrors_data();
    void meminfoErrors();
    void vmstat();
};

void TestSlabinfo::rows_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");

    QTest::newRow("none") << ""_ba << u""_s;
    QTest::newRow("one") << row("dentry", "10", "192") << u"dentry=10/1920"_s;
    QTest::newRow("name longer than its column")
        << row("request_sock_subflow_v6", "1", "312") << u"request_sock_subflow_v6=1/312"_s;
    QTest::newRow("blanks and colons in a name")
        << row("a b: c", "2", "8") + row("d : e", "3", "8") << u"a b: c=2/16 d : e=3/24"_s;
    QTest::newRow("numbers in a name")
        << row("bio 12", "2", "8") + row("bio", "1", "8") << u"bio 12=2/16 bio=1/8"_s;
    QTest::newRow("equal names are added up") << row("zspage", "5", "56") + row("x", "1", "1")
            + row("zspage", "7", "100") << u"zspage=12/980 x=1/1"_s;
    QTest::newRow("no newline at the end") << row("x", "1", "8").chopped(1) << u"x=1/8"_s;
    QTest::newRow("further parts") << row("x", "1", "8").chopped(1) + " : globalstat 1 2 : cpustat 3\n"
                                   << u"x=1/8"_s;
    QTest::newRow("large numbers") << row("x", "9223372036854775807", "1")
                                   << u"x=9223372036854775807/9223372036854775807"_s;
}

void TestSlabinfo::rows()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QCOMPARE(parsedText(Head + body), expected);
    // The same text again takes the fast way.
    SlabinfoParser parser;
    const auto first = parseWith(parser, Head + body);
    const auto second = parseWith(parser, Head + body);
    QVERIFY(first.ok() && second.ok());
    QCOMPARE(second.value().tags.get(), first.value().tags.get());
    QVERIFY(second.value().readings == first.value().readings);
}

void TestSlabinfo::errors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");

    const QByteArray good = row("dentry", "10", "192");
    QTest::newRow("empty") << ""_ba << u"FILE, line 1"_s << u"not slabinfo"_s;
    QTest::newRow("other text") << "hello\n"_ba << u"FILE, line 1"_s << u"not slabinfo"_s;
    QTest::newRow("no version") << good << u"FILE, line 1"_s << u"not slabinfo"_s;
    QTest::newRow("version 1.1") << "slabinfo - version: 1.1\n"_ba + good << u"FILE, line 1"_s
                                 << u"version \"1.1\" is not known"_s;
    QTest::newRow("version 3.0") << "slabinfo - version: 3.0\n"_ba + good << u"FILE, line 1"_s
                                 << u"version \"3.0\" is not known"_s;
    QTest::newRow("version 21") << "slabinfo - version: 21\n"_ba + good << u"FILE, line 1"_s
                                << u"version \"21\" is not known"_s;
    QTest::newRow("cut before tunables")
        << Head + good + "kmalloc-64  1 2" << u"FILE, line 4"_s << u"cut short"_s;
    QTest::newRow("cut before slabdata") << Head + "x 1 2 3 4 5 : tunables 0 0\n"
                                         << u"FILE, line 3"_s << u"cut short"_s;
    QTest::newRow("cut in slabdata") << Head + "x 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 2\n"
                                     << u"FILE, line 3"_s << u"cut short"_s;
    QTest::newRow("four numbers") << Head + "x 1 2 3 4 : tunables 0 0 0 : slabdata 1 2 3\n"
                                  << u"FILE, line 3"_s << u"five numbers"_s;
    QTest::newRow("no name") << Head + " 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 2 3\n"
                             << u"FILE, line 3"_s << u"name is missing"_s;
    QTest::newRow("letters") << Head + good + row("x", "1o", "8") << u"FILE, line 4"_s << u"five numbers"_s;
    QTest::newRow("negative") << Head + row("x", "-1", "8") << u"FILE, line 3"_s << u"five numbers"_s;
    QTest::newRow("letters in slabdata") << Head + "x 1 2 3 4 5 : tunables 0 0 0 : slabdata 1 2 y\n"
                                         << u"FILE, line 3"_s << u"three numbers"_s;
    QTest::newRow("number beyond 64 bits")
        << Head + row("x", "99999999999999999999999", "8") << u"FILE, line 3"_s << u"too large"_s;
    QTest::newRow("number below zero, wrapped")
        << Head + row("x", "18446744073709551583", "8") << u"FILE, line 3"_s << u"too large"_s;
    QTest::newRow("product beyond 64 bits")
        << Head + row("x", "9223372036854775807", "2") << u"FILE, line 3"_s << u"too large"_s;
    QTest::newRow("sum beyond 64 bits") << Head + row("x", "9223372036854775807", "1") + row("x", "1", "1")
                                        << u"FILE, line 4"_s << u"too large"_s;
}

void TestSlabinfo::errors()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    QFETCH(QString, what);
    SlabinfoParser parser;
    const Result<SlabinfoRows> rows = parser.parse(text, u"FILE"_s);
    QVERIFY(!rows.ok());
    QCOMPARE(rows.error().kind, ErrorKind::BadInput);
    QCOMPARE(rows.error().where, where);
    QVERIFY2(rows.error().what.contains(what), qPrintable(rows.error().what));
    QVERIFY(!rows.error().whatToDo.isEmpty());
}

void TestSlabinfo::everyCutOfARow()
{
    // Wherever a text ends, it is either whole up to the numbers that count or refused.
    const QByteArray text = Head + row("dentry", "10", "192");
    for (qsizetype size = 0; size < text.size(); ++size) {
        SlabinfoParser parser;
        const Result<SlabinfoRows> rows = parser.parse(text.first(size), u"FILE"_s);
        if (rows && !rows.value().readings.empty())
            QCOMPARE(rows.value().readings[0].bytes.value(), 1920);
    }
}

void TestSlabinfo::sameListWhileNamesStay()
{
    SlabinfoParser parser;
    const auto first = parseWith(parser, Head + row("a", "1", "8") + row("b", "2", "8"));
    const auto second = parseWith(parser, Head + row("a", "5", "8") + row("b", "6", "16"));
    QVERIFY(first.ok() && second.ok());
    QCOMPARE(second.value().tags.get(), first.value().tags.get());
    QCOMPARE(second.value().readings[1].bytes.value(), 96);
    QVERIFY(!second.value().readings[1].allocs.isKnown());
}

void TestSlabinfo::rowsComeGoAndMove()
{
    SlabinfoParser parser;
    const auto parsed = [&parser](const QByteArray &body) {
        const auto rows = parseWith(parser, Head + body);
        return rows ? rows.value().tags : nullptr;
    };
    const QByteArray a = row("a", "1", "8");
    const QByteArray b = row("b", "1", "8");
    const QByteArray c = row("c", "1", "8");
    const auto start = parsed(a + b);
    QCOMPARE(names(*parsed(c + a + b)), (QList<QByteArray>{"c", "a", "b"}));
    QCOMPARE(names(*parsed(c + b)), (QList<QByteArray>{"c", "b"}));
    QCOMPARE(names(*parsed(c)), (QList<QByteArray>{"c"}));
    QCOMPARE(names(*parsed(c + b + a)), (QList<QByteArray>{"c", "b", "a"}));
    QCOMPARE(names(*parsed({})), QList<QByteArray>());
    QCOMPARE(names(*parsed(a + b)), names(*start));
    // A row that the kernel printed twice, because the list moved between two of its pages, adds no entry.
    const auto before = parsed(a + b);
    QCOMPARE(parsed(a + b + b).get(), before.get());
    QCOMPARE(parsed(a + b + b).get(), before.get());
    QCOMPARE(parsed(a + b).get(), before.get());
}

void TestSlabinfo::goesOnAfterAnError()
{
    SlabinfoParser parser;
    const auto first = parseWith(parser, Head + row("a", "1", "8") + row("b", "2", "8"));
    QVERIFY(!parseWith(parser, Head + row("c", "1", "8") + "b 2").ok());
    const auto again = parseWith(parser, Head + row("a", "1", "8") + row("b", "2", "8"));
    QVERIFY(first.ok() && again.ok());
    QCOMPARE(again.value().tags.get(), first.value().tags.get());
}

void TestSlabinfo::liveKernelAgainstSimpleParse()
{
    const QByteArray text = contents(u"/proc/slabinfo"_s);
    if (text.isEmpty())
        QSKIP("/proc/slabinfo cannot be read here");
    static const QRegularExpression line(
        uR"(^(\S.*?) +(\d+) +\d+ +(\d+) +\d+ +\d+ : tunables .* : slabdata +\d+ +\d+ +\d+$)"_s);
    QMap<QByteArray, QPair<qint64, qint64>> expected;
    for (const QString &one : QString::fromLatin1(text).split(u'\n')) {
        const QRegularExpressionMatch match = line.match(one);
        if (!match.hasMatch())
            continue;
        auto &sum = expected[match.captured(1).toLatin1()];
        sum.first += match.captured(2).toLongLong();
        sum.second += match.captured(2).toLongLong() * match.captured(3).toLongLong();
    }
    QVERIFY(expected.size() > 20);
    SlabinfoParser parser;
    for (int round = 0; round < 2; ++round) {
        const Result<SlabinfoRows> rows = parser.parse(text, u"/proc/slabinfo"_s);
        QVERIFY2(rows.ok(), rows ? "" : qPrintable(rows.error().text()));
        QCOMPARE(qsizetype(rows.value().tags->size()), expected.size());
        for (size_t i = 0; i < rows.value().tags->size(); ++i) {
            const auto &sum = expected[(*rows.value().tags)[i].tag.bytes];
            QCOMPARE(rows.value().readings[i].outstanding.value(), sum.first);
            QCOMPARE(rows.value().readings[i].bytes.value(), sum.second);
        }
    }
}

void TestSlabinfo::pastedTexts_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(POOLSCOPE_SHARED_DATA "/real-logs/slabinfo"));
    const QStringList files = folder.entryList(QDir::Files);
    if (files.isEmpty())
        QTest::newRow("none") << QString();
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << folder.filePath(file);
}

void TestSlabinfo::pastedTexts()
{
    QFETCH(QString, path);
    if (path.isEmpty())
        QSKIP("the collection of pasted tables is not on this machine");
    const QByteArray text = contents(path);
    QVERIFY(!text.isEmpty());
    SlabinfoParser parser;
    const Result<SlabinfoRows> rows = parser.parse(text, path);
    if (!rows) {
        QVERIFY(rows.error().where.startsWith(path + u", line "_s));
        QVERIFY(!rows.error().whatToDo.isEmpty());
        return;
    }
    const auto wanted = text.count(" : slabdata ") - text.count("<sharedfactor> : slabdata ");
    QVERIFY(qsizetype(rows.value().readings.size()) <= wanted);
    QVERIFY(!rows.value().readings.empty());
}

void TestSlabinfo::meminfo()
{
    SystemReading system;
    QVERIFY(readMeminfo("MemTotal:       1000 kB\nMemFree: 7 kB\nMemAvailable: 900 kB\nHugePages_Total: 3\n"
                        "SReclaimable: 20 kB\nSUnreclaim: 30 kB\nKernelStack: 1 kB\nPageTables: 2 kB\n"
                        "CommitLimit: 500 kB\nCommitted_AS: 400 kB\nVmallocUsed: 4 kB\n",
        u"FILE"_s, system)
                .ok());
    QCOMPARE(system[SystemField::MemTotal].value(), 1000 * 1024);
    QCOMPARE(system[SystemField::MemAvailable].value(), 900 * 1024);
    QCOMPARE(system[SystemField::PoolPaged].value(), 20 * 1024);
    QCOMPARE(system[SystemField::PoolNonpaged].value(), 30 * 1024);
    QCOMPARE(system[SystemField::Commit].value(), 400 * 1024);
    QCOMPARE(system[SystemField::CommitLimit].value(), 500 * 1024);
    QCOMPARE(system[SystemField::KernelResident].value(), 37 * 1024);
    QVERIFY(!system[SystemField::PagedResident].isKnown());
    QVERIFY(!system[SystemField::PageFaults].isKnown());

    SystemReading without;
    QVERIFY(readMeminfo("MemTotal: 1000 kB\nPageTables: 2 kB\n", u"FILE"_s, without).ok());
    QVERIFY(!without[SystemField::KernelResident].isKnown());
}

void TestSlabinfo::meminfoErrors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("empty") << ""_ba << u"FILE"_s;
    QTest::newRow("other text") << "hello\n"_ba << u"FILE"_s;
    QTest::newRow("no unit") << "MemTotal: 1000\n"_ba << u"FILE, line 1"_s;
    QTest::newRow("other unit") << "MemFree: 1 kB\nMemTotal: 1000 MB\n"_ba << u"FILE, line 2"_s;
    QTest::newRow("cut") << "MemFree: 1 kB\nMemTotal:"_ba << u"FILE, line 2"_s;
    QTest::newRow("too large") << "MemTotal: 9223372036854775807 kB\n"_ba << u"FILE, line 1"_s;
}

void TestSlabinfo::meminfoErrors()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    SystemReading system;
    const Result<Done> done = readMeminfo(text, u"FILE"_s, system);
    QVERIFY(!done.ok());
    QCOMPARE(done.error().where, where);
    QCOMPARE(done.error().kind, ErrorKind::BadInput);
}

void TestSlabinfo::vmstat()
{
    SystemReading system;
    QVERIFY(readVmstat("nr_free_pages 1\npgfault 1234\npgmajfault 9\n", u"FILE"_s, system).ok());
    QCOMPARE(system[SystemField::PageFaults].value(), 1234);
    QVERIFY(readVmstat("pgfault 7", u"FILE"_s, system).ok());
    QCOMPARE(system[SystemField::PageFaults].value(), 7);

    SystemReading without;
    QVERIFY(readVmstat("thp_pgfault 5\npgmajfault 9\n", u"FILE"_s, without).ok());
    QVERIFY(!without[SystemField::PageFaults].isKnown());
    const Result<Done> damaged = readVmstat("a 1\nb 2\npgfault x\n", u"FILE"_s, without);
    QVERIFY(!damaged.ok());
    QCOMPARE(damaged.error().where, u"FILE, line 3"_s);
}

QTEST_GUILESS_MAIN(TestSlabinfo)
#include "tst_slabinfo.moc"
