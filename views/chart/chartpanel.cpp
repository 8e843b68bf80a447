// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartpanel.h"

#include "model/formats/filewriter.h"
#include "views/chart/chartcontrols.h"
#include "views/chart/chartlegend.h"
#include "views/chart/chartmessage.h"
#include "views/chart/chartview.h"

#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono;

namespace {

/// At most four times a second.
constexpr milliseconds UpdateInterval = 250ms;
constexpr QSize SmallestExport(640, 320);

} // namespace

ChartPanel::ChartPanel(QWidget *parent)
    : QWidget(parent)
    , m_throttle(UpdateInterval)
    , m_controls(new ChartControls(this))
    , m_view(new ChartView(this))
    , m_legend(new ChartLegend(this))
{
    auto *plot = new QHBoxLayout;
    plot->setContentsMargins({});
    plot->setSpacing(0);
    plot->addWidget(m_view, 1);
    plot->addWidget(m_legend);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addWidget(m_controls);
    all->addLayout(plot, 1);
    connectControls();
    connectView();
    connect(&m_throttle, &Throttle::due, this, &ChartPanel::refresh);
    m_window.setFollowSpan(m_settings.range);
    rebuildSeries();
    syncControls();
}

void ChartPanel::setPins(PinList *pins)
{
    if (m_pins)
        disconnect(m_pins, nullptr, this, nullptr);
    m_pins = pins;
    if (m_pins)
        connect(m_pins, &PinList::changed, this, &ChartPanel::onPinsChanged);
    onPinsChanged();
}

void ChartPanel::setFrame(const FramePtr &frame)
{
    const bool isFirst = !m_frame;
    m_frame = frame;
    if (!m_isRecording) {
        const WallTime newest = frame->sample->wall;
        TimeRange history = isFirst ? TimeRange{newest, newest} : m_window.history();
        history.to = std::max(history.from, newest);
        m_window.setHistory(history);
    }
    if (m_pinned.setTags(frame->tags) || isFirst)
        rebuildSeries();
    m_throttle.call();
}

void ChartPanel::setRecording(const TimeRange &range)
{
    const bool isFirst = !std::exchange(m_isRecording, true);
    m_window.setHistory(range);
    if (isFirst) {
        m_controls->setRecording(true);
        resetWindow();
        return;
    }
    if (m_window.isFollowing())
        m_picture.range = m_window.range();
    m_throttle.call();
}

void ChartPanel::setPosition(WallTime at)
{
    m_view->setPosition(at);
    m_window.setMoment(at);
    if (!m_window.isFollowing() && !m_window.range().contains(at)) {
        // By a page, so that the picture does not slide while the recording plays.
        const TimeRange range = m_window.range();
        const nanoseconds edge = range.span() / 10;
        m_window.pan(at > range.to ? at - edge - range.from : at + edge - range.to);
    }
    if (m_picture.range != m_window.range())
        moveWindow();
}

void ChartPanel::setMarks(const std::vector<Mark> &marks)
{
    m_picture.marks = marks;
    std::stable_sort(m_picture.marks.begin(), m_picture.marks.end(),
        [](const Mark &a, const Mark &b) { return a.wall < b.wall; });
    updatePicture();
}

void ChartPanel::setAnswer(const SeriesAnswer &answer)
{
    if (!m_asked || answer.token != m_asked->token)
        return;
    const Asked asked = *std::exchange(m_asked, std::nullopt);
    const size_t count = std::min(asked.tags.size(), answer.series.size());
    for (size_t i = 0; i < count; ++i)
        m_pinned.setPoints(asked.tags[i], answer.series[i]);
    m_picture.series = m_pinned.series(sourceKind());
    m_hasAnswer = true;
    addTrends();

    TimeRange history = m_window.history();
    const bool isLonger = !m_isRecording && answer.first != WallTime() && answer.first < history.from;
    if (isLonger)
        history.from = answer.first;
    if (!m_isRecording)
        history.to = std::max(history.to, answer.last);
    m_window.setHistory(history);
    m_picture.range = m_window.isFollowing() ? asked.range : m_window.range();
    updatePicture();
    if (std::exchange(m_askAgain, false) || isLonger)
        askNow();
}

void ChartPanel::setNumberStyle(NumberStyle style)
{
    m_picture.numbers = style;
    updatePicture();
}

