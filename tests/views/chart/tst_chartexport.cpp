// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartexport.h"

#include "fakehistory.h"
#include "views/chart/chartpanel.h"
#include "views/chart/chartview.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QXmlStreamReader>

using namespace poolscope;
using namespace std::chrono;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr WallTime Start{seconds(1'790'000'000)};

ChartSeries series(const QString &label, std::vector<SeriesPoint> points)
{
    return {{label.toUtf8(), PoolType::Paged}, label, 0, true, false,
        std::make_shared<const std::vector<SeriesPoint>>(std::move(points))};
}

ChartPicture picture()
{
    ChartPicture out;
    out.range = {Start, Start + 10s};
    out.series = {
        series(u"one"_s, {{Start - 5s, 1, false}, {Start + 1s, 100, false}, {Start + 2s, 0.25, false}}),
        series(u"a,\"b"_s, {{Start + 2s, 4096, false}, {Start + 3s, -7, true}})};
    return out;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isWellFormed(const QByteArray &xml)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        reader.readNext();
    return !reader.hasError();
}

} // namespace

class TestChartExport : public QObject
{
    Q_OBJECT

private slots:
    void csvHoldsThePointsOfTheRange()
    {
        const QByteArray csv = encodedPicture(picture(), {}, {}, ChartFormat::Csv);
        QCOMPARE(csv,
            QByteArray("time,one,\"a,\"\"b\"\r\n"
                       "2026-09-21T14:13:21.000Z,100,\r\n"
                       "2026-09-21T14:13:22.000Z,0.25,4096\r\n"
                       "2026-09-21T14:13:23.000Z,,-7\r\n"));
    }

    void csvLeavesOutHiddenSeries()
    {
        ChartPicture p = picture();
        p.series[0].shown = false;
        const QByteArray csv = encodedPicture(p, {}, {}, ChartFormat::Csv);
        QVERIFY(csv.startsWith("time,\"a,\"\"b\"\r\n"));
        QCOMPARE(csv.count('\n'), 3);
    }

    void filesAreWritten_data()
    {
        QTest::addColumn<ChartFormat>("format");
        QTest::newRow("png") << ChartFormat::Png;
        QTest::newRow("svg") << ChartFormat::Svg;
        QTest::newRow("csv") << ChartFormat::Csv;
    }

    void filesAreWritten()
    {
        QFETCH(ChartFormat, format);
        QTemporaryDir dir;
        const QString path = dir.filePath(u"chart."_s + chartFormatSuffix(format));
        FakeHistory history(
            {{"Ntfs", PoolType::Paged}},
            [](TagId, qint64 second) { return 1e6 + 100.0 * static_cast<double>(second); }, Start, 1s);
        PinList pins;
        pins.pin({"Ntfs", PoolType::Paged}, Start);
        ChartPanel panel;
        connect(&panel, &ChartPanel::seriesWanted, &panel,
            [&](const SeriesRequest &request) { panel.setAnswer(history.answer(request)); });
        panel.resize(800, 300);
        panel.setPins(&pins);
        panel.show();
        panel.setFrame(history.frame(1000));
        QTRY_VERIFY(panel.view()->picture().series[0].points->size() > 100);
        QSignalSpy exported(&panel, &ChartPanel::exported);
        QSignalSpy failed(&panel, &ChartPanel::exportFailed);
        panel.exportTo(path, format);
        QTRY_COMPARE(exported.size(), 1);
        QCOMPARE(exported.front().front().toString(), path);
        QCOMPARE(failed.size(), 0);
        // No temporary file is left beside it.
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList{QFileInfo(path).fileName()});

        const QByteArray content = contentOf(path);
        switch (format) {
        case ChartFormat::Png: {
            const QImage image = QImage::fromData(content, "PNG");
            QVERIFY(image.width() >= 2 * 640);
            int line = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    line += image.pixelColor(x, y).hsvSaturation() > 128 ? 1 : 0;
            }
            QVERIFY(line > image.width() / 2);
            break;
        }
        case ChartFormat::Svg:
            QVERIFY(isWellFormed(content));
            QVERIFY(content.contains("<polyline"));
            QVERIFY(content.contains("Ntfs"));
            break;
        case ChartFormat::Csv: {
            const QList<QByteArray> lines = content.split('\n');
            QCOMPARE(lines.front(), QByteArray("time,Ntfs\r"));
            QCOMPARE(lines.size() - 2 > 100, true);
            QVERIFY(lines[lines.size() - 2].endsWith(",1100000\r"));
            break;
        }
        }
    }

    void failureNamesPathAndWhatToDo_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("no such folder") << u"/no/such/folder/chart.csv"_s;
        QTest::newRow("a folder") << QDir::tempPath();
        if (QFile::exists(u"/dev/full"_s))
            QTest::newRow("full disk") << u"/dev/full"_s;
    }

    void failureNamesPathAndWhatToDo()
    {
        QFETCH(QString, path);
        ChartPanel panel;
        QSignalSpy exported(&panel, &ChartPanel::exported);
        std::optional<Error> error;
        connect(&panel, &ChartPanel::exportFailed, this, [&](const Error &e) { error = e; });
        panel.exportTo(path, ChartFormat::Csv);
        QTRY_VERIFY(error);
        QCOMPARE(error->kind, ErrorKind::WriteFailed);
        QCOMPARE(error->where, QDir::toNativeSeparators(path));
        QVERIFY(!error->whatToDo.isEmpty());
        QCOMPARE(exported.size(), 0);
    }

    void aPanelThatGoesWhileWritingIsNotCalled()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(u"chart.png"_s);
        {
            ChartPanel panel;
            panel.exportTo(path, ChartFormat::Png);
        }
        QTRY_VERIFY(QFile::exists(path));
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60'000)); // not into the end of the program
        QVERIFY(!QImage(path).isNull());
    }

    void anEmptyChartCanBeDrawn()
    {
        const ChartLook look = ChartLook::of({}, {});
        const QByteArray png = encodedPicture({}, look, {640, 320}, ChartFormat::Png);
        QCOMPARE(QImage::fromData(png).size(), QSize(1280, 640));
        QVERIFY(isWellFormed(encodedPicture({}, look, {640, 320}, ChartFormat::Svg)));
    }
};

QTEST_MAIN(TestChartExport)
#include "tst_chartexport.moc"
