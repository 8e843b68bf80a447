// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/mainwindow.h"

#include "model/archive/openarchive.h"
#include "model/snapshots/snapshotstore.h"
#include "model/sources/sourcefactory.h"
#include "views/chart/chartpanel.h"
#include "views/details/detailspanel.h"
#include "views/replay/replaybar.h"
#include "views/snapshots/snapshotpanel.h"
#include "views/system/systembar.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/test/testpanel.h"
#include "views/theme/theme.h"
#include "views/theme/themeicon.h"
#include "views/window/bannerstack.h"
#include "views/window/commanddialog.h"
#include "views/window/findingcontroller.h"
#include "views/window/frontcontroller.h"
#include "views/window/helpdialogs.h"
#include "views/window/intervalbox.h"
#include "views/window/notecontroller.h"
#include "views/window/noteline.h"
#include "views/window/pinmemory.h"
#include "views/window/recordingcontroller.h"
#include "views/window/replaycontroller.h"
#include "views/window/replaytest.h"
#include "views/window/reportcontroller.h"
#include "views/window/snapshotcontroller.h"
#include "views/window/statusline.h"
#include "views/window/tablecommands.h"
#include "views/window/tagnamecontroller.h"
#include "views/window/testcontroller.h"
#include "views/window/trendfeeder.h"
#include "views/window/unavailablepanel.h"
#include "views/window/undocommand.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"
#include "views/window/workspace.h"

#include <QAction>
#include <QCloseEvent>
#include <QDialog>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView GeometryState("window");
constexpr QLatin1StringView LayoutState("panels");
constexpr QSize SmallestFirstSize{1280, 720};
constexpr std::chrono::seconds SettingsPeriod{30};
constexpr qreal FirstShareOfScreen = 0.7;

QStringList droppedFiles(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            files += url.toLocalFile();
    }
    return files;
}

} // namespace

