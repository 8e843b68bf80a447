// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmonsheet.h"

#include "model/formats/poolmontag.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

using Kind = PoolMonRemark::Kind;

QByteArrayView withoutEndBlanks(QByteArrayView name)
{
    while (name.endsWith(' '))
        name.chop(1);
    return name;
}

/// Of short names no two are alike; long ones have to be compared.
quint64 placeKey(QByteArrayView name, PoolType type)
{
    constexpr quint64 Long = quint64(1) << 63;
    if (name.size() > PoolTagLength)
        return Long | (quint64(qHash(name)) << 2) | quint64(type);
    quint32 bytes = 0;
    std::memcpy(&bytes, name.data(), static_cast<size_t>(name.size()));
    return (quint64(bytes) << 8) | (quint64(name.size()) << 2) | quint64(type);
}

/// Whether two tags may print so: a byte that a console cannot show becomes a question mark there.
bool printsForOthers(QByteArrayView name)
{
    return name.size() <= PoolTagLength && std::ranges::any_of(name, [](char c) {
        return c == '?' || static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F;
    });
}

/// What is left of a column line that mail has wrapped.
bool isTitleRest(QByteArrayView text)
{
    constexpr QByteArrayView Titles[] = {
        "Alloc", "Per Alloc", "Bytes Per Alloc", "Mapped_Driver", "Alloc Mapped_Driver"};
    return std::ranges::find(Titles, QByteArrayView(text.toByteArray().simplified())) != std::end(Titles);
}

/// Neither empty nor a rule nor a title, as "System pool information" and "Session 0 pool information"; nor
/// the marks of quoting and code on an empty line.
bool isForeign(QByteArrayView line)
{
    const QByteArrayView text = line.trimmed();
    constexpr QByteArrayView Rules = "-= >|`";
    const bool isRule = std::ranges::all_of(text, [&](char c) { return Rules.contains(c); });
    return !isRule && !text.contains("information") && !isTitleRest(text);
}

/// Where a header begins in a line that was cut off before it; -1: nowhere.
qsizetype gluedHeader(QByteArrayView line)
{
    const auto at = line.indexOf("Memory:");
    const bool isGlued = at > 0 && line.sliced(at).contains("Avail:") && !line.first(at).trimmed().isEmpty();
    return isGlued ? at : -1;
}

} // namespace

void PoolMonSheetReader::remark(Kind kind, qint64 number, const QString &why)
{
    m_remarks.push_back({kind, number, why});
}

std::vector<PoolMonRemark> PoolMonSheetReader::takeRemarks()
{
    return std::exchange(m_remarks, {});
}

bool PoolMonSheetReader::begins(PoolMonLine kind) const
{
    const bool hasTable = m_sheet.titled || !m_sheet.rows.empty();
    return kind == PoolMonLine::Memory || kind == PoolMonLine::DamagedMemory ? m_any : hasTable;
}

void PoolMonSheetReader::beginNext()
{
    m_finished = std::exchange(m_sheet, {});
    const qsizetype tags = m_places.size();
    m_places.clear();
    m_places.reserve(tags); // the next table is as long
}

void PoolMonSheetReader::dropWaiting()
{
    if (!m_waiting.text.isEmpty())
        remark(Kind::Damaged, m_waiting.number, u"this line of a PoolMon table is cut short"_s);
    m_waiting = {};
}

QByteArray PoolMonSheetReader::joined(QByteArrayView line) const
{
    return m_waiting.text + ' ' + line.trimmed();
}

/// The line that waits with `line` at its end, when that makes it whole or at least longer.
std::optional<PoolMonSheetReader::Read> PoolMonSheetReader::completed(QByteArrayView line) const
{
    constexpr int MostParts = 4;
    Read alone;
    alone.kind = readPoolMonLine(line, alone.row, alone.system);
    if (m_waiting.parts >= MostParts
        || (alone.kind != PoolMonLine::Other && alone.kind != PoolMonLine::Damaged))
        return std::nullopt;
    Read read;
    read.number = m_waiting.number;
    read.kind = readPoolMonLine(joined(line), read.row, read.system);
    const bool isRow = read.kind == PoolMonLine::Row && read.row.isProven();
    const bool isHeader = read.kind == PoolMonLine::Memory || read.kind == PoolMonLine::Commit;
    return isRow || isHeader || read.kind == PoolMonLine::Part ? std::optional(std::move(read))
                                                               : std::nullopt;
}

bool PoolMonSheetReader::continues(QByteArrayView line) const
{
    return !m_waiting.text.isEmpty() && completed(line).has_value();
}

bool PoolMonSheetReader::take(QByteArrayView line, qint64 number, bool isUnended)
{
    if (!m_waiting.text.isEmpty()) {
        if (line.trimmed().isEmpty())
            return false; // some mail programs leave an empty line where they break another
        if (auto read = completed(line)) {
            const QByteArray text = joined(line);
            if (read->kind == PoolMonLine::Part) {
                m_waiting = {text, m_waiting.number, m_waiting.parts + 1};
                return false;
            }
            m_waiting = {};
            read->isUnended = isUnended;
            return takeRead(*std::move(read), text);
        }
        dropWaiting();
    }
    Read read;
    read.number = number;
    read.isUnended = isUnended;
    read.kind = readPoolMonLine(line, read.row, read.system);
    return takeRead(std::move(read), line);
}