void ChartPanel::clear()
{
    m_frame.reset();
    m_pinned.forgetSession();
    m_gate.reset();
    m_throttle.cancel();
    m_asked.reset();
    m_askAgain = false;
    m_hasAnswer = false;
    m_isRecording = false;
    m_controls->setRecording(false);
    m_view->setPosition(std::nullopt);
    m_picture.marks.clear();
    m_picture.range = {};
    m_window = TimeWindow();
    m_window.setColumns(m_view->columns());
    m_window.setFollowSpan(m_settings.range);
    m_view->setSelection(std::nullopt);
    rebuildSeries();
    syncControls();
}

ChartSettings ChartPanel::settings() const
{
    return m_settings;
}

void ChartPanel::setSettings(const ChartSettings &settings)
{
    if (settings == m_settings)
        return;
    const bool otherRange = settings.range != m_settings.range;
    if (settings.metric != m_settings.metric || settings.base != m_settings.base) {
        // Old points are of another metric: an empty plot for a moment is better than wrong numbers.
        m_pinned.forgetPoints();
        m_hasAnswer = false;
        m_askAgain = false;
        m_asked.reset();
    }
    m_settings = settings;
    rebuildSeries();
    if (otherRange)
        resetWindow();
    else
        askNow();
    syncControls();
    emit settingsChanged();
}

void ChartPanel::setFollowing(bool following)
{
    if (following == m_window.isFollowing())
        return;
    if (following)
        m_window.follow();
    else
        m_window.freeze();
    moveWindow();
}

TimeRange ChartPanel::shownRange() const
{
    return m_picture.range;
}

void ChartPanel::connectControls()
{
    // What is chosen changes one setting; the others stay.
    const auto with = [this](auto field) {
        return [this, field](auto value) {
            ChartSettings chosen = m_settings;
            chosen.*field = value;
            setSettings(chosen);
        };
    };
    connect(m_controls, &ChartControls::metricChosen, this, with(&ChartSettings::metric));
    connect(m_controls, &ChartControls::baseChosen, this, with(&ChartSettings::base));
    connect(m_controls, &ChartControls::rangeChosen, this, [this](std::optional<seconds> range) {
        if (m_isRecording) {
            // For this recording: what is remembered is for live sessions.
            m_window.setFollowSpan(range);
            m_window.follow();
            moveWindow();
            return;
        }
        ChartSettings chosen = m_settings;
        chosen.range = range;
        setSettings(chosen);
        resetWindow();
    });
    connect(m_controls, &ChartControls::followChosen, this, &ChartPanel::setFollowing);
    connect(m_controls, &ChartControls::exportChosen, this, &ChartPanel::chooseExport);
}

void ChartPanel::connectView()
{
    connect(m_view, &ChartView::zoomWanted, this, [this](double factor, WallTime at) {
        // Before the first sample there is no time to move in.
        if (m_frame)
            m_window.zoom(factor, at);
        moveWindow();
    });
    connect(m_view, &ChartView::panWanted, this, [this](nanoseconds by) {
        if (m_frame)
            m_window.pan(by);
        moveWindow();
    });
    connect(m_view, &ChartView::lookChanged, this, &ChartPanel::updateLegend);
    connect(m_view, &ChartView::resetWanted, this, &ChartPanel::resetWindow);
    connect(m_view, &ChartView::startWanted, this, [this] {
        if (m_frame)
            m_window.pan(m_window.history().from - m_window.range().from);
        moveWindow();
    });
    connect(m_view, &ChartView::momentWanted, this, &ChartPanel::momentWanted);
    connect(m_view, &ChartView::followWanted, this, [this] { setFollowing(true); });
    connect(m_view, &ChartView::columnsChanged, this, [this] {
        m_window.setColumns(m_view->columns());
        askNow();
    });
    connect(m_legend, &ChartLegend::shownChanged, this, [this](const Tag &tag, bool shown) {
        m_pinned.setShown(tag, shown);
        rebuildSeries();
    });
    connect(m_legend, &ChartLegend::highlightToggled, this, [this](const Tag &tag) {
        m_pinned.toggleHighlight(tag);
        rebuildSeries();
    });
}

void ChartPanel::syncControls()
{
    m_controls->setSettings(m_settings);
    m_controls->setFollowing(m_window.isFollowing(), m_window.followSpan());
}

// Export

