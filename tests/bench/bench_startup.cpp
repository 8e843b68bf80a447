// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the start of the process to the first painted window, ours with live data against a bare window with
// a tree and a chart. Runs itself as processes, in turn, and prints the smallest CPU time of each, so that
// both load the same libraries and meet the same noise.
// Where valgrind is installed, it counts the instructions of both as well: a number without noise.
//   bench_startup [ROUNDS]
//   bench_startup ours|bare    one of the two by itself, for callgrind and perf

#include "model/sources/sourcefactory.h"
#include "views/theme/theme.h"
#include "views/window/mainwindow.h"
#include "views/window/statusline.h"
#include "views/window/windowsettings.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QFileInfo>
#include <QLineSeries>
#include <QProcess>
#include <QRegularExpression>
#include <QSplitter>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTreeView>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Ends the program after the first paint for which `isComplete` holds.
class EndAfterPaint : public QObject
{
public:
    explicit EndAfterPaint(std::function<bool()> isComplete)
        : m_isComplete(std::move(isComplete))
    {
        qApp->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_isComplete())
            QMetaObject::invokeMethod(
                qApp, [] { std::quick_exit(0); }, Qt::QueuedConnection);
        return false;
    }

private:
    std::function<bool()> m_isComplete;
};

int runOurs(int argc, char *argv[])
{
    const QTemporaryDir profile;
    QStandardPaths::setTestModeEnabled(true);
    const QApplication application(argc, argv);
    Theme theme;
    WindowSettings settings(profile.filePath(u"window.ini"_s));
    MainWindow window(theme, settings, createSource, profile.filePath(u"snapshots"_s));
    const auto *status = window.findChild<StatusLine *>();
    const EndAfterPaint end([status] { return status->text().contains(u"tags"_s); });
    window.show();
    window.openSource(defaultSourceUri());
    return QApplication::exec();
}

int runBare(int argc, char *argv[])
{
    constexpr int Rows = 240;
    constexpr int Columns = 11;
    const QApplication application(argc, argv);
    QStandardItemModel model(Rows, Columns);
    for (int row = 0; row < Rows; ++row) {
        for (int column = 0; column < Columns; ++column)
            model.setData(model.index(row, column), row * column);
    }
    auto *tree = new QTreeView;
    tree->setModel(&model);
    auto *series = new QLineSeries;
    for (int x = 0; x < 60; ++x)
        series->append(x, x % 7);
    auto *chart = new QChart;
    chart->addSeries(series);
    chart->createDefaultAxes();
    QMainWindow window;
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(tree);
    splitter->addWidget(new QChartView(chart));
    window.setCentralWidget(splitter);
    window.resize(1280, 720);
    const EndAfterPaint end([] { return true; });
    window.show();
    return QApplication::exec();
}

struct Cost
{
    double cpuMs = 1e9;
    double wallMs = 1e9;
    double peakMiB = 1e9;
};

double milliseconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

Cost run(const char *program, const char *which)
{
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        execl(program, program, which, static_cast<char *>(nullptr));
        std::_Exit(127);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "bench_startup: %s failed\n", which);
        std::exit(1);
    }
    const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
    return {milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), wall.count(),
        static_cast<double>(usage.ru_maxrss) / 1024};
}

/// Instructions of one run as callgrind counts them; nothing where there is no valgrind.
std::optional<double> instructions(const QString &program, const QString &which)
{
    const QString valgrind = QStandardPaths::findExecutable(u"valgrind"_s);
    if (valgrind.isEmpty())
        return {};
    QProcess process;
    process.start(valgrind, {u"--tool=callgrind"_s, u"--callgrind-out-file=/dev/null"_s, program, which});
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        return {};
    static const QRegularExpression collected(u"Collected : (\\d+)"_s);
    const auto match = collected.match(QString::fromLocal8Bit(process.readAllStandardError()));
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

void printInstructions()
{
    const QString program = QFileInfo(u"/proc/self/exe"_s).canonicalFilePath();
    const auto ours = instructions(program, u"ours"_s);
    const auto bare = instructions(program, u"bare"_s);
    if (!ours || !bare) {
        std::printf("instructions: not counted, valgrind is missing or failed\n");
        return;
    }
    std::printf(
        "instructions: ours %.1f M, bare %.1f M, ratio %.2f\n", *ours / 1e6, *bare / 1e6, *ours / *bare);
}

void keepSmallest(Cost &best, const Cost &cost)
{
    best.cpuMs = std::min(best.cpuMs, cost.cpuMs);
    best.wallMs = std::min(best.wallMs, cost.wallMs);
    best.peakMiB = std::min(best.peakMiB, cost.peakMiB);
}

} // namespace

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const std::string_view mode = argc > 1 ? argv[1] : "";
    if (mode == "ours")
        return runOurs(argc, argv);
    if (mode == "bare")
        return runBare(argc, argv);

    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
    Cost ours;
    Cost bare;
    for (int round = 0; round < rounds; ++round) {
        keepSmallest(ours, run("/proc/self/exe", "ours"));
        keepSmallest(bare, run("/proc/self/exe", "bare"));
    }
    std::printf("start to first painted window, smallest of %d\n", rounds);
    std::printf("            CPU ms   wall ms   peak MiB\n");
    std::printf("ours      %8.1f  %8.1f   %8.1f\n", ours.cpuMs, ours.wallMs, ours.peakMiB);
    std::printf("bare      %8.1f  %8.1f   %8.1f\n", bare.cpuMs, bare.wallMs, bare.peakMiB);
    std::printf("ratio     %8.2f  %8.2f   %8.2f   (goal for CPU: 1.5)\n", ours.cpuMs / bare.cpuMs,
        ours.wallMs / bare.wallMs, ours.peakMiB / bare.peakMiB);
    printInstructions();
    return 0;
}
