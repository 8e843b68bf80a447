// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CPU time of one refresh of the tag table, repaint included, against the usual way: a
// QSortFilterProxyModel over the same data and texts, one dataChanged over everything, the default delegate.
// Both run in this process with the same window, rows, columns and frames; rounds alternate. The numbers to
// trust are the ratios.
//
//     bench_table                         all sizes
//     bench_table ours|peer spread|even ROWS TICKS
//                                         one side only, for callgrind --toggle-collect='*measured*'

#include "tests/model/tables/framemaker.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"

#include <QApplication>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <vector>

using namespace poolscope;

namespace {

constexpr QSize WindowSize(1280, 720);
constexpr int Rounds = 6;
constexpr int TicksPerRound = 8;

double cpuMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The same rows and texts as a plain source model.
class PlainModel : public QAbstractTableModel
{
public:
    void setFrame(const FramePtr &frame)
    {
        const bool isFirst = m_frame == nullptr;
        if (isFirst)
            beginResetModel();
        m_frame = frame;
        if (isFirst)
            endResetModel();
        else
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() || m_frame == nullptr ? 0 : static_cast<int>(m_frame->rows.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex & /*parent*/ = {}) const override
    {
        return TagColumnCount;
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const auto id = static_cast<size_t>(index.row());
        const auto column = static_cast<TagColumn>(index.column());
        const TagRow row{.entry = (*m_frame->tags)[id],
            .frame = m_frame->rows[id],
            .tagRank = static_cast<quint32>(id),
            .driverRank = {}};
        if (role == Qt::DisplayRole) {
            const TagCell cell = tagCell(column, row, NumberStyle::Grouped);
            return cell.change.isEmpty() ? cell.value : QString(cell.value + u' ' + cell.change);
        }
        if (role == Qt::TextAlignmentRole) {
            const bool isRight = tagColumnInfo(column).alignment == ColumnAlignment::Right;
            return static_cast<int>((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        if (role == TagTableModel::SortRole) {
            const Counter value = tagColumnInfo(column).sortValue(row);
            return value.isKnown() ? QVariant(value.value()) : QVariant();
        }
        return {};
    }

private:
    FramePtr m_frame;
};

/// One way to show the frames.
class Side
{
public:
    virtual ~Side() = default;
    virtual void setFrame(const FramePtr &frame) = 0;
    [[nodiscard]] virtual QTableView *view() = 0;

    /// Everything until the screen shows the frame.
    [[gnu::noinline]] void measured(const FramePtr &frame)
    {
        setFrame(frame);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
    }

    [[nodiscard]] int visibleRows()
    {
        return view()->viewport()->height() / view()->verticalHeader()->defaultSectionSize();
    }
};

class Ours : public Side
{
public:
    Ours()
    {
        m_panel.resize(WindowSize);
        m_panel.show();
    }
    void setFrame(const FramePtr &frame) override { m_panel.model()->setFrame(frame); }
    QTableView *view() override { return m_panel.view(); }
    [[nodiscard]] TablePanel &panel() { return m_panel; }

private:
    TablePanel m_panel;
};

class Peer : public Side
{
public:
    /// Takes size, row height and columns over, so that both show the same cells.
    explicit Peer(QTableView *like)
    {
        m_proxy.setSourceModel(&m_model);
        m_proxy.setSortRole(TagTableModel::SortRole);
        m_proxy.setDynamicSortFilter(true);
        m_view.setModel(&m_proxy);
        m_view.setShowGrid(false);
        m_view.setAlternatingRowColors(true);
        m_view.setSelectionBehavior(QAbstractItemView::SelectRows);
        m_view.verticalHeader()->hide();
        m_view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        m_view.verticalHeader()->setMinimumSectionSize(1);
        m_view.verticalHeader()->setDefaultSectionSize(like->verticalHeader()->defaultSectionSize());
        m_view.resize(like->size());
        m_view.setSortingEnabled(true);
        m_view.sortByColumn(static_cast<int>(TagColumn::Bytes), Qt::DescendingOrder);
        for (int column = 0; column < TagColumnCount; ++column)
            m_view.setColumnWidth(column, like->columnWidth(column));
        m_view.show();
    }
    void setFrame(const FramePtr &frame) override { m_model.setFrame(frame); }
    QTableView *view() override { return &m_view; }

private:
    PlainModel m_model;
    QSortFilterProxyModel m_proxy;
    QTableView m_view;
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// How the sizes of tags lie.
enum class Sizes : quint8
{
    Spread, ///< as in a kernel: a few large ones, far apart; places at the top change now and then
    Even, ///< side by side: every tick reshuffles the top of the table, the worst case for us
};

FrameMaker makerOf(int rows, Sizes sizes, std::mt19937 &random)
{
    FrameMaker maker;
    maker.addTags(rows, random);
    if (sizes == Sizes::Spread)
        maker.spreadSizes(random);
    return maker;
}

FramePtr nextFrame(FrameMaker &maker, Sizes sizes, double share, std::mt19937 &random)
{
    if (sizes == Sizes::Spread)
        maker.drift(share, random);
    else
        maker.change(share, random);
    return maker.frame();
}

void compare(int rows, Sizes sizes, double goal)
{
    std::mt19937 random(1);
    FrameMaker maker = makerOf(rows, sizes, random);
    const FramePtr first = maker.frame();
    Ours ours;
    ours.measured(first);
    Peer peer(ours.view());
    peer.measured(first);
    std::vector<double> oursMs;
    std::vector<double> peerMs;
    for (int round = 0; round < Rounds; ++round) {
        std::vector<FramePtr> frames;
        for (int tick = 0; tick < TicksPerRound; ++tick)
            frames.push_back(nextFrame(maker, sizes, 0.1, random));
        const auto run = [&](Side &side, std::vector<double> &times) {
            for (const FramePtr &frame : frames) {
                const double start = cpuMilliseconds();
                side.measured(frame);
                times.push_back(cpuMilliseconds() - start);
            }
        };
        run(ours, oursMs);
        run(peer, peerMs);
    }
    const double us = median(oursMs);
    const double them = median(peerMs);
    std::printf(
        "%6d rows, %s, 10 %% change, %d/%d visible: ours %7.3f ms, proxy + default delegate %8.3f ms, "
        "ratio 1/%.1f (goal 1/%.0f) %s\n",
        rows, sizes == Sizes::Spread ? "spread sizes" : "even sizes  ", ours.visibleRows(),
        peer.visibleRows(), us, them, them / us, goal, them / us >= goal ? "reached" : "MISSED");
    std::fflush(stdout);
}

/// What the fading of the tints costs after a frame, beyond the frame itself: four repaints of changed cells.
void reportFade(int rows)
{
    std::mt19937 random(1);
    FrameMaker maker = makerOf(rows, Sizes::Spread, random);
    Ours ours;
    ours.measured(maker.frame());
    std::vector<double> times;
    for (int tick = 0; tick < 5; ++tick) {
        ours.measured(nextFrame(maker, Sizes::Spread, 0.1, random));
        const double start = cpuMilliseconds();
        while (ours.panel().view()->isFading())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
        times.push_back(cpuMilliseconds() - start);
    }
    std::printf("%6d rows, spread sizes, 10 %% change: fading out of the tints %7.3f ms a frame\n", rows,
        median(times));
    std::fflush(stdout);
}

struct Block
{
    double median = 0;
    double worst = 0;
};

/// How long the window's thread is busy with a frame: `prepare` sets the scene after the first frame.
Block block(int rows, double share, const std::function<void(TablePanel &)> &prepare)
{
    std::mt19937 random(2);
    FrameMaker maker = makerOf(rows, Sizes::Even, random);
    Ours ours;
    ours.measured(maker.frame());
    prepare(ours.panel());
    QCoreApplication::processEvents();
    std::vector<double> times;
    for (int tick = 0; tick < 60; ++tick) {
        const FramePtr frame = nextFrame(maker, Sizes::Even, share, random);
        const double start = cpuMilliseconds();
        ours.measured(frame);
        times.push_back(cpuMilliseconds() - start);
    }
    return {median(times), *std::max_element(times.begin(), times.end())};
}

void report(const char *what, const Block &block)
{
    std::printf("10000 rows, 30 %% change, %-38s median %7.3f ms, worst %7.3f ms (goal < 16) %s\n", what,
        block.median, block.worst, block.worst < 16 ? "reached" : "MISSED");
    std::fflush(stdout);
}

int oneSide(const QByteArray &name, Sizes sizes, int rows, int ticks)
{
    std::mt19937 random(1);
    FrameMaker maker = makerOf(rows, sizes, random);
    const FramePtr first = maker.frame();
    auto ours = std::make_unique<Ours>();
    ours->setFrame(first);
    QCoreApplication::processEvents();
    Peer peer(ours->view());
    peer.setFrame(first);
    QCoreApplication::processEvents();
    Side &side = name == "ours" ? static_cast<Side &>(*ours) : peer;
    for (int tick = 0; tick < ticks; ++tick)
        side.measured(nextFrame(maker, sizes, 0.1, random));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    if (argc == 5) {
        return oneSide(argv[1], QByteArray(argv[2]) == "spread" ? Sizes::Spread : Sizes::Even,
            QByteArray(argv[3]).toInt(), QByteArray(argv[4]).toInt());
    }

    for (const Sizes sizes : {Sizes::Spread, Sizes::Even}) {
        compare(3'000, sizes, 12);
        compare(10'000, sizes, 14);
        compare(50'000, sizes, 20);
    }

    reportFade(3'000);
    report("nothing selected:", block(10'000, 0.3, [](TablePanel &) {}));
    report("all rows selected:", block(10'000, 0.3, [](TablePanel &panel) { panel.view()->selectAll(); }));
    report("growing only (rows come and go):",
        block(10'000, 0.3, [](TablePanel &panel) { panel.setGrowingOnly(true); }));
    report("tag column, text filter:", block(10'000, 0.3, [](TablePanel &panel) {
        panel.setFilterText(QStringLiteral("tag bytes>1M"));
        panel.view()->sortByTagColumn(TagColumn::Rate);
    }));
    return 0;
}
