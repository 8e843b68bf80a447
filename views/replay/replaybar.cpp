// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/replay/replaybar.h"

#include "model/core/duration.h"
#include "views/replay/replaytext.h"
#include "views/replay/timeslider.h"
#include "views/theme/themecolors.h"
#include "views/theme/themeicon.h"

#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double Speeds[] = {1, 10, 60, 600, 3600};
constexpr int IconSize = 18;
constexpr std::chrono::milliseconds PollPeriod{100};

QString shortMoment(WallTime at)
{
    return toDateTime(at).toString(u"MM-dd HH:mm"_s);
}

} // namespace

std::optional<double> speedFromText(QStringView text)
{
    QString number = text.trimmed().toString();
    if (number.endsWith(u'×') || number.endsWith(u'x', Qt::CaseInsensitive))
        number.chop(1);
    bool ok = false;
    const double speed = number.remove(u',').trimmed().toDouble(&ok);
    if (!ok || !(speed >= ReplaySession::SlowestSpeed) || speed > ReplaySession::FastestSpeed)
        return std::nullopt;
    return speed;
}

ReplayBar::ReplayBar(ReplaySession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_pages(new QStackedLayout(this))
{
    setObjectName(u"replayBar"_s);
    setAccessibleName(tr("Replay"));
    m_pages->setContentsMargins({});
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_session, &ReplaySession::contentsChanged, this, &ReplayBar::showContents);
    connect(&m_session, &ReplaySession::statusChanged, this, &ReplayBar::showStatus);
    connect(&m_session, &SessionHandle::marksChanged, this, [this] {
        showStatus(m_session.status());
        if (m_slider)
            m_slider->setMarks(m_session.marks());
    });
    connect(&m_session, &SessionHandle::restarted, this, [this] {
        if (!m_slider)
            return;
        m_slider->setAxis(nullptr);
        m_slider->setMarks({});
    });
}

void ReplayBar::makePages()
{
    m_pages->addWidget(makeControls());
    m_pages->addWidget(makeOpening());
    connectSlider();
    colorTexts();
    m_poll.setInterval(PollPeriod);
    connect(&m_poll, &QTimer::timeout, this, &ReplayBar::showShare);
}

QWidget *ReplayBar::makeOpening()
{
    auto *page = new QWidget(this);
    m_opening = new QLabel(page);
    m_opening->setTextFormat(Qt::PlainText);
    m_share = new QProgressBar(page);
    m_share->setObjectName(u"replay.share"_s);
    m_share->setFixedWidth(160);
    m_share->setAccessibleName(tr("Opening"));
    auto *cancel = new QPushButton(tr("Cancel"), page);
    cancel->setObjectName(u"replay.cancel"_s);
    connect(cancel, &QPushButton::clicked, &m_session, &ReplaySession::cancelOpening);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(8, 3, 8, 3);
    row->addWidget(m_opening);
    row->addWidget(m_share);
    row->addWidget(cancel);
    row->addStretch();
    return page;
}

QToolButton *ReplayBar::makeButton(
    const QString &name, const QString &icon, const QString &text, const QString &hint)
{
    auto *button = new QToolButton(this);
    button->setObjectName(u"replay."_s + name);
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(hint);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize({IconSize, IconSize});
    if (!icon.isEmpty())
        button->setIcon(themeIcon(icon));
    return button;
}

QComboBox *ReplayBar::makeSpeedBox()
{
    auto *box = new QComboBox(this);
    box->setObjectName(u"replay.speed"_s);
    box->setAccessibleName(tr("Speed"));
    box->setToolTip(tr("Recorded seconds a second: pick one, or type any number from 0.1 to 100,000"));
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setMinimumContentsLength(6);
    for (const double speed : Speeds)
        box->addItem(speedText(speed));
    connect(box, &QComboBox::activated, this, [this, box](int index) { chooseSpeed(box->itemText(index)); });
    connect(
        box->lineEdit(), &QLineEdit::editingFinished, this, [this, box] { chooseSpeed(box->currentText()); });
    return box;
}

