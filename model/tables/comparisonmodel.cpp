// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/comparisonmodel.h"

#include "model/core/tagtext.h"
#include "model/core/wildcard.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// How two values stand to each other. Unknown is last whichever way the column is sorted.
struct Order
{
    int sign = 0; ///< of the typed comparison, ascending
    int unknownLast = 0; ///< -1: only the second is unknown, 1: only the first
};

template <typename T>
Order compareValues(bool aKnown, const T &a, bool bKnown, const T &b)
{
    if (!aKnown || !bKnown)
        return {0, static_cast<int>(!aKnown) - static_cast<int>(!bKnown)};
    return {a < b ? -1 : (b < a ? 1 : 0), 0};
}

Order compareCounters(Counter a, Counter b)
{
    return compareValues(a.isKnown(), a.value(), b.isKnown(), b.value());
}

Order compareNumbers(std::optional<double> a, std::optional<double> b)
{
    return compareValues(a.has_value(), a.value_or(0), b.has_value(), b.value_or(0));
}

int compareTags(const ComparisonRow &a, const ComparisonRow &b)
{
    if (const int order = a.tag.bytes.compare(b.tag.bytes, Qt::CaseInsensitive); order != 0)
        return order;
    return a.tag.bytes.compare(b.tag.bytes);
}

/// Marks that say most come first.
int remarkRank(const ComparisonRow &row)
{
    const int rose = row.roseEveryStep ? 2 : 0;
    return rose + (row.status == ComparisonStatus::New ? 1 : (row.status == ComparisonStatus::Gone ? -1 : 0));
}

} // namespace

ComparisonModel::ComparisonModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_comparison(std::make_shared<Comparison>())
{
}

void ComparisonModel::setComparison(std::shared_ptr<const Comparison> comparison)
{
    beginResetModel();
    m_comparison = std::move(comparison);
    if (m_sortColumn >= columnCount())
        m_sortColumn = -1;
    fillOrder();
    endResetModel();
}

void ComparisonModel::setMetric(Metric metric)
{
    if (metric == m_metric)
        return;
    m_metric = metric;
    if (columnCount() == 0)
        return;
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_order.empty())
        emit dataChanged(index(0, FirstValue), index(rowCount() - 1, columnCount() - 1));
    sort(m_sortColumn, m_sortOrder);
}

void ComparisonModel::setNumberStyle(NumberStyle style)
{
    if (style == m_style)
        return;
    m_style = style;
    if (!m_order.empty())
        emit dataChanged(index(0, FirstValue), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
}

void ComparisonModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    m_filter = text;
    beginResetModel();
    fillOrder();
    endResetModel();
}

ComparisonModel::Field ComparisonModel::fieldOf(int column) const
{
    const int values = static_cast<int>(m_comparison->columns.size());
    if (column < FirstValue)
        return column == 0 ? Field::Tag : Field::Type;
    if (column < FirstValue + values)
        return Field::Value;
    return static_cast<Field>(static_cast<int>(Field::Change) + column - FirstValue - values);
}

int ComparisonModel::columnOf(Field field) const
{
    if (field <= Field::Value)
        return static_cast<int>(field);
    const int values = static_cast<int>(m_comparison->columns.size());
    return FirstValue + values + static_cast<int>(field) - static_cast<int>(Field::Change);
}

const ComparisonRow &ComparisonModel::rowAt(int row) const
{
    return m_comparison->rows[m_order[static_cast<size_t>(row)]];
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid() || m_comparison->columns.empty())
        return 0;
    return columnOf(Field::Remark) + 1;
}

bool ComparisonModel::isNumber(int column) const
{
    const Field field = fieldOf(column);
    return field != Field::Tag && field != Field::Type && field != Field::Remark;
}

Counter ComparisonModel::valueOf(const ComparisonRow &row, int column) const
{
    return (m_metric == Metric::Bytes ? row.bytes : row.outstanding)[snapshotOf(column)];
}

Counter ComparisonModel::changeOf(const ComparisonRow &row) const
{
    return m_metric == Metric::Bytes ? row.bytesChange : row.outstandingChange;
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ComparisonRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column(), m_style);
    case Qt::ToolTipRole:
        return toolTipOf(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case CellChangeRole:
        if (fieldOf(index.column()) != Field::Change)
            return {};
        [[fallthrough]];
    case ChangeRole:
        return changeOf(row).isKnown() ? QVariant(changeOf(row).value()) : QVariant();
    case RisingRole:
        return row.roseEveryStep && fieldOf(index.column()) == Field::Remark;
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return headerText(section);
    case Qt::ToolTipRole:
        return headerToolTip(section);
    case Qt::InitialSortOrderRole: // the first click shows the largest number, the first name
        return fieldOf(section) == Field::Tag || fieldOf(section) == Field::Type ? Qt::AscendingOrder
                                                                                 : Qt::DescendingOrder;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

void ComparisonModel::fillOrder()
{
    m_order.clear();
    const bool wildcard = m_filter.contains(u'*') || m_filter.contains(u'?');
    const QByteArray needle = m_filter.toUtf8().toLower();
    for (quint32 i = 0; i < m_comparison->rows.size(); ++i) {
        if (needle.isEmpty()) {
            m_order.push_back(i);
            continue;
        }
        const ComparisonRow &row = m_comparison->rows[i];
        const QByteArray name = escapedTagBytes(row.tag.bytes);
        const bool matches =
            (wildcard ? tagMatchesWildcard(m_filter.toUtf8(), name)
                      : name.toLower().contains(needle) || row.driver.toLower().contains(needle));
        if (matches)
            m_order.push_back(i);
    }
    sortOrder();
}

void ComparisonModel::sortOrder()
{
    const auto compare = [this](const ComparisonRow &a, const ComparisonRow &b) -> Order {
        switch (fieldOf(m_sortColumn)) {
        case Field::Tag:
            return {compareTags(a, b), 0};
        case Field::Type:
            return {static_cast<int>(a.tag.type) - static_cast<int>(b.tag.type), 0};
        case Field::Value:
            return compareCounters(valueOf(a, m_sortColumn), valueOf(b, m_sortColumn));
        case Field::Change:
        case Field::PerHour:
            return compareCounters(changeOf(a), changeOf(b));
        case Field::Share:
            return compareNumbers(a.shareOfGrowth, b.shareOfGrowth);
        case Field::Remark:
            return {remarkRank(a) - remarkRank(b), 0};
        }
        return {};
    };
    // The comparison's own order, by change, breaks ties.
    std::ranges::sort(m_order);
    if (m_sortColumn < 0)
        return;
    // A negative time turns the sign of rates.
    const bool turned = fieldOf(m_sortColumn) == Field::PerHour && m_comparison->elapsed.count() < 0;
    const bool ascending = (m_sortOrder == Qt::AscendingOrder) != turned;
    std::ranges::stable_sort(m_order, [&](quint32 left, quint32 right) {
        const Order order = compare(m_comparison->rows[left], m_comparison->rows[right]);
        if (order.unknownLast != 0)
            return order.unknownLast < 0;
        return ascending ? order.sign < 0 : order.sign > 0;
    });
}

void ComparisonModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < columnCount() ? column : -1;
    m_sortOrder = order;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<quint32> rows;
    for (const QModelIndex &index : before)
        rows.push_back(m_order[static_cast<size_t>(index.row())]);
    sortOrder();
    std::vector<int> places(m_comparison->rows.size(), -1);
    for (size_t i = 0; i < m_order.size(); ++i)
        places[m_order[i]] = static_cast<int>(i);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(index(places[rows[static_cast<size_t>(i)]], before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

} // namespace poolscope
