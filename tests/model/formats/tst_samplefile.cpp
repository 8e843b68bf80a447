// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/filewriter.h"
#include "model/formats/markdown.h"
#include "model/formats/samplefile.h"
#include "tests/support/samplemaker.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestSampleFile : public QObject
{
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_folder.isValid()); }
    void everyFormatIsRecognised_data();
    void everyFormatIsRecognised();
    void severalSnapshots_data();
    void severalSnapshots();
    void timeOfAFileWithoutTimes();
    void badFiles_data();
    void badFiles();
    void markdownHoldsTheFacts();
    void formatWords();
    void failedWritesLeaveTheOldFile_data();
    void failedWritesLeaveTheOldFile();
    void fullDevice();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the fixture");
        return path;
    }

    QTemporaryDir m_folder;
};

namespace {

Snapshot example(const QString &label, qint64 seconds)
{
    return makeSnapshot(label,
        {{"kmalloc-64", PoolType::Nonpaged, held(2, 128), {}},
            {"dentry", PoolType::Paged, held(5 + seconds, 960), {}}},
        seconds);
}

} // namespace

void TestSampleFile::everyFormatIsRecognised_data()
{
    QTest::addColumn<SampleFormat>("format");
    QTest::newRow("poolmon") << SampleFormat::PoolMonText;
    QTest::newRow("csv") << SampleFormat::Csv;
    QTest::newRow("json") << SampleFormat::Json;
}

void TestSampleFile::everyFormatIsRecognised()
{
    QFETCH(SampleFormat, format);
    const Snapshot snapshot = example(u"before"_s, 0);
    const QString path = m_folder.filePath(u"named.dat"_s); // not by its name
    QVERIFY(exportSnapshots(std::vector{snapshot}, format, path).ok());
    const auto read = readSampleFile(path);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QCOMPARE(read.value().size(), 1u);
    const Snapshot &back = read.value().front();
    QCOMPARE(back.label, format == SampleFormat::Json ? u"before"_s : u"named"_s);
    QVERIFY(*back.sample->tags == *snapshot.sample->tags);
    QVERIFY(back.sample->readings == snapshot.sample->readings);
    QCOMPARE(back.sample->origin->kind, SourceKind::Slab);
}

void TestSampleFile::severalSnapshots_data()
{
    everyFormatIsRecognised_data();
}

void TestSampleFile::severalSnapshots()
{
    QFETCH(SampleFormat, format);
    const std::vector<Snapshot> snapshots{example(u"one"_s, 0), example(u"two"_s, 5)};
    const QString path = m_folder.filePath(u"both"_s);
    QVERIFY(exportSnapshots(snapshots, format, path).ok());
    const auto read = readSampleFile(path);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QCOMPARE(read.value().size(), 2u);
    for (size_t i = 0; i < 2; ++i)
        QVERIFY(read.value()[i].sample->readings == snapshots[i].sample->readings);
    QCOMPARE(read.value()[1].label, format == SampleFormat::Json ? u"two"_s : u"both #2"_s);
}

void TestSampleFile::timeOfAFileWithoutTimes()
{
    const QString path = write(u"log.txt"_s, " EtwB Nonp 1 0 1 64 64\n"_ba);
    const auto read = readSampleFile(path);
    QVERIFY(read.ok());
    const auto ms =
        std::chrono::floor<std::chrono::milliseconds>(read.value()[0].sample->wall).time_since_epoch();
    QCOMPARE(qint64(ms.count()), QFileInfo(path).lastModified().toMSecsSinceEpoch());
}

void TestSampleFile::badFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << ""_ba << u"empty"_s;
    QTest::newRow("prose") << "Dear reader,\n"_ba << u"no file that PoolScope reads"_s;
    QTest::newRow("picture") << "\x89PNG\r\n\x1A\n\0\0\0"_ba << u"no file that PoolScope reads"_s;
    QTest::newRow("JSON cut off") << "{\"schema\":\"poolscope.sample/1\",\n"_ba << u"line 2"_s;
    QTest::newRow("other JSON") << "{\"a\":1}"_ba << u"line 1"_s;
    QTest::newRow("CSV") << "time,tag,bytes\nx,y,z\n"_ba << u"line 2"_s;
    QTest::newRow("CSV without rows") << "time,tag,bytes\n"_ba << u"no sample"_s;
    QTest::newRow("PoolMon") << " EtwB Nonp 1 2 3 4 5\n EtwC Nonp 1 2 3 4\n"_ba << u"line 2"_s;
}

