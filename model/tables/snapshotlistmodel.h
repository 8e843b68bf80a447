// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/snapshots/snapshotstore.h"

#include <QAbstractTableModel>
#include <QUuid>

#include <vector>

namespace poolscope {

/// The snapshots of a store as a table: sorted by typed values, filtered by text, labels and notes edited in
/// place. Same thread as the store, which outlives it.
class SnapshotListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : int
    {
        Label,
        Time,
        Nonpaged, ///< pool total of the system reading
        Paged,
        Tags,
        Note,
        Machine,
        ColumnCount
    };
    enum Role : int
    {
        IdRole = Qt::UserRole, ///< QUuid
        AutomaticRole, ///< bool
        SavedRole, ///< bool: false while it is in memory only
    };

    explicit SnapshotListModel(SnapshotStore *store, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Shows what holds `text` in label, note or machine, in any case; empty shows all.
    void setFilter(const QString &text);
    void setNumberStyle(NumberStyle style);

    [[nodiscard]] QUuid idAt(int row) const { return metaAt(row).id; }
    [[nodiscard]] QModelIndex indexOf(const QUuid &id, int column = Label) const;

private:
    [[nodiscard]] const SnapshotMeta &metaAt(int row) const { return m_rows[static_cast<size_t>(row)]; }
    [[nodiscard]] QString textOf(const SnapshotMeta &meta, int column) const;
    [[nodiscard]] QString toolTipOf(const SnapshotMeta &meta, int column) const;
    [[nodiscard]] bool matches(const SnapshotMeta &meta) const;
    [[nodiscard]] bool isBefore(const SnapshotMeta &a, const SnapshotMeta &b) const;
    void rebuild();
    void sortRows();
    void addRow(const QUuid &id);
    void changeRow(const QUuid &id);
    void removeRowsOf(const QList<QUuid> &ids);

    SnapshotStore *m_store;
    /// Copies: rows must be readable while the store has given them up already.
    std::vector<SnapshotMeta> m_rows;
    QString m_filter;
    NumberStyle m_style = NumberStyle::Scaled;
    int m_sortColumn = Time;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

} // namespace poolscope
