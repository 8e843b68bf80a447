// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"
#include "model/tables/tagcolumns.h"
#include "model/tables/tagfilter.h"
#include "model/tables/tagorder.h"
#include "model/tables/tagtotals.h"
#include "model/tables/visiblecells.h"

#include <QAbstractTableModel>
#include <QHash>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

class PinList;

/// The live table: one row a tag, fed with frames, sorted and filtered by itself. Window thread only; never
/// reads, parses or waits. Independent of what makes the frames, so it also shows a snapshot
/// (snapshotFrame()).
///
/// A new frame never resets the model: rows come and go as ranges, rows move through persistent indexes,
/// and dataChanged names merged ranges of visible cells that read differently. After each frame the order is
/// that of a full sort (see SortSpec). Only clear() resets.
class TagTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role
    {
        SortRole = Qt::UserRole + 1, ///< raw number or text; invalid while unknown
        ChangeRole, ///< int(ChangeDirection)
        PinSlotRole, ///< colour slot, -1: not pinned
        TrendRole, ///< TrendPtr, may be null
        PresentRole, ///< false: vanished
        IsNewRole, ///< first seen in this session, less than NewFor ago
    };

    /// Source time for which a vanished tag stays, dimmed, and a new one stays marked.
    static constexpr std::chrono::seconds VanishedFor{60};
    static constexpr std::chrono::seconds NewFor{60};

    explicit TagTableModel(QObject *parent = nullptr);

    /// Shows the next frame of the session. The roster of tags is append-only within a session; a frame that
    /// does not continue it starts a new session as clear() does.
    void setFrame(const FramePtr &frame);
    [[nodiscard]] const FramePtr &frame() const { return m_frame; }
    /// A new session: forgets rows, trends and what was seen; keeps sort, filter and styles.
    void clear();

    void setFilter(const TagFilter &filter);
    [[nodiscard]] const TagFilter &filter() const { return m_filter; }

    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] const SortSpec &sortSpec() const { return m_order.spec(); }
    void setSortSpec(const SortSpec &spec);
    /// PoolMon's "(" key: sort by the change since the last sample where a column has one.
    void setSortByChange(bool on);
    /// While held, rows stay where they are and none leaves; tags that arrive are appended. An explicit sort
    /// or filter is obeyed once.
    void setHoldOrder(bool on);
    [[nodiscard]] bool holdsOrder() const { return m_isHeld; }

    void setNumberStyle(NumberStyle style);
    [[nodiscard]] NumberStyle numberStyle() const { return m_style; }

    /// Not owned, must outlive the model or be replaced; null: no pins.
    void setPins(const PinList *pins);

    /// The rows on the screen, partly visible ones included; may reach beyond the last row. dataChanged is
    /// restricted to them. Until the first call every row counts as visible.
    void setVisibleRows(int first, int last);
    /// Lets rows move without layoutChanged(), by moving persistent indexes alone. Right only for a single
    /// view whose selection has no range of several rows, and that repaints selected rows on
    /// rowsMovedQuietly().
    void setQuietMoves(bool on) { m_quietMoves = on; }

    /// What the Trend column draws for a tag.
    void setTrend(TagId id, std::vector<SeriesPoint> points);
    [[nodiscard]] TrendPtr trend(TagId id) const { return m_trends.value(id); }

    [[nodiscard]] TagId tagIdAt(int row) const { return m_rows[static_cast<size_t>(row)]; }
    [[nodiscard]] int rowOf(TagId id) const; ///< -1: not shown
    [[nodiscard]] int rowOf(const Tag &tag) const; ///< -1: not shown; linear
    [[nodiscard]] const TagEntry &entryAt(int row) const { return (*m_frame->tags)[tagIdAt(row)]; }
    [[nodiscard]] const FrameRow &frameRowAt(int row) const { return m_frame->rows[tagIdAt(row)]; }
    [[nodiscard]] TagRow tagRowAt(int row) const { return tagRow(tagIdAt(row)); }
    [[nodiscard]] TagCell cell(int row, TagColumn column) const;
    [[nodiscard]] ChangeDirection directionAt(int row, TagColumn column) const
    {
        return changeDirection(column, tagRowAt(row));
    }
    [[nodiscard]] bool isNewAt(int row) const { return isNew(tagIdAt(row)); }
    [[nodiscard]] SourceKind sourceKind() const;

    [[nodiscard]] const TagTotals &totals() const { return m_totals; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    /// After everything of a frame was announced; totals are up to date.
    void frameApplied();
    void rowsMovedQuietly();
    void sortSpecChanged();
    void filterChanged();
    void totalsChanged();

private:
    enum class Shown : quint8
    {
        No,
        Yes,
        Leaving, ///< in m_rows until the update is through
    };
    /// Whether rows that no longer belong may go.
    enum class Leave : quint8
    {
        Allowed,
        Forbidden,
    };

    [[nodiscard]] TagRow tagRow(TagId id) const;
    [[nodiscard]] TagRow tagRow(TagId id, SourceKind kind) const;
    [[nodiscard]] bool isNew(TagId id) const;
    [[nodiscard]] bool isWanted(TagId id, const FrameRow &row) const;
    [[nodiscard]] bool continuesSession(const Frame &frame) const;

    void adoptTags();
    void updatePinSlots();
    void updateTextMatches();
    void updateRows(Leave leave);
    void setTotals(const TagTotalsSum &sum);

    void applyRows(std::vector<TagId> next, bool arriving, bool leaving);
    void applyAsRanges(const std::vector<TagId> &next);
    void applyAsLayout(std::vector<TagId> next);
    void reorderRows(std::vector<TagId> next);
    void movePersistentIndexes(const std::vector<TagId> &rowsBefore);
    void renumber(size_t first, size_t end);

    void announceAll();
    void announceDifferences();
    std::vector<CellRange> updateVisible();
    void announce(const CellRange &range);
    void trimTrends();

    FramePtr m_frame;
    TagFilter m_filter;
    TagOrder m_order;
    TagTotals m_totals;
    const PinList *m_pins = nullptr;
    NumberStyle m_style = NumberStyle::Grouped;
    bool m_isHeld = false;
    bool m_isInOrder = true; // false: m_rows need a full sort
    bool m_quietMoves = false;

    std::vector<TagId> m_rows; // by row
    std::vector<int> m_rowOf; // by TagId, -1: not shown; so are the following
    std::vector<Shown> m_shown;
    std::vector<quint8> m_textMatches;
    std::vector<PoolType> m_types;
    std::vector<qint16> m_pinSlots;
    QHash<TagId, TrendPtr> m_trends;

    VisibleCells m_visible;
    bool m_isUpdating = false; // m_visible is behind until the update is through
    bool m_rangeMoved = false; // while it was
};

/// A frame that shows one sample by itself: no changes, no rates, number 1.
[[nodiscard]] FramePtr snapshotFrame(const SamplePtr &sample);

} // namespace poolscope

Q_DECLARE_METATYPE(poolscope::TrendPtr)
