// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagtablemodel.h"

#include <QElapsedTimer>
#include <QTableView>
#include <QTimer>

#include <chrono>
#include <optional>
#include <vector>

namespace poolscope {

class PinList;
class TagDelegate;

/// The table of tags. Selection, current cell and scroll position stay through every refresh and re-sort;
/// a refresh repaints only the cells that read differently. Understands PoolMon's keys while it has the
/// focus.
class TagTableView : public QTableView
{
    Q_OBJECT

public:
    /// What a trend covers and its resolution.
    static constexpr std::chrono::minutes TrendSpan{10};
    static constexpr int TrendColumns = 48;

    /// The model is not owned and must outlive the view.
    explicit TagTableView(TagTableModel *model, QWidget *parent = nullptr);

    [[nodiscard]] TagTableModel *tagModel() const { return m_model; }
    /// Not owned, must outlive the view; null switches pinning off.
    void setPins(PinList *pins);

    /// Column order, widths, visibility and sorting, with a layout version.
    [[nodiscard]] QByteArray saveLayout() const;
    /// False, and nothing changes, for the layout of another version.
    bool restoreLayout(const QByteArray &layout);
    void resetLayout();

    [[nodiscard]] std::optional<Tag> currentTag() const;
    [[nodiscard]] std::vector<Tag> selectedTags() const; ///< from top to bottom
    /// Makes the tag current and scrolls to it; false when it is not shown.
    bool selectTag(const Tag &tag);

    /// Sorts by the column in its first order, as PoolMon's keys do.
    void sortByTagColumn(TagColumn column);
    /// Stays until switched off; holding Shift holds the order as well.
    void setHoldOrder(bool on);
    [[nodiscard]] bool isHoldOrder() const { return m_holdOrder; }
    /// Tints changed cells; on at first.
    void setHighlight(bool on);
    [[nodiscard]] bool isHighlighting() const { return m_highlight; }

    /// Tints of the last frame are still to be seen.
    [[nodiscard]] bool isFading() const { return m_fadeTimer.isActive(); }

    void copySelection() const;
    void copySelectionAsMarkdown() const;
    void togglePins();

    /// What stands in place of the rows when there are none.
    void setEmptyText(const QString &text);

    void setModel(QAbstractItemModel *model) override;

signals:
    void typeFilterCycled(); ///< P
    void totalsToggled(); ///< E
    void quitRequested(); ///< Q
    void keysHelpRequested(); ///< ?
    void detailsRequested(const poolscope::Tag &tag); ///< Enter, double click
    void holdOrderChanged(bool on);
    void highlightChanged(bool on);
    void filterTagRequested(const poolscope::Tag &tag, bool exclude);
    /// The tag under the cursor is another one; not for a tag that merely moved.
    void currentTagChanged();
    /// Trends that the visible rows miss or that are old; answer with TagTableModel::setTrend().
    void trendsWanted(const std::vector<poolscope::TagId> &tags);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
        const QList<int> &roles = QList<int>()) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void updateGeometries() override;

private:
    [[nodiscard]] bool handleTableKey(const QKeyEvent &event);
    void setUpHeaders();
    void applyFontMetrics();
    [[nodiscard]] int firstWidthInCharacters(const TagColumnInfo &info) const;
    void setFirstWidths();
    void fitToSource();
    void showHeaderMenu(const QPoint &at);
    void setShiftHold(bool on);
    void updateHold();

    void onFrameApplied();
    void onRowsMovedQuietly();
    void updateVisibleRows();
    void updateMoveMode();
    void rememberRowStates();
    void fadeStep();
    void setTintStrength(double strength);
    void updateTintedCells();
    void requestTrends();

    [[nodiscard]] QRect cellsRect(int firstRow, int lastRow, int column) const;
    [[nodiscard]] quint8 rowState(int row) const;
    [[nodiscard]] std::vector<int> selectedRows() const;
    [[nodiscard]] std::vector<TagColumn> columnsToCopy() const;

    TagTableModel *m_model;
    TagDelegate *m_delegate;
    PinList *m_pins = nullptr;
    QTimer m_fadeTimer;
    QTimer m_trendTimer;
    QElapsedTimer m_sinceAllTrends;
    QString m_emptyText;
    bool m_hasOwnWidths = false; // the user's, which are left alone
    bool m_isSettingWidths = false;
    bool m_isFitted = false; // to what the source counts
    bool m_holdOrder = false;
    bool m_shiftHold = false;
    bool m_highlight = true;
    int m_firstVisible = 0;
    int m_lastVisible = -1;
    std::vector<quint8> m_rowStates; // of the visible rows as painted: selected, current
};

} // namespace poolscope
