// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of TagTableView that deals with keys, menus, the clipboard and the column layout.

#include "views/table/tagtableview.h"

#include "model/tables/pinlist.h"
#include "model/tables/tagtabletext.h"
#include "views/table/tagdelegate.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDataStream>
#include <QGuiApplication>
#include <QHeaderView>
#include <QIODevice>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Raised when columns are added or change their meaning: an older layout is then not restored.
constexpr quint32 LayoutVersion = 1;
constexpr quint32 LayoutMagic = 0x50535443; // "PSTC"
constexpr auto LayoutStream = QDataStream::Qt_6_4;

int section(TagColumn column)
{
    return static_cast<int>(column);
}

} // namespace

void TagTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Shift && !event->isAutoRepeat())
        setShiftHold(true);
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (isPlain && handleTableKey(*event)) {
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

bool TagTableView::handleTableKey(const QKeyEvent &event)
{
    // By text: where these stand on the keyboard depends on the layout.
    if (event.text() == u"("_s || event.text() == u")"_s) {
        m_model->setSortByChange(!m_model->sortSpec().byChange);
        return true;
    }
    if (event.text() == u"?"_s) {
        emit keysHelpRequested();
        return true;
    }
    switch (event.key()) {
    case Qt::Key_P:
        emit typeFilterCycled();
        return true;
    case Qt::Key_B:
        sortByTagColumn(TagColumn::Bytes);
        return true;
    case Qt::Key_M:
        sortByTagColumn(TagColumn::PerAlloc);
        return true;
    case Qt::Key_T:
        sortByTagColumn(TagColumn::Tag);
        return true;
    case Qt::Key_A:
        sortByTagColumn(TagColumn::Allocs);
        return true;
    case Qt::Key_F:
        sortByTagColumn(TagColumn::Frees);
        return true;
    case Qt::Key_S:
    case Qt::Key_D:
        sortByTagColumn(TagColumn::Diff);
        return true;
    case Qt::Key_E:
        emit totalsToggled();
        return true;
    case Qt::Key_L:
        setHighlight(!m_highlight);
        return true;
    case Qt::Key_Q:
        emit quitRequested();
        return true;
    case Qt::Key_Space:
        togglePins();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto tag = currentTag())
            emit detailsRequested(*tag);
        return true;
    default:
        return false;
    }
}

void TagTableView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Shift && !event->isAutoRepeat())
        setShiftHold(false);
    QTableView::keyReleaseEvent(event);
}

void TagTableView::focusOutEvent(QFocusEvent *event)
{
    // The release of Shift would go elsewhere.
    setShiftHold(false);
    QTableView::focusOutEvent(event);
}

std::optional<Tag> TagTableView::currentTag() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? std::optional(m_model->entryAt(index.row()).tag) : std::nullopt;
}

std::vector<int> TagTableView::selectedRows() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

std::vector<Tag> TagTableView::selectedTags() const
{
    std::vector<Tag> tags;
    for (const int row : selectedRows())
        tags.push_back(m_model->entryAt(row).tag);
    return tags;
}

bool TagTableView::selectTag(const Tag &tag)
{
    const int row = m_model->rowOf(tag);
    if (row < 0)
        return false;
    const int column = currentIndex().isValid() ? currentIndex().column() : section(TagColumn::Tag);
    setCurrentIndex(m_model->index(row, column));
    return true;
}

void TagTableView::togglePins()
{
    if (m_pins == nullptr || m_model->frame() == nullptr)
        return;
    std::vector<Tag> tags = selectedTags();
    if (tags.empty()) {
        if (const auto tag = currentTag())
            tags.push_back(*tag);
    }
    const bool allPinned =
        std::all_of(tags.begin(), tags.end(), [this](const Tag &tag) { return m_pins->contains(tag); });
    for (const Tag &tag : tags) {
        if (allPinned)
            m_pins->unpin(tag);
        else
            m_pins->pin(tag, m_model->frame()->sample->wall);
    }
}

std::vector<TagColumn> TagTableView::columnsToCopy() const
{
    std::vector<TagColumn> columns;
    for (int visual = 0; visual < TagColumnCount; ++visual) {
        const int logical = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(logical))
            columns.push_back(static_cast<TagColumn>(logical));
    }
    return columns;
}

void TagTableView::copySelection() const
{
    std::vector<TagRow> rows;
    for (const int row : selectedRows())
        rows.push_back(m_model->tagRowAt(row));
    if (rows.empty())
        return;
    const std::vector<TagColumn> columns = columnsToCopy();
    auto *table = new QMimeData; // the clipboard takes it
    table->setText(tabSeparatedText(rows, columns));
    table->setHtml(htmlTable(rows, columns));
    QGuiApplication::clipboard()->setMimeData(table);
}

