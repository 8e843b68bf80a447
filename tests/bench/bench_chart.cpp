// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One frame of a chart of 20 series over 24 h at one sample a second, in CPU time: our ChartView against 20
// QLineSeries in the same QChart and against QCustomPlot, where that is installed. All three are given the
// same points, two a pixel column, the window slides by a column and everything is painted anew. Turn by
// turn in one run, median of all frames.
//     bench_chart [ours|qtcharts|qcustomplot] [FRAMES]     one of them alone, for callgrind

#include "model/history/decimator.h"
#include "views/chart/chartview.h"

#include <QApplication>
#include <QChart>
#include <QDateTimeAxis>
#include <QLineSeries>
#include <QValueAxis>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>
#include <vector>

#ifdef POOLSCOPE_HAVE_QCUSTOMPLOT
#include <qcustomplot.h>
#endif

using namespace poolscope;
using namespace std::chrono;

namespace {

constexpr int SeriesCount = 20;
constexpr qint64 Day = 86'400;
constexpr int Slides = 12; ///< different windows, shown in turn
constexpr QSize ViewSize(1100, 420);
constexpr WallTime Start{seconds(1'790'000'000)};
constexpr double HighestValue = 45e6;

double cpuMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// A random walk with noise: every column has its own lowest and highest value.
std::vector<double> values(unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> step(-1, 1);
    std::vector<double> out(Day + 3600);
    double level = 2e6 * (seed + 1);
    for (double &value : out) {
        level = std::clamp(level + 2e4 * step(random), 1e6, HighestValue - 1e6);
        value = level + 3e5 * step(random);
    }
    return out;
}

TimeRange windowOf(int slide, int columns)
{
    const nanoseconds column = ColumnGrid(WallTime(), WallTime(seconds(Day)), columns).width();
    const WallTime from = Start + slide * column;
    return {from, from + seconds(Day)};
}

/// Points of every slide, of every series.
using Points = std::vector<std::vector<SeriesPoints>>;

Points decimated(int columns)
{
    Points out(Slides);
    for (unsigned series = 0; series < SeriesCount; ++series) {
        const std::vector<double> all = values(series);
        for (int slide = 0; slide < Slides; ++slide) {
            const TimeRange window = windowOf(slide, columns);
            Decimator decimator(ColumnGrid(window.from, window.to, columns));
            for (size_t i = 0; i < all.size(); ++i) {
                const WallTime time = Start + seconds(i);
                if (window.contains(time))
                    decimator.add(time, all[i], 0);
            }
            out[static_cast<size_t>(slide)].push_back(
                std::make_shared<const std::vector<SeriesPoint>>(decimator.take()));
        }
    }
    return out;
}

QPen penOf(int series)
{
    QPen pen(pinColor(series, false), 1, pinPenStyle(series));
    pen.setCosmetic(true);
    return pen;
}

/// A way to draw: show(slide) changes the data and paints.
struct Contestant
{
    const char *name;
    std::function<void(int slide)> show;
    std::vector<double> times;
};

class Ours
{
public:
    Ours()
    {
        m_view.resize(ViewSize);
        m_view.show();
        QCoreApplication::processEvents();
        m_points = decimated(m_view.columns());
        // The margin depends on the labels, the columns on the margin.
        show(0);
        m_points = decimated(m_view.columns());
    }

    [[nodiscard]] const Points &points() const { return m_points; }
    [[nodiscard]] int columns() const { return m_view.columns(); }

    void show(int slide)
    {
        ChartPicture picture;
        picture.range = windowOf(slide, m_view.columns());
        for (int i = 0; i < SeriesCount; ++i) {
            picture.series.push_back({{QByteArray::number(i), PoolType::Paged}, QString::number(i), i, true,
                false, m_points[static_cast<size_t>(slide)][static_cast<size_t>(i)]});
        }
        m_view.setPicture(std::move(picture));
        m_view.viewport()->repaint();
    }

    void hover(int slide)
    {
        m_view.setCrosshair(m_view.picture().range.from + hours(1 + slide));
        m_view.viewport()->repaint();
    }

private:
    ChartView m_view;
    Points m_points;
};

class QtCharts
{
public:
    explicit QtCharts(const Points &points)
        : m_points(points)
    {
        QChart *chart = m_view.chart();
        chart->legend()->hide();
        chart->setAnimationOptions(QChart::NoAnimation);
        m_time->setFormat(QStringLiteral("HH:mm"));
        m_value->setRange(0, HighestValue);
        chart->addAxis(m_time, Qt::AlignBottom);
        chart->addAxis(m_value, Qt::AlignLeft);
        for (int i = 0; i < SeriesCount; ++i) {
            auto *series = new QLineSeries(chart);
            series->setPen(penOf(i));
            chart->addSeries(series);
            series->attachAxis(m_time);
            series->attachAxis(m_value);
            m_series.push_back(series);
        }
        m_view.resize(ViewSize);
        m_view.show();
        QCoreApplication::processEvents();
    }

    void show(int slide, int columns)
    {
        const TimeRange window = windowOf(slide, columns);
        const auto ms = [](WallTime time) {
            return duration_cast<milliseconds>(time.time_since_epoch()).count();
        };
        m_time->setRange(
            QDateTime::fromMSecsSinceEpoch(ms(window.from)), QDateTime::fromMSecsSinceEpoch(ms(window.to)));
        for (size_t i = 0; i < m_series.size(); ++i) {
            QList<QPointF> list;
            const std::vector<SeriesPoint> &points = *m_points[static_cast<size_t>(slide)][i];
            list.reserve(static_cast<qsizetype>(points.size()));
            for (const SeriesPoint &point : points)
                list.append({static_cast<double>(ms(point.wall)), point.value});
            m_series[i]->replace(list);
        }
        m_view.viewport()->repaint();
    }

private:
    const Points &m_points;
    QChartView m_view;
    QDateTimeAxis *m_time = new QDateTimeAxis(m_view.chart());
    QValueAxis *m_value = new QValueAxis(m_view.chart());
    std::vector<QLineSeries *> m_series;
};

#ifdef POOLSCOPE_HAVE_QCUSTOMPLOT
double secondsOf(WallTime time)
{
    return static_cast<double>(duration_cast<milliseconds>(time.time_since_epoch()).count()) / 1e3;
}

class CustomPlot
{
public:
    explicit CustomPlot(const Points &points)
        : m_points(points)
    {
        m_plot.setNotAntialiasedElements(QCP::aeAll);
        m_plot.xAxis->setTicker(QSharedPointer<QCPAxisTickerDateTime>::create());
        m_plot.yAxis->setRange(0, HighestValue);
        for (int i = 0; i < SeriesCount; ++i)
            m_plot.addGraph()->setPen(penOf(i));
        m_plot.resize(ViewSize);
        m_plot.show();
        QCoreApplication::processEvents();
    }

    void show(int slide, int columns)
    {
        const TimeRange window = windowOf(slide, columns);
        m_plot.xAxis->setRange(secondsOf(window.from), secondsOf(window.to));
        for (int i = 0; i < SeriesCount; ++i) {
            const std::vector<SeriesPoint> &points =
                *m_points[static_cast<size_t>(slide)][static_cast<size_t>(i)];
            QVector<QCPGraphData> list;
            list.reserve(static_cast<qsizetype>(points.size()));
            for (const SeriesPoint &point : points)
                list.append({secondsOf(point.wall), point.value});
            m_plot.graph(i)->data()->set(list, true);
        }
        m_plot.replot(QCustomPlot::rpImmediateRefresh);
    }

private:
    const Points &m_points;
    QCustomPlot m_plot;
};
#endif

void report(const std::vector<Contestant> &contestants)
{
    const double ours = median(contestants.front().times);
    for (const Contestant &contestant : contestants) {
        const double theirs = median(contestant.times);
        std::printf("%-44s %8.2f ms CPU a frame", contestant.name, theirs);
        if (&contestant != &contestants.front())
            std::printf("   ours/theirs %.3f = 1/%.1f", ours / theirs, theirs / ours);
        std::printf("\n");
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    const QByteArray only = argc > 1 ? QByteArray(argv[1]) : QByteArray();
    const int frames = argc > 2 ? std::max(1, std::atoi(argv[2])) : 120;

    Ours ours;
    const int columns = ours.columns();
    std::vector<Contestant> contestants;
    contestants.push_back({"ours: QChart with SeriesItem", [&](int slide) { ours.show(slide); }, {}});
    QtCharts qtCharts(ours.points());
    contestants.push_back({"qtcharts: decimated QLineSeries::replace()",
        [&](int slide) { qtCharts.show(slide, columns); }, {}});
#ifdef POOLSCOPE_HAVE_QCUSTOMPLOT
    CustomPlot customPlot(ours.points());
    contestants.push_back({"qcustomplot: QCPGraph", [&](int slide) { customPlot.show(slide, columns); }, {}});
#else
    std::printf("QCustomPlot for Qt 6 was not found when this was built (libqcustomplot-dev): left out\n");
#endif

    if (!only.isEmpty()) {
        for (Contestant &contestant : contestants) {
            if (QByteArray(contestant.name).startsWith(only)) {
                for (int frame = 0; frame < frames; ++frame)
                    contestant.show(frame % Slides);
            }
        }
        return 0;
    }
    std::printf("%d series x 24 h at 1 s, %d pixel columns, %lld points a series, %d frames\n", SeriesCount,
        columns, static_cast<long long>(ours.points()[0][0]->size()), frames);
    for (int frame = 0; frame < frames; ++frame) {
        for (Contestant &contestant : contestants) {
            const double start = cpuMilliseconds();
            contestant.show(frame % Slides);
            contestant.times.push_back(cpuMilliseconds() - start);
        }
    }
    report(contestants);
    std::vector<double> hover;
    for (int frame = 0; frame < frames; ++frame) {
        const double start = cpuMilliseconds();
        ours.hover(frame % Slides);
        hover.push_back(cpuMilliseconds() - start);
    }
    std::printf("%-44s %8.2f ms CPU a mouse move\n", "ours: crosshair with 20 values", median(hover));
    return 0;
}
