// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagcolumns.h"

#include "model/analysis/findingtext.h"
#include "model/core/duration.h"
#include "model/core/tagtext.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Counter bytesPerHour(const FrameRow &row)
{
    constexpr double Limit = 9e18;
    if (std::isnan(row.bytesPerHour))
        return {};
    return Counter(std::llround(std::clamp(row.bytesPerHour, -Limit, Limit)));
}

namespace {

Counter perAllocChange(const TagRow &row)
{
    const Reading &now = row.frame.reading;
    const Reading before{.allocs = {},
        .frees = {},
        .outstanding = difference(now.outstanding, row.frame.sinceLast.outstanding),
        .bytes = difference(now.bytes, row.frame.sinceLast.bytes)};
    return difference(now.perAlloc(), before.perAlloc());
}

Counter typeOrder(const TagRow &row)
{
    return row.entry.tag.type == PoolType::None ? Counter() : Counter(static_cast<int>(row.entry.tag.type));
}

constexpr std::array<TagColumnInfo, static_cast<size_t>(TagColumnCount)> Columns = {{
    {TagColumn::Pin, "pin", u"★", u"Pinned tags are drawn in the chart", ColumnUnit::None,
        ColumnAlignment::Center, 3, true, Qt::AscendingOrder,
        [](const TagRow &row) { return row.pinSlot < 0 ? Counter() : Counter(row.pinSlot); }, nullptr, false},
    {TagColumn::Tag, "tag", u"Tag", u"What the memory is booked under", ColumnUnit::None,
        ColumnAlignment::Left, 21, true, Qt::AscendingOrder,
        [](const TagRow &row) { return Counter(row.tagRank); }, nullptr, false},
    {TagColumn::Type, "type", u"Type", u"Pool type: nonpaged or paged; on Linux unreclaimable or reclaimable",
        ColumnUnit::None, ColumnAlignment::Left, 12, true, Qt::AscendingOrder, typeOrder, nullptr, false},
    {TagColumn::Allocs, "allocs", u"Allocs (Δ)", u"Allocations since boot (change since the last sample)",
        ColumnUnit::Count, ColumnAlignment::Right, 21, true, Qt::DescendingOrder,
        [](const TagRow &row) { return row.frame.reading.allocs; },
        [](const TagRow &row) { return row.frame.sinceLast.allocs; }, true},
    {TagColumn::Frees, "frees", u"Frees (Δ)", u"Frees since boot (change since the last sample)",
        ColumnUnit::Count, ColumnAlignment::Right, 21, true, Qt::DescendingOrder,
        [](const TagRow &row) { return row.frame.reading.frees; },
        [](const TagRow &row) { return row.frame.sinceLast.frees; }, true},
    {TagColumn::Diff, "diff", u"Diff", u"Outstanding: allocations that were not freed yet", ColumnUnit::Count,
        ColumnAlignment::Right, 10, true, Qt::DescendingOrder,
        [](const TagRow &row) { return row.frame.reading.outstanding; },
        [](const TagRow &row) { return row.frame.sinceLast.outstanding; }, false},
    {TagColumn::Bytes, "bytes", u"Bytes (Δ)", u"Bytes held now (change since the last sample)",
        ColumnUnit::Bytes, ColumnAlignment::Right, 25, true, Qt::DescendingOrder,
        [](const TagRow &row) { return row.frame.reading.bytes; },
        [](const TagRow &row) { return row.frame.sinceLast.bytes; }, true},
    {TagColumn::PerAlloc, "per_alloc", u"Per alloc", u"Bytes per outstanding allocation", ColumnUnit::Bytes,
        ColumnAlignment::Right, 9, true, Qt::DescendingOrder,
        [](const TagRow &row) { return row.frame.reading.perAlloc(); }, perAllocChange, false},
    {TagColumn::Trend, "trend", u"Trend",
        u"Bytes over the last ten minutes, drawn between their own least and most; sorts by rate",
        ColumnUnit::None, ColumnAlignment::Center, 12, true, Qt::DescendingOrder,
        [](const TagRow &row) { return bytesPerHour(row.frame); }, nullptr, false},
    {TagColumn::Rate, "rate", u"Rate/h", u"Growth in bytes per hour", ColumnUnit::BytesPerHour,
        ColumnAlignment::Right, 13, true, Qt::DescendingOrder,
        [](const TagRow &row) { return bytesPerHour(row.frame); }, nullptr, false},
    {TagColumn::Verdict, "verdict", u"Verdict",
        u"Whether the tag leaks: leak, suspect or steady; the tool tip of each says why", ColumnUnit::None,
        ColumnAlignment::Left, 9, true, Qt::DescendingOrder,
        [](const TagRow &row) { return row.frame.suspicion; }, nullptr, false},
    {TagColumn::Driver, "driver", u"Driver", u"Who owns the tag; on Linux the caches merged into this one",
        ColumnUnit::None, ColumnAlignment::Left, 14, true, Qt::AscendingOrder,
        [](const TagRow &row) { return row.driverRank; }, nullptr, false},
}};

constexpr bool registryFollowsEnum()
{
    for (size_t i = 0; i < Columns.size(); ++i) {
        if (static_cast<size_t>(Columns[i].column) != i || Columns[i].sortValue == nullptr)
            return false;
        if (Columns[i].showsChange && Columns[i].change == nullptr)
            return false;
    }
    return true;
}
static_assert(registryFollowsEnum(), "the registry lists every TagColumn in its order");

QString valueText(const TagColumnInfo &info, Counter value, NumberStyle style)
{
    switch (info.unit) {
    case ColumnUnit::None:
        return {};
    case ColumnUnit::Count:
        return groupedText(value);
    case ColumnUnit::Bytes:
        return bytesText(value, style);
    case ColumnUnit::BytesPerHour:
        return signedBytesText(value, style);
    }
    return {};
}

QString changeText(const TagColumnInfo &info, Counter change, NumberStyle style)
{
    if (!change.isKnown())
        return {};
    const QString number =
        info.unit == ColumnUnit::Bytes ? signedBytesText(change, style) : signedGroupedText(change);
    if (change.value() == 0)
        return u"(0)"_s;
    return u"("_s + number + (change.value() > 0 ? u" ▲)"_s : u" ▼)"_s);
}

QString nameToolTip(const TagRow &row)
{
    QStringList lines{escapedTag(row.entry.tag.bytes)};
    const QString type = poolTypeTitle(row.entry.tag.type, row.kind);
    if (!type.isEmpty())
        lines += u"Type: "_s + type;
    if (row.kind == SourceKind::Pool)
        lines += u"Raw value: "_s + QString::fromLatin1(row.entry.tag.bytes.toHex(' '));
    if (!row.entry.driver.isEmpty())
        lines += u"Driver: "_s + driverText(row.entry.driver);
    if (!row.frame.present)
        lines += u"Vanished, last seen "_s + toDateTime(row.frame.lastSeen).toString(u"HH:mm:ss"_s);
    return lines.join(u'\n');
}

QString exactText(ColumnUnit unit, Counter value, bool isSigned)
{
    const QString digits = isSigned ? signedGroupedText(value) : groupedText(value);
    if (!value.isKnown() || unit == ColumnUnit::Count)
        return digits;
    const QString scaled = isSigned ? signedScaledBytesText(value) : scaledBytesText(value);
    const QString perHour = unit == ColumnUnit::BytesPerHour ? u" per hour"_s : QString();
    return digits + u" bytes"_s + perHour + u" ("_s + scaled + u")"_s;
}

Counter sinceBaseline(TagColumn column, const Reading &change)
{
    switch (column) {
    case TagColumn::Allocs:
        return change.allocs;
    case TagColumn::Frees:
        return change.frees;
    case TagColumn::Diff:
        return change.outstanding;
    case TagColumn::Bytes:
        return change.bytes;
    case TagColumn::Pin:
    case TagColumn::Tag:
    case TagColumn::Type:
    case TagColumn::PerAlloc:
    case TagColumn::Trend:
    case TagColumn::Rate:
    case TagColumn::Verdict:
    case TagColumn::Driver:
    case TagColumn::Count:
        return {};
    }
    return {};
}

QString verdictToolTip(const TagRow &row)
{
    if (!row.finding)
        return u"Not judged yet"_s;
    QStringList lines{verdictText(*row.finding)};
    lines[0][0] = lines[0][0].toUpper();
    lines += reasonText(*row.finding);
    if (!std::isnan(row.finding->bytesPerHour))
        lines += u"Rate of what is never given back: "_s + rateIntervalText(*row.finding);
    return lines.join(u'\n');
}

QString numberToolTip(const TagColumnInfo &info, const TagRow &row)
{
    const bool isRate = info.unit == ColumnUnit::BytesPerHour;
    const Counter value = info.sortValue(row);
    QString title = info.title.toString();
    title.remove(u" (Δ)"_s);
    QStringList lines{title + u": "_s + exactText(info.unit, value, isRate)};
    if (!value.isKnown())
        lines[0] += isRate ? u" (not enough samples yet)"_s : u" (the source does not count this)"_s;
    if (const Counter change = info.change ? info.change(row) : Counter(); change.isKnown())
        lines += u"Since the last sample: "_s + exactText(info.unit, change, true);
    if (const Counter change = sinceBaseline(info.column, row.frame.sinceBaseline); change.isKnown())
        lines += u"Since the baseline: "_s + exactText(info.unit, change, true);
    return lines.join(u'\n');
}

} // namespace