MainWindow::MainWindow(Theme &theme, WindowSettings &settings, SourceMaker makeSource,
    const QString &snapshotFolder, RecordingOpener openRecording)
    : m_theme(theme)
    , m_settings(settings)
    , m_live(nullptr, std::move(openRecording))
    , m_replay(openArchive)
    , m_snapshots(snapshotFolder, &m_live.recorder())
    , m_actions(new WindowActions(this))
    , m_systemBar(new SystemBar(this))
    , m_banners(new BannerStack(this))
    , m_unavailable(new UnavailablePanel(this))
    , m_table(new TablePanel(this))
    , m_chart(new ChartPanel(this))
    , m_details(new DetailsPanel(this))
    , m_liveView(new QStackedWidget(this))
    , m_workspace(new Workspace(m_liveView, this))
    , m_statusLine(new StatusLine(this))
    , m_interval(new IntervalBox(this))
    , m_source(
          new SourceController(m_live, settings, std::move(makeSource), *m_banners, *m_unavailable, this))
    , m_pinMemory(new PinMemory(m_pins, settings, this))
    , m_tableCommands(new TableCommands(*m_actions, *m_workspace, *m_table, settings, this))
    , m_snapshotPanel(new SnapshotPanel(&m_snapshots, this))
    , m_snapshotController(new SnapshotController({.session = m_session,
                                                      .live = m_live,
                                                      .store = m_snapshots,
                                                      .panel = *m_snapshotPanel,
                                                      .workspace = *m_workspace,
                                                      .liveTable = *m_table,
                                                      .banners = *m_banners,
                                                      .actions = *m_actions,
                                                      .settings = settings},
          this))
    , m_recording(new RecordingController({.live = m_live,
                                              .actions = *m_actions,
                                              .banners = *m_banners,
                                              .statusLine = *m_statusLine,
                                              .settings = settings,
                                              .window = *this},
          this))
    , m_replayBar(new ReplayBar(m_replay, this))
    , m_replayController(new ReplayController({.replay = m_replay,
                                                  .bar = *m_replayBar,
                                                  .chart = *m_chart,
                                                  .status = *m_statusLine,
                                                  .banners = *m_banners,
                                                  .snapshots = *m_snapshotController,
                                                  .settings = settings,
                                                  .actions = *m_actions},
          this))
    , m_findings(new FindingController(*m_banners, this))
    , m_noteLine(new NoteLine(this))
    , m_testPanel(new TestPanel(m_actions->startTest, m_actions->stopTest, m_actions->saveReport, this))
    , m_test(new TestController({.session = m_session,
                                    .live = m_live,
                                    .actions = *m_actions,
                                    .banners = *m_banners,
                                    .panel = *m_testPanel,
                                    .snapshots = *m_snapshotController,
                                    .store = m_snapshots,
                                    .settings = settings,
                                    .window = *this},
          snapshotFolder + u"/tests"_s, this))
    , m_front(new FrontController({.session = m_session,
                                      .live = m_live,
                                      .replay = m_replay,
                                      .source = *m_source,
                                      .recordings = *m_replayController,
                                      .snapshots = *m_snapshotController,
                                      .recorder = *m_recording,
                                      .findings = *m_findings,
                                      .pinMemory = *m_pinMemory,
                                      .actions = *m_actions,
                                      .settings = settings,
                                      .liveView = *m_liveView,
                                      .table = *m_table,
                                      .unavailable = *m_unavailable,
                                      .chart = *m_chart,
                                      .details = *m_details,
                                      .systemBar = *m_systemBar,
                                      .statusLine = *m_statusLine,
                                      .interval = *m_interval,
                                      .window = *this},
          this))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"PoolScope"_s);
    setAcceptDrops(true);
    QCoreApplication::instance()->installEventFilter(this);
    compose();
    connectSession();
    connectSampling();
    connectFindings();
    connectTest();
    new ReportController({.session = m_session,
                             .live = m_live,
                             .replay = m_replay,
                             .actions = *m_actions,
                             .banners = *m_banners,
                             .window = *this},
        this);
    connectActions();
    showPinActions();
    showSettings();
    keepSettingsSaved();
    m_table->view()->setFocus();
    m_snapshots.load();
}

MainWindow::~MainWindow()
{
    // What is shown goes before what it looks at: members end before child widgets otherwise.
    delete takeCentralWidget();
}

void MainWindow::composePanels()
{
    constexpr int ChartHeight = 250;
    constexpr int ChartWidth = 780;
    constexpr int SnapshotsWidth = 500;
    m_liveView->addWidget(m_table);
    m_liveView->addWidget(m_unavailable);
    m_table->setPins(&m_pins);
    m_chart->setPins(&m_pins);
    QDockWidget *chart = m_workspace->addPanel(u"chart"_s, tr("Chart"), m_chart, Qt::BottomDockWidgetArea);
    QDockWidget *snapshots =
        m_workspace->addPanel(u"snapshots"_s, tr("Snapshots"), m_snapshotPanel, Qt::BottomDockWidgetArea);
    m_workspace->splitDockWidget(chart, snapshots, Qt::Horizontal);
    m_workspace->resizeDocks({chart}, {ChartHeight}, Qt::Vertical);
    m_workspace->resizeDocks({chart, snapshots}, {ChartWidth, SnapshotsWidth}, Qt::Horizontal);
    connect(m_snapshotController, &SnapshotController::firstTaken, snapshots, &QWidget::show);
    QDockWidget *details =
        m_workspace->addPanel(u"details"_s, tr("Details"), m_details, Qt::RightDockWidgetArea);
    details->hide();
    QDockWidget *test = m_workspace->addPanel(u"test"_s, tr("Test"), m_testPanel, Qt::BottomDockWidgetArea);
    m_workspace->tabifyDockWidget(snapshots, test);
    test->hide();
    m_workspace->rememberDefault();
    m_actions->fillMenuBar(*menuBar(),
        {chart->toggleViewAction(), snapshots->toggleViewAction(), test->toggleViewAction(),
            details->toggleViewAction()});
}

