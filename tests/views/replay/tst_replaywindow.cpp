// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/recording/recordingwriter.h"
#include "tests/model/replay/randomrun.h"
#include "tests/views/support/desk.h"
#include "views/chart/chartpanel.h"
#include "views/chart/chartview.h"
#include "views/replay/replaybar.h"
#include "views/replay/replaytext.h"
#include "views/replay/timeslider.h"
#include "views/snapshots/comparisonview.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/window/intervalbox.h"
#include "views/window/snapshotview.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::Desk;
using test::RunSample;

namespace {

const test::RunShape Steady{.samples = 120, .comeOrGo = 0, .gap = 0, .reboot = 0};

} // namespace

/// The window on recordings that were really written, driven as a user does.
class TestReplayWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opensARecording();
    void keysOnTheSlider();
    void clicksOnSliderAndButtons();
    void chartClickGoesThere();
    void playsAtTheChosenSpeed();
    void speedsThatCanBeTyped_data();
    void speedsThatCanBeTyped();
    void snapshotsOfTheRecording();
    void snapshotOfAMoment();
    void backToTheLiveSource();
    void whatCannotBeOpenedLeavesTheWindow();
    void startArgumentWithSpeedPlays();
    void followsAWriter();

private:
    [[nodiscard]] QString path(const QString &name = u"run.poolscope"_s) const
    {
        return m_dir->filePath(name);
    }
    [[nodiscard]] QString record(const std::vector<RunSample> &run, const QString &name = u"run.poolscope"_s);
    void open(const QString &uri);
    [[nodiscard]] TimeSlider *slider() const { return m_desk->part<ReplayBar>()->slider(); }
    [[nodiscard]] QToolButton *button(const QString &name) const
    {
        return m_desk->part<QToolButton>(u"replay."_s + name);
    }
    /// Number of the sample that the table shows, from 1; 0: none.
    [[nodiscard]] quint64 shown() const
    {
        const FramePtr frame = m_desk->part<TablePanel>()->model()->frame();
        return frame ? frame->number : 0;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Desk> m_desk;
    std::vector<RunSample> m_run;
};

void TestReplayWindow::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<Desk>(path(u"window.ini"_s));
    m_run = test::randomRun(1, Steady);
}

void TestReplayWindow::cleanup()
{
    m_desk->window.reset();
    m_desk.reset();
    m_dir.reset();
}

QString TestReplayWindow::record(const std::vector<RunSample> &run, const QString &name)
{
    auto opened = RecordingWriter::open(path(name));
    if (!opened)
        qFatal("%s", qPrintable(opened.error().text()));
    const auto writer = std::move(opened).value();
    for (const RunSample &next : run)
        writer->append(next.sample, next.afterGap);
    writer->addMark({run[30].sample->wall, MarkKind::Note, u"thirty"_s});
    writer->addMark({run[60].sample->wall, MarkKind::Note, u"sixty"_s});
    for (const size_t at : {size_t(10), size_t(90)}) {
        writer->putSnapshot({QUuid::createUuid(), u"snap %1"_s.arg(at), {}, false, run[at].sample});
    }
    if (const auto closed = writer->close(); !closed)
        qFatal("%s", qPrintable(closed.error().text()));
    return path(name);
}

void TestReplayWindow::open(const QString &uri)
{
    m_desk->open(uri);
    QTRY_COMPARE(shown(), quint64(m_run.size()));
}

