// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/comparisonwriter.h"
#include "model/formats/texttable.h"
#include "tests/support/samplemaker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestComparisonWriter : public QObject
{
    Q_OBJECT

private slots:
    void json();
    void csv();
    void markdown();
    void text();
    void limitSaysWhatItLeftOut();
    void escapes_data();
    void escapes();
};

namespace {

Comparison example()
{
    return compareSnapshots(std::vector{
        makeSnapshot(u"before, \"a\""_s,
            {{"a|b", PoolType::Nonpaged, held(10, 1000), {}}, {"old", PoolType::Paged, held(1, 64), {}}}),
        makeSnapshot(u"after"_s,
            {{"a|b", PoolType::Nonpaged, held(30, 3000), "x.sys"}, {"q", PoolType::None, {}, {}}}, 1800)});
}

} // namespace

void TestComparisonWriter::json()
{
    const QByteArray bytes = comparisonToJson(example());
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    QCOMPARE(root.value(u"schema"_s).toString(), u"poolscope.comparison/1"_s);
    const QJsonArray snapshots = root.value(u"snapshots"_s).toArray();
    QCOMPARE(snapshots.size(), 2);
    QCOMPARE(snapshots[0].toObject().value(u"label"_s).toString(), u"before, \"a\""_s);
    QCOMPARE(snapshots[1].toObject().value(u"time"_s).toString(), u"2026-11-22T18:30:00.000Z"_s);
    const QJsonArray rows = root.value(u"rows"_s).toArray();
    QCOMPARE(rows.size(), 3);
    const QJsonObject top = rows[0].toObject();
    QCOMPARE(top.value(u"tag"_s).toString(), u"a|b"_s);
    QCOMPARE(top.value(u"type"_s).toString(), u"nonpaged"_s);
    QCOMPARE(top.value(u"bytes"_s).toArray(), (QJsonArray{1000, 3000}));
    QCOMPARE(top.value(u"outstanding"_s).toArray(), (QJsonArray{10, 30}));
    QCOMPARE(top.value(u"bytes_change"_s).toInteger(), 2000);
    QCOMPARE(top.value(u"bytes_per_hour"_s).toDouble(), 4000.0);
    QCOMPARE(top.value(u"share_of_growth"_s).toDouble(), 1.0);
    QCOMPARE(top.value(u"rose_every_step"_s).toBool(), true);
    QCOMPARE(top.value(u"status"_s).toString(), u"both"_s);
    const QJsonObject gone = rows[1].toObject();
    QCOMPARE(gone.value(u"status"_s).toString(), u"gone"_s);
    QVERIFY(gone.value(u"bytes"_s).toArray()[1].isNull());
    const QJsonObject unknown = rows[2].toObject();
    QCOMPARE(unknown.value(u"status"_s).toString(), u"new"_s);
    for (const char *name : {"bytes_change", "bytes_per_hour", "share_of_growth"})
        QVERIFY2(unknown.value(QLatin1StringView(name)).isNull(), name);
    QVERIFY(!comparisonToJson(example(), JsonStyle::Compact).contains('\n'));
}

void TestComparisonWriter::csv()
{
    const QByteArray expected =
        "tag,type,\"bytes before, \"\"a\"\"\",bytes after,\"outstanding before, \"\"a\"\"\","
        "outstanding after,bytes_change,bytes_per_hour,share_of_growth,rose_every_step,status,driver\r\n"
        "a|b,nonpaged,1000,3000,10,30,2000,4000,1,true,both,x.sys\r\n"
        "old,paged,64,,1,,-64,-128,0,false,gone,\r\n"
        "q,none,,,,,,,,false,new,\r\n"_ba;
    QCOMPARE(comparisonToCsv(example()), expected);
}

void TestComparisonWriter::markdown()
{
    const QString markdown = QString::fromUtf8(comparisonToMarkdown(example()));
    QVERIFY(markdown.contains(u"| a\\|b | unreclaimable | 1,000 | 3,000 | +2,000 | +4,000 | 100.0 % |"));
    QVERIFY(markdown.contains(u"|---|---|---:|---:|---:|---:|---:|---|"));
    QVERIFY(markdown.contains(u"kernel 6.1.0"));
    QVERIFY(markdown.contains(u"| – | – | – |"));
}

void TestComparisonWriter::text()
{
    const QStringList lines = QString::fromUtf8(comparisonToText(example())).split(u'\n');
    const auto titles = lines.indexOf(QRegularExpression(u"^Tag .*"_s));
    QVERIFY(titles > 0);
    // Right-aligned columns end below each other.
    const qsizetype end = lines[titles].indexOf(u"Change") + 6;
    for (const auto i : {1, 2})
        QVERIFY(lines[titles + i][end - 1].isDigit() && lines[titles + i][end] == u' ');
    for (const QString &line : lines)
        QVERIFY(!line.endsWith(u' '));
}

void TestComparisonWriter::limitSaysWhatItLeftOut()
{
    QVERIFY(comparisonToText(example(), 1).contains("2 more tags"));
    QVERIFY(comparisonToMarkdown(example(), 1).contains("2 more tags"));
    QVERIFY(!comparisonToText(example(), 3).contains("more tags"));
}

void TestComparisonWriter::escapes_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("out");
    QTest::newRow("plain") << "abc"_ba
                           << "abc"_ba;
    QTest::newRow("comma") << "a,b"_ba
                           << "\"a,b\""_ba;
    QTest::newRow("quote") << "a\"b"_ba
                           << "\"a\"\"b\""_ba;
    QTest::newRow("line") << "a\nb"_ba
                          << "\"a\nb\""_ba;
    QTest::newRow("blank at end") << "Irp "_ba
                                  << "\"Irp \""_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
}

void TestComparisonWriter::escapes()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, out);
    QCOMPARE(csvField(in), out);
}

QTEST_GUILESS_MAIN(TestComparisonWriter)
#include "tst_comparisonwriter.moc"
