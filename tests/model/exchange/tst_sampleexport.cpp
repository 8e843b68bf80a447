// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/exchange/openmetricsexport.h"
#include "model/formats/poolmontext.h"
#include "tests/model/exchange/exchangetools.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestSampleExport : public QObject
{
    Q_OBJECT

private slots:
    void words();
    void csvColumns();
    void jsonLines();
    void poolMonIsReadBack();
    void openMetricsLayout();
    void openMetricsHoldsEveryPoint_data();
    void openMetricsHoldsEveryPoint();
    void openMetricsInPrometheus();
    void fullSinkEndsIt_data();
    void fullSinkEndsIt();
};

void TestSampleExport::words()
{
    for (const ExportFormat format :
        {ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::PoolMonText, ExportFormat::OpenMetrics})
        QCOMPARE(exportFormatFromWord(exportFormatWord(format)), std::optional(format));
    QVERIFY(!exportFormatFromWord(u"xml"));
    QCOMPARE(exportFormatFromFileName(u"/a/b.OM"), std::optional(ExportFormat::OpenMetrics));
    QCOMPARE(exportFormatFromFileName(u"a.log"), std::optional(ExportFormat::PoolMonText));
    QVERIFY(!exportFormatFromFileName(u"a"));
}

void TestSampleExport::csvColumns()
{
    const SamplePtr plain = makeSample({{"a", PoolType::Paged, held(1, 2), {}}});
    QCOMPARE(exported(ExportFormat::Csv, {plain}),
        "time,tag,type,allocs,frees,outstanding,bytes\r\n"
        "2026-11-22T18:00:00.000000000Z,a,paged,,,1,2\r\n"_ba);
    const SamplePtr driven = makeSample({{"a", PoolType::Paged, held(1, 2), "x.sys"}});
    QVERIFY(exported(ExportFormat::Csv, {plain, driven})
                .startsWith("time,tag,type,allocs,frees,outstanding,bytes,driver\r\n"));
    QCOMPARE(exported(ExportFormat::Csv, {driven}),
        "time,tag,type,allocs,frees,outstanding,bytes,driver\r\n"
        "2026-11-22T18:00:00.000000000Z,a,paged,,,1,2,x.sys\r\n"_ba);
}

void TestSampleExport::jsonLines()
{
    const QByteArrayList lines = exported(ExportFormat::JsonLines,
        {makeSample({{"a", PoolType::Paged, {}, {}}}), makeSample({{"a", PoolType::Paged, {}, {}}}, 1)})
                                     .trimmed()
                                     .split('\n');
    QCOMPARE(lines.size(), 2);
    for (const QByteArray &line : lines)
        QCOMPARE(QJsonDocument::fromJson(line).object()[u"schema"].toString(), u"poolscope.sample/1"_s);
}

void TestSampleExport::poolMonIsReadBack()
{
    QRandomGenerator random(3);
    const auto samples = randomSamples(random, 10, SourceKind::Slab, true);
    const auto read = samplesFromPoolMonText(exported(ExportFormat::PoolMonText, samples), u"f"_s);
    QVERIFY(read.ok());
    QCOMPARE(read.value().size(), samples.size());
    for (size_t i = 0; i < samples.size(); ++i)
        QVERIFY(read.value()[i]->readings == samples[i]->readings);
}

void TestSampleExport::openMetricsLayout()
{
    auto first = makeSample({{"a\"b\\", PoolType::Paged, held(1, 2), {}}, {"c", PoolType::None, {}, {}}});
    auto second = makeSample(
        {{"a\"b\\", PoolType::Paged, held(1, 3), {}}, {"c", PoolType::None, {Counter(7), {}, {}, {}}, {}}},
        1);
    second->origin = first->origin;
    second->system[SystemField::PageFaults] = 5;
    QCOMPARE(exported(ExportFormat::OpenMetrics, {first, second}),
        R"(# TYPE poolscope_tag_bytes gauge
# UNIT poolscope_tag_bytes bytes
# HELP poolscope_tag_bytes Bytes that the tag holds.
poolscope_tag_bytes{tag="a\"b\\\\",type="paged",host="host"} 2 1795370400.000000000
poolscope_tag_bytes{tag="a\"b\\\\",type="paged",host="host"} 3 1795370401.000000000
# TYPE poolscope_tag_outstanding gauge
# HELP poolscope_tag_outstanding Allocations not yet freed.
poolscope_tag_outstanding{tag="a\"b\\\\",type="paged",host="host"} 1 1795370400.000000000
poolscope_tag_outstanding{tag="a\"b\\\\",type="paged",host="host"} 1 1795370401.000000000
# TYPE poolscope_tag_allocs counter
# HELP poolscope_tag_allocs Allocations since boot.
poolscope_tag_allocs_total{tag="c",type="none",host="host"} 7 1795370401.000000000
# TYPE poolscope_system_page_faults counter
# HELP poolscope_system_page_faults )"
            + systemFieldInfo(SystemField::PageFaults).fullName.toString().toUtf8() + R"(.
poolscope_system_page_faults_total{host="host"} 5 1795370401.000000000
# EOF
)");
}

