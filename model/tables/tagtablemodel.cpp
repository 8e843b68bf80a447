// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagtablemodel.h"

#include "model/tables/pinlist.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace poolscope {

TagTableModel::TagTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

SourceKind TagTableModel::sourceKind() const
{
    return m_frame ? m_frame->sample->origin->kind : SourceKind::Slab;
}

TagRow TagTableModel::tagRow(TagId id) const
{
    return tagRow(id, sourceKind());
}

TagRow TagTableModel::tagRow(TagId id, SourceKind kind) const
{
    return {.entry = (*m_frame->tags)[id],
        .frame = m_frame->rows[id],
        .kind = kind,
        .pinSlot = m_pinSlots[id],
        .tagRank = m_order.tagRank(id),
        .driverRank = m_order.driverRank(id),
        .finding = m_frame->findings ? m_frame->findings->of(id) : nullptr};
}

bool TagTableModel::isNew(TagId id) const
{
    const FrameRow &row = m_frame->rows[id];
    return row.firstSeen > m_frame->firstWall && m_frame->sample->wall - row.firstSeen < NewFor;
}

bool TagTableModel::isWanted(TagId id, const FrameRow &row) const
{
    if (m_textMatches[id] == 0)
        return false;
    if (!row.present && m_frame->sample->wall - row.lastSeen >= VanishedFor)
        return false;
    return !m_filter.dependsOnValues() || m_filter.matchesValues(row);
}

bool TagTableModel::continuesSession(const Frame &frame) const
{
    if (m_frame == nullptr || frame.tags == m_frame->tags)
        return true;
    // By the tags rather than by the number: a replay also goes back.
    const TagList &before = *m_frame->tags;
    const TagList &now = *frame.tags;
    return frame.firstWall == m_frame->firstWall && now.size() >= before.size()
        && (before.empty() || now[before.size() - 1].tag == before.back().tag);
}

void TagTableModel::setFrame(const FramePtr &frame)
{
    Q_ASSERT(thread() == QThread::currentThread());
    if (frame == nullptr || frame == m_frame)
        return;
    Q_ASSERT(frame->rows.size() == frame->tags->size());
    if (!continuesSession(*frame))
        clear();
    m_frame = frame;
    adoptTags();
    updateRows(m_isHeld ? Leave::Forbidden : Leave::Allowed);
    emit frameApplied();
}

void TagTableModel::clear()
{
    beginResetModel();
    m_frame.reset();
    m_order.clear();
    m_rows.clear();
    m_rowOf.clear();
    m_shown.clear();
    m_textMatches.clear();
    m_types.clear();
    m_pinSlots.clear();
    m_trends.clear();
    m_visible.forget();
    m_totals = {};
    m_isInOrder = true;
    endResetModel();
    emit totalsChanged();
}

void TagTableModel::adoptTags()
{
    const TagList &tags = *m_frame->tags;
    const size_t known = m_rowOf.size();
    if (tags.size() == known)
        return;
    m_order.adoptTags(tags);
    m_rowOf.resize(tags.size(), -1);
    m_shown.resize(tags.size(), Shown::No);
    m_textMatches.resize(tags.size());
    m_types.resize(tags.size());
    m_pinSlots.resize(tags.size(), -1);
    for (size_t id = known; id < tags.size(); ++id) {
        m_textMatches[id] = m_filter.matchesTag(tags[id]);
        m_types[id] = tags[id].tag.type;
        if (m_pins != nullptr)
            m_pinSlots[id] = static_cast<qint16>(m_pins->slotOf(tags[id].tag));
    }
}

void TagTableModel::setFilter(const TagFilter &filter)
{
    m_filter = filter;
    if (m_frame != nullptr) {
        for (size_t id = 0; id < m_textMatches.size(); ++id)
            m_textMatches[id] = m_filter.matchesTag((*m_frame->tags)[id]);
        updateRows(Leave::Allowed);
    }
    emit filterChanged();
}

void TagTableModel::sort(int column, Qt::SortOrder order)
{
    if (column >= 0 && column < TagColumnCount)
        setSortSpec(sortSpec().sortedBy(static_cast<TagColumn>(column), order));
}

void TagTableModel::setSortByChange(bool on)
{
    SortSpec spec = sortSpec();
    spec.byChange = on;
    setSortSpec(spec);
}

void TagTableModel::setSortSpec(const SortSpec &spec)
{
    if (spec == sortSpec())
        return;
    m_order.setSpec(spec);
    if (m_frame != nullptr) {
        m_isInOrder = false;
        // Sorting was asked for: obeyed once, even while the order is held.
        const bool wasHeld = std::exchange(m_isHeld, false);
        updateRows(wasHeld ? Leave::Forbidden : Leave::Allowed);
        m_isHeld = wasHeld;
    }
    emit sortSpecChanged();
    emit headerDataChanged(Qt::Horizontal, 0, TagColumnCount - 1);
}

