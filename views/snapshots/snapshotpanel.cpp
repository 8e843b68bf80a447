// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/snapshotpanel.h"

#include "model/formats/markdown.h"
#include "model/sampling/background.h"
#include "model/snapshots/snapshotstore.h"
#include "model/tables/snapshotlistmodel.h"
#include "views/snapshots/autoperiodbox.h"
#include "views/snapshots/plaintable.h"
#include "views/snapshots/saveprompt.h"
#include "views/snapshots/undobar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

const std::vector<SampleFormat> &exportFormats()
{
    static const std::vector<SampleFormat> formats{
        SampleFormat::PoolMonText, SampleFormat::Csv, SampleFormat::Json, SampleFormat::Markdown};
    return formats;
}

} // namespace

SnapshotPanel::SnapshotPanel(SnapshotStore *store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_model(new SnapshotListModel(store, this))
    , m_background(new Background(this))
{
    setAccessibleName(tr("Snapshots"));
    makeList();
    makeActions();
    makeLayout();
    connect(store, &SnapshotStore::fetched, this, &SnapshotPanel::finish);
    connect(
        store, &SnapshotStore::undoCountChanged, this, [this] { m_undoBar->setCount(m_store->undoCount()); });
    connect(m_undoBar, &UndoBar::undoRequested, store, &SnapshotStore::undoRemove);
    connect(m_undoBar, &UndoBar::dismissed, store, &SnapshotStore::forgetRemoved);
    connect(m_period, &AutoPeriodBox::periodChanged, this, &SnapshotPanel::autoPeriodChanged);
    connect(m_model, &SnapshotListModel::modelReset, this, &SnapshotPanel::updateActions);
    connect(m_model, &SnapshotListModel::rowsInserted, this, &SnapshotPanel::updateActions);
    connect(m_model, &SnapshotListModel::rowsRemoved, this, &SnapshotPanel::updateActions);
    connect(m_model, &SnapshotListModel::dataChanged, this, &SnapshotPanel::showNote);
    updateActions();
}

SnapshotPanel::~SnapshotPanel()
{
    storeNote();
}

void SnapshotPanel::storeNote()
{
    m_noteTimer.stop();
    if (!m_noteId.isNull())
        m_store->setNote(m_noteId, m_note->toPlainText());
}

void SnapshotPanel::showNote()
{
    const QUuid id = currentId();
    if (id != m_noteId)
        storeNote();
    m_noteId = id;
    const SnapshotMeta *const meta = id.isNull() ? nullptr : m_store->find(id);
    m_note->setEnabled(meta != nullptr);
    const QString text = meta == nullptr ? QString() : meta->note;
    // While the user types, the editor is ahead of the store.
    if (m_noteTimer.isActive() || text == m_note->toPlainText())
        return;
    const QSignalBlocker quiet(m_note);
    m_note->setPlainText(text);
}

QUuid SnapshotPanel::currentId() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? m_model->idAt(current.row()) : QUuid();
}

QList<QUuid> SnapshotPanel::selectedIds() const
{
    std::vector<const SnapshotMeta *> metas;
    for (const int row : m_view->selectedRows()) {
        if (const SnapshotMeta *const meta = m_store->find(m_model->idAt(row)); meta != nullptr)
            metas.push_back(meta);
    }
    std::ranges::stable_sort(metas, {}, &SnapshotMeta::wall);
    QList<QUuid> ids;
    for (const SnapshotMeta *const meta : metas)
        ids += meta->id;
    return ids;
}

void SnapshotPanel::updateActions()
{
    const bool none = m_store->snapshots().empty();
    const bool nothingShown = m_model->rowCount() == 0;
    m_empty->setText(
        none ? tr("No snapshots yet. Ctrl+S takes one.") : tr("No snapshot matches the filter."));
    m_stack->setCurrentIndex(nothingShown ? 0 : 1);
    m_filter->setEnabled(!none);

    const auto selected = m_view->selectionModel()->selectedRows().size();
    m_open->setEnabled(selected == 1);
    m_compare->setEnabled(selected >= 2 || (selected < 2 && m_store->snapshots().size() >= 2));
    m_compare->setToolTip(selected >= 2
            ? tr("Puts the %1 selected snapshots side by side").arg(selected)
            : tr("Puts the last two snapshots side by side; select two or more for others"));
    m_rename->setEnabled(selected == 1);
    m_export->setEnabled(!none);
    for (QAction *const action : {m_remove, m_copyText, m_copyMarkdown})
        action->setEnabled(selected > 0);
    showNote();
}

