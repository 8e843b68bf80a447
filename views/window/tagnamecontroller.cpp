// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/tagnamecontroller.h"

#include "model/knowledge/pooltagfile.h"
#include "views/window/bannerstack.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString BannerKey = u"tagNames"_s;

} // namespace

TagNameController::TagNameController(QAction &choose, BannerStack &banners, QWidget &window, QObject *parent)
    : QObject(parent)
    , m_banners(banners)
    , m_window(window)
{
    connect(&choose, &QAction::triggered, this, &TagNameController::ask);
}

void TagNameController::ask()
{
    auto *dialog = new QFileDialog(&m_window, tr("Pool tag names"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Pool tag files (pooltag.txt localtag.txt *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &TagNameController::choose);
    dialog->open();
}

void TagNameController::choose(const QString &path)
{
    m_background.run(
        [path] {
            Outcome outcome{Done{}, {{}, path, true}, 0};
            const Result<PoolTagFile> file = PoolTagFile::read(path);
            if (!file) {
                outcome.done = file.error();
                return outcome;
            }
            outcome.tags = file.value().size();
            outcome.done = setChosenTagFile(path);
            return outcome;
        },
        [this](const Outcome &outcome) { show(outcome); });
}

void TagNameController::useNewest()
{
    m_background.run(
        [] {
            Outcome outcome;
            outcome.done = setChosenTagFile({});
            outcome.places = tagNamePlaces();
            return outcome;
        },
        [this](const Outcome &outcome) { show(outcome); });
}

void TagNameController::show(const Outcome &outcome)
{
    if (!outcome.done) {
        m_banners.postError(BannerKey, outcome.done.error().text());
        return;
    }
    emit changed();
    const QString file = QDir::toNativeSeparators(outcome.places.tagFile);
    if (outcome.places.isChosen) {
        m_banners.postNotice(BannerKey,
            tr("Pool tags are named by %1 (%n entries).", nullptr, static_cast<int>(outcome.tags)).arg(file),
            {{tr("Use the newest installed"), [this] { useNewest(); }}});
    } else if (file.isEmpty()) {
        m_banners.postNotice(
            BannerKey, tr("No pooltag.txt is installed here: pool tags are named by PoolScope's own list."));
    } else {
        m_banners.postNotice(BannerKey, tr("Pool tags are named by %1.").arg(file));
    }
}

} // namespace poolscope
