// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/snapshotpanel.h"

#include "model/snapshots/snapshotstore.h"
#include "model/tables/snapshotlistmodel.h"
#include "views/snapshots/autoperiodbox.h"
#include "views/snapshots/celldelegate.h"
#include "views/snapshots/paneltools.h"
#include "views/snapshots/plaintable.h"
#include "views/snapshots/undobar.h"
#include "views/theme/themeicon.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

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
    m_view->fitColumn(SnapshotListModel::Nonpaged, u"9,999,999,999"_s);
    m_view->fitColumn(SnapshotListModel::Paged, u"9,999,999,999"_s);
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
        return makePanelAction(*m_view, icon, text, tip, key, this);
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
        return makePanelButton(action, style, this);
    };
    QToolButton *copy = makePanelMenuButton(m_copyMarkdown, {m_copyText, m_copyMarkdown}, this);
    m_period = new AutoPeriodBox(this);
    m_filter = makePanelFilter(
        tr("Filter snapshots"), tr("Shows snapshots with this text in label, note or machine"), 220, this);
    m_filter->setMinimumWidth(90);
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

} // namespace poolscope
