// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/replaycontroller.h"

#include "model/archive/fileuri.h"
#include "model/exchange/logtimes.h"
#include "views/chart/chartpanel.h"
#include "views/replay/loglinesdialog.h"
#include "views/replay/logtimesdialog.h"
#include "views/replay/replaybar.h"
#include "views/replay/replaytext.h"
#include "views/replay/timeslider.h"
#include "views/window/bannerstack.h"
#include "views/window/snapshotcontroller.h"
#include "views/window/statusline.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView OpenKey("open");
constexpr QLatin1StringView DamageKey("damage");
constexpr QLatin1StringView RemarksKey("remarks");
constexpr QLatin1StringView MomentKey("moment");
/// A file that opens faster than this is not announced.
constexpr std::chrono::milliseconds Patience{300};

QString damageText(const RecordingInfo &info)
{
    constexpr qsizetype Most = 4;
    QStringList lines = info.damage;
    if (lines.size() > Most) {
        const auto more = lines.size() - Most;
        lines = lines.first(Most) + QStringList{ReplayController::tr("and %1 more").arg(more)};
    }
    return ReplayController::tr("%1 is damaged; the rest of it is shown. %2")
        .arg(QFileInfo(info.path).fileName(), lines.join(u"; "_s));
}

} // namespace

ReplayController::ReplayController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_patience, &QTimer::timeout, &m_parts.bar, &QWidget::show);
    ReplaySession *replay = &m_parts.replay;
    connect(replay, &SessionHandle::restarted, this, &ReplayController::restart);
    connect(replay, &ReplaySession::contentsChanged, this, &ReplayController::showContents);
    connect(replay, &ReplaySession::statusChanged, this, &ReplayController::showStatus);
    connect(replay, &ReplaySession::openFailed, this, &ReplayController::sayNotOpened);
    connect(replay, &ReplaySession::snapshotReady, this, &ReplayController::takeSnapshot);
    connect(replay, &ReplaySession::failed, this, [this](const Error &error) {
        m_toCompare.clear();
        m_parts.banners.postError(MomentKey, error.text());
    });
    connect(m_parts.actions.logLines, &QAction::triggered, this, &ReplayController::showLines);
    connect(m_parts.actions.logTimes, &QAction::triggered, this, &ReplayController::chooseTimes);
    connect(&m_parts.bar, &ReplayBar::closeWanted, replay, &ReplaySession::close);
    connect(&m_parts.bar, &ReplayBar::snapshotWanted, replay, &ReplaySession::requestSnapshot);
    connect(&m_parts.bar, &ReplayBar::comparisonWanted, this, &ReplayController::compareAll);
    connect(&m_parts.chart, &ChartPanel::momentWanted, replay, &ReplaySession::seek);
    m_parts.bar.hide();
}

void ReplayController::open(const QString &uri)
{
    const Result<FileUri> file = fileUriFrom(uri);
    if (!file) {
        m_parts.banners.postError(OpenKey, file.error().text());
        return;
    }
    m_parts.banners.dismiss(OpenKey);
    open(file.value());
}

void ReplayController::open(const FileUri &file)
{
    m_opening = file;
    m_opening.path = QFileInfo(file.path).absoluteFilePath();
    m_speed = file.speed;
    m_patience.start();
    m_parts.replay.open({m_opening.path, {}, m_opening.times});
}

/// Where a date can be read in two ways, each is a button that opens the file so.
void ReplayController::sayNotOpened(const Error &error)
{
    std::vector<BannerAction> actions;
    for (const QString &choice : error.choices) {
        const QDate date = QDateTime::fromString(choice, Qt::ISODate).date();
        FileUri file = m_opening;
        file.speed = m_speed;
        file.times.start = logStartFromText(choice);
        actions.push_back({QLocale().toString(date, QLocale::LongFormat), [this, file] { open(file); }});
    }
    if (actions.empty())
        m_parts.banners.postError(OpenKey, error.text());
    else
        m_parts.banners.postNotice(OpenKey, tr("%1: %2. Which is it?").arg(error.where, error.what), actions);
}

void ReplayController::chooseTimes()
{
    const RecordingInfo &info = *m_parts.replay.info();
    const auto steps = static_cast<qint64>(std::max<TimeAxis::Index>(info.samples, 2) - 1);
    const LogTimes shown{
        info.first, std::chrono::round<std::chrono::milliseconds>((info.last - info.first) / steps)};
    auto *dialog = new LogTimesDialog(QFileInfo(info.path).fileName(), shown, m_parts.bar.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        FileUri file = m_parts.replay.file();
        file.times = dialog->times();
        open(file);
    });
    // The banner went with its button; who changes nothing is told again.
    connect(dialog, &QDialog::rejected, this, &ReplayController::sayAgain);
    dialog->open();
}

