// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/tagtableview.h"

#include "model/tables/pinlist.h"
#include "views/table/tagdelegate.h"
#include "views/table/tagheader.h"

#include <QAccessible>
#include <QPaintEvent>
#include <QPainter>
#include <QRegion>
#include <QScrollBar>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int FadeSteps = 4;
constexpr std::chrono::milliseconds FadeStep{250};
constexpr std::chrono::milliseconds TrendRefresh{5000};
constexpr std::chrono::milliseconds TrendDelay{50}; // gathers the rows that one scroll gesture uncovers

/// Of the columns that a source does not count: slabinfo has no allocs and frees.
constexpr int UnknownWidthInCharacters = 9;
constexpr int SiteWidthInCharacters = 44; // folder, file, line and function

constexpr quint8 SelectedState = 1;
constexpr quint8 CurrentState = 2;

} // namespace

TagTableView::TagTableView(TagTableModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(new TagDelegate(this))
{
    setItemDelegate(m_delegate);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerItem);
    setCornerButtonEnabled(false);
    setAccessibleName(tr("Tags"));
    setHorizontalHeader(new TagHeader(this)); // before there are columns to measure
    QTableView::setModel(model);
    setUpHeaders();

    m_fadeTimer.setInterval(FadeStep);
    connect(&m_fadeTimer, &QTimer::timeout, this, &TagTableView::fadeStep);
    m_trendTimer.setInterval(TrendDelay);
    m_trendTimer.setSingleShot(true);
    connect(&m_trendTimer, &QTimer::timeout, this, &TagTableView::requestTrends);

    // The selection model was connected first, so it has settled when these run.
    connect(m_model, &TagTableModel::frameApplied, this, &TagTableView::onFrameApplied);
    connect(m_model, &TagTableModel::rowsMovedQuietly, this, &TagTableView::onRowsMovedQuietly);
    // Qt lays out rows that came, went or moved in a later turn of the event loop: until then a repaint of
    // changed cells would stand beside rows that are out of date.
    for (const auto signal : {&TagTableModel::filterChanged, &TagTableModel::sortSpecChanged})
        connect(m_model, signal, this, [this] { executeDelayedItemsLayout(); });
    connect(m_model, &TagTableModel::layoutChanged, this, &TagTableView::updateMoveMode);
    connect(m_model, &TagTableModel::rowsInserted, this, &TagTableView::updateMoveMode);
    connect(m_model, &TagTableModel::rowsRemoved, this, &TagTableView::updateMoveMode);
    connect(m_model, &TagTableModel::modelReset, this, &TagTableView::updateMoveMode);
    connect(m_model, &TagTableModel::modelReset, this, [this] { m_isFitted = false; });
    connect(this, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (m_pins != nullptr && index.column() == static_cast<int>(TagColumn::Pin))
            m_pins->toggle(m_model->entryAt(index.row()).tag, m_model->frame()->sample->wall);
    });
    connect(this, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() != static_cast<int>(TagColumn::Pin))
            emit detailsRequested(m_model->entryAt(index.row()).tag);
    });
    updateMoveMode();
}

void TagTableView::setModel(QAbstractItemModel *model)
{
    // The model is fixed at construction: the delegate and the selection handling know its type.
    Q_ASSERT(model == m_model);
    QTableView::setModel(model);
}

void TagTableView::setUpHeaders()
{
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &TagTableView::showHeaderMenu);
    header->setSortIndicator(static_cast<int>(m_model->sortSpec().column), m_model->sortSpec().order);
    setSortingEnabled(true);
    applyFontMetrics();
    resetLayout();
}

void TagTableView::applyFontMetrics()
{
    const int height = TagDelegate::rowHeight(font());
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->setMinimumSectionSize(TagDelegate::columnWidth(font(), 2));
}

/// Once a source was seen: room for what it tells, and little for what it does not.
int TagTableView::firstWidthInCharacters(const TagColumnInfo &info) const
{
    const TagTotals &totals = m_model->totals();
    const bool isSite = m_model->sourceKind() == SourceKind::Site;
    const bool isUnknown = (info.column == TagColumn::Allocs && !totals.shown.allocs.isKnown())
        || (info.column == TagColumn::Frees && !totals.shown.frees.isKnown())
        || (info.column == TagColumn::Type && isSite);
    if (m_isFitted && isUnknown)
        return UnknownWidthInCharacters;
    return m_isFitted && isSite && info.column == TagColumn::Tag ? SiteWidthInCharacters
                                                                 : info.widthInCharacters;
}