void TagTableView::copySelectionAsMarkdown() const
{
    std::vector<TagRow> rows;
    for (const int row : selectedRows())
        rows.push_back(m_model->tagRowAt(row));
    if (!rows.empty())
        QGuiApplication::clipboard()->setText(markdownTable(rows, columnsToCopy()));
}

void TagTableView::contextMenuEvent(QContextMenuEvent *event)
{
    const auto tag = currentTag();
    if (!tag)
        return;
    QMenu menu(this);
    menu.setObjectName(u"tagMenu"_s);
    if (m_pins != nullptr) {
        menu.addAction(
            m_pins->contains(*tag) ? tr("Un&pin") : tr("&Pin in the chart"), this, &TagTableView::togglePins);
    }
    menu.addAction(tr("&Details"), this, [this, tag = *tag] { emit detailsRequested(tag); });
    menu.addSeparator();
    menu.addAction(tr("&Copy"), this, &TagTableView::copySelection)->setShortcut(QKeySequence::Copy);
    menu.addAction(tr("Copy as &Markdown"), this, &TagTableView::copySelectionAsMarkdown);
    menu.addSeparator();
    const auto filterSelected = [this](bool exclude) {
        for (const Tag &selected : selectedTags())
            emit filterTagRequested(selected, exclude);
    };
    menu.addAction(tr("Add to &filter"), this, [=] { filterSelected(false); });
    menu.addAction(tr("&Exclude"), this, [=] { filterSelected(true); });
    menu.exec(event->globalPos());
}

void TagTableView::showHeaderMenu(const QPoint &at)
{
    QMenu menu(this);
    menu.setObjectName(u"headerMenu"_s);
    for (const TagColumnInfo &info : tagColumns()) {
        const int column = section(info.column);
        QAction *action =
            menu.addAction(m_model->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        // Without the name nobody knows whose numbers these are.
        action->setEnabled(info.column != TagColumn::Tag);
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnHidden(column, !on); });
    }
    menu.addSeparator();
    menu.addAction(tr("&Reset columns"), this, &TagTableView::resetLayout);
    menu.exec(horizontalHeader()->mapToGlobal(at));
}

QByteArray TagTableView::saveLayout() const
{
    const SortSpec &spec = m_model->sortSpec();
    QByteArray layout;
    QDataStream out(&layout, QIODevice::WriteOnly);
    out.setVersion(LayoutStream);
    out << LayoutMagic << LayoutVersion << horizontalHeader()->saveState()
        << tagColumnInfo(spec.column).key.toByteArray() << static_cast<qint32>(spec.order)
        << tagColumnInfo(spec.previousColumn).key.toByteArray() << static_cast<qint32>(spec.previousOrder)
        << spec.byChange;
    return layout;
}

bool TagTableView::restoreLayout(const QByteArray &layout)
{
    QDataStream in(layout);
    in.setVersion(LayoutStream);
    quint32 magic = 0;
    quint32 version = 0;
    in >> magic >> version;
    if (in.status() != QDataStream::Ok || magic != LayoutMagic || version != LayoutVersion)
        return false;
    QByteArray header;
    QByteArray column;
    QByteArray previousColumn;
    qint32 order = 0;
    qint32 previousOrder = 0;
    bool byChange = false;
    in >> header >> column >> order >> previousColumn >> previousOrder >> byChange;
    const auto sortColumn = tagColumnFromKey(column);
    const auto tieColumn = tagColumnFromKey(previousColumn);
    if (in.status() != QDataStream::Ok || !sortColumn || !tieColumn)
        return false;
    const auto toOrder = [](qint32 value) {
        return value == Qt::AscendingOrder ? Qt::AscendingOrder : Qt::DescendingOrder;
    };
    // The model first: the header's indicator then asks for what is there already.
    m_model->setSortSpec({.column = *sortColumn,
        .order = toOrder(order),
        .previousColumn = *tieColumn,
        .previousOrder = toOrder(previousOrder),
        .byChange = byChange});
    if (!horizontalHeader()->restoreState(header))
        return false;
    horizontalHeader()->setSortIndicator(section(*sortColumn), toOrder(order));
    setColumnHidden(section(TagColumn::Tag), false);
    m_hasOwnWidths = true;
    return true;
}

void TagTableView::resetLayout()
{
    QHeaderView *header = horizontalHeader();
    for (const TagColumnInfo &info : tagColumns()) {
        const int column = section(info.column);
        header->moveSection(header->visualIndex(column), column);
        setColumnHidden(column, !info.isVisible);
    }
    m_hasOwnWidths = false;
    setFirstWidths();
}

} // namespace poolscope