std::span<const TagColumnInfo> tagColumns()
{
    return Columns;
}

const TagColumnInfo &tagColumnInfo(TagColumn column)
{
    return Columns[static_cast<size_t>(column)];
}

std::optional<TagColumn> tagColumnFromKey(QByteArrayView key)
{
    for (const TagColumnInfo &info : Columns) {
        if (info.key == key)
            return info.column;
    }
    return std::nullopt;
}

bool isNumeric(TagColumn column)
{
    return tagColumnInfo(column).unit != ColumnUnit::None;
}

ChangeDirection changeDirection(TagColumn column, const TagRow &row)
{
    const TagColumnInfo &info = tagColumnInfo(column);
    // Bytes per allocation moves with every allocation: that is no news of its own.
    const bool isTold = info.change != nullptr && column != TagColumn::PerAlloc && row.frame.present;
    const Counter change = isTold ? info.change(row) : Counter();
    if (!change.isKnown() || change.value() == 0)
        return ChangeDirection::None;
    return change.value() > 0 ? ChangeDirection::Up : ChangeDirection::Down;
}

TagCell tagCell(TagColumn column, const TagRow &row, NumberStyle style)
{
    switch (column) {
    case TagColumn::Pin:
    case TagColumn::Trend:
    case TagColumn::Count:
        return {};
    case TagColumn::Tag:
        return {.value = escapedTag(row.entry.tag.bytes), .change = {}};
    case TagColumn::Type:
        return {.value = poolTypeTitle(row.entry.tag.type, row.kind), .change = {}};
    case TagColumn::Verdict:
        return {.value = row.frame.suspicion.isKnown() ? QString::fromLatin1(verdictWord(row.frame.verdict))
                                                       : unknownText(),
            .change = {}};
    case TagColumn::Driver:
        return {
            .value = row.entry.driver.isEmpty() ? unknownText() : driverText(row.entry.driver), .change = {}};
    case TagColumn::Allocs:
    case TagColumn::Frees:
    case TagColumn::Diff:
    case TagColumn::Bytes:
    case TagColumn::PerAlloc:
    case TagColumn::Rate:
        break;
    }
    const TagColumnInfo &info = tagColumnInfo(column);
    return {.value = valueText(info, info.sortValue(row), style),
        .change =
            info.showsChange && row.frame.present ? changeText(info, info.change(row), style) : QString(),
        .direction = changeDirection(column, row)};
}

QString tagCellToolTip(TagColumn column, const TagRow &row)
{
    switch (column) {
    case TagColumn::Pin:
        return row.pinSlot < 0 ? u"Not pinned: click or press Space to draw it in the chart"_s
                               : u"Pinned: drawn in the chart"_s;
    case TagColumn::Tag:
    case TagColumn::Type:
        return nameToolTip(row);
    case TagColumn::Verdict:
        return verdictToolTip(row);
    case TagColumn::Driver:
        return row.entry.driver.isEmpty() ? u"Driver not known"_s : driverText(row.entry.driver);
    case TagColumn::Trend:
        return u"Bytes over the last ten minutes\n"_s + numberToolTip(tagColumnInfo(TagColumn::Rate), row);
    case TagColumn::Allocs:
    case TagColumn::Frees:
    case TagColumn::Diff:
    case TagColumn::Bytes:
    case TagColumn::PerAlloc:
    case TagColumn::Rate:
        return numberToolTip(tagColumnInfo(column), row);
    case TagColumn::Count:
        return {};
    }
    return {};
}

} // namespace poolscope