void MainWindow::compose()
{
    composePanels();
    auto *tools = new QToolBar(tr("Tools"), this);
    tools->setObjectName(u"tools"_s);
    tools->setMovable(false);
    tools->toggleViewAction()->setEnabled(false);
    m_actions->fillToolBar(*tools, m_interval);
    addToolBar(tools);

    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_systemBar);
    layout->addWidget(m_banners);
    layout->addWidget(m_noteLine);
    layout->addWidget(m_workspace, 1);
    layout->addWidget(m_replayBar);
    setCentralWidget(central);

    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_statusLine, 1);
}

void MainWindow::connectSession()
{
    connect(&m_live, &LiveSession::statusChanged, m_statusLine, &StatusLine::setStatus);
    connect(&m_session, &SessionHandle::marksChanged, this, [this] { m_chart->setMarks(m_session.marks()); });
    connect(&m_session, &SessionHandle::seriesReady, m_systemBar, &SystemBar::setAnswer);
    connect(&m_session, &SessionHandle::seriesReady, m_chart, &ChartPanel::setAnswer);
    connect(m_systemBar, &SystemBar::seriesWanted, &m_session, &SessionHandle::requestSeries);
    connect(m_chart, &ChartPanel::seriesWanted, &m_session, &SessionHandle::requestSeries);
    connect(m_recording, &RecordingController::closeConfirmed, this, &MainWindow::closeUnasked);
    new TrendFeeder(m_session, *m_table, this);

    connect(m_snapshotController, &SnapshotController::said, this, [this](const QString &text) {
        constexpr int MessageMs = 4000;
        statusBar()->showMessage(text, MessageMs);
    });
    connect(&m_settings, &WindowSettings::problemFound, this,
        [this](const QString &sentence) { m_banners->postNotice(u"settings"_s, sentence); });
    connect(m_chart, &ChartPanel::exported, this, [this](const QString &path) {
        m_banners->postNotice(u"export"_s, tr("The chart was written: %1").arg(path));
    });
    connect(m_chart, &ChartPanel::exportFailed, this,
        [this](const Error &error) { m_banners->postError(u"export"_s, error.text()); });
}

void MainWindow::connectSampling()
{
    connect(m_actions->pause, &QAction::triggered, this, [this](bool paused) {
        m_live.setPaused(paused);
        m_actions->showPaused(paused);
    });
    connect(m_actions->sampleNow, &QAction::triggered, &m_live, &LiveSession::sampleNow);
    connect(m_actions->resetBaseline, &QAction::triggered, &m_session, &SessionHandle::resetBaseline);
    connect(m_interval, &IntervalBox::intervalChosen, this, [this](std::chrono::milliseconds interval) {
        m_banners->dismiss(u"interval"_s);
        m_live.setInterval(interval);
        m_settings.setInterval(interval);
    });
    connect(m_interval, &IntervalBox::refused, this, [this](const QString &text) {
        m_banners->postNotice(u"interval"_s,
            tr("“%1” is not a sampling interval: write 250ms to 1h, for example 500ms, 2s, 5m").arg(text));
    });
}

void MainWindow::connectFindings()
{
    connect(m_table->view(), &TagTableView::detailsRequested, this, &MainWindow::showDetails);
    connect(m_findings, &FindingController::detailsWanted, this, &MainWindow::showDetails);
    connect(m_details, &DetailsPanel::tagChosen, this, [this](const Tag &tag) {
        m_table->view()->selectTag(tag);
        m_details->setTag(tag);
    });
    connect(m_details, &DetailsPanel::noteFailed, this,
        [this](const Error &error) { m_banners->postError(u"tagNote"_s, error.text()); });
    auto *tagNames = new TagNameController(*m_actions->chooseTagFile, *m_banners, *this, this);
    connect(tagNames, &TagNameController::changed, m_details, &DetailsPanel::reloadNames);
    connect(m_findings, &FindingController::chartWanted, this, [this](const Tag &tag) {
        m_table->view()->selectTag(tag);
        if (const FramePtr frame = m_session.frame(); frame && !m_pins.contains(tag))
            m_pins.pin(tag, frame->sample->wall);
        m_workspace->showPanel(u"chart"_s);
    });
}

