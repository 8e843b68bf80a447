// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/exchange/exchangetools.h"

#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

/// The collection of logs that people posted, each as its manifest says.
class TestRealLogs : public QObject
{
    Q_OBJECT

private slots:
    void collection_data();
    void collection();
};

namespace {

const QString Folder = QStringLiteral(POOLSCOPE_SHARED_DATA "/real-logs/");

/// Files whose rows are not to be taken, and why.
bool isRefused(const QString &file)
{
    // Neither holds a table that its program ever wrote.
    return file.endsWith(u"vn-blog-hex-sizes-suspicious.txt");
}

/// The manifest counts all lines of some files; these are the rows of tags among them.
int rowsOf(const QString &file, int inManifest)
{
    const QHash<QString, int> rows{
        {u"other/ms-csstools-xray-poolmon-csv.txt"_s, 1}, // the other lines are PoolMon's header
        {u"other/oom-unreclaimable-slab-9p-vm.txt"_s, 8}, // with banner and heading
        {u"other/oom-unreclaimable-slab-iova.txt"_s, 1}, // with the banner
        {u"slabinfo/lkml-2003-ip-conntrack-v20-stats.txt"_s, 1}, // one row over five lines
    };
    return rows.value(file, inManifest);
}

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TestRealLogs::collection_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("rows");
    const QByteArrayList lines = fileBytes(Folder + u"MANIFEST.md"_s).split('\n');
    if (lines.size() < 2)
        QSKIP("the collection of real logs (../shared/data/real-logs) is not here");
    for (const QByteArray &line : lines) {
        const QByteArrayList cells = line.split('|');
        bool isRow = false;
        const int rows = cells.value(2).trimmed().toInt(&isRow);
        const QString file = QString::fromUtf8(cells.value(1).trimmed());
        if (isRow && QFileInfo::exists(Folder + file))
            QTest::newRow(qPrintable(file)) << file << rowsOf(file, rows);
    }
}

void TestRealLogs::collection()
{
    QFETCH(QString, file);
    QFETCH(int, rows);
    const ReadAll read = readAll(fileBytes(Folder + file));
    if (isRefused(file)) {
        QVERIFY(read.samples.empty());
        return;
    }
    QString text = u"%1: %2, %3 samples, %4 rows of %5"_s.arg(file,
        read.format.isEmpty() ? u"unknown"_s : QString::fromLatin1(read.format),
        QString::number(read.samples.size()), QString::number(read.rows), QString::number(rows));
    for (const SkippedLine &skipped : read.skipped)
        text += u"\n    line %1: %2"_s.arg(QString::number(skipped.line), skipped.why);
    qInfo().noquote() << text;
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->text()) : "");
    QCOMPARE(read.rows, rows);
}

QTEST_GUILESS_MAIN(TestRealLogs)
#include "tst_reallogs.moc"
