// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of TagTableModel that answers a view's questions about cells and headers.

#include "model/tables/tagtablemodel.h"

#include "model/core/tagtext.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

int alignmentFlags(ColumnAlignment alignment)
{
    const auto horizontal = [&] {
        switch (alignment) {
        case ColumnAlignment::Left:
            return Qt::AlignLeft;
        case ColumnAlignment::Center:
            return Qt::AlignHCenter;
        case ColumnAlignment::Right:
            return Qt::AlignRight;
        }
        return Qt::AlignLeft;
    }();
    return static_cast<int>(horizontal) | static_cast<int>(Qt::AlignVCenter);
}

QString displayText(const TagCell &cell)
{
    return cell.change.isEmpty() ? cell.value : cell.value + u' ' + cell.change;
}

QVariant rawValue(TagColumn column, const TagRow &row)
{
    if (column == TagColumn::Tag)
        return escapedTag(row.entry.tag.bytes);
    if (column == TagColumn::Driver)
        return row.entry.driver.isEmpty() ? QVariant() : QVariant(driverText(row.entry.driver));
    const Counter value = tagColumnInfo(column).sortValue(row);
    return value.isKnown() ? QVariant(value.value()) : QVariant();
}

QString directionWord(ChangeDirection direction)
{
    switch (direction) {
    case ChangeDirection::None:
        return {};
    case ChangeDirection::Up:
        return u", rising"_s;
    case ChangeDirection::Down:
        return u", falling"_s;
    }
    return {};
}

QString accessibleText(TagColumn column, const TagRow &row, const TagCell &cell, bool isNew)
{
    if (column == TagColumn::Pin)
        return row.pinSlot < 0 ? u"not pinned"_s : u"pinned"_s;
    if (column == TagColumn::Trend)
        return tagCell(TagColumn::Rate, row, NumberStyle::Scaled).value + u" per hour"_s;
    if (column == TagColumn::Tag)
        return cell.value + (isNew ? u", new"_s : QString())
            + (row.frame.present ? QString() : u", vanished"_s);
    if (cell.value == unknownText())
        return u"unknown"_s;
    return displayText(cell) + directionWord(cell.direction);
}

} // namespace

QVariant TagTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<TagColumn>(index.column());
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole:
        return displayText(cell(row, column));
    case Qt::ToolTipRole:
        return tagCellToolTip(column, tagRowAt(row));
    case Qt::TextAlignmentRole:
        return alignmentFlags(tagColumnInfo(column).alignment);
    case Qt::AccessibleTextRole:
        return accessibleText(column, tagRowAt(row), cell(row, column), isNewAt(row));
    case SortRole:
        return rawValue(column, tagRowAt(row));
    case ChangeRole:
        return static_cast<int>(changeDirection(column, tagRowAt(row)));
    case PinSlotRole:
        return tagRowAt(row).pinSlot;
    case TrendRole:
        return QVariant::fromValue(trend(tagIdAt(row)));
    case PresentRole:
        return frameRowAt(row).present;
    case IsNewRole:
        return isNewAt(row);
    default:
        return {};
    }
}

QVariant TagTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= TagColumnCount)
        return {};
    const TagColumnInfo &info = tagColumnInfo(static_cast<TagColumn>(section));
    switch (role) {
    case Qt::DisplayRole:
        if (sortSpec().byChange && info.column == sortSpec().column && info.change != nullptr)
            return QString(info.title.toString().remove(u" (Δ)"_s) + u" by Δ"_s);
        return info.title.toString();
    case Qt::ToolTipRole:
        return info.fullTitle.toString();
    case Qt::AccessibleTextRole:
        return info.column == TagColumn::Pin ? u"Pinned"_s : info.title.toString();
    case Qt::TextAlignmentRole:
        return alignmentFlags(info.alignment);
    case Qt::InitialSortOrderRole:
        return info.initialOrder;
    default:
        return {};
    }
}

} // namespace poolscope
