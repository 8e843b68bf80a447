// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagorder.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>

namespace poolscope {

namespace {

constexpr quint64 UnknownKey = std::numeric_limits<quint64>::max();

bool tagIsBefore(const Tag &left, const Tag &right)
{
    const int order = QByteArrayView(left.bytes).compare(right.bytes);
    return order != 0 ? order < 0 : left.type < right.type;
}

/// Appends the ids known, sorted.size()..count-1 and keeps `sorted` in order.
template <typename Less>
void insertNew(std::vector<TagId> &sorted, size_t count, Less less)
{
    const auto known = static_cast<std::ptrdiff_t>(sorted.size());
    sorted.resize(count);
    std::iota(sorted.begin() + known, sorted.end(), static_cast<TagId>(known));
    std::sort(sorted.begin() + known, sorted.end(), less);
    std::inplace_merge(sorted.begin(), sorted.begin() + known, sorted.end(), less);
}

} // namespace

SortSpec SortSpec::sortedBy(TagColumn newColumn, Qt::SortOrder newOrder) const
{
    SortSpec spec = *this;
    spec.column = newColumn;
    spec.order = newOrder;
    if (newColumn != column) {
        spec.previousColumn = column;
        spec.previousOrder = order;
    }
    return spec;
}

void TagOrder::clear()
{
    m_keys.clear();
    m_keyChanged.clear();
    m_tagRanks.clear();
    m_driverRanks.clear();
    m_byTag.clear();
    m_byDriver.clear();
}

void TagOrder::adoptTags(const TagList &tags)
{
    if (tags.size() == m_keys.size())
        return;
    m_keys.resize(tags.size());
    m_keyChanged.resize(tags.size());
    m_tagRanks.resize(tags.size());
    m_driverRanks.resize(tags.size());

    insertNew(m_byTag, tags.size(),
        [&](TagId left, TagId right) { return tagIsBefore(tags[left].tag, tags[right].tag); });
    for (size_t place = 0; place < m_byTag.size(); ++place)
        m_tagRanks[m_byTag[place]] = static_cast<quint32>(place);

    insertNew(m_byDriver, tags.size(),
        [&](TagId left, TagId right) { return tags[left].driver < tags[right].driver; });
    qint64 rank = 0;
    for (size_t place = 0; place < m_byDriver.size(); ++place) {
        const TagId id = m_byDriver[place];
        if (place > 0 && tags[id].driver != tags[m_byDriver[place - 1]].driver)
            ++rank;
        m_driverRanks[id] = tags[id].driver.isEmpty() ? Counter() : Counter(rank);
    }
}

TagOrder::KeySource TagOrder::keySource(TagColumn column, Qt::SortOrder order, bool byChange)
{
    const TagColumnInfo &info = tagColumnInfo(column);
    return {byChange && info.change != nullptr ? info.change : info.sortValue, order};
}

quint64 TagOrder::KeySource::key(const TagRow &row) const
{
    const Counter counter = value(row);
    if (!counter.isKnown())
        return UnknownKey;
    constexpr quint64 SignBit = quint64(1) << 63;
    const quint64 ascending = static_cast<quint64>(counter.value()) ^ SignBit;
    return std::min(order == Qt::AscendingOrder ? ascending : ~ascending, UnknownKey - 1);
}

void TagOrder::setSpec(const SortSpec &spec)
{
    m_spec = spec;
    m_first = keySource(spec.column, spec.order, spec.byChange);
    m_second = keySource(spec.previousColumn, spec.previousOrder, spec.byChange);
}

void TagOrder::updateKey(TagId id, const TagRow &row)
{
    const Key key{m_first.key(row), m_second.key(row)};
    m_keyChanged[id] = key != m_keys[id];
    m_keys[id] = key;
}

void TagOrder::sort(std::vector<TagId> &rows) const
{
    std::sort(rows.begin(), rows.end(), [this](TagId left, TagId right) { return isBefore(left, right); });
}

std::vector<TagId> TagOrder::merged(std::span<const TagId> rows, std::vector<TagId> arriving) const
{
    // Rows whose key did not change are still in order among themselves. Of two neighbours out of order at
    // least one has a changed key: that one is displaced.
    std::vector<TagId> kept;
    kept.reserve(rows.size() + arriving.size());
    std::vector<TagId> displaced = std::move(arriving);
    for (const TagId id : rows) {
        while (!kept.empty() && m_keyChanged[kept.back()] != 0 && isBefore(id, kept.back())) {
            displaced.push_back(kept.back());
            kept.pop_back();
        }
        if (!kept.empty() && isBefore(id, kept.back()))
            displaced.push_back(id);
        else
            kept.push_back(id);
    }
    if (displaced.empty())
        return kept;
    sort(displaced);
    std::vector<TagId> result;
    result.reserve(kept.size() + displaced.size());
    std::merge(kept.begin(), kept.end(), displaced.begin(), displaced.end(), std::back_inserter(result),
        [this](TagId left, TagId right) { return isBefore(left, right); });
    return result;
}

} // namespace poolscope
