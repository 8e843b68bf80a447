// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/reportcontroller.h"

#include "model/archive/openarchive.h"
#include "model/core/duration.h"
#include "model/formats/filewriter.h"
#include "model/replay/replaysession.h"
#include "model/report/reporthtml.h"
#include "model/sampling/livesession.h"
#include "model/sampling/sessionswitch.h"
#include "views/window/bannerstack.h"
#include "views/window/windowactions.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView BannerKey("report");
constexpr std::chrono::milliseconds PollPeriod{250};

/// Where the page was written.
Result<QString> write(const FileUri &input, const QString &output, const Progress &progress)
{
    const auto archive = openArchive(input.path, input.times);
    if (!archive)
        return archive.error();
    const QString title = ReportController::tr("Kernel memory of %1").arg(QFileInfo(input.path).fileName());
    const auto report = makeReport(*archive.value(), title, wallTimeNow(), progress);
    if (!report)
        return report.error();
    const auto file = WholeFileWriter::open(output);
    if (!file)
        return file.error();
    if (const Result<Done> written = file.value()->write(reportToHtml(report.value())); !written)
        return written.error();
    if (const Result<Done> committed = file.value()->commit(); !committed)
        return committed.error();
    return output;
}

} // namespace

ReportController::ReportController(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_poll.setInterval(PollPeriod);
    connect(&m_poll, &QTimer::timeout, this, &ReportController::showProgress);
    connect(m_parts.actions.saveReport, &QAction::triggered, this, &ReportController::choose);
}

/// What reads on does so for nobody.
ReportController::~ReportController()
{
    if (m_job)
        m_job->isStopped = true;
}

FileUri ReportController::input() const
{
    if (!m_parts.session.isInFront(m_parts.live))
        return m_parts.replay.file();
    const RecordingStatus &recording = m_parts.live.recordingStatus();
    return recording.isOn() ? FileUri{recording.path, {}, {}} : FileUri();
}

void ReportController::choose()
{
    const FileUri from = input();
    if (from.path.isEmpty()) {
        m_parts.banners.postNotice(
            BannerKey, tr("A report is made of a file: open one, or record what is shown now."));
        return;
    }
    auto *dialog = new QFileDialog(&m_parts.window, tr("Save report"));
    dialog->setObjectName(u"reportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("HTML page (*.html)"));
    dialog->setDefaultSuffix(u"html"_s);
    const QFileInfo file(from.path);
    dialog->setDirectory(file.path());
    dialog->selectFile(file.completeBaseName() + u".html"_s);
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, from](const QString &path) { save(from, path); });
    dialog->open();
}

void ReportController::save(const FileUri &input, const QString &output)
{
    if (m_job)
        m_job->isStopped = true;
    m_job = std::make_shared<Job>();
    m_input = QFileInfo(input.path).fileName();
    m_poll.start();
    m_background.run(
        [job = m_job, input, output] {
            return write(input, output, [job](double done) {
                job->done = done;
                return !job->isStopped;
            });
        },
        [this, job = m_job](const Result<QString> &written) {
            // One that was replaced or stopped says nothing.
            if (m_job == job)
                finish(written);
        });
}

void ReportController::showProgress()
{
    const QString text = tr("Making the report of %1: %2 %").arg(m_input).arg(std::lround(m_job->done * 100));
    if (m_parts.banners.banner(BannerKey)) {
        m_parts.banners.updateText(BannerKey, text);
        return;
    }
    m_parts.banners.postNotice(BannerKey, text, {{tr("Stop"), [this] {
                                                      m_job->isStopped = true;
                                                      m_job.reset();
                                                      m_poll.stop();
                                                  }}});
}

void ReportController::finish(const Result<QString> &written)
{
    m_job.reset();
    m_poll.stop();
    m_parts.banners.dismiss(BannerKey);
    if (!written) {
        m_parts.banners.postError(BannerKey, written.error().text());
        return;
    }
    const QString &path = written.value();
    m_parts.banners.postNotice(BannerKey,
        tr("The report was written: %1").arg(QDir::toNativeSeparators(path)),
        {{tr("Open"), [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); }}});
}

} // namespace poolscope