void ChartPanel::chooseExport(ChartFormat format)
{
    const QString suffix = chartFormatSuffix(format);
    auto *dialog = new QFileDialog(this, tr("Export chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(tr("%1 files (*.%2)").arg(suffix.toUpper(), suffix));
    dialog->selectFile(u"poolscope-chart."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, format](const QString &path) { exportTo(path, format); });
    dialog->open();
}

void ChartPanel::exportTo(const QString &path, ChartFormat format)
{
    const QSize size = (m_view->size() + QSize(0, 48)).expandedTo(SmallestExport);
    m_background.run(
        [path, format, size, picture = m_picture, look = m_view->look()] {
            return writeFileWhole(path, encodedPicture(picture, look, size, format));
        },
        [this, path](const Result<Done> &result) {
            if (result)
                emit exported(path);
            else
                emit exportFailed(result.error());
        });
}

// Window of time

void ChartPanel::resetWindow()
{
    m_window.setFollowSpan(m_isRecording ? std::nullopt : m_settings.range);
    m_window.follow();
    moveWindow();
}

void ChartPanel::moveWindow()
{
    m_picture.range = m_window.range();
    updatePicture();
    askNow();
    syncControls();
}

// Series

void ChartPanel::onPinsChanged()
{
    m_pinned.setPins(m_pins ? m_pins->pins() : std::vector<Pin>());
    rebuildSeries();
    askNow();
}

void ChartPanel::rebuildSeries()
{
    m_picture.metric = m_settings.metric;
    m_picture.base = m_settings.base;
    m_picture.series = m_pinned.series(sourceKind());
    addTrends();
    updateLegend();
    updatePicture();
}

/// The newest judgement of the tags that are charted.
void ChartPanel::addTrends()
{
    if (!m_frame || !m_frame->findings)
        return;
    for (ChartSeries &series : m_picture.series) {
        const std::optional<TagId> id = m_pinned.id(series.tag);
        const Finding *finding = id ? m_frame->findings->of(*id) : nullptr;
        if (finding)
            series.trend = trendOf(*finding, m_settings.metric, *series.points, m_frame->findings->wall());
    }
}

SourceKind ChartPanel::sourceKind() const
{
    return m_frame ? m_frame->sample->origin->kind : SourceKind::Pool;
}

void ChartPanel::updatePicture()
{
    m_view->setMessage(chartMessage(m_picture, m_frame.get(), m_pinned.ids(), m_hasAnswer));
    m_view->setPicture(m_picture);
}

void ChartPanel::updateLegend()
{
    m_legend->setSeries(m_picture.series, m_view->look());
    m_legend->setVisible(!m_picture.series.empty());
}

// Asking the history

bool ChartPanel::isOnScreen() const
{
    return isVisible() && !window()->isMinimized();
}

WallTime ChartPanel::newest() const
{
    return m_isRecording ? m_window.history().to : m_frame->sample->wall;
}

SeriesRequest ChartPanel::request() const
{
    SeriesRequest out;
    out.metric = m_settings.metric;
    const TimeRange range = m_window.range();
    out.from = range.from;
    out.to = range.to;
    out.columns = m_view->columns();
    if (m_frame)
        out.wishes = m_pinned.wishes(m_settings.base, m_frame->baselineWall);
    return out;
}

void ChartPanel::askNow()
{
    if (m_asked) {
        // One question at a time while the user drags; should its answer be lost, the next sample asks.
        m_askAgain = true;
        return;
    }
    refresh();
}

void ChartPanel::refresh()
{
    if (!m_frame || !isOnScreen())
        return;
    SeriesRequest wanted = request();
    if (wanted.wishes.empty() || !m_gate.isNeeded(wanted, *m_frame, newest()))
        return;
    wanted.token = seriesToken(SeriesAsker::Chart, ++m_lastToken);
    Asked asked{wanted.token, {}, {wanted.from, wanted.to}};
    for (const SeriesWish &wish : wanted.wishes)
        asked.tags.push_back((*m_frame->tags)[std::get<TagId>(wish.id)].tag);
    m_asked = std::move(asked);
    m_gate.sent(wanted, *m_frame, newest());
    emit seriesWanted(wanted);
}

// Events

void ChartPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    askNow();
}

void ChartPanel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *follow = menu->addAction(
        m_isRecording ? tr("Follow moment") : tr("Follow live"), this, &ChartPanel::setFollowing);
    follow->setCheckable(true);
    follow->setChecked(isFollowing());
    menu->addAction(tr("Reset range"), this, &ChartPanel::resetWindow);
    menu->addSeparator();
    menu->addActions(m_controls->exportActions());
    menu->popup(event->globalPos());
    event->accept();
}

} // namespace poolscope
