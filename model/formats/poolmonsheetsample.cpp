// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/tagtext.h"
#include "model/formats/poolmonsheet.h"
#include "model/formats/poolmontag.h"
#include "model/formats/samplebuilder.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Pool tags stand raw where they fit their four places; all other names are escaped, see
/// sampleToPoolMonText().
QByteArray tagBytes(QByteArray name, SourceKind kind)
{
    if (kind == SourceKind::Pool)
        return poolTagFromText(name).value_or(name);
    while (name.endsWith(' '))
        name.chop(1);
    return unescapedTag(name).value_or(name);
}

/// Whether the rows name these tags one by one, as they do in most tables of a log that begin alike.
bool haveTags(const std::vector<PoolMonRow> &rows, const TagList &tags)
{
    const auto isOf = [](const PoolMonRow &row, const TagEntry &entry) {
        // Longer names may be escaped.
        return row.name.size() == PoolTagLength && row.name == entry.tag.bytes && row.type == entry.tag.type
            && row.driver == entry.driver;
    };
    return std::ranges::equal(rows, tags, isOf);
}

std::shared_ptr<Sample> sampleOfTags(const PoolMonSheet &sheet, const std::shared_ptr<const Origin> &origin,
    WallTime wall, const std::shared_ptr<const TagList> &tags)
{
    auto sample = std::make_shared<Sample>();
    sample->origin = origin;
    sample->wall = wall;
    sample->system = sheet.system;
    sample->tags = tags;
    sample->readings.reserve(sheet.rows.size());
    for (const PoolMonRow &row : sheet.rows)
        sample->readings.push_back(row.reading);
    return sample;
}

std::shared_ptr<Sample> sampleOfAnyTags(const PoolMonSheet &sheet, SourceKind kind,
    const std::shared_ptr<const Origin> &origin, WallTime wall, const SamplePtr &previous)
{
    SampleBuilder builder;
    for (const PoolMonRow &row : sheet.rows)
        builder.addUp({{tagBytes(row.name, kind), row.type}, row.driver}, row.reading);
    builder.system = sheet.system;
    return builder.take(origin, wall, previous);
}

} // namespace

std::vector<PoolMonRemark> leaveOutLongNames(PoolMonSheet &sheet)
{
    std::vector<PoolMonRemark> remarks;
    if (sheet.longNames == 0)
        return remarks;
    std::erase_if(sheet.rows, [&remarks](const PoolMonRow &row) {
        const bool isTag = poolTagFromText(row.name).has_value();
        if (!isTag)
            remarks.push_back(
                {PoolMonRemark::Kind::Damaged, row.line, u"its tag has more than four characters"_s});
        return !isTag;
    });
    sheet.longNames = 0;
    return remarks;
}

std::shared_ptr<Sample> sampleFromSheet(const PoolMonSheet &sheet, SourceKind kind,
    const std::shared_ptr<const Origin> &origin, WallTime wall, const SamplePtr &previous)
{
    const bool isAlike = previous && kind == SourceKind::Pool && haveTags(sheet.rows, *previous->tags);
    auto sample = isAlike ? sampleOfTags(sheet, origin, wall, previous->tags)
                          : sampleOfAnyTags(sheet, kind, origin, wall, previous);
    if (sheet.live || sheet.rows.empty()) // an empty table may be a screen or a snapshot
        sample->system[SystemField::PageFaults] = {};
    sample->system[SystemField::Untagged] = untaggedBytes(*sample);
    return sample;
}

} // namespace poolscope