bool PoolMonSheetReader::takeRead(Read read, QByteArrayView line)
{
    switch (read.kind) {
    case PoolMonLine::Row:
        return takeRow(std::move(read));
    case PoolMonLine::DamagedMemory:
    case PoolMonLine::DamagedCommit:
        remark(Kind::Damaged, read.number, u"this line of PoolMon's header cannot be read"_s);
        read.system = {};
        return takeHeader(read);
    case PoolMonLine::Memory:
    case PoolMonLine::Commit:
    case PoolMonLine::Titles:
        return takeHeader(read);
    case PoolMonLine::Part:
    case PoolMonLine::Damaged:
    case PoolMonLine::Other:
        break;
    }
    if (const auto at = gluedHeader(line); at > 0) {
        const bool isRow = read.kind != PoolMonLine::Other;
        remark(isRow ? Kind::Damaged : Kind::Foreign, read.number,
            isRow ? u"this row is cut off: the header of the next table follows"_s
                  : u"what stands before the header is no line of a PoolMon table"_s);
        return take(line.sliced(at), read.number, read.isUnended);
    }
    if (read.kind == PoolMonLine::Other)
        return takeOther(line, read.number);
    m_isDriverOpen = false;
    if (read.kind == PoolMonLine::Part)
        m_waiting = {line.toByteArray(), read.number, 1};
    else
        remark(Kind::Damaged, read.number, u"this line of a PoolMon table cannot be read"_s);
    return false;
}

PoolMonSheetReader::Again PoolMonSheetReader::comesAgain(const PoolMonRow &row)
{
    const QByteArrayView name = withoutEndBlanks(row.name);
    const qsizetype before = m_places.size();
    size_t &place = m_places[placeKey(name, row.type)];
    if (m_places.size() > before) {
        place = m_sheet.rows.size();
        return Again::No;
    }
    const PoolMonRow &first = m_sheet.rows[place];
    if (first.type != row.type || withoutEndBlanks(first.name) != name)
        return Again::No;
    if (!m_sheet.headed)
        return Again::NextSheet;
    const bool isSame = first.reading == row.reading;
    if (!isSame && printsForOthers(name))
        return Again::Other;
    // A loop that asks for some tags writes the column line once, if at all.
    return isSame && place > 0 ? Again::Same : Again::NextSheet;
}

bool PoolMonSheetReader::takeRow(Read read)
{
    PoolMonRow &row = read.row;
    row.line = read.number;
    if (!row.isDiffRight())
        remark(Kind::Doubt, read.number, u"Diff is not Allocs - Frees: one of these numbers is wrong"_s);
    const Again again = comesAgain(row);
    const bool isNext = again == Again::NextSheet;
    switch (again) {
    case Again::No:
        break;
    case Again::Same:
        remark(Kind::Foreign, read.number, u"this row stands in the table twice: it counts once"_s);
        return false;
    case Again::Other:
        remark(Kind::Doubt, read.number,
            u"two tags of the table print alike: they are added up, since nothing tells them apart"_s);
        break;
    case Again::NextSheet:
        if (m_sheet.headed && withoutEndBlanks(m_sheet.rows.front().name) != withoutEndBlanks(row.name))
            remark(Kind::Doubt, read.number,
                u"this tag stands in the table above, with other numbers: a new sample begins here"_s);
        beginNext();
        m_places[placeKey(withoutEndBlanks(row.name), row.type)] = 0;
        break;
    }
    m_any = true;
    if (read.isUnended && row.isDriverOpen)
        row.driver.clear();
    m_isDriverOpen = row.isDriverOpen && !row.driver.isEmpty();
    m_sheet.live = m_sheet.live || row.hasChanges;
    if (row.name.size() > PoolTagLength && !poolTagFromText(row.name))
        ++m_sheet.longNames;
    m_sheet.rows.push_back(std::move(row));
    return isNext;
}

bool PoolMonSheetReader::takeHeader(const Read &read)
{
    m_isDriverOpen = false;
    const bool isNext = begins(read.kind);
    if (isNext)
        beginNext();
    m_any = true;
    m_sheet.headed = true;
    m_sheet.titled = m_sheet.titled || read.kind == PoolMonLine::Titles;
    for (const SystemFieldInfo &info : systemFields()) {
        if (read.system[info.field].isKnown())
            m_sheet.system[info.field] = read.system[info.field];
    }
    return isNext;
}

void PoolMonSheetReader::readNamedKind(QByteArrayView line)
{
    if (line.startsWith(" Slab cache information"))
        m_namedKind = SourceKind::Slab;
    else if (line.startsWith(" Allocation site information"))
        m_namedKind = SourceKind::Site;
}

bool PoolMonSheetReader::takeOther(QByteArrayView line, qint64 number)
{
    constexpr qsizetype LongestDriver = 256;
    const QByteArrayView text = line.trimmed();
    const bool wasOpen = std::exchange(m_isDriverOpen, false);
    if (wasOpen && text.endsWith(']') && text.size() < LongestDriver && !text.contains('[')) {
        m_sheet.rows.back().driver += ' ' + text.chopped(1).trimmed();
        return false;
    }
    readNamedKind(line);
    if (isForeign(line))
        remark(Kind::Foreign, number, u"this is no line of a PoolMon table"_s);
    return false;
}

PoolMonSheet PoolMonSheetReader::finished()
{
    return std::exchange(m_finished, {});
}

PoolMonSheet PoolMonSheetReader::last()
{
    dropWaiting();
    m_isDriverOpen = false;
    m_places.clear();
    return std::exchange(m_sheet, {});
}

} // namespace poolscope