void TagTableView::setFirstWidths()
{
    m_isSettingWidths = true;
    for (const TagColumnInfo &info : tagColumns()) {
        setColumnWidth(
            static_cast<int>(info.column), TagDelegate::columnWidth(font(), firstWidthInCharacters(info)));
    }
    m_isSettingWidths = false;
}

void TagTableView::fitToSource()
{
    if (m_isFitted || m_hasOwnWidths || m_model->rowCount() == 0)
        return;
    m_isFitted = true;
    setFirstWidths();
}

void TagTableView::setPins(PinList *pins)
{
    m_pins = pins;
    m_model->setPins(pins);
}

void TagTableView::setHighlight(bool on)
{
    if (on == m_highlight)
        return;
    m_highlight = on;
    if (!on)
        setTintStrength(0);
    emit highlightChanged(on);
}

void TagTableView::setHoldOrder(bool on)
{
    if (on == m_holdOrder)
        return;
    m_holdOrder = on;
    updateHold();
    emit holdOrderChanged(on);
}

void TagTableView::setShiftHold(bool on)
{
    m_shiftHold = on;
    updateHold();
}

void TagTableView::updateHold()
{
    m_model->setHoldOrder(m_holdOrder || m_shiftHold);
}

void TagTableView::sortByTagColumn(TagColumn column)
{
    sortByColumn(static_cast<int>(column), tagColumnInfo(column).initialOrder);
}

void TagTableView::onFrameApplied()
{
    executeDelayedItemsLayout();
    fitToSource();
    if (m_highlight)
        setTintStrength(1);
    if (!isColumnHidden(static_cast<int>(TagColumn::Trend)) && !m_trendTimer.isActive())
        requestTrends();
}

void TagTableView::fadeStep()
{
    setTintStrength(std::max(m_delegate->tintStrength() - 1.0 / FadeSteps, 0.0));
}

void TagTableView::setTintStrength(double strength)
{
    if (strength > 0)
        m_fadeTimer.start();
    else
        m_fadeTimer.stop();
    if (strength == m_delegate->tintStrength())
        return;
    m_delegate->setTintStrength(strength);
    updateTintedCells();
}

void TagTableView::updateTintedCells()
{
    const int last = std::min(m_lastVisible, m_model->rowCount() - 1);
    std::vector<QRect> rects; // by row, then from left to right, neighbours joined: what setRects() asks for
    for (int row = m_firstVisible; row <= last; ++row) {
        const size_t firstOfRow = rects.size();
        for (int place = 0; place < TagColumnCount; ++place) {
            const int visual = isRightToLeft() ? TagColumnCount - 1 - place : place;
            const int column = horizontalHeader()->logicalIndex(visual);
            const auto tagColumn = static_cast<TagColumn>(column);
            if (tagColumnInfo(tagColumn).change == nullptr || isColumnHidden(column)
                || m_model->directionAt(row, tagColumn) == ChangeDirection::None)
                continue;
            const QRect rect = cellsRect(row, row, column);
            if (rects.size() > firstOfRow && rects.back().right() + 1 == rect.left())
                rects.back().setRight(rect.right());
            else
                rects.push_back(rect);
        }
    }
    QRegion region;
    region.setRects(rects.data(), static_cast<int>(rects.size()));
    viewport()->update(region);
}

QRect TagTableView::cellsRect(int firstRow, int lastRow, int column) const
{
    const int top = rowViewportPosition(firstRow);
    return {columnViewportPosition(column), top, columnWidth(column),
        rowViewportPosition(lastRow) + rowHeight(lastRow) - top};
}