void MainWindow::connectTest()
{
    connect(m_test, &TestController::panelWanted, this, [this] { m_workspace->showPanel(u"test"_s); });
    new NoteController({.session = m_session,
                           .live = m_live,
                           .replay = m_replay,
                           .actions = *m_actions,
                           .line = *m_noteLine},
        this);
    auto *replayTest = new ReplayTest({.session = m_session,
                                          .replay = m_replay,
                                          .actions = *m_actions,
                                          .banners = *m_banners,
                                          .panel = *m_testPanel},
        this);
    connect(replayTest, &ReplayTest::panelWanted, this, [this] { m_workspace->showPanel(u"test"_s); });
    connect(m_testPanel, &TestPanel::tagActivated, this, &MainWindow::showDetails);
    connect(m_testPanel, &TestPanel::copied, this, [this] { emit m_snapshotController->said(tr("Copied")); });
    connect(m_test, &TestController::closeConfirmed, this, &MainWindow::closeUnasked);
}

void MainWindow::showDetails(const Tag &tag)
{
    m_table->view()->selectTag(tag);
    m_details->setTag(tag);
    m_workspace->showPanel(u"details"_s);
}

void MainWindow::connectActions()
{
    connect(m_actions->openLive, &QAction::triggered, this, [this] { openSource(defaultSourceUri()); });
    connect(m_actions->openDemo, &QAction::triggered, this, [this] { openSource(u"demo:"_s); });
    connect(m_actions->openCommand, &QAction::triggered, this, [this] {
        auto *dialog = new CommandDialog(this);
        connect(dialog, &CommandDialog::sourceWanted, this, &MainWindow::openSource);
        dialog->show();
    });
    connect(m_actions->openFile, &QAction::triggered, this, [this] { m_replayController->chooseFile(this); });
    connect(m_actions, &WindowActions::sourceChosen, this, &MainWindow::openSource);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_tableCommands, &TableCommands::quitRequested, this, &QWidget::close);
    connect(m_tableCommands, &TableCommands::keysHelpRequested, this, &MainWindow::showKeys);
    connect(m_actions->keys, &QAction::triggered, this, &MainWindow::showKeys);

    connect(m_actions, &WindowActions::themeChosen, this, [this](ThemeChoice choice) {
        m_theme.setChoice(choice);
        m_settings.setTheme(choice);
    });
    connect(m_actions, &WindowActions::numberStyleChosen, this, [this](NumberStyle style) {
        setNumberStyle(style);
        m_settings.setNumberStyle(style);
    });
    connect(&m_pins, &PinList::changed, this, &MainWindow::showPinActions);
    connect(m_actions->clearPins, &QAction::triggered, this, [this] {
        m_pins.clear();
        m_banners->postNotice(
            u"pins"_s, tr("All pins were cleared."), {{tr("Undo"), [this] { m_pins.undoClear(); }}});
    });
    new UndoCommand(*m_actions->undo, m_pins, m_snapshots, this);
    connect(m_actions->resetLayout, &QAction::triggered, m_workspace, &Workspace::resetLayout);
    connect(m_actions->closeTab, &QAction::triggered, m_workspace, &Workspace::closeCurrentTab);
    connect(m_actions->about, &QAction::triggered, this,
        [this] { showOnce(u"aboutDialog"_s, [this] { return makeAboutDialog(this); }); });
}

