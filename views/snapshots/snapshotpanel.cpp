// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/snapshotpanel.h"

#include "model/core/background.h"
#include "model/formats/markdown.h"
#include "model/snapshots/snapshotstore.h"
#include "model/tables/snapshotlistmodel.h"
#include "views/snapshots/autoperiodbox.h"
#include "views/snapshots/celldelegate.h"
#include "views/snapshots/plaintable.h"
#include "views/snapshots/saveprompt.h"
#include "views/snapshots/undobar.h"
#include "views/theme/themeicon.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

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

void SnapshotPanel::makeList()
{
    m_view = new PlainTable(this);
    m_view->setObjectName(u"snapshotList"_s);
    m_view->setAccessibleName(tr("List of snapshots"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setItemDelegateForColumn(SnapshotListModel::Label, new LabelDelegate(m_view));
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setSectionsClickable(true);
    m_view->sortByColumn(SnapshotListModel::Time, Qt::DescendingOrder);
    m_view->fitColumn(SnapshotListModel::Label, u"auto 12:03:15      auto "_s);
    m_view->fitColumn(SnapshotListModel::Time, u"2026-12-30 22:00:00"_s);
    m_view->fitColumn(SnapshotListModel::Nonpaged, u"999.9 MiB"_s);
    m_view->fitColumn(SnapshotListModel::Paged, u"999.9 MiB"_s);
    m_view->fitColumn(SnapshotListModel::Tags, u"10,000"_s);
    m_view->fitColumn(SnapshotListModel::Note, u"Printed 200 pages and waited"_s);
    m_view->fitColumn(SnapshotListModel::Machine, u"a-host-name"_s);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_view, &PlainTable::rowActivated, this,
        [this](int row) { fetch(Purpose::Open, {m_model->idAt(row)}); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &SnapshotPanel::updateActions);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &SnapshotPanel::showNote);
}

void SnapshotPanel::makeActions()
{
    const auto make = [this](const QString &icon, const QString &text, const QString &tip,
                          const QKeySequence &key) {
        auto *action = new QAction(themeIcon(icon), text, this);
        action->setToolTip(
            key.isEmpty() ? tip : QString(tip + u" ("_s + key.toString(QKeySequence::NativeText) + u')'));
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_view->addAction(action);
        return action;
    };
    // Its key belongs to the whole window, which owns the sample.
    m_take = new QAction(themeIcon(u"snapshot"_s), tr("&Take"), this);
    m_take->setObjectName(u"take"_s);
    m_take->setToolTip(tr("Keeps the newest sample (Ctrl+S)"));
    m_open = make(u"open"_s, tr("&Open"), tr("Shows the table as it was then"), {});
    m_compare = make(u"compare"_s, tr("&Compare"), tr("Puts the selected snapshots side by side"), {});
    m_rename = make(u"note"_s, tr("&Rename"), tr("Changes the label"), QKeySequence(Qt::Key_F2));
    m_export =
        make(u"export"_s, tr("&Export…"), tr("Writes the selected snapshots, or all, into a file"), {});
    m_copyText =
        make(u"copy"_s, tr("Copy as te&xt"), tr("Facts and table as plain text"), QKeySequence::Copy);
    m_copyMarkdown = make(u"copy"_s, tr("Copy as &Markdown"), tr("Facts and table for a bug report"),
        QKeySequence(u"Ctrl+Shift+C"_s));
    m_remove = make(u"delete"_s, tr("&Delete"), tr("Deletes the selected snapshots; can be undone"),
        QKeySequence(QKeySequence::Delete));

    connect(m_take, &QAction::triggered, this, &SnapshotPanel::takeRequested);
    connect(m_open, &QAction::triggered, this, [this] { fetch(Purpose::Open, {currentId()}); });
    connect(m_compare, &QAction::triggered, this, &SnapshotPanel::compare);
    connect(m_rename, &QAction::triggered, this,
        [this] { m_view->edit(m_view->currentIndex().siblingAtColumn(SnapshotListModel::Label)); });
    connect(m_remove, &QAction::triggered, this, [this] { m_store->remove(selectedIds()); });
    connect(m_export, &QAction::triggered, this, &SnapshotPanel::askExport);
    connect(m_copyText, &QAction::triggered, this, [this] { fetch(Purpose::CopyText, selectedIds()); });
    connect(
        m_copyMarkdown, &QAction::triggered, this, [this] { fetch(Purpose::CopyMarkdown, selectedIds()); });
}

void SnapshotPanel::makeLayout()
{
    const auto button = [this](QAction *action, Qt::ToolButtonStyle style) {
        auto *out = new QToolButton(this);
        out->setDefaultAction(action);
        out->setToolButtonStyle(style);
        out->setAutoRaise(true);
        out->setFocusPolicy(Qt::TabFocus);
        out->setAccessibleName(action->text().remove(u'&').remove(u'…'));
        return out;
    };
    auto *copy = button(m_copyMarkdown, Qt::ToolButtonIconOnly);
    copy->setPopupMode(QToolButton::MenuButtonPopup);
    auto *copyMenu = new QMenu(copy);
    copyMenu->addActions({m_copyText, m_copyMarkdown});
    copy->setMenu(copyMenu);
    m_period = new AutoPeriodBox(this);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("filter…"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter snapshots"));
    m_filter->setToolTip(tr("Shows snapshots with this text in label, note or machine"));
    m_filter->setMinimumWidth(90);
    m_filter->setMaximumWidth(220);
    connect(m_filter, &QLineEdit::textChanged, m_model, &SnapshotListModel::setFilter);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(4, 4, 4, 4);
    bar->setSpacing(2);
    bar->addWidget(button(m_take, Qt::ToolButtonTextBesideIcon));
    bar->addWidget(m_period);
    bar->addSpacing(8);
    bar->addWidget(button(m_open, Qt::ToolButtonIconOnly));
    bar->addWidget(button(m_compare, Qt::ToolButtonTextBesideIcon));
    bar->addWidget(button(m_export, Qt::ToolButtonIconOnly));
    bar->addWidget(copy);
    bar->addWidget(button(m_remove, Qt::ToolButtonIconOnly));
    bar->addStretch(1);
    bar->addWidget(m_filter, 1);

    m_empty = new QLabel(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(16);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_view);
    split->addWidget(makeNoteEditor());
    split->setStretchFactor(0, 1);
    split->setCollapsible(0, false);
    split->setSizes({1000, m_note->minimumHeight()});
    m_stack->addWidget(split);
    m_undoBar = new UndoBar(this);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_undoBar);
}

QWidget *SnapshotPanel::makeNoteEditor()
{
    auto *box = new QWidget(this);
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(6, 4, 6, 4);
    auto *title = new QLabel(tr("&Note"), box);
    m_note = new QPlainTextEdit(box);
    m_note->setObjectName(u"note"_s);
    m_note->setAccessibleName(tr("Note of the snapshot"));
    m_note->setPlaceholderText(tr("What happened here?"));
    m_note->setTabChangesFocus(true);
    m_note->setMinimumHeight(m_note->fontMetrics().height() * 2 + 12);
    m_note->setMaximumHeight(m_note->fontMetrics().height() * 8);
    title->setBuddy(m_note);
    layout->addWidget(title, 0, Qt::AlignTop);
    layout->addWidget(m_note, 1);
    // Written when the user has paused or left, not for every letter.
    m_noteTimer.setSingleShot(true);
    m_noteTimer.setInterval(std::chrono::seconds(1));
    connect(m_note, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_noteId.isNull())
            m_noteTimer.start();
    });
    connect(&m_noteTimer, &QTimer::timeout, this, &SnapshotPanel::storeNote);
    return box;
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