void TagTableView::dataChanged(
    const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    // The base class repaints the whole viewport for more than one cell. It is only asked when somebody
    // must be told: it also speaks to screen readers.
    if (QAccessible::isActive() || !topLeft.isValid() || !bottomRight.isValid()) {
        QTableView::dataChanged(topLeft, bottomRight, roles);
        return;
    }
    const int first = std::max(topLeft.row(), m_firstVisible);
    const int last = std::min(bottomRight.row(), m_lastVisible);
    if (first > last)
        return;
    QRect rect;
    for (int column = topLeft.column(); column <= bottomRight.column(); ++column) {
        if (isColumnHidden(column))
            continue;
        const QRect cells = cellsRect(first, last, column);
        // Columns that the user moved apart are updated one by one.
        if (rect.isValid() && rect.right() + 1 != cells.left()) {
            viewport()->update(rect);
            rect = {};
        }
        rect |= cells;
    }
    viewport()->update(rect);
}

void TagTableView::updateVisibleRows()
{
    const int height = std::max(verticalHeader()->defaultSectionSize(), 1);
    const int offset = verticalHeader()->offset();
    const int first = offset / height;
    const int last = (offset + std::max(viewport()->height(), 1) - 1) / height;
    if (first != m_firstVisible || last != m_lastVisible) {
        m_firstVisible = first;
        m_lastVisible = last;
        m_model->setVisibleRows(first, last);
        m_trendTimer.start();
    }
    rememberRowStates();
}

void TagTableView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    updateVisibleRows();
}

void TagTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    updateVisibleRows();
}

void TagTableView::updateGeometries()
{
    QTableView::updateGeometries();
    updateVisibleRows();
}

void TagTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyFontMetrics();
}

void TagTableView::updateMoveMode()
{
    // A range of several rows is kept by its first and last row alone: it needs layoutChanged() to follow
    // rows that leave its middle.
    const QItemSelection selection = selectionModel()->selection();
    const bool onlySingleRows = std::all_of(selection.begin(), selection.end(),
        [](const QItemSelectionRange &range) { return range.height() == 1; });
    m_model->setQuietMoves(onlySingleRows);
    rememberRowStates();
}

quint8 TagTableView::rowState(int row) const
{
    const QModelIndex index = m_model->index(row, 0);
    quint8 state = selectionModel()->isSelected(index) ? SelectedState : 0;
    if (currentIndex().row() == row)
        state |= CurrentState;
    return state;
}

void TagTableView::rememberRowStates()
{
    const int last = std::min(m_lastVisible, m_model->rowCount() - 1);
    m_rowStates.clear();
    for (int row = m_firstVisible; row <= last; ++row)
        m_rowStates.push_back(rowState(row));
}

void TagTableView::onRowsMovedQuietly()
{
    const std::vector<quint8> before = m_rowStates;
    rememberRowStates();
    for (size_t i = 0; i < std::min(before.size(), m_rowStates.size()); ++i) {
        if (before[i] == m_rowStates[i])
            continue;
        const int row = m_firstVisible + static_cast<int>(i);
        viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
    }
}

void TagTableView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    updateMoveMode();
}

void TagTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    rememberRowStates();
    if (current.row() != previous.row() || !current.isValid() || !previous.isValid())
        emit currentTagChanged();
}

void TagTableView::requestTrends()
{
    if (isColumnHidden(static_cast<int>(TagColumn::Trend)))
        return;
    const bool all = !m_sinceAllTrends.isValid() || m_sinceAllTrends.hasExpired(TrendRefresh.count());
    std::vector<TagId> wanted;
    const int last = std::min(m_lastVisible, m_model->rowCount() - 1);
    for (int row = m_firstVisible; row <= last; ++row) {
        const TagId id = m_model->tagIdAt(row);
        if (all || m_model->trend(id) == nullptr)
            wanted.push_back(id);
    }
    if (wanted.empty())
        return;
    if (all)
        m_sinceAllTrends.start();
    emit trendsWanted(wanted);
}

void TagTableView::setEmptyText(const QString &text)
{
    if (text == m_emptyText)
        return;
    m_emptyText = text;
    setAccessibleDescription(text);
    if (m_model->rowCount() == 0)
        viewport()->update();
}

void TagTableView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_model->rowCount() > 0 || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setPen(ThemeColors::of(palette()).dimText);
    painter.drawText(
        viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace poolscope