void TestReplayWindow::opensARecording()
{
    open(record(m_run));
    QVERIFY(m_desk->window->windowTitle().startsWith(u"run.poolscope (recording)"));
    const auto *status = m_desk->part<StatusLine>();
    QVERIFY2(status->text().startsWith(u"run.poolscope: recording"), qPrintable(status->text()));
    QVERIFY(status->text().contains(u"120 samples"));
    QVERIFY(status->state().contains(u"replay"));
    QVERIFY(m_desk->part<ReplayBar>()->isVisible());
    QVERIFY(slider()->hasFocus());
    QVERIFY(slider()->moment() == m_run.back().sample->wall);
    QVERIFY(!slider()->accessibleDescription().isEmpty());

    // The chart shows all of it, with a line at the moment.
    const auto *chart = m_desk->part<ChartPanel>();
    QTRY_VERIFY(chart->shownRange().contains(m_run.front().sample->wall));
    QVERIFY(chart->shownRange().contains(m_run.back().sample->wall));
    QVERIFY(chart->view()->position() == m_run.back().sample->wall);
    QTRY_VERIFY(!chart->view()->picture().series.empty());
    QTRY_VERIFY(!chart->view()->picture().series.front().points->empty());
    QCOMPARE(chart->view()->picture().marks.size(), size_t(2));

    // What a recording cannot do says so.
    QVERIFY(!m_desk->action(u"pause"_s)->isEnabled());
    QVERIFY(m_desk->action(u"sampleNow"_s)->toolTip().contains(u"recording"));
    QVERIFY(!m_desk->part<IntervalBox>()->isEnabled());
    QVERIFY(m_desk->action(u"takeSnapshot"_s)->isEnabled());
    QCOMPARE(m_desk->settings.recentSources().first(), u"file:"_s + path());
}

void TestReplayWindow::keysOnTheSlider()
{
    open(record(m_run));
    QTest::keyClick(slider(), Qt::Key_Left);
    QTRY_COMPARE(shown(), quint64(119));
    QTest::keyClick(slider(), Qt::Key_Left, Qt::ShiftModifier);
    QTRY_COMPARE(shown(), quint64(61));
    QTest::keyClick(slider(), Qt::Key_Left, Qt::ShiftModifier);
    QTRY_COMPARE(shown(), quint64(31));
    QTest::keyClick(slider(), Qt::Key_Right, Qt::ShiftModifier);
    QTRY_COMPARE(shown(), quint64(61));
    QTest::keyClick(slider(), Qt::Key_Home);
    QTRY_COMPARE(shown(), quint64(1));
    QTest::keyClick(slider(), Qt::Key_Right);
    QTRY_COMPARE(shown(), quint64(2));
    QTest::keyClick(slider(), Qt::Key_End);
    QTRY_COMPARE(shown(), quint64(120));
    QTest::keyClick(slider(), Qt::Key_PageUp);
    QTRY_VERIFY(shown() < 112 && shown() > 104);
    QTest::keyClick(slider(), Qt::Key_Space);
    QCOMPARE(button(u"play"_s)->text(), u"Pause"_s);
    QTest::keyClick(slider(), Qt::Key_Space);
    QCOMPARE(button(u"play"_s)->text(), u"Play"_s);
}

void TestReplayWindow::clicksOnSliderAndButtons()
{
    open(record(m_run));
    QTest::mouseClick(button(u"stepBack"_s), Qt::LeftButton);
    QTRY_COMPARE(shown(), quint64(119));
    QTest::mouseClick(button(u"markBack"_s), Qt::LeftButton);
    QTRY_COMPARE(shown(), quint64(61));
    QTest::mouseClick(button(u"markForward"_s), Qt::LeftButton);
    QTest::mouseClick(button(u"stepForward"_s), Qt::LeftButton);
    QTRY_COMPARE(shown(), quint64(62));

    const auto place = [this](size_t index) {
        return QPoint(
            static_cast<int>(std::lround(slider()->xOf(m_run[index].sample->wall))), slider()->height() / 2);
    };
    QTest::mouseClick(slider(), Qt::LeftButton, {}, place(30));
    QTRY_VERIFY(shown() >= 29 && shown() <= 33);
    // A drag goes through the moments; the last one stays.
    QTest::mousePress(slider(), Qt::LeftButton, {}, place(20));
    for (size_t index = 21; index < 100; ++index)
        QTest::mouseMove(slider(), place(index));
    QTest::mouseRelease(slider(), Qt::LeftButton, {}, place(99));
    QTRY_VERIFY(shown() >= 98 && shown() <= 102);
    const auto *moment = m_desk->part<QLabel>(u"replay.moment"_s);
    QCOMPARE(moment->text(), momentText(slider()->moment()));
}

