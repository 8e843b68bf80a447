// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/driversection.h"

#include "model/core/tagtext.h"
#include "model/drivers/loadeddrivers.h"
#include "views/details/detailslabel.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds PollPeriod{100};
constexpr int Whole = 1000;
constexpr size_t MostShown = 10;

QString gradeText(const TagUse &use)
{
    switch (use.grade()) {
    case TagGrade::Strong:
        return DriverSection::tr("in code %1×", "how often").arg(use.strong.count);
    case TagGrade::Medium:
        return DriverSection::tr("in code %1×, maybe as something else", "how often").arg(use.medium.count);
    case TagGrade::Weak:
    case TagGrade::None:
        break;
    }
    return DriverSection::tr("only as text %1×, may be chance").arg(use.weak.count);
}

QString hitText(const DriverHit &hit)
{
    QStringList about;
    for (const QString &part : {hit.company, hit.version, hit.changed.date().toString(Qt::ISODate)}) {
        if (!part.isEmpty())
            about << part;
    }
    return u"%1\n    %2\n    %3"_s.arg(
        QDir::toNativeSeparators(hit.path), gradeText(hit.use), about.join(u", "_s));
}

QString resultText(const DriverSearch &search, const QByteArray &tag)
{
    QStringList lines;
    if (search.isCancelled && search.hits.empty())
        return DriverSection::tr("Stopped before the end: nothing found so far.");
    if (search.isCancelled)
        lines << DriverSection::tr("Stopped before the end. Found so far:");
    for (size_t i = 0; i < std::min(search.hits.size(), MostShown); ++i)
        lines << hitText(search.hits[i]);
    if (search.hits.size() > MostShown)
        lines << DriverSection::tr("and %1 more").arg(search.hits.size() - MostShown);
    if (search.hits.empty()) {
        lines << DriverSection::tr("None of %1 files names “%2”.")
                     .arg(QString::number(search.searched), escapedTag(tag));
    }
    if (!search.problems.empty()) {
        lines << DriverSection::tr("%1 could not be read, the first: %2")
                     .arg(QString::number(search.problems.size()), search.problems.front().text());
    }
    return lines.join(u'\n');
}

QPushButton *makeButton(const QString &name, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

DriverSection::DriverSection(QWidget *parent)
    : QWidget(parent)
    , m_loaded(makeButton(u"details.searchLoaded"_s, tr("Find in loaded drivers"), this))
    , m_folder(makeButton(u"details.searchFolder"_s, tr("Find in a folder…"), this))
    , m_progress(new QProgressBar(this))
    , m_cancel(makeButton(u"details.searchCancel"_s, tr("Cancel"), this))
    , m_result(makeDetailsLabel(u"details.drivers"_s, this))
{
    m_loaded->setToolTip(tr("Looks into the files of the drivers that are loaded for the tag"));
    m_folder->setToolTip(tr("Looks into the *.sys, *.dll and *.exe below a folder for the tag"));
    m_progress->setRange(0, Whole);
    m_progress->setAccessibleName(tr("Search in driver files"));
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_loaded, m_folder})
        row->addWidget(button);
    row->addStretch();
    auto *running = new QHBoxLayout;
    running->addWidget(m_progress, 1);
    running->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addLayout(running);
    layout->addWidget(m_result);
    connect(m_loaded, &QPushButton::clicked, this, [this] { search({}); });
    connect(m_folder, &QPushButton::clicked, this, &DriverSection::askForFolder);
    connect(m_cancel, &QPushButton::clicked, this, &DriverSection::cancel);
    m_poll.setInterval(PollPeriod);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_job)
            m_progress->setValue(m_job->permille);
    });
    m_result->hide();
    m_hasLoaded = hasWindowsDrivers();
    showRunning(false);
}

DriverSection::~DriverSection()
{
    cancel();
}

void DriverSection::setTag(const QByteArray &tag)
{
    if (tag == m_tag)
        return;
    m_tag = tag;
    cancel();
    m_job.reset();
    m_result->hide();
    showRunning(false);
}

void DriverSection::search(const QStringList &paths)
{
    cancel();
    m_job = std::make_shared<Job>();
    m_result->hide();
    showRunning(true);
    m_background.run(
        [job = m_job, paths, tag = m_tag, cache = m_cachePath]() -> Result<DriverSearch> {
            const Progress goesOn = [&job](double done) {
                job->permille = static_cast<int>(done * Whole);
                return !job->isCancelled;
            };
            const Result<DriverFiles> files =
                paths.isEmpty() ? loadedDriverFiles() : driverFilesIn(paths, goesOn);
            if (!files)
                return files.error();
            return searchDrivers(files.value(), tag, cache, goesOn);
        },
        [this, job = m_job](const Result<DriverSearch> &found) {
            if (job == m_job) // nobody waits for an earlier one
                showResult(found);
        });
}

void DriverSection::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder of drivers"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) { search({folder}); });
    dialog->open();
}

void DriverSection::cancel()
{
    if (m_job)
        m_job->isCancelled = true;
}

void DriverSection::showRunning(bool isRunning)
{
    m_loaded->setVisible(!isRunning && m_hasLoaded);
    m_folder->setVisible(!isRunning);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_progress, m_cancel})
        widget->setVisible(isRunning);
    m_progress->setValue(0);
    if (isRunning)
        m_poll.start();
    else
        m_poll.stop();
}

void DriverSection::showResult(const Result<DriverSearch> &found)
{
    m_job.reset();
    showRunning(false);
    m_result->setText(found ? resultText(found.value(), m_tag) : found.error().text());
    m_result->show();
}

} // namespace poolscope
