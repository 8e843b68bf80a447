// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagtablemodel.h"

#include <QWidget>

class QAbstractButton;
class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;

namespace poolscope {

class PinList;
class TagTableView;
class TotalsBar;

/// The table with its filter row and totals: one per live session, one per open snapshot. Feed it with
/// model()->setFrame(), and model()->clear() when another session starts.
///
/// Object names for tests and style: filterEdit, filterError, typeAll, typeNonpaged, typePaged, growingOnly,
/// sortByChange, holdOrder, tagTable, totalsBar.
class TablePanel : public QWidget
{
    Q_OBJECT

public:
    explicit TablePanel(QWidget *parent = nullptr);

    [[nodiscard]] TagTableModel *model() { return m_model; }
    [[nodiscard]] TagTableView *view() { return m_view; }

    /// Not owned, must outlive the panel; null switches pinning off.
    void setPins(PinList *pins);
    /// For the table of a snapshot: hides what only a running session has (pins, trend, rate, growing only,
    /// sorting by change). Call it once, before the first frame.
    void setReadOnlySnapshot();

    [[nodiscard]] QString filterText() const;
    /// As if the user had typed it.
    void setFilterText(const QString &text);
    void setTypeFilter(TypeFilter types);
    [[nodiscard]] TypeFilter typeFilter() const { return m_types; }
    void setGrowingOnly(bool on);
    void setTotalsVisible(bool on);
    [[nodiscard]] bool areTotalsVisible() const;
    void setNumberStyle(NumberStyle style);

    /// Ctrl+F.
    void focusFilter();

    /// Why there is nothing to show yet, e.g. "waiting for the first sample"; shown while there is no frame.
    void setWaitingText(const QString &text);

signals:
    /// Filter text, pool type or "growing only" changed.
    void filterChanged();
    void totalsVisibleChanged(bool on);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();
    [[nodiscard]] QWidget *makeFilterRow();
    [[nodiscard]] QAbstractButton *makeTypeButton(
        TypeFilter types, const QString &text, const QString &name, const QString &toolTip);
    void connectView();
    void applyFilter();
    void cycleTypeFilter();
    void updateEmptyText();
    void updateTypeNames();

    TagTableModel *m_model;
    TagTableView *m_view;
    TotalsBar *m_totals;
    QLineEdit *m_filterEdit = nullptr;
    QLabel *m_filterError = nullptr;
    QButtonGroup *m_typeButtons = nullptr;
    QCheckBox *m_growingOnly = nullptr;
    QAbstractButton *m_sortByChange = nullptr;
    QAbstractButton *m_holdOrder = nullptr;
    TagFilter m_lastValid; // what an expression with an error leaves in force
    TypeFilter m_types = TypeFilter::All;
    QString m_waitingText;
    bool m_isSnapshot = false;
};

} // namespace poolscope
