// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/recordingcontroller.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/sampling/livesession.h"
#include "views/theme/themeicon.h"
#include "views/window/bannerstack.h"
#include "views/window/statusline.h"
#include "views/window/windowactions.h"
#include "views/window/windowsettings.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView BannerKey("recording");
constexpr QLatin1StringView HistoryBannerKey("historyMemory");
constexpr qint64 MiB = qint64(1) << 20;

QString fileName(const QString &path)
{
    return QFileInfo(path).fileName();
}

/// Writes that fail once are tried again after a second: said when that did not help.
bool isTrouble(RecordingState state)
{
    return state == RecordingState::Failing || state == RecordingState::Stalled;
}

} // namespace

QString suggestedRecordingPath(const QString &host, WallTime now, const QString &lastFolder)
{
    QString folder = lastFolder;
    if (folder.isEmpty() || !QFileInfo(folder).isDir())
        folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo(folder).isDir())
        folder = QDir::homePath();
    QString name = host;
    name.replace(QRegularExpression(u"[^A-Za-z0-9._-]+"_s), u"-"_s);
    if (name.isEmpty())
        name = u"poolscope"_s;
    return folder + u'/' + name + u'-' + toDateTime(now).toString(u"yyyy-MM-dd-HHmm"_s) + u".poolscope"_s;
}

RecordingController::RecordingController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(m_parts.actions.record, &QAction::triggered, this, &RecordingController::toggle);
    connect(
        m_parts.actions.historyMemory, &QAction::triggered, this, &RecordingController::chooseHistoryMemory);
    connect(&m_parts.live, &LiveSession::recordingChanged, this, &RecordingController::takeStatus);
    connect(&m_parts.live, &LiveSession::historyThinned, this, &RecordingController::sayHistory);
    connect(&m_parts.live, &LiveSession::restarted, this, [this] {
        m_saidHistory = false;
        m_parts.banners.dismiss(HistoryBannerKey);
    });
    m_parts.live.setHistoryBudget(m_parts.settings.historyBudget());
    showAction();
}

void RecordingController::start(const QString &path)
{
    m_parts.settings.setRecordingFolder(QFileInfo(path).absolutePath());
    m_parts.live.startRecording(path);
}

void RecordingController::setDataAvailable(bool available)
{
    m_hasData = available;
    showAction();
}

void RecordingController::toggle(bool on)
{
    // Checked is what is the case, not what was asked for.
    showAction();
    if (on)
        chooseFile();
    else
        m_parts.live.stopRecording();
}

void RecordingController::chooseFile()
{
    const FramePtr frame = m_parts.live.frame();
    const QString host = frame ? frame->sample->origin->host : QString();
    auto *dialog = new QFileDialog(&m_parts.window, tr("Record to"));
    dialog->setObjectName(u"recordDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PoolScope recordings (*.poolscope)"));
    dialog->setDefaultSuffix(u"poolscope"_s);
    // An existing recording is gone on with, nothing is overwritten.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    const QString suggested = suggestedRecordingPath(host, wallTimeNow(), m_parts.settings.recordingFolder());
    dialog->setDirectory(QFileInfo(suggested).path());
    dialog->selectFile(fileName(suggested));
    connect(dialog, &QFileDialog::fileSelected, this, &RecordingController::start);
    dialog->open();
}

void RecordingController::chooseHistoryMemory()
{
    auto *dialog = new QInputDialog(&m_parts.window);
    dialog->setObjectName(u"historyMemoryDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("History memory"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setLabelText(
        tr("Memory for the history, in MiB. When it is full, the oldest part is reduced to the\n"
           "minimum, maximum and last value of each minute:"));
    dialog->setIntRange(static_cast<int>(MinHistoryBudget / MiB), static_cast<int>(MaxHistoryBudget / MiB));
    dialog->setIntStep(64);
    dialog->setIntValue(static_cast<int>(m_parts.settings.historyBudget() / MiB));
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int mebibytes) {
        m_parts.settings.setHistoryBudget(mebibytes * MiB);
        m_parts.live.setHistoryBudget(mebibytes * MiB);
    });
    dialog->open();
}

