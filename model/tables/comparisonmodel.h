// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/comparison.h"
#include "model/core/numberformat.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace poolscope {

/// A comparison as a table: Tag, Type, one column a snapshot (bytes or outstanding), Change, Change/h,
/// Share, Remark. Sorted by typed values with unknown last in both directions, filtered by text. Stateless
/// about widgets; one thread.
class ComparisonModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Metric : quint8
    {
        Bytes,
        Outstanding,
    };
    /// What a column shows; one Value column a snapshot.
    enum class Field : quint8
    {
        Tag,
        Type,
        Value,
        Change,
        PerHour,
        Share,
        Remark,
    };
    enum Role : int
    {
        ChangeRole = Qt::UserRole, ///< qint64: the row's change in the metric shown; invalid when unknown
        CellChangeRole, ///< the same, in the column Change only
        RisingRole, ///< bool: a remark that says "rose in every step"
    };

    explicit ComparisonModel(QObject *parent = nullptr);

    void setComparison(std::shared_ptr<const Comparison> comparison); ///< not null; resets, keeps the filter
    void setMetric(Metric metric);
    [[nodiscard]] Metric metric() const { return m_metric; }
    void setNumberStyle(NumberStyle style);
    /// Shows tags that match `text` by name or driver: with `*` or `?` as PoolMon's wildcards, else anywhere
    /// in any case; empty shows all.
    void setFilter(const QString &text);

    [[nodiscard]] Field fieldOf(int column) const;
    [[nodiscard]] int columnOf(Field field) const; ///< the first one for Value
    [[nodiscard]] const ComparisonRow &rowAt(int row) const;
    /// Exact cell text for copies, whatever the number style.
    [[nodiscard]] QString plainText(int row, int column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    [[nodiscard]] size_t snapshotOf(int column) const { return static_cast<size_t>(column - FirstValue); }
    [[nodiscard]] Counter valueOf(const ComparisonRow &row, int column) const;
    [[nodiscard]] Counter changeOf(const ComparisonRow &row) const;
    [[nodiscard]] QString textOf(const ComparisonRow &row, int column, NumberStyle style) const;
    [[nodiscard]] QString toolTipOf(const ComparisonRow &row, int column) const;
    [[nodiscard]] QString headerText(int section) const;
    [[nodiscard]] QString headerToolTip(int section) const;
    [[nodiscard]] bool isNumber(int column) const;
    void fillOrder();
    void sortOrder();

    static constexpr int FirstValue = 2;
    std::shared_ptr<const Comparison> m_comparison;
    std::vector<quint32> m_order; ///< rows of the comparison that are shown, in order
    QString m_filter;
    Metric m_metric = Metric::Bytes;
    NumberStyle m_style = NumberStyle::Grouped;
    int m_sortColumn = -1; ///< -1: by change, largest first
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace poolscope
