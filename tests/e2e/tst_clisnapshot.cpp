// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QDir>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// `snapshot` and `compare`.
class TestCliSnapshot : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void formats_data();
    void formats();
    void standardOutput();
    void labelAndNote();
    void cannotWrite_data();
    void cannotWrite();
    void halfWrittenFilesDoNotStay();
    void comparisonJson();
    void comparisonLayouts();
    void everyFormatCompares_data();
    void everyFormatCompares();
    void choosesWithinAFile();
    void oneFileByItself();
    void whatIsNotThere_data();
    void whatIsNotThere();

private:
    QString file(const QString &name) const { return m_directory->filePath(name); }
    QString take(const QString &name, const QStringList &options = {});

    std::unique_ptr<QTemporaryDir> m_directory;
    SlabDirectory m_slab;
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot open)");
}

QJsonObject rowOf(const QJsonObject &comparison, const QString &tag)
{
    for (const QJsonValue &row : comparison[u"rows"].toArray()) {
        if (row[u"tag"].toString() == tag)
            return row.toObject();
    }
    return {};
}

} // namespace

void TestCliSnapshot::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_slab.setCaches({{"dentry", 100, 192}, {"kmalloc-64", 10, 64}, {"old", 5, 8}});
}

QString TestCliSnapshot::take(const QString &name, const QStringList &options)
{
    const CliResult result = runCli(QStringList{u"snapshot"_s, m_slab.uri(), u"-o"_s, file(name)} + options);
    if (result.exitCode != 0)
        qWarning("%s", result.err.constData());
    return file(name);
}

void TestCliSnapshot::formats_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("json by name") << u"a.json"_s << QStringList() << QByteArray("\"poolscope.sample/1\"");
    QTest::newRow("json by default") << u"a"_s << QStringList() << QByteArray("\"poolscope.sample/1\"");
    QTest::newRow("csv by name") << u"a.csv"_s << QStringList()
                                 << QByteArray("time,tag,type,allocs,frees,outstanding,bytes");
    QTest::newRow("PoolMon by name") << u"a.txt"_s << QStringList() << QByteArray("Pool N:");
    QTest::newRow("Markdown by name") << u"a.md"_s << QStringList() << QByteArray("| dentry |");
    QTest::newRow("csv by option") << u"a.json"_s << QStringList{u"--format"_s, u"csv"_s}
                                   << QByteArray(",dentry,");
    QTest::newRow("PoolMon by option")
        << u"a"_s << QStringList{u"--format=poolmon"_s} << QByteArray("Per Alloc");
    QTest::newRow("Markdown by option")
        << u"a"_s << QStringList{u"--format"_s, u"md"_s} << QByteArray("| dentry |");
}

void TestCliSnapshot::formats()
{
    QFETCH(QString, name);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, expected);
    const CliResult result = runCli(QStringList{u"snapshot"_s, m_slab.uri(), u"-o"_s, file(name)} + options);
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.out, QByteArray());
    QCOMPARE(result.err, QByteArray());
    QVERIFY2(contentOf(file(name)).contains(expected), shown(contentOf(file(name))));
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden), QStringList{name});
}

void TestCliSnapshot::standardOutput()
{
    const CliResult json = runCli({u"snapshot"_s, m_slab.uri(), u"-o"_s, u"-"_s});
    QCOMPARE(json.exitCode, 0);
    QCOMPARE(json.json()[u"schema"].toString(), u"poolscope.sample/1"_s);
    const QJsonObject top = runCli({u"top"_s, m_slab.uri(), u"--json"_s}).json();
    for (const QString &key : top.keys())
        QVERIFY2(json.json().contains(key), qPrintable(key));
    QVERIFY(runCli({u"snapshot"_s, m_slab.uri(), u"-o"_s, u"-"_s, u"--format"_s, u"csv"_s})
                .out.startsWith("time,"));
}

void TestCliSnapshot::labelAndNote()
{
    take(u"a.json"_s, {u"--label"_s, u"before \"it\""_s, u"--note"_s, u"idle"_s});
    const QByteArray json = contentOf(file(u"a.json"_s));
    QVERIFY(json.contains("before \\\"it\\\""));
    QVERIFY(json.contains("\"idle\""));
}

void TestCliSnapshot::cannotWrite_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("full device") << u"/dev/full"_s;
    QTest::newRow("no such folder") << u"/nonexistent/folder/a.json"_s;
    QTest::newRow("a folder") << u"/tmp"_s;
}

