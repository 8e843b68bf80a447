// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/topquery.h"

#include "model/core/wildcard.h"

#include <algorithm>
#include <cmath>
#include <compare>

namespace poolscope {

namespace {

constexpr TopKeyInfo Keys[] = {
    {u"bytes", u"bytes", TopKey::Bytes, 'b'},
    {u"allocs", u"allocations", TopKey::Allocs, 'a'},
    {u"frees", u"frees", TopKey::Frees, 'f'},
    {u"diff", u"diff (allocations not yet freed)", TopKey::Outstanding, 'd'},
    {u"tag", u"tag", TopKey::Tag, 't'},
    {u"per_alloc", u"bytes per allocation", TopKey::PerAlloc, 'm'},
    {u"rate", u"growth per hour", TopKey::Rate, 0},
    {u"type", u"pool type", TopKey::Type, 0},
    {u"driver", u"driver", TopKey::Driver, 0},
};

bool isShown(const TagEntry &entry, const TopQuery &query)
{
    if (query.type && entry.tag.type != *query.type)
        return false;
    const auto matches = [&entry](const QByteArray &pattern) {
        return tagMatchesWildcard(pattern, entry.tag.bytes);
    };
    if (!query.include.isEmpty() && std::ranges::none_of(query.include, matches))
        return false;
    return std::ranges::none_of(query.exclude, matches);
}

/// Large before small, unknown last.
std::weak_ordering descending(Counter a, Counter b)
{
    if (!a.isKnown() || !b.isKnown())
        return b.isKnown() <=> a.isKnown();
    return b.value() <=> a.value();
}

std::weak_ordering descending(double a, double b)
{
    if (std::isnan(a) || std::isnan(b))
        return std::isnan(a) <=> std::isnan(b);
    if (a == b)
        return std::weak_ordering::equivalent;
    return a > b ? std::weak_ordering::less : std::weak_ordering::greater;
}

std::weak_ordering ascending(const QByteArray &a, const QByteArray &b)
{
    return a.compare(b) <=> 0;
}

/// A to z, empty (unknown) last.
std::weak_ordering ascendingEmptyLast(const QByteArray &a, const QByteArray &b)
{
    return a.isEmpty() || b.isEmpty() ? a.isEmpty() <=> b.isEmpty() : ascending(a, b);
}

/// Bytes per allocation; by change: how much it moved since the previous sample.
Counter perAllocation(const TopRow &row, bool byChange)
{
    const Reading &now = row.row->reading;
    if (!byChange)
        return now.perAlloc();
    const Reading &step = row.row->sinceLast;
    Reading before;
    before.outstanding = difference(now.outstanding, step.outstanding);
    before.bytes = difference(now.bytes, step.bytes);
    return difference(now.perAlloc(), before.perAlloc());
}

std::weak_ordering compareBy(TopKey key, bool byChange, const TopRow &a, const TopRow &b)
{
    const Reading &left = byChange ? a.row->sinceLast : a.row->reading;
    const Reading &right = byChange ? b.row->sinceLast : b.row->reading;
    switch (key) {
    case TopKey::Tag:
        return ascending(a.entry->tag.bytes, b.entry->tag.bytes);
    case TopKey::Type:
        return a.entry->tag.type <=> b.entry->tag.type;
    case TopKey::Allocs:
        return descending(left.allocs, right.allocs);
    case TopKey::Frees:
        return descending(left.frees, right.frees);
    case TopKey::Outstanding:
        return descending(left.outstanding, right.outstanding);
    case TopKey::Bytes:
        return descending(left.bytes, right.bytes);
    case TopKey::PerAlloc:
        return descending(perAllocation(a, byChange), perAllocation(b, byChange));
    case TopKey::Rate:
        return descending(a.row->bytesPerHour, b.row->bytesPerHour);
    case TopKey::Driver:
        return ascendingEmptyLast(a.entry->driver, b.entry->driver);
    }
    return std::weak_ordering::equivalent;
}

void sortRows(std::vector<TopRow> &rows, const TopQuery &query)
{
    std::ranges::sort(rows, [&query](const TopRow &a, const TopRow &b) {
        if (const auto order = compareBy(query.sort, query.byChange, a, b); std::is_neq(order))
            return std::is_lt(order);
        // Most rows have not changed at all.
        if (const auto order = compareBy(query.sort, false, a, b); query.byChange && std::is_neq(order))
            return std::is_lt(order);
        if (const auto order = ascending(a.entry->tag.bytes, b.entry->tag.bytes); std::is_neq(order))
            return std::is_lt(order);
        return a.entry->tag.type < b.entry->tag.type;
    });
}

void add(Counter &sum, Counter value)
{
    if (value.isKnown())
        sum = Counter(sum.valueOr(0) + value.value());
}

void add(Reading &sum, const Reading &reading)
{
    add(sum.allocs, reading.allocs);
    add(sum.frees, reading.frees);
    add(sum.outstanding, reading.outstanding);
    add(sum.bytes, reading.bytes);
}

void add(TopTotal &total, const FrameRow &row)
{
    ++total.tags;
    add(total.sum, row.reading);
    add(total.change, row.sinceLast);
}

} // namespace

std::span<const TopKeyInfo> topKeys()
{
    return Keys;
}

const TopKeyInfo &topKeyInfo(TopKey key)
{
    const auto info = std::ranges::find(Keys, key, &TopKeyInfo::key);
    Q_ASSERT(info != std::end(Keys));
    return *info;
}

std::optional<TopKey> topKeyFromText(QStringView text)
{
    if (text == u"outstanding")
        return TopKey::Outstanding;
    for (const TopKeyInfo &info : Keys) {
        if (text == info.word)
            return info.key;
    }
    if (text.size() != 1)
        return std::nullopt;
    const char letter = text.front().toLower().toLatin1();
    // Old PoolMon versions sort by the difference with S, newer ones with D.
    if (letter == 's')
        return TopKey::Outstanding;
    const auto info = std::ranges::find(Keys, letter, &TopKeyInfo::letter);
    return letter != 0 && info != std::end(Keys) ? std::optional(info->key) : std::nullopt;
}

TopAnswer answer(const Frame &frame, const TopQuery &query)
{
    TopAnswer out;
    for (size_t id = 0; id < frame.rows.size(); ++id) {
        const FrameRow &row = frame.rows[id];
        if (!row.present)
            continue;
        ++out.tagsInSample;
        const TagEntry &entry = (*frame.tags)[id];
        if (!isShown(entry, query))
            continue;
        out.rows.push_back({&entry, &row});
        add(out.all, row);
        if (entry.tag.type == PoolType::Nonpaged)
            add(out.nonpaged, row);
        if (entry.tag.type == PoolType::Paged)
            add(out.paged, row);
    }
    sortRows(out.rows, query);
    if (query.limit && static_cast<qsizetype>(out.rows.size()) > *query.limit)
        out.rows.resize(static_cast<size_t>(*query.limit));
    return out;
}

SamplePtr selectedSample(const Frame &frame, const TopAnswer &answer)
{
    auto sample = std::make_shared<Sample>();
    sample->wall = frame.sample->wall;
    sample->monotonic = frame.sample->monotonic;
    sample->readCost = frame.sample->readCost;
    sample->origin = frame.sample->origin;
    sample->system = frame.sample->system;
    // Has to come from all tags: nobody can compute it from a selection.
    if (!sample->system[SystemField::Untagged].isKnown())
        sample->system[SystemField::Untagged] = untaggedBytes(*frame.sample);
    auto tags = std::make_shared<TagList>();
    tags->reserve(answer.rows.size());
    sample->readings.reserve(answer.rows.size());
    for (const TopRow &row : answer.rows) {
        tags->push_back(*row.entry);
        sample->readings.push_back(row.row->reading);
    }
    sample->tags = std::move(tags);
    return sample;
}

} // namespace poolscope
