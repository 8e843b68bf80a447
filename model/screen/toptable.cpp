// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/toptable.h"

#include "model/core/numberformat.h"
#include "model/core/tagtext.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using Column = TopColumn;

namespace {

constexpr int NarrowestTag = 16;
constexpr int NarrowestDriver = 8;

bool isWord(Column column)
{
    return column == Column::Tag || column == Column::Type || column == Column::Driver;
}

/// A change stands close behind its value.
int gapBefore(Column column)
{
    switch (column) {
    case Column::Tag:
    case Column::Type:
    case Column::AllocsChange:
    case Column::FreesChange:
    case Column::OutstandingChange:
    case Column::BytesChange:
        return 1;
    case Column::Allocs:
    case Column::Frees:
    case Column::Outstanding:
    case Column::Bytes:
    case Column::PerAlloc:
    case Column::Rate:
    case Column::Driver:
    case Column::Count:
        return 2;
    }
    return 1;
}

QString typeText(PoolType type)
{
    return poolTypeTitle(type, SourceKind::Pool); // PoolMon's short words, for slab caches as well
}

bool isChange(Column column)
{
    return column == Column::AllocsChange || column == Column::FreesChange
        || column == Column::OutstandingChange || column == Column::BytesChange;
}

/// What a number column shows; unknown for columns of words and for the rate, which a sum does not have.
Counter numberOf(Column column, const Reading &now, const Reading &change)
{
    switch (column) {
    case Column::Allocs:
        return now.allocs;
    case Column::AllocsChange:
        return change.allocs;
    case Column::Frees:
        return now.frees;
    case Column::FreesChange:
        return change.frees;
    case Column::Outstanding:
        return now.outstanding;
    case Column::OutstandingChange:
        return change.outstanding;
    case Column::Bytes:
        return now.bytes;
    case Column::BytesChange:
        return change.bytes;
    case Column::PerAlloc:
        return now.perAlloc();
    case Column::Tag:
    case Column::Type:
    case Column::Rate:
    case Column::Driver:
    case Column::Count:
        break;
    }
    return {};
}

QString numberText(Column column, Counter number)
{
    return isChange(column) ? u'(' + signedGroupedText(number) + u')' : groupedText(number);
}

Counter wholeRate(const FrameRow &row)
{
    return std::isfinite(row.bytesPerHour) ? Counter(std::llround(row.bytesPerHour)) : Counter();
}

QString rowText(Column column, const TopRow &row)
{
    switch (column) {
    case Column::Tag:
        return escapedTag(row.entry->tag.bytes);
    case Column::Type:
        return typeText(row.entry->tag.type);
    case Column::Rate:
        return signedScaledBytesText(wholeRate(*row.row));
    case Column::Driver:
        return driverText(row.entry->driver);
    case Column::Allocs:
    case Column::AllocsChange:
    case Column::Frees:
    case Column::FreesChange:
    case Column::Outstanding:
    case Column::OutstandingChange:
    case Column::Bytes:
    case Column::BytesChange:
    case Column::PerAlloc:
    case Column::Count:
        break;
    }
    return numberText(column, numberOf(column, row.row->reading, row.row->sinceLast));
}

/// The longest text of a number column is that of its largest or its smallest number.
qsizetype widestNumber(Column column, const TopAnswer &answer)
{
    Counter largest = numberOf(column, answer.all.sum, answer.all.change);
    Counter smallest = largest;
    for (const TopRow &row : answer.rows) {
        const Counter number = numberOf(column, row.row->reading, row.row->sinceLast);
        if (!number.isKnown())
            continue;
        largest = Counter(std::max(largest.valueOr(number.value()), number.value()));
        smallest = Counter(std::min(smallest.valueOr(number.value()), number.value()));
    }
    return std::max(numberText(column, largest).size(), numberText(column, smallest).size());
}

qsizetype widestText(Column column, const TopAnswer &answer)
{
    if (!isWord(column) && column != Column::Rate)
        return widestNumber(column, answer);
    qsizetype width = 0;
    for (const TopRow &row : answer.rows)
        width = std::max(width, rowText(column, row).size());
    return width;
}

bool hasChanged(const Reading &change)
{
    const auto moved = [](Counter counter) { return counter.valueOr(0) != 0; };
    return moved(change.allocs) || moved(change.frees) || moved(change.outstanding) || moved(change.bytes);
}

std::optional<Column> sortColumn(const TopQuery &query)
{
    switch (query.sort) {
    case TopKey::Tag:
        return Column::Tag;
    case TopKey::Type:
        return Column::Type;
    case TopKey::Allocs:
        return query.byChange ? Column::AllocsChange : Column::Allocs;
    case TopKey::Frees:
        return query.byChange ? Column::FreesChange : Column::Frees;
    case TopKey::Outstanding:
        return query.byChange ? Column::OutstandingChange : Column::Outstanding;
    case TopKey::Bytes:
        return query.byChange ? Column::BytesChange : Column::Bytes;
    case TopKey::PerAlloc:
        return Column::PerAlloc;
    case TopKey::Rate:
        return Column::Rate;
    case TopKey::Driver:
        return Column::Driver;
    }
    return std::nullopt;
}

} // namespace

