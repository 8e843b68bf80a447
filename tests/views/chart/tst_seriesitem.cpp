// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/seriesitem.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <QTest>

using namespace poolscope;
using namespace std::chrono;

namespace {

constexpr QRectF Area(10, 10, 100, 50);

PlotScale scale()
{
    return {Area, {WallTime(0s), WallTime(100s)}, 0, 50};
}

QImage drawn(std::vector<SeriesPoint> points, int copies = 1)
{
    QImage image(120, 70, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPen pen(Qt::black, 1);
    pen.setCosmetic(true);
    const auto shared = std::make_shared<const std::vector<SeriesPoint>>(std::move(points));
    const std::vector<SeriesLine> lines(static_cast<size_t>(copies), SeriesLine{shared, pen, true});
    QPainter painter(&image);
    drawSeriesLines(&painter, scale(), lines);
    return image;
}

bool hasInk(const QImage &image, int x)
{
    for (int y = 0; y < image.height(); ++y) {
        if (qGray(image.pixel(x, y)) < 250)
            return true;
    }
    return false;
}

} // namespace

class TestSeriesItem : public QObject
{
    Q_OBJECT

private slots:
    void aGapIsNotCrossed_data()
    {
        QTest::addColumn<int>("copies");
        QTest::newRow("antialiased") << 1;
        // Many lines are drawn on whole pixels.
        QTest::newRow("dense") << 3000;
    }

    void aGapIsNotCrossed()
    {
        QFETCH(int, copies);
        const QImage with = drawn({{WallTime(0s), 20, false}, {WallTime(30s), 25, false},
                                      {WallTime(70s), 30, true}, {WallTime(100s), 35, false}},
            copies);
        QVERIFY(hasInk(with, 30));
        QVERIFY(hasInk(with, 90));
        for (int x = 43; x <= 77; ++x)
            QVERIFY2(!hasInk(with, x), qPrintable(QString::number(x)));
        const QImage without = drawn({{WallTime(0s), 20, false}, {WallTime(30s), 25, false},
                                         {WallTime(70s), 30, false}, {WallTime(100s), 35, false}},
            copies);
        for (int x = 43; x <= 77; ++x)
            QVERIFY2(hasInk(without, x), qPrintable(QString::number(x)));
    }

    void aPointBetweenGapsIsADot()
    {
        const QImage image =
            drawn({{WallTime(0s), 20, false}, {WallTime(50s), 20, true}, {WallTime(90s), 20, true}});
        QVERIFY(hasInk(image, 60) || hasInk(image, 59));
        QVERIFY(!hasInk(image, 50));
        QVERIFY(!hasInk(image, 70));
    }

    void nothingIsDrawnOutsideTheArea()
    {
        const QImage image = drawn({{WallTime(-5000s), -4000, false}, {WallTime(20s), 1e12, false},
            {WallTime(60s), -1e12, false}, {WallTime(5000s), 30, false}});
        QVERIFY(hasInk(image, 50));
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (!Area.adjusted(-1, -1, 1, 1).contains(QPointF(x, y)))
                    QCOMPARE(image.pixel(x, y), qRgb(255, 255, 255));
            }
        }
    }

    void linesReachTheEdgesAndNoFurther()
    {
        // An SVG knows no clipping: what lies outside must not be drawn in the first place.
        QByteArray svg;
        QBuffer buffer(&svg);
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        const auto points = std::make_shared<const std::vector<SeriesPoint>>(std::vector<SeriesPoint>{
            {WallTime(-300s), 0, false}, {WallTime(100s), 40, false}, {WallTime(200s), 50, false}});
        const std::vector<SeriesLine> lines = {{points, QPen(Qt::black, 1), true}};
        QPainter painter(&generator);
        drawSeriesLines(&painter, scale(), lines);
        painter.end();
        // Value 30 at the left edge is 30 above the bottom at 60; 40 at the right one.
        QVERIFY2(svg.contains("points=\"10,30 110,20 \""), svg.constData());
    }

    void levelAndUprightRunsLoseNoPixel()
    {
        // A staircase with many points on each level and several in one column.
        std::vector<SeriesPoint> points;
        for (int i = 0; i <= 1000; ++i) {
            const int step = i / 250;
            const double value = step * 10.0 + (i % 250 == 0 ? 5 : 0);
            points.push_back({WallTime(milliseconds(100) * i), value, false});
        }
        const QImage image = drawn(points, 9);
        for (int x = 11; x < 109; ++x)
            QVERIFY2(hasInk(image, x), qPrintable(QString::number(x)));
    }

    void hiddenLinesAreNotDrawn()
    {
        QImage image(120, 70, QImage::Format_RGB32);
        image.fill(Qt::white);
        const auto points = std::make_shared<const std::vector<SeriesPoint>>(
            std::vector<SeriesPoint>{{WallTime(0s), 20, false}, {WallTime(90s), 25, false}});
        const std::vector<SeriesLine> lines = {{points, QPen(Qt::black), false}};
        QPainter painter(&image);
        drawSeriesLines(&painter, scale(), lines);
        QVERIFY(!hasInk(image, 50));
    }
};

QTEST_MAIN(TestSeriesItem)
#include "tst_seriesitem.moc"