void TestCliSnapshot::cannotWrite()
{
    QFETCH(QString, path);
    const CliResult result = runCli({u"snapshot"_s, m_slab.uri(), u"-o"_s, path});
    QCOMPARE(result.exitCode, 5);
    QVERIFY2(result.err.startsWith("poolscope-cli: "), shown(result.err));
    QVERIFY2(result.err.contains(path.toUtf8()), shown(result.err));
    QCOMPARE(result.err.count('\n'), 1);
}

/// A disk that fills up in the middle, as a limit on the size of files shows it.
void TestCliSnapshot::halfWrittenFilesDoNotStay()
{
    QList<std::tuple<QByteArray, int, int>> many;
    for (int i = 0; i < 1000; ++i)
        many.append({"cache" + QByteArray::number(i), i, 64});
    m_slab.setCaches(many);
    QFile existing(file(u"a.json"_s));
    QVERIFY(existing.open(QIODevice::WriteOnly));
    existing.write("precious");
    existing.close();
    const CliResult result = runProgram(u"sh"_s,
        {u"-c"_s, u"trap '' XFSZ; ulimit -f 8; exec \"$0\" snapshot \"$1\" -o \"$2\""_s, cliPath(),
            m_slab.uri(), file(u"a.json"_s)});
    QCOMPARE(result.exitCode, 5);
    QCOMPARE(contentOf(file(u"a.json"_s)), QByteArray("precious"));
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.json"_s});
}

void TestCliSnapshot::comparisonJson()
{
    const QString a = take(u"a.json"_s);
    m_slab.setCaches({{"dentry", 150, 192}, {"kmalloc-64", 5, 64}, {"fresh", 2, 32}});
    const QString b = take(u"b.json"_s);
    const CliResult result = runCli({u"compare"_s, a, b, u"--json"_s});
    QCOMPARE(result.exitCode, 0);
    const QJsonObject comparison = result.json();
    QCOMPARE(comparison[u"schema"].toString(), u"poolscope.comparison/1"_s);
    QCOMPARE(comparison[u"snapshots"].toArray().size(), 2);
    QCOMPARE(comparison[u"snapshots"][0][u"label"].toString(), u"a"_s);
    QCOMPARE(comparison[u"snapshots"][1][u"label"].toString(), u"b"_s);
    QVERIFY(comparison[u"snapshots"][0][u"time"].toString().endsWith(u'Z'));

    QStringList order;
    for (const QJsonValue &row : comparison[u"rows"].toArray()) {
        order += row[u"tag"].toString();
        for (const char *key : {"tag", "type", "bytes", "outstanding", "bytes_change", "bytes_per_hour",
                 "share_of_growth", "rose_every_step", "status"})
            QVERIFY2(row.toObject().contains(QString::fromLatin1(key)), shown(key));
    }
    QCOMPARE(order, (QStringList{u"dentry"_s, u"fresh"_s, u"old"_s, u"kmalloc-64"_s}));
    const QJsonObject dentry = rowOf(comparison, u"dentry"_s);
    QCOMPARE(dentry[u"bytes"].toArray(), (QJsonArray{19200, 28800}));
    QCOMPARE(dentry[u"outstanding"].toArray(), (QJsonArray{100, 150}));
    QCOMPARE(dentry[u"bytes_change"].toInteger(), 9600);
    QVERIFY(std::abs(dentry[u"share_of_growth"].toDouble() - 9600.0 / 9664.0) < 1e-9);
    QVERIFY(dentry[u"rose_every_step"].toBool());
    QCOMPARE(dentry[u"status"].toString(), u"both"_s);
    QCOMPARE(rowOf(comparison, u"fresh"_s)[u"status"].toString(), u"new"_s);
    QCOMPARE(rowOf(comparison, u"old"_s)[u"status"].toString(), u"gone"_s);
    QCOMPARE(rowOf(comparison, u"old"_s)[u"bytes_change"].toInteger(), -40);
}

void TestCliSnapshot::comparisonLayouts()
{
    const QString a = take(u"a.json"_s);
    m_slab.setCaches({{"dentry", 150, 192}, {"kmalloc-64", 5, 64}});
    const QString b = take(u"b.json"_s);
    const CliResult text = runCli({u"compare"_s, a, b});
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("+9,600"), shown(text.out));
    const QByteArray csv = runCli({u"compare"_s, a, b, u"--csv"_s}).out;
    QVERIFY2(csv.startsWith("tag,type,"), shown(csv));
    const QByteArray markdown = runCli({u"compare"_s, a, b, u"--md"_s, u"--limit"_s, u"1"_s}).out;
    QVERIFY2(markdown.contains("| dentry |"), shown(markdown));
    QVERIFY2(!markdown.contains("kmalloc-64"), shown(markdown));
}