void RecordingController::takeStatus(const RecordingStatus &status)
{
    const bool wasOn = m_status.isOn();
    m_status = status;
    if (status.state == RecordingState::Opening)
        m_saidDropped = 0;
    showAction();
    m_parts.statusLine.setRecording(status);
    say(status);
    if (wasOn && !status.isOn() && !status.error) {
        m_parts.banners.postNotice(BannerKey,
            tr("Recorded: %1 (%2)")
                .arg(QDir::toNativeSeparators(status.path), scaledBytesText(status.bytes)));
    }
}

void RecordingController::showAction()
{
    QAction *record = m_parts.actions.record;
    record->setEnabled(m_hasData || m_status.isOn());
    m_parts.actions.showRecording(m_status.isOn());
}

void RecordingController::say(const RecordingStatus &status)
{
    if (!status.isOn() && status.error) {
        m_saysTrouble = false;
        m_parts.banners.postError(BannerKey, tr("Not recording: %1").arg(status.error->text()));
        return;
    }
    if (status.state == RecordingState::Failing && status.error) {
        m_saysTrouble = true;
        m_parts.banners.postError(BannerKey,
            tr("The recording cannot be written: %1. Sampling goes on; what comes is kept in memory and "
               "written as soon as there is room.")
                .arg(status.error->text()));
    } else if (status.state == RecordingState::Stalled) {
        m_saysTrouble = true;
        m_parts.banners.postError(BannerKey,
            tr("The disk does not answer: %1. Sampling goes on; what comes is kept in memory until it does.")
                .arg(QDir::toNativeSeparators(status.path)));
    } else if (m_saysTrouble && !isTrouble(status.state)) {
        m_saysTrouble = false;
        m_parts.banners.postNotice(BannerKey,
            status.dropped == 0
                ? tr("The recording goes on: everything that waited was written to %1.")
                      .arg(fileName(status.path))
                : tr("The recording goes on, but %1 samples found no room in memory and are missing from %2.")
                      .arg(status.dropped)
                      .arg(fileName(status.path)));
        m_saidDropped = status.dropped;
    }
    if (status.dropped > m_saidDropped && isTrouble(status.state)) {
        m_saidDropped = status.dropped;
        m_parts.banners.postError(BannerKey,
            tr("Samples are missing from the recording: %1 found no room in memory while the disk of %2 "
               "could not be written.")
                .arg(status.dropped)
                .arg(QDir::toNativeSeparators(status.path)));
    }
}

/// Once a session: it goes on to be so.
void RecordingController::sayHistory()
{
    const auto &reach = m_parts.live.historyReach();
    if (m_saidHistory || !reach || !reach->exactFrom)
        return;
    m_saidHistory = true;
    const QString budget = scaledBytesText(m_parts.settings.historyBudget());
    const QString time = toDateTime(*reach->exactFrom).toString(u"HH:mm"_s);
    m_parts.banners.postNotice(HistoryBannerKey,
        m_status.isOn()
            ? tr("The memory of the history (%1) is full: what is older than %2 comes from the recording.")
                  .arg(budget, time)
            : tr("The memory of the history (%1) is full: of what is older than %2 only minimum, maximum and "
                 "last value of each minute are kept. Record to keep every value.")
                  .arg(budget, time),
        {{tr("Memory…"), [this] { chooseHistoryMemory(); }}});
}

bool RecordingController::mayClose()
{
    if (!m_status.isOn())
        return true;
    if (m_parts.window.findChild<QMessageBox *>(u"quitDialog"_s) != nullptr)
        return false;
    auto *box = new QMessageBox(QMessageBox::Question, tr("PoolScope is recording"),
        tr("%1 is being recorded. Stop the recording and quit?").arg(fileName(m_status.path)),
        QMessageBox::NoButton, &m_parts.window);
    box->setObjectName(u"quitDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("The file is closed well; recording to it again goes on where it ends."));
    auto *quit = box->addButton(tr("&Stop and quit"), QMessageBox::AcceptRole);
    auto *stay = box->addButton(tr("&Keep recording"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(quit, &QPushButton::clicked, this, &RecordingController::closeConfirmed);
    box->open();
    return false;
}

} // namespace poolscope