void ReplayController::showLines()
{
    const RecordingInfo &info = *m_parts.replay.info();
    auto *dialog = new LogLinesDialog(
        QFileInfo(info.path).fileName(), info.remarks, info.remarkLines, m_parts.bar.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // The banner went with its button.
    connect(dialog, &QDialog::finished, this, &ReplayController::sayAgain);
    dialog->open();
}

/// What a banner said that went with its button.
void ReplayController::sayAgain()
{
    m_said.clear();
    if (m_parts.replay.info())
        sayWhatIsWrong(*m_parts.replay.info());
}

void ReplayController::chooseFile(QWidget *parent)
{
    auto *dialog = new QFileDialog(parent, tr("Open"));
    dialog->setObjectName(u"openDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Recordings and logs (*.poolscope *.json *.jsonl *.csv *.txt *.log)"),
        tr("Recordings (*.poolscope)"), tr("All files (*)")});
    connect(
        dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { open(u"file:"_s + path); });
    dialog->open();
}

void ReplayController::restart()
{
    m_toCompare.clear();
    m_read.clear();
    m_said.clear();
    m_parts.actions.logLines->setEnabled(false);
    m_parts.actions.logTimes->setEnabled(false);
    m_parts.banners.dismiss(DamageKey);
    m_parts.banners.dismiss(RemarksKey);
    m_parts.banners.dismiss(MomentKey);
    const QString uri = m_parts.replay.sourceUri();
    m_isOpen = m_isNew = !uri.isEmpty();
    if (!m_isOpen) {
        emit closed();
        return;
    }
    m_parts.settings.addRecentSource(uri);
    emit opened(uri, m_parts.replay.sourceTitle());
}

void ReplayController::showContents()
{
    const RecordingInfo &info = *m_parts.replay.info();
    m_parts.bar.show();
    if (std::exchange(m_isNew, false))
        m_parts.bar.slider()->setFocus();
    m_parts.chart.setRecording({info.first, info.last});
    showStatusLine();
    sayWhatIsWrong(info);
    if (const auto speed = std::exchange(m_speed, std::nullopt)) {
        m_parts.replay.setSpeed(*speed);
        m_parts.replay.seekFirst();
        m_parts.replay.setPlaying(true);
    }
}

/// Contents come anew with each sample of a file that grows; what is wrong with it is said once.
void ReplayController::sayWhatIsWrong(const RecordingInfo &info)
{
    const QStringList wrong = info.damage + info.remarks;
    if (std::exchange(m_said, wrong) == wrong)
        return;
    if (!info.intact())
        m_parts.banners.postNotice(DamageKey, damageText(info));
    m_parts.actions.logLines->setEnabled(!info.remarks.isEmpty());
    m_parts.actions.logTimes->setEnabled(!info.hasOwnTimes);
    std::vector<BannerAction> actions;
    if (!info.remarkLines.isEmpty())
        actions.push_back({tr("Show lines…"), [this] { showLines(); }});
    if (!info.hasOwnTimes)
        actions.push_back({tr("Set times…"), [this] { chooseTimes(); }});
    if (!info.remarks.isEmpty()) {
        m_parts.banners.postNotice(RemarksKey,
            tr("%1: %2").arg(QFileInfo(info.path).fileName(), info.remarks.join(u"; "_s)), actions);
    }
}

void ReplayController::showStatusLine()
{
    const ReplayStatus &status = m_parts.replay.status();
    m_parts.status.setReplay(replayText(*m_parts.replay.info(), status.analysed), status.growing);
}

void ReplayController::showStatus(const ReplayStatus &status)
{
    if (status.opening.isEmpty())
        m_patience.stop();
    if (!m_patience.isActive())
        m_parts.bar.setVisible(m_isOpen || !status.opening.isEmpty());
    if (status.state != ReplayState::Ready)
        return;
    m_parts.chart.setPosition(status.at);
    showStatusLine();
    if (status.error)
        m_parts.banners.postError(MomentKey, status.error->text());
    else if (m_toCompare.empty())
        m_parts.banners.dismiss(MomentKey);
}

void ReplayController::compareAll()
{
    m_read.clear();
    m_toCompare.clear();
    if (!m_parts.replay.info())
        return;
    for (const SnapshotMeta &snapshot : m_parts.replay.info()->snapshots)
        m_toCompare.push_back(snapshot.id);
    for (const QUuid &id : m_toCompare)
        m_parts.replay.requestSnapshot(id);
}

void ReplayController::takeSnapshot(const Snapshot &snapshot)
{
    if (std::erase(m_toCompare, snapshot.id) == 0) {
        m_parts.snapshots.open(snapshot);
        return;
    }
    m_read.push_back(snapshot);
    if (m_toCompare.empty())
        m_parts.snapshots.compare(std::exchange(m_read, {}));
}

} // namespace poolscope
