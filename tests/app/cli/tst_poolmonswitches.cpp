// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/poolmonswitches.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestPoolMonSwitches : public QObject
{
    Q_OBJECT

private slots:
    void understood_data();
    void understood();
    void bothPrefixesMeanTheSame();
    void refused_data();
    void refused();
};

namespace {

PoolMonSwitches with(const auto &change)
{
    PoolMonSwitches switches;
    change(switches);
    return switches;
}

PoolMonSwitches sortedBy(TopKey key)
{
    return with([key](PoolMonSwitches &s) { s.query.sort = key; });
}

PoolMonSwitches ofType(std::optional<PoolType> type)
{
    return with([type](PoolMonSwitches &s) { s.query.type = type; });
}

PoolMonSwitches writing(const QString &file)
{
    return with([&file](PoolMonSwitches &s) { s.snapshotFile = file; });
}

PoolMonSwitches naming(const QString &file)
{
    return with([&file](PoolMonSwitches &s) { s.tagFile = file; });
}

PoolMonSwitches ofSession(std::optional<quint32> session)
{
    return with([session](PoolMonSwitches &s) { s.session = session; });
}

} // namespace

void TestPoolMonSwitches::understood_data()
{
    QTest::addColumn<QString>("line"); // words divided by |
    QTest::addColumn<PoolMonSwitches>("expected");
    const auto row = [](const QString &line, const PoolMonSwitches &expected) {
        QTest::newRow(qPrintable(line)) << line << expected;
    };
    row(u""_s, PoolMonSwitches());
    row(u"-t"_s, sortedBy(TopKey::Tag));
    row(u"-a"_s, sortedBy(TopKey::Allocs));
    row(u"-f"_s, sortedBy(TopKey::Frees));
    row(u"-d"_s, sortedBy(TopKey::Outstanding));
    row(u"-b"_s, sortedBy(TopKey::Bytes));
    row(u"-B"_s, sortedBy(TopKey::Bytes));
    row(u"-m"_s, sortedBy(TopKey::PerAlloc));
    row(u"-u"_s, sortedBy(TopKey::Bytes));
    row(u"-t|-b"_s, sortedBy(TopKey::Bytes));
    row(u"-p"_s, ofType(PoolType::Nonpaged));
    row(u"-p|-p"_s, ofType(PoolType::Paged));
    row(u"-pp"_s, ofType(PoolType::Paged));
    row(u"-p|-p|-p"_s, ofType(std::nullopt));
    row(u"-e"_s, with([](PoolMonSwitches &s) { s.totals = true; }));
    row(u"-l"_s, with([](PoolMonSwitches &s) { s.highlight = false; }));
    row(u"-("_s, with([](PoolMonSwitches &s) { s.query.byChange = true; }));
    row(u"-)"_s, with([](PoolMonSwitches &s) { s.query.byChange = true; }));
    row(u"-(|-b"_s, with([](PoolMonSwitches &s) {
        s.query.byChange = true;
        s.query.sort = TopKey::Bytes;
    }));
    row(u"-r"_s, PoolMonSwitches());
    row(u"-iNtFC"_s, with([](PoolMonSwitches &s) { s.query.include = {"NtFC"}; }));
    row(u"-iAud*|-iCc??|-xCcBc"_s, with([](PoolMonSwitches &s) {
        s.query.include = {"Aud*", "Cc??"};
        s.query.exclude = {"CcBc"};
    }));
    row(u"-iIrp "_s, with([](PoolMonSwitches &s) { s.query.include = {"Irp "}; }));
    row(u"-iPro\\xe3"_s, with([](PoolMonSwitches &s) { s.query.include = {"Pro\xe3"}; }));
    row(u"-n"_s, writing(u"poolsnap.log"_s));
    row(u"-n|my file.log"_s, writing(u"my file.log"_s));
    row(u"-n|/tmp/pool.log"_s, writing(u"/tmp/pool.log"_s));
    row(u"-n|C:\\logs\\pool.log"_s, writing(u"C:\\logs\\pool.log"_s));
    row(u"-n|-"_s, writing(u"-"_s));
    row(u"-n|/r"_s, writing(u"poolsnap.log"_s));
    row(u"-n|-p"_s, with([](PoolMonSwitches &s) {
        s.snapshotFile = u"poolsnap.log"_s;
        s.query.type = PoolType::Nonpaged;
    }));
    // As Microsoft's own scripts call it.
    row(u"-t|-b|-r|-n|f.txt"_s, with([](PoolMonSwitches &s) {
        s.query.sort = TopKey::Bytes;
        s.snapshotFile = u"f.txt"_s;
    }));
    row(u"-p|-p|-b|-r|-n|f"_s, with([](PoolMonSwitches &s) {
        s.query.sort = TopKey::Bytes;
        s.query.type = PoolType::Paged;
        s.snapshotFile = u"f"_s;
    }));
    row(u"-brn|f"_s, with([](PoolMonSwitches &s) {
        s.query.sort = TopKey::Bytes;
        s.snapshotFile = u"f"_s;
    }));
    row(u"-g"_s, naming(u"pooltag.txt"_s));
    row(u"-g|C:\\x\\pooltag.txt"_s, naming(u"C:\\x\\pooltag.txt"_s));
    row(u"-g|/iNtFC"_s, with([](PoolMonSwitches &s) {
        s.tagFile = u"pooltag.txt"_s;
        s.query.include = {"NtFC"};
    }));
    row(u"-c"_s, with([](PoolMonSwitches &s) { s.localTagFile = u"localtag.txt"_s; }));
    row(u"-c|mine.txt"_s, with([](PoolMonSwitches &s) { s.localTagFile = u"mine.txt"_s; }));
    row(u"-c|mine.txt|-g"_s, with([](PoolMonSwitches &s) {
        s.localTagFile = u"mine.txt"_s;
        s.tagFile = u"pooltag.txt"_s;
    }));
    row(u"-s"_s, ofSession(std::nullopt));
    row(u"-s5"_s, ofSession(5));
    row(u"-s12"_s, ofSession(12));
    row(u"-?"_s, with([](PoolMonSwitches &s) { s.help = true; }));
    row(u"-h"_s, with([](PoolMonSwitches &s) { s.help = true; }));
    row(u"--source|demo:"_s, with([](PoolMonSwitches &s) { s.sourceUri = u"demo:"_s; }));
    row(u"--source=demo:|-b"_s, with([](PoolMonSwitches &s) {
        s.sourceUri = u"demo:"_s;
        s.query.sort = TopKey::Bytes;
    }));
}