void TagTableModel::setHoldOrder(bool on)
{
    if (on == m_isHeld)
        return;
    m_isHeld = on;
    if (!on && m_frame != nullptr)
        updateRows(Leave::Allowed);
}

void TagTableModel::setNumberStyle(NumberStyle style)
{
    if (style == m_style)
        return;
    m_style = style;
    if (!m_rows.empty())
        announceAll();
    emit totalsChanged();
}

void TagTableModel::setPins(const PinList *pins)
{
    if (pins == m_pins)
        return;
    if (m_pins != nullptr)
        disconnect(m_pins, nullptr, this, nullptr);
    m_pins = pins;
    if (m_pins != nullptr)
        connect(m_pins, &PinList::changed, this, &TagTableModel::updatePinSlots);
    updatePinSlots();
}

void TagTableModel::updatePinSlots()
{
    std::fill(m_pinSlots.begin(), m_pinSlots.end(), qint16(-1));
    if (m_frame == nullptr)
        return;
    if (m_pins != nullptr) {
        const TagList &tags = *m_frame->tags;
        for (const Pin &pin : m_pins->pins()) {
            const auto it = std::find_if(
                tags.begin(), tags.end(), [&](const TagEntry &entry) { return entry.tag == pin.tag; });
            if (it != tags.end())
                m_pinSlots[static_cast<size_t>(it - tags.begin())] = static_cast<qint16>(pin.slot);
        }
    }
    updateRows(m_isHeld ? Leave::Forbidden : Leave::Allowed);
}

void TagTableModel::updateRows(Leave leave)
{
    m_isUpdating = true;
    m_rangeMoved = false;
    std::vector<TagId> arriving;
    bool isLeaving = false;
    TagTotalsSum totals;
    const SourceKind kind = sourceKind();
    const auto count = static_cast<TagId>(m_shown.size());
    for (TagId id = 0; id < count; ++id) {
        const TagRow row = tagRow(id, kind);
        m_order.updateKey(id, row);
        const bool isWanted = this->isWanted(id, row.frame);
        Shown &shown = m_shown[id];
        if (isWanted && shown == Shown::No) {
            arriving.push_back(id);
        } else if (!isWanted && shown == Shown::Yes && leave == Leave::Allowed) {
            shown = Shown::Leaving;
            isLeaving = true;
        }
        totals.add(row.frame, m_types[id], isWanted || shown == Shown::Yes);
    }

    const bool isArriving = !arriving.empty();
    std::vector<TagId> staying = m_rows;
    if (isLeaving)
        std::erase_if(staying, [&](TagId id) { return m_shown[id] == Shown::Leaving; });
    if (m_isHeld || !m_isInOrder) {
        if (m_isHeld)
            m_order.sort(arriving);
        staying.insert(staying.end(), arriving.begin(), arriving.end());
        if (!m_isHeld)
            m_order.sort(staying);
    } else {
        staying = m_order.merged(staying, std::move(arriving));
    }
    m_isInOrder = !m_isHeld;
    applyRows(std::move(staying), isArriving, isLeaving);
    setTotals(totals);
}

void TagTableModel::setTotals(const TagTotalsSum &sum)
{
    const Counter untagged = m_frame->sample->system[SystemField::Untagged];
    const TagTotals totals =
        sum.totals(sourceKind(), untagged.isKnown() ? untagged : untaggedBytes(*m_frame->sample));
    if (std::exchange(m_totals, totals) != totals)
        emit totalsChanged();
}

int TagTableModel::rowOf(TagId id) const
{
    return id < m_rowOf.size() ? m_rowOf[id] : -1;
}

int TagTableModel::rowOf(const Tag &tag) const
{
    if (m_frame == nullptr)
        return -1;
    const auto it =
        std::find_if(m_rows.begin(), m_rows.end(), [&](TagId id) { return (*m_frame->tags)[id].tag == tag; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

TagCell TagTableModel::cell(int row, TagColumn column) const
{
    const TagId id = tagIdAt(row);
    if (!m_isUpdating) {
        if (const TagCell *announced = m_visible.cell(row, id, column))
            return *announced;
    }
    return tagCell(column, tagRow(id), m_style);
}

int TagTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TagTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : TagColumnCount;
}

FramePtr snapshotFrame(const SamplePtr &sample)
{
    auto frame = std::make_shared<Frame>();
    frame->number = 1;
    frame->sample = sample;
    frame->firstWall = sample->wall;
    frame->baselineWall = sample->wall;
    frame->tags = sample->tags;
    frame->rows.reserve(sample->readings.size());
    for (const Reading &reading : sample->readings)
        frame->rows.push_back({.reading = reading,
            .sinceLast = {},
            .sinceBaseline = {},
            .lastSeen = sample->wall,
            .firstSeen = sample->wall});
    return frame;
}

} // namespace poolscope