QWidget *ReplayBar::makeControls()
{
    auto *page = new QWidget(this);
    m_markBack = makeButton(u"markBack"_s, u"markback"_s, tr("Previous mark"),
        tr("Goes to the mark before (Shift+Left on the slider)"));
    m_stepBack = makeButton(
        u"stepBack"_s, u"stepback"_s, tr("Previous sample"), tr("Goes one sample back (Left on the slider)"));
    m_play = makeButton(u"play"_s, u"resume"_s, tr("Play"), tr("Plays or pauses (Space on the slider)"));
    m_stepForward = makeButton(u"stepForward"_s, u"stepforward"_s, tr("Next sample"),
        tr("Goes one sample on (Right on the slider)"));
    m_markForward = makeButton(u"markForward"_s, u"markforward"_s, tr("Next mark"),
        tr("Goes to the mark after (Shift+Right on the slider)"));
    connect(m_markBack, &QToolButton::clicked, this, [this] { m_session.stepMark(-1); });
    connect(m_stepBack, &QToolButton::clicked, this, [this] { m_session.stepSamples(-1); });
    connect(
        m_play, &QToolButton::clicked, this, [this] { m_session.setPlaying(!m_session.status().playing); });
    connect(m_stepForward, &QToolButton::clicked, this, [this] { m_session.stepSamples(1); });
    connect(m_markForward, &QToolButton::clicked, this, [this] { m_session.stepMark(1); });

    m_speed = makeSpeedBox();
    m_slider = new TimeSlider(this);
    m_moment = new QLabel(page);
    m_moment->setObjectName(u"replay.moment"_s);
    m_moment->setAccessibleName(tr("Moment shown"));
    m_first = new QLabel(page);
    m_last = new QLabel(page);
    m_follow = makeButton(u"follow"_s, {}, tr("Follow live"),
        tr("The recording is still being written: go on to each new sample (End on the slider)"));
    m_follow->setCheckable(true);
    connect(m_follow, &QToolButton::clicked, &m_session, &ReplaySession::setFollowing);

    m_snapshots = makeButton(u"snapshots"_s, u"snapshot"_s, tr("Snapshots"),
        tr("The snapshots in the recording: open one, or compare them"));
    m_snapshots->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_snapshots->setPopupMode(QToolButton::InstantPopup);
    m_snapshotMenu = new QMenu(m_snapshots);
    m_snapshots->setMenu(m_snapshotMenu);
    QToolButton *close = makeButton(u"close"_s, u"close"_s, tr("Close recording"),
        tr("Closes the recording and goes back to the live source"));
    connect(close, &QToolButton::clicked, this, &ReplayBar::closeWanted);

    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(6, 3, 6, 3);
    row->setSpacing(2);
    for (QToolButton *button : {m_markBack, m_stepBack, m_play, m_stepForward, m_markForward})
        row->addWidget(button);
    row->addSpacing(4);
    row->addWidget(m_speed);
    row->addSpacing(10);
    row->addWidget(m_moment);
    row->addSpacing(12);
    row->addWidget(m_first);
    row->addWidget(m_slider, 1);
    row->addSpacing(2);
    row->addWidget(m_last);
    row->addSpacing(6);
    row->addWidget(m_follow);
    row->addWidget(m_snapshots);
    row->addWidget(close);
    return page;
}

void ReplayBar::connectSlider()
{
    connect(m_slider, &TimeSlider::momentWanted, &m_session, &ReplaySession::seek);
    connect(m_slider, &TimeSlider::sampleStepWanted, &m_session, &ReplaySession::stepSamples);
    connect(m_slider, &TimeSlider::markStepWanted, &m_session, &ReplaySession::stepMark);
    connect(m_slider, &TimeSlider::firstWanted, &m_session, &ReplaySession::seekFirst);
    connect(m_slider, &TimeSlider::lastWanted, &m_session, &ReplaySession::seekLast);
    connect(m_slider, &TimeSlider::playToggled, this,
        [this] { m_session.setPlaying(!m_session.status().playing); });
}