void TestSampleFile::badFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const QString path = write(u"bad"_s, bytes);
    const auto read = readSampleFile(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::BadInput);
    QVERIFY2(read.error().text().contains(says), qPrintable(read.error().text()));
    QVERIFY(read.error().where.startsWith(QDir::toNativeSeparators(path)));
    QVERIFY(!read.error().whatToDo.isEmpty());

    const auto missing = readSampleFile(m_folder.filePath(u"missing"_s));
    QVERIFY(!missing.ok());
    QVERIFY(missing.error().where.endsWith(u"missing"));
    QVERIFY(!readSampleFile(m_folder.path()).ok());
}

void TestSampleFile::markdownHoldsTheFacts()
{
    Snapshot snapshot = example(u"a|b"_s, 0);
    auto sample = std::make_shared<Sample>(*snapshot.sample);
    sample->system[SystemField::MemTotal] = Counter(2LL << 30);
    snapshot.sample = sample;
    const QByteArray markdown = snapshotToMarkdown(snapshot);
    for (const char *fact :
        {"Debian GNU/Linux 12", "Snapshot: a\\|b", "2026-11-22T18:00:00Z", "Uptime", "16 min 40 s",
            "Physical memory: 2,147,483,648 bytes (2.00 GiB)", "| dentry | reclaimable | 5 | 960 | 192 |"})
        QVERIFY2(markdown.contains(fact), fact);
    QVERIFY(markdown.indexOf("dentry") < markdown.indexOf("kmalloc-64")); // most bytes first
    QVERIFY(!markdown.contains("Allocs")); // which slab caches do not count
    QVERIFY(snapshotToMarkdown(snapshot, 1).contains("1 more tags"));
}

void TestSampleFile::formatWords()
{
    for (const SampleFormat format :
        {SampleFormat::PoolMonText, SampleFormat::Csv, SampleFormat::Json, SampleFormat::Markdown}) {
        QCOMPARE(sampleFormatFromWord(sampleFormatWord(format)), std::optional(format));
        QCOMPARE(sampleFormatFromFileName(QString(u"/a/b."_s + sampleFormatSuffix(format).toUpper())),
            std::optional(format));
    }
    QVERIFY(!sampleFormatFromWord(u"docx").has_value());
    QVERIFY(!sampleFormatFromFileName(u"/a.csv/b").has_value());
}

void TestSampleFile::failedWritesLeaveTheOldFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("folder missing") << m_folder.filePath(u"none/x.json"_s);
    QTest::newRow("is a folder") << m_folder.path();
    QTest::newRow("through a file") << write(u"plain"_s, "x"_ba) + u"/x.json"_s;
}

void TestSampleFile::failedWritesLeaveTheOldFile()
{
    QFETCH(QString, path);
    const QStringList before = QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden);
    const auto written = exportSnapshots(std::vector{example(u"x"_s, 0)}, SampleFormat::Csv, path);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().kind, ErrorKind::WriteFailed);
    QCOMPARE(written.error().where, QDir::toNativeSeparators(path));
    QVERIFY(!written.error().whatToDo.isEmpty());
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void TestSampleFile::fullDevice()
{
    if (!QFileInfo::exists(u"/dev/full"_s))
        QSKIP("this system has no /dev/full");
    const auto written = writeFileWhole(u"/dev/full"_s, "x"_ba);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().kind, ErrorKind::WriteFailed);
    QVERIFY2(written.error().whatToDo.contains(u"free space"), qPrintable(written.error().text()));
    QVERIFY(!QFileInfo(u"/dev/full"_s).isFile());
}

QTEST_GUILESS_MAIN(TestSampleFile)
#include "tst_samplefile.moc"