void TestReplayWindow::chartClickGoesThere()
{
    open(record(m_run));
    ChartView *view = m_desk->part<ChartPanel>()->view();
    QTRY_VERIFY(view->position());
    const PlotScale &scale = view->layoutNow().scale;
    const QPoint at(
        static_cast<int>(scale.x(m_run[40].sample->wall + 500ms)), static_cast<int>(scale.area.center().y()));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, at);
    QTRY_VERIFY(shown() >= 40 && shown() <= 43);
    QTRY_VERIFY(*view->position() < m_run[44].sample->wall);
    // Enter goes to the crosshair.
    view->setFocus();
    view->setCrosshair(m_run[80].sample->wall + 1ms);
    QTest::keyClick(view, Qt::Key_Return);
    QTRY_COMPARE(shown(), quint64(81));
}

void TestReplayWindow::playsAtTheChosenSpeed()
{
    open(record(m_run));
    auto *speed = m_desk->part<QComboBox>(u"replay.speed"_s);
    speed->lineEdit()->selectAll();
    QTest::keyClicks(speed->lineEdit(), u"5000"_s);
    QTest::keyClick(speed->lineEdit(), Qt::Key_Return);
    slider()->setFocus();
    QCOMPARE(speed->currentText(), u"5,000×"_s);
    // From the end it starts over, and ends there again.
    QTest::mouseClick(button(u"play"_s), Qt::LeftButton);
    QCOMPARE(button(u"play"_s)->text(), u"Pause"_s);
    QTRY_COMPARE(button(u"play"_s)->text(), u"Play"_s);
    QTRY_COMPARE(shown(), quint64(120));
}

void TestReplayWindow::speedsThatCanBeTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("speed"); // 0: refused
    QTest::newRow("number") << u"10"_s << 10.0;
    QTest::newRow("with x") << u"60x"_s << 60.0;
    QTest::newRow("with sign") << u"3,600×"_s << 3600.0;
    QTest::newRow("slow") << u" 0.5 "_s << 0.5;
    QTest::newRow("too slow") << u"0"_s << 0.0;
    QTest::newRow("too fast") << u"1000000"_s << 0.0;
    QTest::newRow("not a number") << u"nan"_s << 0.0;
    QTest::newRow("words") << u"fast"_s << 0.0;
}

void TestReplayWindow::speedsThatCanBeTyped()
{
    QFETCH(const QString, text);
    QTEST(speedFromText(text).value_or(0), "speed");
}

void TestReplayWindow::snapshotsOfTheRecording()
{
    open(record(m_run));
    const QMenu *menu = button(u"snapshots"_s)->menu();
    QTRY_COMPARE(menu->actions().size(), 4); // two, a separator, compare
    menu->actions().first()->trigger();
    QTRY_VERIFY(m_desk->part<SnapshotView>());
    QTRY_COMPARE(
        m_desk->part<SnapshotView>()->table()->model()->frame()->sample->wall, m_run[10].sample->wall);
    menu->actions().last()->trigger();
    QTRY_VERIFY(m_desk->part<ComparisonView>());
}

void TestReplayWindow::snapshotOfAMoment()
{
    open(record(m_run));
    QTest::keyClick(slider(), Qt::Key_Home);
    QTRY_COMPARE(shown(), quint64(1));
    m_desk->clickTool(u"takeSnapshot"_s);
    const auto &marks = m_desk->part<ChartPanel>()->view()->picture().marks;
    QTRY_COMPARE(marks.size(), size_t(3));
    QCOMPARE(marks.front().kind, MarkKind::Snapshot);
    QVERIFY(marks.front().wall == m_run.front().sample->wall);
}

