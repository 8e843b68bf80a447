// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTableView>

namespace poolscope {

/// A table of whole rows as the snapshot views use it: rows of one fixed height, no row numbers, sorted by
/// clicks on the header, columns as wide as `sample` texts ask for and never measured over all rows. Tab
/// leaves it. The shortcuts of its actions() work while it has the focus, before any of the window's own that
/// uses the same keys.
class PlainTable : public QTableView
{
    Q_OBJECT

public:
    explicit PlainTable(QWidget *parent = nullptr);

    /// Makes a column as wide as `text`, or its title, needs.
    void fitColumn(int column, const QString &text);
    [[nodiscard]] std::vector<int> selectedRows() const; ///< in view order

signals:
    void rowActivated(int row); ///< Enter or double click

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QAction *actionFor(const QKeyEvent &event) const;
    void setRowHeight();
};

} // namespace poolscope