TopTable::TopTable(
    const Frame &frame, const TopAnswer &answer, const TopQuery &query, const TopTableStyle &style)
    : m_frame(frame)
    , m_answer(answer)
    , m_query(query)
    , m_style(style)
{
    measure();
    choosePlaces();
    fit();
}

QString TopTable::headText(Column column) const
{
    static constexpr std::array<QStringView, std::tuple_size_v<TopWidths>> Heads{u"Tag", u"Type", u"Allocs",
        u"(Δ)", u"Frees", u"(Δ)", u"Diff", u"(Δ)", u"Bytes", u"(Δ)", u"Per Alloc", u"Rate/h", u"Driver"};
    QString text = Heads[static_cast<size_t>(column)].toString();
    if (m_style.markSort && sortColumn(m_query) == column)
        text += isWord(column) ? u'↑' : u'↓';
    return text;
}

/// Widths come from all rows, not only from those on the screen, so that scrolling does not move columns.
void TopTable::measure()
{
    for (size_t i = 0; i < m_widths.size(); ++i) {
        const auto column = static_cast<Column>(i);
        const qsizetype text = std::max(headText(column).size(), widestText(column, m_answer));
        m_widths[i] = std::max(static_cast<int>(text), m_style.atLeast[i]);
    }
}

/// All columns with something to say.
void TopTable::choosePlaces()
{
    using enum TopColumn;
    const auto has = [this](auto known) { return std::ranges::any_of(m_answer.rows, known); };
    m_knowsAllocs = has([](const TopRow &row) {
        return row.row->reading.allocs.isKnown() || row.row->reading.frees.isKnown();
    });
    const auto place = [this](Column column) {
        m_places.push_back({column, m_widths[static_cast<size_t>(column)]});
    };
    place(Tag);
    place(Type);
    place(Allocs);
    if (m_style.changes && m_knowsAllocs)
        place(AllocsChange);
    place(Frees);
    if (m_style.changes && m_knowsAllocs)
        place(FreesChange);
    place(Outstanding);
    // PoolMon has no change of Diff; where there are no allocs and frees it is the one that tells.
    if (m_style.changes && !m_knowsAllocs)
        place(OutstandingChange);
    place(Bytes);
    if (m_style.changes)
        place(BytesChange);
    place(PerAlloc);
    if (has([](const TopRow &row) { return wholeRate(*row.row).isKnown(); }))
        place(Rate);
    if (has([](const TopRow &row) { return !row.entry->driver.isEmpty(); }))
        place(Driver);
}

int TopTable::usedWidth() const
{
    int width = 0;
    for (const Place &place : m_places)
        width += gapBefore(place.column) + place.width;
    return width;
}

void TopTable::drop(Column column)
{
    if (!fits())
        std::erase_if(m_places, [column](const Place &place) { return place.column == column; });
}