void TestReplayWindow::backToTheLiveSource()
{
    m_desk->open();
    QTRY_VERIFY(shown() > 1);
    m_desk->window->openSource(record(m_run));
    QTRY_COMPARE(shown(), quint64(120));
    // The live source goes on behind.
    const int reads = m_desk->kernel->reads();
    QTRY_VERIFY(m_desk->kernel->reads() > reads);
    QCOMPARE(shown(), quint64(120));
    QTest::mouseClick(button(u"close"_s), Qt::LeftButton);
    QVERIFY(!m_desk->part<ReplayBar>()->isVisible());
    QVERIFY(m_desk->window->windowTitle().startsWith(u"fake kernel"));
    QTRY_VERIFY(shown() > 1 && shown() != 120);
    QVERIFY(m_desk->action(u"pause"_s)->isEnabled());
    QTRY_COMPARE(m_desk->state(), u"● live"_s);
    QVERIFY(!m_desk->part<ChartPanel>()->view()->position());
}

void TestReplayWindow::whatCannotBeOpenedLeavesTheWindow()
{
    QFile bad(path(u"bad.poolscope"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("this is no recording");
    bad.close();
    open(record(m_run));
    for (const QString &name : {u"bad.poolscope"_s, u"missing.poolscope"_s}) {
        m_desk->window->openSource(path(name));
        QTRY_VERIFY(m_desk->banner(u"open"_s));
        QTRY_VERIFY2(
            m_desk->banner(u"open"_s)->text().contains(name), qPrintable(m_desk->banner(u"open"_s)->text()));
        QVERIFY(m_desk->window->windowTitle().startsWith(u"run.poolscope"));
        QVERIFY(m_desk->part<ReplayBar>()->isVisible());
    }
    QTest::keyClick(slider(), Qt::Key_Home);
    QTRY_COMPARE(shown(), quint64(1));
}

void TestReplayWindow::startArgumentWithSpeedPlays()
{
    m_desk->open(u"file:"_s + record(m_run) + u"?speed=0.5"_s);
    QTRY_COMPARE(shown(), quint64(1));
    QCOMPARE(button(u"play"_s)->text(), u"Pause"_s);
    QCOMPARE(m_desk->part<QComboBox>(u"replay.speed"_s)->currentText(), u"0.5×"_s);
}

void TestReplayWindow::followsAWriter()
{
    const QString file = path(u"growing.poolscope"_s);
    // Another thread records, one sample at each word from here.
    QSemaphore go;
    QSemaphore done;
    const std::unique_ptr<QThread> recorder(QThread::create([&] {
        auto opened = RecordingWriter::open(file);
        const auto writer = std::move(opened).value();
        for (size_t i = 0; i < 10; ++i) {
            go.acquire();
            writer->append(m_run[i].sample, false);
            (void)writer->flush();
            done.release();
        }
        go.acquire();
        (void)writer->close();
    }));
    recorder->start();
    const auto recordOne = [&] {
        go.release();
        done.acquire();
    };
    recordOne();
    recordOne();
    m_desk->open(file);
    QTRY_COMPARE(shown(), quint64(2));
    recordOne();
    // Growth shows that somebody writes, though the samples are old; one click then follows.
    constexpr int Patience = 15'000;
    QTRY_VERIFY_WITH_TIMEOUT(button(u"follow"_s)->isVisible(), Patience);
    QTest::mouseClick(button(u"follow"_s), Qt::LeftButton);
    QTRY_COMPARE(shown(), quint64(3));
    recordOne();
    QTRY_COMPARE_WITH_TIMEOUT(shown(), quint64(4), Patience);
    QVERIFY(button(u"follow"_s)->isChecked());
    // Looking back lets go.
    QTest::keyClick(slider(), Qt::Key_Home);
    QTRY_COMPARE(shown(), quint64(1));
    QVERIFY(!button(u"follow"_s)->isChecked());
    for (int i = 4; i < 10; ++i)
        recordOne();
    go.release();
    QVERIFY(recorder->wait());
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->part<StatusLine>()->text().contains(u"10 samples"), Patience);
    QCOMPARE(shown(), quint64(1));
}

QTEST_MAIN(TestReplayWindow)
#include "tst_replaywindow.moc"