void ReplayBar::showContents()
{
    if (!m_slider)
        makePages();
    const auto axis = m_session.axis();
    m_slider->setAxis(axis);
    m_first->setText(shortMoment(axis->wall(0)));
    m_last->setText(shortMoment(axis->wall(axis->size() - 1)));
    showSnapshots();
}

/// The menu is left alone while nothing changes: it may be open.
void ReplayBar::showSnapshots()
{
    const std::vector<SnapshotMeta> &snapshots = m_session.info()->snapshots;
    std::vector<QUuid> listed;
    listed.reserve(snapshots.size());
    for (const SnapshotMeta &snapshot : snapshots)
        listed.push_back(snapshot.id);
    m_snapshots->setVisible(!snapshots.empty());
    if (std::exchange(m_listed, listed) == listed)
        return;
    m_snapshotMenu->clear();
    for (const SnapshotMeta &snapshot : snapshots) {
        QString text = u"%1 · %2"_s.arg(momentText(snapshot.wall), snapshot.label);
        QAction *action = m_snapshotMenu->addAction(text.replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, id = snapshot.id] { emit snapshotWanted(id); });
    }
    m_snapshotMenu->addSeparator();
    QAction *compare = m_snapshotMenu->addAction(
        themeIcon(u"compare"_s), tr("Compare all"), this, &ReplayBar::comparisonWanted);
    compare->setObjectName(u"replay.compareAll"_s);
    compare->setEnabled(snapshots.size() > 1);
}

void ReplayBar::showStatus(const ReplayStatus &status)
{
    if (!m_slider) {
        if (status.state == ReplayState::Closed && status.opening.isEmpty())
            return;
        makePages();
    }
    m_opening->setText(tr("Opening %1…").arg(QFileInfo(status.opening).fileName()));
    m_pages->setCurrentIndex(status.opening.isEmpty() ? 0 : 1);
    if (status.opening.isEmpty()) {
        m_poll.stop();
    } else if (!m_poll.isActive()) {
        showShare();
        m_poll.start();
    }
    const bool isReady = status.state == ReplayState::Ready;
    for (QToolButton *button : {m_markBack, m_stepBack, m_play, m_stepForward, m_markForward})
        button->setEnabled(isReady);
    m_play->setIcon(themeIcon(status.playing ? u"pause"_s : u"resume"_s));
    m_play->setText(status.playing ? tr("Pause") : tr("Play"));
    m_play->setAccessibleName(m_play->text());
    m_follow->setVisible(isReady && status.growing);
    m_follow->setChecked(status.following);
    if (!m_speed->lineEdit()->hasFocus())
        m_speed->setEditText(speedText(status.speed));
    if (!isReady) {
        m_moment->setText({});
        return;
    }
    m_moment->setText(momentText(status.at));
    m_slider->setMoment(status.at);
    const TimeAxis::Index last = m_session.axis()->size() - 1;
    m_stepBack->setEnabled(status.index > 0);
    m_stepForward->setEnabled(status.index < last);
    m_markBack->setEnabled(!m_session.marks().empty());
    m_markForward->setEnabled(!m_session.marks().empty());
}

/// Busy without a number until one is known.
void ReplayBar::showShare()
{
    constexpr int Percent = 100;
    const double share = m_session.openingShare();
    m_share->setRange(0, share > 0 ? Percent : 0);
    m_share->setValue(static_cast<int>(share * Percent));
    m_share->setTextVisible(share > 0);
}

void ReplayBar::chooseSpeed(const QString &text)
{
    if (const auto speed = speedFromText(text))
        m_session.setSpeed(*speed);
    m_speed->setEditText(speedText(m_session.status().speed));
}

void ReplayBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (m_slider && event->type() == QEvent::PaletteChange)
        colorTexts();
}

void ReplayBar::colorTexts()
{
    QPalette dim = palette();
    dim.setColor(QPalette::WindowText, ThemeColors::of(palette()).dimText);
    m_first->setPalette(dim);
    m_last->setPalette(dim);
}

} // namespace poolscope
