// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testresult.h"
#include "model/core/numberformat.h"

#include <QAbstractTableModel>

#include <vector>

namespace poolscope {

/// The result of a test as a table, one row a tag. A new result comes in place: tags that stay keep their
/// index, so that selection and current cell do too. Sorted by typed values with unknown last in both
/// directions. One thread.
class TestTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : int
    {
        TagColumn,
        GrewBy, ///< bytes
        Freed, ///< bytes given back since the stop
        ShareFreed,
        Course,
        Objects, ///< outstanding allocations it grew by
        TypeColumn,
        ColumnCount
    };
    enum Role : int
    {
        ChangeRole = Qt::UserRole, ///< double: of the numbers; invalid when unknown
        CourseRole, ///< TestCourse as int, in the column Course
    };

    explicit TestTableModel(QObject *parent = nullptr);

    void setResult(const TestResult &result);
    void setNumberStyle(NumberStyle style);
    [[nodiscard]] const TestRow &rowAt(int row) const { return m_rows[static_cast<size_t>(row)]; }
    /// Exact cell text for copies, whatever the number style.
    [[nodiscard]] QString plainText(int row, int column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

private:
    void removeMissing(const TestResult &result);
    void takeRows(const TestResult &result);
    void sortRows();
    [[nodiscard]] QString textOf(const TestRow &row, int column, NumberStyle style) const;
    [[nodiscard]] QString toolTipOf(const TestRow &row, int column) const;

    std::vector<TestRow> m_rows; ///< as shown
    SourceKind m_kind = SourceKind::Slab;
    NumberStyle m_style = NumberStyle::Grouped;
    int m_sortColumn = GrewBy;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

/// "still rising", "flat", "falling"; "–" while unknown.
[[nodiscard]] QString testCourseText(TestCourse course);

} // namespace poolscope