void TestPoolMonSwitches::understood()
{
    QFETCH(QString, line);
    QFETCH(PoolMonSwitches, expected);
    const auto switches = poolMonSwitches(line.split(u'|', Qt::SkipEmptyParts));
    QVERIFY2(switches, qPrintable(switches ? QString() : switches.error().text()));
    QVERIFY(switches.value() == expected);
}

void TestPoolMonSwitches::bothPrefixesMeanTheSame()
{
    for (const QString &word :
        {u"p"_s, u"e"_s, u"("_s, u")"_s, u"t"_s, u"a"_s, u"f"_s, u"d"_s, u"b"_s, u"m"_s, u"u"_s, u"r"_s,
            u"l"_s, u"s"_s, u"s3"_s, u"g"_s, u"c"_s, u"n"_s, u"?"_s, u"h"_s, u"iNt*"_s, u"xNt?C"_s}) {
        const auto dash = poolMonSwitches({u'-' + word});
        const auto slash = poolMonSwitches({u'/' + word});
        QVERIFY2(dash && slash, qPrintable(word));
        QVERIFY2(dash.value() == slash.value(), qPrintable(word));
    }
}

void TestPoolMonSwitches::refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::newRow("unknown letter") << QStringList{u"-z"_s} << u"-z"_s;
    QTest::newRow("unknown among known") << QStringList{u"-bz"_s} << u"-bz"_s;
    QTest::newRow("a word") << QStringList{u"NtFC"_s} << u"NtFC"_s;
    QTest::newRow("long option") << QStringList{u"--help"_s} << u"--help"_s;
    QTest::newRow("nothing behind the dash") << QStringList{u"-"_s} << u"-"_s;
    QTest::newRow("tag after a blank") << QStringList{u"-i"_s, u"NtFC"_s} << u"-iTag"_s;
    QTest::newRow("session") << QStringList{u"-sx"_s} << u"-sx"_s;
    QTest::newRow("session too large") << QStringList{u"-s4294967296"_s} << u"-s4294967296"_s;
    QTest::newRow("source missing") << QStringList{u"--source"_s} << u"--source"_s;
}

void TestPoolMonSwitches::refused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const auto switches = poolMonSwitches(arguments);
    QVERIFY(!switches);
    QCOMPARE(switches.error().kind, ErrorKind::Usage);
    QVERIFY2(switches.error().text().contains(names), qPrintable(switches.error().text()));
}

QTEST_GUILESS_MAIN(TestPoolMonSwitches)
#include "tst_poolmonswitches.moc"