void SnapshotPanel::setAutoPeriod(std::optional<std::chrono::milliseconds> period)
{
    m_period->setPeriod(period);
}

std::optional<std::chrono::milliseconds> SnapshotPanel::autoPeriod() const
{
    return m_period->period();
}

void SnapshotPanel::setTakeEnabled(bool enabled)
{
    m_take->setEnabled(enabled);
}

void SnapshotPanel::setNumberStyle(NumberStyle style)
{
    m_model->setNumberStyle(style);
}

void SnapshotPanel::compare()
{
    QList<QUuid> ids = selectedIds();
    if (ids.size() < 2) {
        ids.clear();
        const auto &all = m_store->snapshots();
        for (size_t i = all.size() - std::min<size_t>(2, all.size()); i < all.size(); ++i)
            ids += all[i].id;
    }
    if (ids.size() >= 2)
        fetch(Purpose::Compare, ids);
}

void SnapshotPanel::exportTo(const QString &path, SampleFormat format)
{
    QList<QUuid> ids = selectedIds();
    if (ids.isEmpty()) {
        for (const SnapshotMeta &meta : m_store->snapshots())
            ids += meta.id;
    }
    fetch(Purpose::Export, ids, path, format);
}

void SnapshotPanel::askExport()
{
    const QList<QUuid> ids = selectedIds();
    const SnapshotMeta *const only = ids.size() == 1 ? m_store->find(ids.front()) : nullptr;
    const std::vector<SaveKind> kinds{{tr("PoolMon text"), u"txt"_s}, {tr("CSV"), u"csv"_s},
        {tr("JSON"), u"json"_s}, {tr("Markdown"), u"md"_s}};
    askSavePath(this, tr("Export snapshots"), only == nullptr ? u"snapshots"_s : asFileName(only->label),
        kinds, [this](const QString &path, size_t kind) { exportTo(path, exportFormats()[kind]); });
}

void SnapshotPanel::fetch(Purpose purpose, const QList<QUuid> &ids, const QString &path, SampleFormat format)
{
    if (ids.isEmpty() || ids.front().isNull())
        return;
    m_errands.push_back({m_store->fetch(ids), purpose, path, format});
}

void SnapshotPanel::finish(quint64 request, const std::vector<Snapshot> &snapshots)
{
    const auto at = std::ranges::find(m_errands, request, &Errand::request);
    if (at == m_errands.end())
        return; // asked by somebody else
    const Errand errand = *at;
    // Answers come in order: older ones that are missing have failed.
    m_errands.erase(m_errands.begin(), at + 1);
    if (!snapshots.empty())
        deliver(errand, snapshots);
}

void SnapshotPanel::deliver(const Errand &errand, const std::vector<Snapshot> &snapshots)
{
    switch (errand.purpose) {
    case Purpose::Open:
        emit openRequested(snapshots.front());
        return;
    case Purpose::Compare:
        emit compareRequested(snapshots);
        return;
    case Purpose::CopyText:
    case Purpose::CopyMarkdown:
        copy(snapshots, errand.purpose);
        return;
    case Purpose::Export:
        m_background->run(
            [snapshots, errand] { return exportSnapshots(snapshots, errand.format, errand.path); },
            [this, path = errand.path](const Result<Done> &written) {
                if (written.ok())
                    emit exported(path);
                else
                    emit failed(written.error());
            });
        return;
    }
}

void SnapshotPanel::copy(const std::vector<Snapshot> &snapshots, Purpose purpose)
{
    m_background->run(
        [snapshots, purpose] {
            QByteArray out;
            for (const Snapshot &snapshot : snapshots) {
                out += out.isEmpty() ? "" : "\n";
                out += purpose == Purpose::CopyText ? snapshotToText(snapshot) : snapshotToMarkdown(snapshot);
            }
            return QString::fromUtf8(out);
        },
        [this](const QString &text) {
            QApplication::clipboard()->setText(text);
            emit copied();
        });
}

} // namespace poolscope