void TestSampleExport::openMetricsHoldsEveryPoint_data()
{
    QTest::addColumn<qsizetype>("budget");
    QTest::newRow("one pass") << OpenMetricsExport::DefaultBudget;
    QTest::newRow("several passes") << qsizetype(4000);
    QTest::newRow("one series a pass") << qsizetype(1);
}

void TestSampleExport::openMetricsHoldsEveryPoint()
{
    QFETCH(qsizetype, budget);
    QRandomGenerator random(9);
    const auto samples = randomSamples(random, 40, SourceKind::Slab, false);
    // Lines as they must be, found the plain way; their order within a series is that of time.
    QHash<QByteArray, QByteArrayList> expected;
    ExportCatalogue catalogue;
    auto tags = std::make_shared<TagList>();
    catalogue.hosts += samples[0]->origin->host;
    for (const SamplePtr &sample : samples) {
        for (size_t row = 0; row < sample->readings.size(); ++row) {
            const TagEntry &entry = (*sample->tags)[row];
            if (std::ranges::find(*tags, entry.tag, &TagEntry::tag) == tags->end())
                tags->push_back(entry);
            const Reading &reading = sample->readings[row];
            const QByteArray name =
                escapedTagBytes(entry.tag.bytes).replace('\\', "\\\\").replace('"', "\\\"");
            for (const auto &[family, counter] : {std::pair("poolscope_tag_bytes"_ba, reading.bytes),
                     std::pair("poolscope_tag_outstanding"_ba, reading.outstanding),
                     std::pair("poolscope_tag_allocs_total"_ba, reading.allocs),
                     std::pair("poolscope_tag_frees_total"_ba, reading.frees)}) {
                if (counter.isKnown())
                    expected[family + "{tag=\"" + name + "\",type=\"" + poolTypeWord(entry.tag.type) + '"'] +=
                        QByteArray::number(counter.value());
            }
        }
    }
    catalogue.tags = tags;
    QByteArray out;
    OpenMetricsExport writer(
        [&](QByteArrayView bytes) {
            out += bytes;
            return true;
        },
        catalogue, budget);
    int passes = 0;
    do {
        ++passes;
        for (const SamplePtr &sample : samples)
            QVERIFY(writer.write(*sample, sample->wall, false));
    } while (writer.end() == SampleExport::Next::Again);
    QCOMPARE(passes > 1, budget < OpenMetricsExport::DefaultBudget);

    QHash<QByteArray, QByteArrayList> found;
    QByteArrayList families;
    for (const QByteArray &line : out.split('\n')) {
        if (line.startsWith("# TYPE "))
            families += line;
        if (!line.startsWith("poolscope_tag"))
            continue;
        const qsizetype labels = line.indexOf(",host=");
        found[line.first(labels)] += line.sliced(line.lastIndexOf("} ") + 2).split(' ').first();
    }
    QCOMPARE(found, expected);
    QCOMPARE(
        QSet<QByteArray>(families.cbegin(), families.cend()).size(), families.size()); // each in one piece
    QVERIFY(out.endsWith("\n# EOF\n"));
}

void TestSampleExport::openMetricsInPrometheus()
{
    const QString promtool = QStandardPaths::findExecutable(u"promtool"_s);
    if (promtool.isEmpty())
        QSKIP("promtool (package prometheus) is not installed");
    QRandomGenerator random(4);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"a.om"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(exported(ExportFormat::OpenMetrics, randomSamples(random, 30, SourceKind::Pool, false)));
    file.close();
    QProcess process;
    process.start(promtool,
        {u"tsdb"_s, u"create-blocks-from"_s, u"openmetrics"_s, file.fileName(), folder.filePath(u"data"_s)});
    QVERIFY(process.waitForFinished(30'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    QVERIFY(!QDir(folder.filePath(u"data"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
}

void TestSampleExport::fullSinkEndsIt_data()
{
    QTest::addColumn<int>("format");
    for (const ExportFormat format :
        {ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::PoolMonText, ExportFormat::OpenMetrics})
        QTest::newRow(qPrintable(exportFormatWord(format))) << static_cast<int>(format);
}

void TestSampleExport::fullSinkEndsIt()
{
    QFETCH(int, format);
    const auto sample = makeSample({{"a", PoolType::Paged, held(1, 2), {}}});
    int calls = 0;
    const auto writer = createSampleExport(static_cast<ExportFormat>(format),
        [&](QByteArrayView) {
            ++calls;
            return false;
        },
        {sample->tags, {}, false});
    const bool wrote = writer->write(*sample, sample->wall, false);
    QVERIFY(!wrote || writer->end() == SampleExport::Next::Stop);
    QCOMPARE(calls, 1);
}

QTEST_GUILESS_MAIN(TestSampleExport)
#include "tst_sampleexport.moc"