void TestCliSnapshot::everyFormatCompares_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::newRow("json") << u"json"_s;
    QTest::newRow("csv") << u"csv"_s;
}

void TestCliSnapshot::everyFormatCompares()
{
    QFETCH(QString, suffix);
    const QString a = take(u"a."_s + suffix);
    m_slab.setCaches({{"dentry", 150, 192}});
    const QString b = take(u"b."_s + suffix);
    const CliResult result = runCli({u"compare"_s, a, b, u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(rowOf(result.json(), u"dentry"_s)[u"bytes_change"].toInteger(), 9600);
}

void TestCliSnapshot::choosesWithinAFile()
{
    // Three samples of one hour in one file, written by hand so that labels and times are known.
    QFile series(file(u"series.jsonl"_s));
    QVERIFY(series.open(QIODevice::WriteOnly));
    for (int i = 0; i < 3; ++i) {
        const QByteArray number = QByteArray::number(i);
        series.write("{\"schema\":\"poolscope.sample/1\",\"label\":\"step " + number
            + "\",\"time\":\"2026-11-22T1" + number
            + ":00:00.000Z\",\"source\":\"slab:\",\"host\":\"h\",\"boot\":\"b\",\"system\":{},"
            + "\"tags\":[{\"tag\":\"dentry\",\"type\":\"paged\",\"allocs\":null,\"frees\":null,"
              "\"outstanding\":1"
            + number + ",\"bytes\":1" + number + "00,\"per_alloc\":100,\"driver\":null}]}\n");
    }
    series.close();
    const QString path = series.fileName();
    const auto change = [&](const QString &a, const QString &b) {
        const CliResult result = runCli({u"compare"_s, a, b, u"--json"_s});
        if (result.exitCode != 0)
            qWarning("%s", result.err.constData());
        return rowOf(result.json(), u"dentry"_s)[u"bytes_change"].toInteger(-1);
    };
    QCOMPARE(change(path + u"#step 0"_s, path + u"#step 2"_s), 200);
    QCOMPARE(change(path + u"#step 2"_s, path + u"#step 1"_s), -100);
    QCOMPARE(change(path + u"@2026-11-22T10:00:00Z"_s, path + u"@+1h"_s), 100);
    QCOMPARE(change(path + u"@+0s"_s, path + u"@2026-11-22T11:40:00Z"_s), 200); // the nearest
    // A file of that very name comes first.
    QVERIFY(QFile::copy(take(u"plain.json"_s), file(u"plain#1.json"_s)));
    QCOMPARE(change(file(u"plain#1.json"_s), file(u"plain.json"_s)), 0);
}

void TestCliSnapshot::oneFileByItself()
{
    const CliResult samples =
        runCli({u"top"_s, m_slab.uri(), u"--samples"_s, u"3"_s, u"--interval"_s, u"250ms"_s, u"--json"_s});
    QFile series(file(u"series.jsonl"_s));
    QVERIFY(series.open(QIODevice::WriteOnly));
    series.write(samples.out);
    series.close();
    const CliResult result = runCli({u"compare"_s, series.fileName(), u"--json"_s});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    QCOMPARE(result.json()[u"snapshots"].toArray().size(), 3);
    // Beside another file it must be said which of the three is meant.
    const CliResult unclear = runCli({u"compare"_s, series.fileName(), take(u"a.json"_s)});
    QCOMPARE(unclear.exitCode, 2);
    QVERIFY2(unclear.err.contains("3 samples"), shown(unclear.err));
    QVERIFY2(unclear.err.contains("FILE@TIME"), shown(unclear.err));
}

void TestCliSnapshot::whatIsNotThere_data()
{
    QTest::addColumn<QString>("selection");
    QTest::addColumn<QByteArray>("hint");
    QTest::newRow("label") << u"#nonsense"_s << QByteArray("there are: a");
    QTest::newRow("not a time") << u"@yesterday"_s << QByteArray("ISO 8601");
    QTest::newRow("other time") << u"@1999-01-01T00:00:00Z"_s << QByteArray("it goes from");
}

void TestCliSnapshot::whatIsNotThere()
{
    QFETCH(QString, selection);
    QFETCH(QByteArray, hint);
    const QString a = take(u"a.json"_s);
    const CliResult result = runCli({u"compare"_s, a, a + selection});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains((a + selection).toUtf8()), shown(result.err));
    QVERIFY2(result.err.contains(hint), shown(result.err));
}

QTEST_GUILESS_MAIN(TestCliSnapshot)
#include "tst_clisnapshot.moc"