void MainWindow::showSettings()
{
    m_theme.setChoice(m_settings.theme());
    m_actions->showTheme(m_settings.theme());
    setNumberStyle(m_settings.numberStyle());
    m_tableCommands->restore();
    m_chart->setSettings(m_settings.chart());
    m_actions->setRecentSources(m_settings.recentSources());
    setInterval(m_settings.interval());

    const QSize room = screen()->availableSize();
    resize((room * FirstShareOfScreen).expandedTo(SmallestFirstSize).boundedTo(room));
    const QByteArray geometry = m_settings.state(GeometryState);
    if (!geometry.isEmpty() && !restoreGeometry(geometry))
        m_settings.reportUnusableState(GeometryState);
    const QByteArray layout = m_settings.state(LayoutState);
    if (!layout.isEmpty() && !m_workspace->restoreLayout(layout))
        m_settings.reportUnusableState(LayoutState);
    if (!m_settings.problems().isEmpty()) {
        m_banners->postNotice(u"settings"_s, m_settings.problems().join(u"\n"_s));
    }
}

/// What changes without saying so (columns, panels, filter) is looked at now and then: a session of days may
/// end without a close. Nothing is written while nothing changed.
void MainWindow::keepSettingsSaved()
{
    auto *timer = new QTimer(this);
    timer->setObjectName(u"keepSettingsSaved"_s);
    connect(timer, &QTimer::timeout, this, &MainWindow::saveSettings);
    timer->start(SettingsPeriod);
}

void MainWindow::saveSettings()
{
    m_settings.setState(GeometryState, saveGeometry());
    m_settings.setState(LayoutState, m_workspace->layoutState());
    m_settings.setChart(m_chart->settings());
    m_tableCommands->remember();
    m_settings.save();
}

void MainWindow::openSource(const QString &uri)
{
    m_front->open(uri);
}

void MainWindow::setInterval(std::chrono::milliseconds interval)
{
    m_interval->setInterval(interval);
    m_live.setInterval(interval);
}

void MainWindow::startRecording(const QString &path)
{
    m_recording->start(path);
}

void MainWindow::setNumberStyle(NumberStyle style)
{
    m_actions->showNumberStyle(style);
    m_table->setNumberStyle(style);
    m_chart->setNumberStyle(style);
    m_details->setNumberStyle(style);
    m_testPanel->setNumberStyle(style);
    m_snapshotController->setNumberStyle(style);
}

void MainWindow::showPinActions()
{
    m_actions->clearPins->setEnabled(!m_pins.pins().empty());
    if (!m_pins.canUndoClear())
        m_banners->dismiss(u"pins"_s);
}

void MainWindow::showOnce(const QString &name, const std::function<QDialog *()> &make)
{
    auto *dialog = findChild<QDialog *>(name);
    if (!dialog)
        dialog = make();
    dialog->show();
    dialog->raise();
}

void MainWindow::showKeys()
{
    showOnce(u"keysDialog"_s, [this] { return makeKeysDialog(m_actions->withShortcuts(), this); });
}

/// Files may be dropped anywhere on the window: fields and the chart would take them for text or refuse them.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (!isDrag && event->type() != QEvent::Drop)
        return QMainWindow::eventFilter(watched, event);
    const auto *part = qobject_cast<QWidget *>(watched);
    auto *drop = static_cast<QDropEvent *>(event);
    const QStringList files = droppedFiles(*drop->mimeData());
    if (!part || part->window() != this || files.isEmpty())
        return QMainWindow::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (!isDrag)
        openDropped(files);
    return true;
}

void MainWindow::openDropped(const QStringList &files)
{
    m_replayController->open(u"file:"_s + files.first());
    if (files.size() == 1)
        return m_banners->dismiss(u"drop"_s);
    m_banners->postNotice(u"drop"_s,
        tr("Of %1 files %2 was opened: one is shown at a time. "
           "To make one recording of them all: poolscope-cli import FILE… -o ALL.poolscope")
            .arg(files.size())
            .arg(QFileInfo(files.first()).fileName()));
}

void MainWindow::closeUnasked()
{
    stopAsking();
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveSettings();
    if (!m_closes && (!m_recording->mayClose() || !m_test->mayClose())) {
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
}

} // namespace poolscope