void TopTable::shrink(Column column, int atLeast)
{
    for (Place &place : m_places) {
        if (place.column == column && !fits())
            place.width =
                std::min(place.width, std::max(atLeast, place.width - (usedWidth() - m_style.width)));
    }
}

void TopTable::fit()
{
    using enum TopColumn;
    shrink(Driver, NarrowestDriver);
    drop(Driver);
    drop(Rate);
    if (!m_knowsAllocs && !fits())
        std::erase_if(m_places, [](Place place) { return place.column == Allocs || place.column == Frees; });
    shrink(Tag, NarrowestTag);
    for (const Column column : {OutstandingChange, FreesChange, AllocsChange, PerAlloc, Frees, Allocs,
             BytesChange, Type, Outstanding})
        drop(column);
    shrink(Tag, 4);
}

TopLine TopTable::line(TopLineKind kind, const auto &textOf) const
{
    QString text;
    for (const Place &place : m_places) {
        const QString cell = textOf(place.column);
        text += QString(gapBefore(place.column), u' ');
        text += isWord(place.column) ? cell.leftJustified(place.width, u' ', true)
                                     : cell.rightJustified(place.width);
    }
    while (text.endsWith(u' '))
        text.chop(1);
    return {m_style.width > 0 ? text.left(m_style.width) : text, kind};
}

TopLine TopTable::heads() const
{
    return line(TopLineKind::Columns, [this](Column column) { return headText(column); });
}

TopLine TopTable::row(size_t index) const
{
    const TopRow &row = m_answer.rows[index];
    const bool changed = hasChanged(row.row->sinceLast);
    return line(changed ? TopLineKind::ChangedRow : TopLineKind::Row,
        [&row](Column column) { return rowText(column, row); });
}

TopLine TopTable::totalLine(const QString &name, PoolType type, const TopTotal &total) const
{
    return line(TopLineKind::Total, [&](Column column) {
        if (column == Column::Tag)
            return name;
        if (column == Column::Type)
            return typeText(type);
        // A sum has no rate, and mixed sizes have no size per allocation.
        if (isWord(column) || column == Column::Rate || column == Column::PerAlloc)
            return QString();
        return numberText(column, numberOf(column, total.sum, total.change));
    });
}

std::vector<TopLine> TopTable::totals() const
{
    Counter untagged = m_frame.sample->system[SystemField::Untagged];
    if (!untagged.isKnown())
        untagged = untaggedBytes(*m_frame.sample);
    // The name runs on over the columns that stay empty, where those of the tags are narrow.
    const QString name = u"Not in tag table"_s;
    TopLine rest = line(TopLineKind::Total,
        [&](Column column) { return column == Column::Bytes ? groupedText(untagged) : QString(); });
    for (qsizetype i = 0; i < name.size() && i + 1 < rest.text.size() && rest.text[i + 1] == u' '; ++i)
        rest.text[i + 1] = name[i];
    std::vector<TopLine> lines;
    if (m_answer.nonpaged.tags > 0)
        lines.push_back(totalLine(u"Total"_s, PoolType::Nonpaged, m_answer.nonpaged));
    if (m_answer.paged.tags > 0)
        lines.push_back(totalLine(u"Total"_s, PoolType::Paged, m_answer.paged));
    lines.push_back(totalLine(u"Total"_s, PoolType::None, m_answer.all));
    lines.push_back(std::move(rest));
    return lines;
}

QString topText(const Frame &frame, const TopQuery &query, bool totals, const QString &sourceTitle,
    const TopTableStyle &style)
{
    const TopAnswer shown = answer(frame, query);
    const TopTable table(frame, shown, query, style);
    std::vector<TopLine> lines = topHeader(frame, style.changes, style.width);
    lines.push_back(topCaption(frame, shown, query, sourceTitle, style.width));
    lines.push_back(table.heads());
    for (size_t i = 0; i < shown.rows.size(); ++i)
        lines.push_back(table.row(i));
    if (totals) {
        for (TopLine &line : table.totals())
            lines.push_back(std::move(line));
    }
    QString text;
    for (const TopLine &line : lines)
        text += line.text + u'\n';
    return text;
}

} // namespace poolscope
