// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmonsheet.h"

#include "model/core/tagtext.h"
#include "model/formats/samplebuilder.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

constexpr qsizetype PoolTagLength = 4;

QByteArray unescaped(const QByteArray &name)
{
    return unescapedTag(name).value_or(name);
}

/// Pool tags stand raw where they fit their four places; all other names are escaped, see
/// sampleToPoolMonText().
QByteArray tagBytes(QByteArray name, SourceKind kind)
{
    if (kind == SourceKind::Pool) {
        return (name.size() <= PoolTagLength ? name : unescaped(name)).leftJustified(PoolTagLength, ' ');
    }
    while (name.endsWith(' '))
        name.chop(1);
    return unescaped(name);
}

/// Neither empty nor a rule nor a title, as "System pool information" and "Session 0 pool information".
bool isForeign(QByteArrayView line)
{
    const QByteArrayView text = line.trimmed();
    const bool isRule = std::ranges::all_of(text, [](char c) { return c == '-' || c == '=' || c == ' '; });
    return !isRule && !text.contains("information");
}

} // namespace

bool PoolMonSheet::hasLongNames() const
{
    return std::ranges::any_of(
        rows, [](const PoolMonRow &row) { return unescaped(row.name).size() > PoolTagLength; });
}

bool PoolMonSheetReader::begins(PoolMonLine kind, const PoolMonRow &row) const
{
    switch (kind) {
    case PoolMonLine::Memory:
        return m_any;
    case PoolMonLine::Titles:
        return m_sheet.titled || !m_sheet.rows.empty();
    case PoolMonLine::Row:
        return !m_sheet.headed && m_names.contains({row.name, row.type});
    case PoolMonLine::Commit:
    case PoolMonLine::Damaged:
    case PoolMonLine::Other:
        break;
    }
    return false;
}

PoolMonSheetReader::Outcome PoolMonSheetReader::take(QByteArrayView line, bool isUnended)
{
    if (line.trimmed().startsWith("Memory:"))
        m_system = {};
    PoolMonRow row;
    const PoolMonLine kind = readPoolMonLine(line, row, m_system);
    if (line.startsWith(" Slab cache information"))
        m_namedKind = SourceKind::Slab;
    else if (line.startsWith(" Allocation site information"))
        m_namedKind = SourceKind::Site;
    if (kind == PoolMonLine::Damaged)
        return Outcome::Damaged;
    if (kind == PoolMonLine::Other)
        return isForeign(line) ? Outcome::Foreign : Outcome::Taken;

    const bool isNext = begins(kind, row);
    if (isNext) {
        m_finished = std::exchange(m_sheet, {});
        m_names.clear();
    }
    m_any = true;
    if (kind == PoolMonLine::Row) {
        if (!m_sheet.headed)
            m_names.insert({row.name, row.type});
        if (isUnended && row.isDriverOpen)
            row.driver.clear();
        m_sheet.live = m_sheet.live || row.hasChanges;
        m_sheet.rows.push_back(std::move(row));
    } else {
        m_sheet.headed = true;
        m_sheet.titled = m_sheet.titled || kind == PoolMonLine::Titles;
        if (kind != PoolMonLine::Titles)
            m_sheet.system = m_system;
    }
    return isNext ? Outcome::SheetBegins : Outcome::Taken;
}

PoolMonSheet PoolMonSheetReader::finished()
{
    return std::exchange(m_finished, {});
}

PoolMonSheet PoolMonSheetReader::last()
{
    m_names.clear();
    return std::exchange(m_sheet, {});
}

std::shared_ptr<Sample> sampleFromSheet(const PoolMonSheet &sheet, SourceKind kind,
    const std::shared_ptr<const Origin> &origin, WallTime wall, const SamplePtr &previous)
{
    SampleBuilder builder;
    for (const PoolMonRow &row : sheet.rows)
        builder.addUp({{tagBytes(row.name, kind), row.type}, row.driver}, row.reading);
    builder.system = sheet.system;
    if (sheet.live)
        builder.system[SystemField::PageFaults] = {};
    auto sample = builder.take(origin, wall, previous);
    sample->system[SystemField::Untagged] = untaggedBytes(*sample);
    return sample;
}

} // namespace poolscope
