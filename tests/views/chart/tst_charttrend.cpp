// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/charttrend.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <limits>

using namespace poolscope;
using namespace std::chrono_literals;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

/// A leak of 3,600 bytes and 36 objects an hour, judged over the last 100 s.
Finding leak()
{
    Finding finding;
    finding.verdict = Verdict::Leak;
    finding.bytesPerHour = 3600;
    finding.bytesPerHourLow = 1800;
    finding.bytesPerHourHigh = 7200;
    finding.outstandingPerHour = 36;
    finding.outstandingPerHourLow = 30;
    finding.outstandingPerHourHigh = 40;
    finding.judgedOver = 100s;
    return finding;
}

std::vector<SeriesPoint> points()
{
    std::vector<SeriesPoint> out;
    for (int i = 0; i <= 200; ++i)
        out.push_back({WallTime(i * 1s), double(i), false});
    return out;
}

constexpr WallTime Newest(200s);

} // namespace

class TestChartTrend : public QObject
{
    Q_OBJECT

private slots:
    void goesThroughTheMiddle();
    void onlyWhereThereIsOne_data();
    void onlyWhereThereIsOne();
    void isDrawn_data();
    void isDrawn();
};

void TestChartTrend::goesThroughTheMiddle()
{
    const auto trend = trendOf(leak(), Metric::Bytes, points(), Newest);
    QVERIFY(trend);
    QCOMPARE(trend->over.from, WallTime(100s));
    QCOMPARE(trend->over.to, Newest);
    QVERIFY(std::abs((trend->middle - WallTime(150s)).count()) < 600'000'000); // the end may not count
    QVERIFY(std::abs(trend->value - 150) < 0.6);
    QCOMPARE(trend->perHour, 3600.0);
    const auto outstanding = trendOf(leak(), Metric::Outstanding, points(), Newest);
    QVERIFY(outstanding);
    QCOMPARE(outstanding->perHour, 36.0);
    QCOMPARE(outstanding->perHourHigh, 40.0);
}

void TestChartTrend::onlyWhereThereIsOne_data()
{
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<Metric>("metric");
    QTest::addColumn<double>("low");
    QTest::addColumn<int>("judgedSeconds");
    QTest::addColumn<bool>("expected");
    QTest::newRow("leak") << Verdict::Leak << Metric::Bytes << 1.0 << 100 << true;
    QTest::newRow("suspect") << Verdict::Suspect << Metric::Bytes << 1.0 << 100 << true;
    QTest::newRow("steady") << Verdict::Steady << Metric::Bytes << 1.0 << 100 << false;
    QTest::newRow("rate metric") << Verdict::Leak << Metric::AllocsPerSecond << 1.0 << 100 << false;
    QTest::newRow("no interval") << Verdict::Leak << Metric::Bytes << NaN << 100 << false;
    QTest::newRow("judged over nothing") << Verdict::Leak << Metric::Bytes << 1.0 << 0 << false;
}

void TestChartTrend::onlyWhereThereIsOne()
{
    QFETCH(Verdict, verdict);
    QFETCH(Metric, metric);
    QFETCH(double, low);
    QFETCH(int, judgedSeconds);
    Finding finding = leak();
    finding.verdict = verdict;
    finding.bytesPerHourLow = low;
    finding.judgedOver = std::chrono::seconds(judgedSeconds);
    QTEST(trendOf(finding, metric, points(), Newest).has_value(), "expected");
}

void TestChartTrend::isDrawn_data()
{
    QTest::addColumn<int>("fromSeconds");
    QTest::addColumn<bool>("expected");
    QTest::newRow("in the plot") << 0 << true;
    QTest::newRow("partly") << 180 << true;
    QTest::newRow("past") << 300 << false;
}

void TestChartTrend::isDrawn()
{
    QFETCH(int, fromSeconds);
    QFETCH(bool, expected);
    const WallTime from{std::chrono::seconds(fromSeconds)};
    QImage image(120, 70, QImage::Format_RGB32);
    image.fill(Qt::white);
    const QImage empty = image;
    QPainter painter(&image);
    drawTrend(&painter, {QRectF(10, 10, 100, 50), {from, from + 200s}, 0, 250},
        *trendOf(leak(), Metric::Bytes, points(), Newest), Qt::blue);
    painter.end();
    QCOMPARE(image != empty, expected);
    for (int y = 0; y < image.height(); ++y)
        QCOMPARE(image.pixel(5, y), empty.pixel(5, y)); // not left of the plot
}

QTEST_MAIN(TestChartTrend)
#include "tst_charttrend.moc"
